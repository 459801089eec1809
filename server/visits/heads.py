"""What a visit shows: its head, service time and consequences follow from one revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from server.base.db import session
from server.base.policy import Actor
from server.teams import service as pairs
from server.visits import assessment, cases, follows, rows
from server.visits.facts import Times
from server.visits.flags import Flag
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.reading import Filled
from server.visits.rows import Row
from sync.ops import Op, VisitPut


@dataclass(frozen=True)
class Told:
    """What one revision says, read."""

    op: Op[VisitPut]
    filled: Sequence[Filled]
    when: Times


def move(visit: Visit, told: Told, seen: assessment.Assessed, now: datetime) -> None:
    """The visit shows this revision from now on."""
    for name, value in rows.shown(told.op, told.filled, told.when, seen, now).items():
        setattr(visit, name, value)


def follow(author: Actor, visit: Visit, told: Told, now: datetime) -> None:
    """What follows from the revision that a visit shows: whose service time it is, what its answers change
    elsewhere."""
    org_id = visit.org_id
    session.execute(delete(Participant).where(Participant.org_id == org_id, Participant.visit_id == visit.id))
    session.add_all(Participant(**row) for row in rows.participants(org_id, visit.id, told.when))
    if visit.state == "withdrawn":
        follows.resume(visit)
    of = cases.Of(visit.id, visit.team_id, visit.programme, visit.day)
    registered = []
    for one in told.filled:
        if one.read.entity is not None:
            made = cases.change(author, of, one.read.entity, told.op.id, now)
            if made.entity is not None and made.pair is not None and made.entity.list == cases.PEOPLE:
                registered.append(made.entity.label)
        door, person = assessment.door_of(one.definition, one.read), assessment.person_of(told.op.body, one)
        if person is not None and door is not None:
            pairs.note_contact(
                org_id, person, visit.programme, visit.day, door.answer, reached=door.met or door.phone
            )
    follows.announce(visit, author.user_id, registered, now)


def add_revision(row: Row, filled: Sequence[Filled]) -> Revision:
    """Write a revision with its records."""
    revision = Revision(**row)
    session.add(revision)
    session.flush()
    session.add_all(Record(**one) for one in rows.records(revision.org_id, revision.id, filled))
    session.flush()
    session.add_all(RecordRow(**one) for one in rows.repeats(revision.org_id, revision.id, filled))
    return revision


def disputed(flags: Sequence[Flag]) -> bool:
    """Do a visit's revisions say different things of the same field (rule S6)?"""
    return any(flag["code"] == "two_versions" for flag in flags)
