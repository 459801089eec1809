"""What a bulk load knows of the county, in memory: what intake would look up for every single visit.

As large as the county's lists, teams and pairs, however many visits come. Homes are read when a person first
turns up, and moved along as visits are approved.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import Org
from server.entities.models import Entity
from server.forms import queries as forms
from server.forms.definition import Definition
from server.teams.models import Membership, Pair, Team, TeamPlace
from server.visits import assessment, home
from server.visits.assessment import Known
from server.visits.geo import Point, middle
from server.visits.models import Revision, Visit
from sync.ops import Op, VisitPut


@dataclass(frozen=True)
class Entry:
    """An entry of a list, as far as it says where it lies."""

    id: str
    kind: str | None
    community_id: str | None


@dataclass(order=True, frozen=True)
class CheckIn:
    """An approved live visit to a person, newest first."""

    back: int  # the day, counted backwards
    visit: str
    point: Point | None = field(compare=False)


class Picture:
    """The county as it stands when it is read; whoever writes meanwhile is not seen."""

    def __init__(self, org_id: int) -> None:
        self.org_id = org_id
        self._check_ins: dict[str, list[CheckIn]] = {}
        self._compounds: dict[str, Point | None] = {}
        self._definitions: dict[tuple[str, str], Definition | None] = {}
        with db.reading():
            self.timezone = session.get_one(Org, org_id).timezone
            self.programmes = {one.id: one.programme for one in _teams(org_id)}
            self._entries = {row.id: Entry(*row) for row in _entries(org_id)}
            self._served = _served(org_id)
            self._members = _members(org_id)
            self._pairs = _open_pairs(org_id, self.programmes)

    def definition(self, org_id: int, form: str, version: str) -> Definition | None:
        """As ``forms.queries``, asked once a version."""
        if (form, version) not in self._definitions:
            self._definitions[form, version] = forms.definition(org_id, form, version)
        return self._definitions[form, version]

    def is_member(self, team: str, user: str, at: datetime) -> bool:
        held = self._members.get((team, user), ())
        return any(since <= at and (until is None or until > at) for since, until in held)

    def pairs(self, person: str, programme: str) -> list[Pair]:
        """Open ones, detached: whoever changes them writes them."""
        return self._pairs.get((person, programme), [])

    def known(self, op: Op[VisitPut], *, member_now: bool) -> Known:
        """What ``assessment.assess`` would have looked up."""
        visit = op.body
        subject = self._entries.get(visit.subject.id) if visit.subject else None
        place = self._entries.get(visit.place) if visit.place else None
        measured = visit.subject is not None and visit.check_in.position is not None
        return Known(
            community_id=assessment.community_of(place, subject, self._served.get(visit.team, ())),
            home=self._home(visit.subject.id) if visit.subject and measured else None,
            subject_known=subject is not None,
            member_now=member_now,
        )

    def approved(self, person: str, day: date, visit: str, point: Point | None) -> None:
        """A live visit to this person is approved: it counts for where they live."""
        held = self._newest(person)
        insort(held, CheckIn(-day.toordinal(), visit, point))
        del held[home.MOST_CHECK_INS :]

    def learn(self, entity: Entity) -> None:
        """An entry that a visit made or changed."""
        self._entries[entity.id] = Entry(entity.id, entity.kind, entity.community_id)
        self._compounds.pop(entity.id, None)

    def _home(self, person: str) -> Point | None:
        points = [one.point for one in self._newest(person) if one.point]
        if len(points) >= home.LEAST_CHECK_INS:
            return middle(points)
        if person not in self._compounds:
            self._compounds[person] = home.compound_of(self.org_id, person)
        return self._compounds[person]

    def _newest(self, person: str) -> list[CheckIn]:
        if person not in self._check_ins:
            self._check_ins[person] = _approved(self.org_id, person)
        return self._check_ins[person]


def _teams(org_id: int) -> list[Team]:
    return list(session.scalars(select(Team).where(Team.org_id == org_id)))


def _entries(org_id: int) -> Any:
    columns = select(Entity.id, Entity.kind, Entity.community_id)
    return session.execute(columns.where(Entity.org_id == org_id)).all()


def _served(org_id: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(TeamPlace).where(TeamPlace.org_id == org_id).order_by(TeamPlace.place_id)
    for row in session.scalars(rows):
        found[row.team_id].append(row.place_id)
    return found


def _members(org_id: int) -> dict[tuple[str, str], list[tuple[datetime, datetime | None]]]:
    found: dict[tuple[str, str], list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for row in session.scalars(select(Membership).where(Membership.org_id == org_id)):
        found[row.team_id, row.user_id].append((row.since, row.until))
    return found


def _open_pairs(org_id: int, programmes: dict[str, str]) -> dict[tuple[str, str], list[Pair]]:
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    rows = select(Pair).where(Pair.org_id == org_id, Pair.ended_on.is_(None)).order_by(Pair.id)
    for row in session.scalars(rows):
        found[row.entity_id, programmes[row.team_id]].append(row)
    return found


def _approved(org_id: int, person: str) -> list[CheckIn]:
    rows = session.execute(home.approved_live(org_id, person, Visit.day, Visit.id, Revision.facts)).all()
    return [
        CheckIn(-day.toordinal(), visit, next(iter(home.points([facts])), None)) for day, visit, facts in rows
    ]
