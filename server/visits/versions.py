"""The versions of a visit as rule S6 merges them, read from its revisions. Nothing of a merge is kept beside
them: what a visit shows follows from the set of its revisions, whatever order they came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from server.base.db import session
from server.forms import queries as forms
from server.visits import queries
from server.visits.models import Record, Revision, Visit
from sync.core import clock
from sync.core.clock import Anchor
from sync.core.merge import How, Merged, Version, joined_id, merge
from sync.core.spread import Fields, Shape, spread
from sync.core.weave import weave

DESK = 1  # rank of what was made at a desk; what came from a phone has 0
NOT_ANSWERED = frozenset({"start", "end", "today"})

Body = dict[str, Any]


@dataclass(frozen=True)
class Versions:
    """All revisions of one visit, with what they say."""

    org_id: int
    revisions: Sequence[Revision]
    bodies: dict[str, Body]
    _shapes: dict[tuple[str, str], Shape] = field(default_factory=dict)

    @cached_property
    def fields(self) -> dict[str, Fields]:
        return spread(self.bodies, self._shape)

    @cached_property
    def merged(self) -> Merged:
        return merge(
            Version(one.id, self.fields[one.id], bases(one), rank(one), how(one)) for one in self.revisions
        )

    @cached_property
    def shown(self) -> str:
        """The revision that the visit shows: the last one of a single line, else the merge of all."""
        tips = self.merged.tips
        if len(tips) == 1 and self.merged.shown == self.fields[tips[0]]:
            return tips[0]
        return joined_id(self.merged.best)

    @property
    def frame(self) -> Revision:
        """The tip that goes before the others."""
        return self.by_id(next(id for id in self.merged.best if id in self.merged.tips))

    def woven(self, merged: Merged | None = None) -> Body:
        """The merged visit as a ``visit.put`` carries it."""
        return weave(self.bodies, merged or self.merged, self._shape)

    def by_id(self, id: str) -> Revision:
        return next(one for one in self.revisions if one.id == id)

    def anchors(self) -> list[Anchor]:
        """What is known of the phones' clocks: each revision was once corrected."""
        return [_anchor(one.at, one.corrected_at, one.clock_certain) for one in self.revisions]

    def _shape(self, form: str, version: str) -> Shape:
        if (form, version) not in self._shapes:
            self._shapes[form, version] = shape(self.org_id, form, version)
        return self._shapes[form, version]


def read(visit: Visit) -> Versions:
    """All versions of a visit."""
    made = queries.revisions(visit)
    bodies: dict[str, Body] = {one.id: {**one.facts, "records": []} for one in made}
    records = session.scalars(
        select(Record)
        .where(Record.org_id == visit.org_id, Record.revision_id.in_(bodies))
        .order_by(Record.position)
    )
    for record in records:
        bodies[record.revision_id]["records"].append(queries.as_put(record))
    return Versions(visit.org_id, made, bodies)


def bases(revision: Revision) -> tuple[str, ...]:
    """What a revision builds on."""
    if revision.merges is not None:
        return tuple(revision.merges)
    return (revision.base,) if revision.base else ()


def rank(revision: Revision) -> int:
    return DESK if revision.why in ("mended", "settled") else 0


def how(revision: Revision) -> How:
    if revision.why == "merged":
        return "join"
    return "edit" if revision.merges is None else "anew"


def shape(org_id: int, form: str, version: str) -> Shape:
    """What of a form decides how its answers are merged."""
    definition = forms.definition(org_id, form, version)
    if definition is None:
        raise LookupError(f"a record by {form} {version}, which the county does not have")
    answers = {one.path for one in definition.fields if not one.calculated and one.type not in NOT_ANSWERED}
    return Shape(definition.repeats, answers)


def check_in_anchor(visit: Visit, revision: Revision) -> Anchor:
    """The check-in of the revision that the visit shows, as it was corrected."""
    return _anchor(revision.facts["check_in"]["at"], visit.check_in_at, revision.clock_certain)


def _anchor(at: dict[str, Any], moment: datetime, certain: bool) -> Anchor:
    """Of a moment that was corrected. One that was not certain lends its offset, and makes none certain."""
    server = clock.text(round(moment.timestamp() * 1000))
    return Anchor(at["start"] if certain else "", at["mono"], at["wall"], server)
