"""A supervisor settles what two sides say differently (rule S6): field by field one of what was said.

The settled visit is a revision of hers that builds on all others, as mending makes one. The renderer at her
desk has opened the merged records and written them anew: so it is decided what is asked, everything is
calculated, and she has filled in what is asked only now, or no longer fits together. All else was locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.base import audit, clock
from server.base.db import session
from server.base.policy import Actor
from server.base.problems import Problem
from server.visits import heads, merging, versions
from server.visits.models import Revision, Visit
from server.visits.versions import Body, Versions
from sync.core.merge import MISSING, Merged, Said, choose, upper


@dataclass(frozen=True)
class Choice:
    """What one revision says of a field."""

    field: str
    revision: str


@dataclass(frozen=True)
class Opened:
    """A merged record as the renderer has written it."""

    record: str
    xml: str


@dataclass(frozen=True)
class Settlement:
    revision: str  # what the visit showed when it was decided
    choices: Sequence[Choice]
    records: Sequence[Opened]
    reason: str | None


def differing(found: Versions) -> list[str]:
    """The fields that may be chosen: those in dispute, and those that the merge took from one side."""
    merged, tips = found.merged, [found.fields[tip] for tip in found.merged.tips]
    paths = dict.fromkeys(path for fields in [*tips, merged.said] for path in fields)
    apart = {
        path
        for path in paths
        if "/@files/" not in path
        and any(one.get(path, MISSING) != tips[0].get(path, MISSING) for one in tips)
    }
    return [
        path
        for path in paths
        if path in merged.conflicts or (path in apart and not any(above in apart for above in upper(path)))
    ]


def offered(found: Versions, path: str) -> list[Said]:
    """The values of a field that there are to choose from, the one that is shown first."""
    standing = found.merged.said.get(path, ())
    said = [*standing, *(Said(tip, found.fields[tip].get(path, MISSING)) for tip in found.merged.tips)]
    kept: list[Said] = []
    for one in said:
        if all(one.value != other.value for other in kept):
            kept.append(one)
    return kept


def preview(found: Versions, choices: Sequence[Choice]) -> Body:
    """The visit with these choices, for the renderer. Raises invalid for what there is not to choose."""
    return found.woven(_chosen(found, choices))


def unsettled(visit: Visit, found: Versions) -> bool:
    """Is there anything for a supervisor to do: a dispute, or a merge that no renderer has opened?"""
    shown = found.by_id(visit.current_revision)
    return visit.state != "withdrawn" and (bool(found.merged.conflicts) or shown.why == "merged")


def settle(actor: Actor, visit: Visit, draft: Settlement, now: datetime) -> Revision:
    """Make the settled revision; the visit shows it. The caller has locked the visit.

    Raises revision_moved, already_settled, invalid, and what is wrong with a record's XML.
    """
    if draft.revision != visit.current_revision:
        raise Problem("revision_moved", current=visit.current_revision, state=visit.state)
    found = versions.read(visit)
    if not unsettled(visit, found):
        raise Problem("already_settled", state=visit.state)
    if set(found.merged.conflicts) - {one.field for one in draft.choices}:
        raise _invalid("/choices", "every field in dispute, once")
    body = _rendered(preview(found, draft.choices), draft.records)
    told = merging.tell(visit, found, clock.new_id(now), body)
    said = {"why": "settled", "reason": draft.reason or None}
    made = heads.add_revision(merging.row(actor, visit, found, told, now, **said), told.filled)
    heads.move(visit, told, merging.assess(visit, told, now, disputed=False), now)
    heads.follow(actor, visit, told, now)
    session.flush()
    audit.record(
        actor, "visit.settle", "visit", visit.id, revision=made.id, number=made.number, merges=made.merges
    )
    return made


def _chosen(found: Versions, choices: Sequence[Choice]) -> Merged:
    open = set(differing(found))
    picked: dict[str, Said] = {}
    for one in choices:
        said = {each.version: each for each in offered(found, one.field)} if one.field in open else {}
        if one.revision not in said or one.field in picked:
            raise _invalid("/choices", "a field of which two revisions say different things, once")
        picked[one.field] = said[one.revision]
    return choose(found.merged, picked)


def _rendered(woven: Body, opened: Sequence[Opened]) -> Body:
    """The merged visit as the renderer wrote it."""
    written = {one.record: one.xml for one in opened}
    if len(opened) != len(written) or written.keys() != {one["record"] for one in woven["records"]}:
        raise _invalid("/records", "each record of the merged visit, once")
    return {**woven, "records": [{**one, "xml": written[one["record"]]} for one in woven["records"]]}


def _invalid(path: str, says: str) -> Problem:
    return Problem("invalid", errors=[{"path": path, "says": says}])
