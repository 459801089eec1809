"""What the county's own data say about an arriving visit: its community, distance from home, hints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select

from server.base.db import session
from server.entities.models import Entity
from server.forms.answers import ReadRecord
from server.forms.definition import Definition
from server.teams import queries as teams
from server.teams.models import Pair
from server.visits import cases, flags
from server.visits.facts import Times
from server.visits.geo import Point, distance_m
from server.visits.home import home_of
from server.visits.models import Visit
from sync.ops import Op, VisitPut


class Read(Protocol):
    """One record with the form that reads it."""

    @property
    def definition(self) -> Definition: ...
    @property
    def read(self) -> ReadRecord: ...


class Door(NamedTuple):
    """The answer at the door, and what it means."""

    answer: str
    met: bool
    phone: bool
    afar: bool  # nobody went there, whether somebody was reached or not


class Assessed(NamedTuple):
    community_id: str | None
    distance_m: int | None
    flags: list[flags.Flag]
    urgent: bool


def door_of(definition: Definition, read: ReadRecord) -> Door | None:
    """What the record says about the door; None where its form does not ask."""
    if definition.doors is None:
        return None
    answer = str(read.values.get(definition.doors.question) or "")
    doors = definition.doors
    phone = answer in doors.phone
    return Door(answer, answer in doors.met, phone, phone or answer in doors.tried)


def person_of(visit: VisitPut, one: Read) -> str | None:
    """Whom a record is about: the visit's person; at an event, whomever the record itself names, or puts on
    the list."""
    if visit.subject is not None:
        return visit.subject.id
    named, made = one.definition.binds.get("subject"), one.read.entity
    if named is None:
        return None
    return str(one.read.values.get(named) or "") or (made.id if made is not None and made.create else None)


class Known(NamedTuple):
    """What the county's own data say of a visit that arrives."""

    community_id: str | None
    home: Point | None  # None too where nothing is to be measured
    subject_known: bool
    member_now: bool


def assess(
    org_id: int,
    op: Op[VisitPut],
    filled: Sequence[Read],
    when: Times,
    now: datetime,
    *,
    member_now: bool,
    moved: bool,
) -> Assessed:
    """Look the visit's person and place up, and ask every rule."""
    visit = op.body
    subject = session.get(Entity, (org_id, visit.subject.id)) if visit.subject else None
    known = Known(
        community_id=_community(org_id, op, subject) or cases.community_said(org_id, filled),
        home=home_of(org_id, visit.subject.id) if visit.subject and visit.check_in.position else None,
        subject_known=subject is not None,
        member_now=member_now,
    )
    return judge(op, filled, when, now, known, moved=moved)


def judge(
    op: Op[VisitPut], filled: Sequence[Read], when: Times, now: datetime, known: Known, *, moved: bool
) -> Assessed:
    """Ask every rule. Pure."""
    visit, position = op.body, op.body.check_in.position
    away = distance_m(known.home, Point(position.lat, position.lon)) if known.home and position else None
    doors = [door for one in filled if (door := door_of(one.definition, one.read))]
    made_here = {one.read.entity.id for one in filled if one.read.entity}
    evidence = flags.Evidence(
        entry=visit.entry,
        check_in_at=when.check_in_at,
        received_at=now,
        clock=when.clock,
        minutes=when.minutes,
        fewest_minutes=filled[0].definition.minutes[0],  # of the visit's own form, whatever stands beside it
        met=not doors or any(door.met for door in doors),
        phone=bool(doors) and all(door.afar for door in doors),
        has_position=position is not None,
        has_reason=visit.check_in.reason is not None,
        accuracy_m=position.accuracy_m if position else None,
        distance_m=away,
        member_now=known.member_now,
        subject_known=visit.subject is None or known.subject_known or visit.subject.id in made_here,
        base_moved=moved,
    )
    return Assessed(known.community_id, away, flags.flags(evidence), any(map(_urgent, filled)))


def _urgent(one: Read) -> bool:
    """The question `need`, in whichever group it stands, is answered with `urgent`."""
    return any(one.read.values.get(path) == "urgent" for path in one.definition.needs)


def lock_rows(org_id: int, visits: Sequence[str], entities: Sequence[str], people: Sequence[str]) -> None:
    """Lock these (sorted) rows in the order in which everybody does: visits, entries of lists, the pairs of
    these people. What is locked one by one later, in the order of the ops, is then ours already."""
    chosen: tuple[tuple[Any, Any, Sequence[str]], ...] = (
        (Visit, Visit.id, visits),
        (Entity, Entity.id, entities),
        (Pair, Pair.entity_id, people),
    )
    for table, column, ids in chosen:
        if ids:
            rows = select(table.id).where(table.org_id == org_id, column.in_(ids))
            session.execute(rows.order_by(table.id).with_for_update()).all()


class Listed(Protocol):
    """An entry of a list, as far as it says where it lies."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def community_id(self) -> str | None: ...


def community_of(place: Listed | None, subject: Listed | None, served: Sequence[str]) -> str | None:
    """The community that a visit was in: of its place, else of its person, else the team's only one."""
    if place is not None:
        return place.id if place.kind == "community" else place.community_id
    if subject is not None and subject.community_id is not None:
        return subject.community_id
    return served[0] if len(served) == 1 else None


def _community(org_id: int, op: Op[VisitPut], subject: Entity | None) -> str | None:
    place = session.get(Entity, (org_id, op.body.place)) if op.body.place else None
    if place is not None or (subject is not None and subject.community_id is not None):
        return community_of(place, subject, ())
    return community_of(None, subject, teams.communities(org_id, op.body.team))
