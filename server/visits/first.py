"""First revisions, many at once: what most exchanges bring, and every history.

A visit that nobody knew until now takes nothing from anybody, so that it can be decided before the write lock
is asked for (``decide``, by the same rules as intake), put into rows there (``bundle``) and written with the
others of its batch, a statement a table (``write``). What depends on more is left to ``intake``: a later
revision, an op that a form changes a list by, whatever an earlier op of the batch touched, whatever would be
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from server.base import audit, many
from server.base.asked import Asked
from server.base.db import session
from server.base.many import Bound
from server.base.models import AuditRow
from server.base.policy import Actor
from server.base.problems import Problem
from server.base.tables import Table
from server.photos import service as photos
from server.teams import queries as teams
from server.teams import service as pairs
from server.visits import assessment, facts, rows
from server.visits.assessment import Door
from server.visits.facts import Times
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.picture import Picture
from server.visits.reading import Filled, Prepared, op_of
from server.visits.rows import Row
from sync.core.clock import Anchor
from sync.ops import Op, VisitPut

# Upper concerns hear of the heads that were made, once a batch: wired by the app.
on_first_received: list[Callable[[Sequence[Row]], None]] = []


class First(NamedTuple):
    """A visit that nobody knew, decided."""

    author: Actor
    op: Op[VisitPut]
    filled: tuple[Filled, ...]
    when: Times
    now: datetime
    head: Row
    contacts: tuple[tuple[str, str], ...]  # person who was reached, the answer at the door
    reached: bool | None  # was somebody met or heard; None where no form asks


@dataclass(frozen=True)
class Bundle:
    """Some of them as their rows, ready to be written."""

    firsts: Sequence[First]
    heads: Bound
    behind: Sequence[Bound]  # in the order in which foreign keys want them


def ready(
    author: Actor, prepared: Sequence[Prepared], anchors: Sequence[Anchor], now: datetime
) -> dict[str, First]:
    """Those ops of an exchange that can be decided here, by their id. Reads; call it before the lock."""
    alone = [one for one in _alone(prepared) if one.op is not None]
    if not alone:
        return {}
    picture = Picture.around(author, [op_of(one, VisitPut).body for one in alone])
    found = {}
    for one in alone:
        try:
            first = decide(author, one, picture, anchors, now)
        except Problem:
            continue  # intake will say it, with what else it knows by then
        found[first.op.id] = first
    return found


def decide(
    author: Actor, prepared: Prepared, picture: Picture, anchors: Sequence[Anchor], now: datetime
) -> First:
    """What intake would make of it. Raises the Problem that intake would."""
    op = op_of(prepared, VisitPut)
    when = facts.times(op, anchors, picture.timezone)
    team, user = op.body.team, author.user_id
    member_now = picture.is_member(team, user, now)
    member = member_now or picture.is_member(team, user, when.check_in_at)
    if picture.programmes.get(team) != op.body.programme or not member:
        raise Problem("not_your_team")
    known = picture.known(op, member_now=member_now)
    seen = assessment.judge(op, prepared.filled, when, now, known, moved=False)
    head = rows.head(author, op, rows.shown(op, prepared.filled, when, seen, now))
    doors = [(one, assessment.door_of(one.definition, one.read)) for one in prepared.filled]
    asked = [(one, door) for one, door in doors if door is not None]
    return First(
        author,
        op,
        prepared.filled,
        when,
        now,
        head,
        contacts=_contacts(op.body, asked),
        reached=any(door.met or door.phone for _, door in asked) if asked else None,
    )


def bundle(firsts: Sequence[First]) -> Bundle:
    """An exchange's, put into rows. Needs no lock."""
    heads = sorted((one.head for one in firsts), key=lambda head: str(head["id"]))
    rows_of: dict[type[Table], list[Row]] = behind_heads(firsts)
    rows_of[AuditRow] = notes(firsts[0].author, firsts) if firsts else []
    behind = [many.bound(many.into(table), made) for table, made in rows_of.items()]
    return Bundle(firsts, many.bound(many.unless_there(Visit), heads), behind)


def write(made: Bundle) -> set[str]:
    """Write an exchange's; gives the ids of the ops that were written. Of the others somebody else has made
    the visit between the look and the write."""
    if not made.firsts:
        return set()
    author, now = made.firsts[0].author, made.firsts[0].now
    if made.heads.write() < len(made.firsts):
        made = bundle(_ours(author.org_id, made.firsts))
    ours = made.firsts
    for rows_behind in made.behind:
        rows_behind.write()
    photos.refer_all(author, [(one.op.id, one.op.body.visit, one.op.body.records) for one in ours], now)
    _note_contacts(author.org_id, ours)
    for hear in on_first_received:
        hear([one.head for one in ours])
    return {one.op.id for one in ours}


def _ours(org_id: int, firsts: Sequence[First]) -> list[First]:
    """Those whose visit shows them: the head is ours."""
    rows = _SHOWN(org=org_id, visits=[one.op.body.visit for one in firsts])
    shown = {row.current_revision for row in rows}
    return [one for one in firsts if one.op.id in shown]


def behind_heads(firsts: Sequence[First]) -> dict[type[Table], list[Row]]:
    """The rows of these visits beside their heads, in the order in which foreign keys want them."""
    org_of = [(one.author.org_id, one) for one in firsts]
    return {
        Revision: [rows.revision(one.author, one.op, one.when, 1, one.now) for one in firsts],
        Record: [row for org, one in org_of for row in rows.records(org, one.op.id, one.filled)],
        RecordRow: [row for org, one in org_of for row in rows.repeats(org, one.op.id, one.filled)],
        Participant: [
            row for org, one in org_of for row in rows.participants(org, one.op.body.visit, one.when)
        ],
    }


def notes(author: Actor, firsts: Sequence[First]) -> list[Row]:
    """The audit's rows of what one author brings."""
    of = [(one.op.body.visit, {"revision": one.op.id, "number": 1}) for one in firsts]
    by = {"user_id": author.user_id, "device_id": author.device_id}
    return audit.all_values(author.org_id, "visit.put", "visit", of, **by)


def insert_all(table: type[Table], made: Iterable[Row]) -> None:
    """New rows of a table, without making objects."""
    many.bound(many.into(table), made).write()


def _alone(prepared: Sequence[Prepared]) -> list[Prepared]:
    """Puts of visits that come for the first time here, and that no earlier op of the batch has a part in."""
    found = []
    ops: set[str] = set()
    touched: set[str | None] = set()
    for one in prepared:
        if one.op is None or one.problem or one.op.id in ops:
            continue
        body = one.op.body
        ops.add(one.op.id)
        changed = {filled.read.entity.id for filled in one.filled if filled.read.entity}
        if isinstance(body, VisitPut) and one.op.base is None and not changed:
            person = body.subject.id if body.subject else None
            if not touched & ({body.visit, person, body.place} - {None}):
                found.append(one)
        touched |= {body.visit, *changed}
    return found


def _contacts(visit: VisitPut, asked: Sequence[tuple[Filled, Door]]) -> tuple[tuple[str, str], ...]:
    reached = [(assessment.person_of(visit, one), door) for one, door in asked if door.met or door.phone]
    return tuple((person, door.answer) for person, door in reached if person is not None)


def _note_contacts(org_id: int, firsts: Sequence[First]) -> None:
    """The newest day on which somebody reached a person stands on the pair."""
    people = sorted({person for one in firsts for person, _ in one.contacts})
    if not people:
        return
    held = teams.open_pairs_of(org_id, people)
    seen = {}
    for one in firsts:
        for person, answer in one.contacts:
            of = held.get((person, one.op.body.programme), ())
            seen.update({pair.id: pair for pair in pairs.saw(of, one.when.day, answer)})
    session.flush()
    for pair in seen.values():
        pairs.stage_pair(pair)


_SHOWN: Final = Asked(
    select(Visit.current_revision).where(
        Visit.org_id == bindparam("org"), Visit.id.in_(bindparam("visits", expanding=True))
    )
)
