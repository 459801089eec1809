"""What is known of the county, in memory: what intake would look up for every single visit.

For a bulk load all of it, as large as the county's lists, teams and pairs, however many visits come; for an
exchange what its visits name. Homes are read when a person first turns up, and moved along as a bulk load
approves visits.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, select

from server.base import db
from server.base.asked import Asked
from server.base.db import session
from server.base.models import Org
from server.base.policy import Actor
from server.entities.models import Entity
from server.forms import queries as forms
from server.forms.definition import Definition
from server.teams.models import Membership, Pair, Team, TeamPlace
from server.teams.queries import open_pairs_of
from server.visits import assessment, home
from server.visits.assessment import Known
from server.visits.geo import Point, middle
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
    """The county as it stands when it is read, all of it or as much as some visits ask of it; whoever writes
    meanwhile is not seen."""

    def __init__(self, org_id: int, teams: Mapping[str, str], entries: Iterable[Any]) -> None:
        self.org_id = org_id
        self.programmes = teams
        self.timezone: str = _TIMEZONE.one(org=org_id).timezone
        self._entries = {row.id: Entry(*row) for row in entries}
        self._served = _served(org_id, teams)
        self._members: Members = {}
        self._pairs: dict[tuple[str, str], list[Pair]] = {}
        self._check_ins: dict[str, list[CheckIn]] = {}
        self._compounds: dict[str, Point | None] = {}
        self._definitions: dict[tuple[str, str], Definition | None] = {}

    @classmethod
    def whole(cls, org_id: int) -> Picture:
        """All of the county, with its open pairs. Opens a unit of its own."""
        with db.reading():
            picture = cls(org_id, _programmes(org_id), _entries(org_id))
            picture._members = _members(org_id)
            picture._pairs = open_pairs_of(org_id)
        return picture

    @classmethod
    def around(cls, author: Actor, visits: Sequence[VisitPut]) -> Picture:
        """What an exchange's visits name, without pairs. Inside the caller's unit."""
        named = {one.place for one in visits if one.place} | {one.subject.id for one in visits if one.subject}
        programmes = _programmes(author.org_id, sorted({visit.team for visit in visits}))
        picture = cls(author.org_id, programmes, _entries(author.org_id, sorted(named)))
        picture._members = _members(author.org_id, author.user_id)
        measured = {one.subject.id for one in visits if one.subject and one.check_in.position}
        picture._compounds = dict.fromkeys(measured) | home.compounds_of(author.org_id, sorted(measured))
        return picture

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

    def began(self, pair: Pair, programme: str) -> None:
        """A pair that a visit began; detached, as those that were read."""
        session.expunge(pair)
        self._pairs.setdefault((pair.entity_id, programme), []).append(pair)

    def learn(self, entity: Entity) -> None:
        """An entry that a visit made or changed."""
        self._entries[entity.id] = Entry(entity.id, entity.kind, entity.community_id)
        self._compounds.pop(entity.id, None)

    def _home(self, person: str) -> Point | None:
        points = [one.point for one in self._newest(person) if one.point]
        if len(points) >= home.LEAST_CHECK_INS:
            return middle(points)
        if person not in self._compounds:
            self._compounds[person] = home.compounds_of(self.org_id, [person]).get(person)
        return self._compounds[person]

    def _newest(self, person: str) -> list[CheckIn]:
        if person not in self._check_ins:
            self._check_ins[person] = _approved(self.org_id, person)
        return self._check_ins[person]


Members = dict[tuple[str, str], list[tuple[datetime, datetime | None]]]


def _programmes(org_id: int, teams: Sequence[str] | None = None) -> dict[str, str]:
    return {row.id: row.programme for row in _TEAMS(org_id, teams)}


def _entries(org_id: int, ids: Sequence[str] | None = None) -> Any:
    return _ENTRIES(org_id, ids)


def _served(org_id: int, teams: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _PLACES(org_id, sorted(teams)):
        found[row.team_id].append(row.place_id)
    return found


def _members(org_id: int, user: str | None = None) -> Members:
    found: Members = defaultdict(list)
    for row in _MEMBERS(org_id, None if user is None else [user]):
        found[row.team_id, row.user_id].append((row.since, row.until))
    return found


class _Some:
    """Rows of these ids, or all of the county."""

    def __init__(self, rows: Select[*tuple[Any, ...]], column: Any) -> None:
        self._all = Asked(rows)
        self._of = Asked(rows.where(column.in_(bindparam("ids", expanding=True))))

    def __call__(self, org_id: int, ids: Iterable[str] | None) -> Sequence[Any]:
        return self._all(org=org_id) if ids is None else self._of(org=org_id, ids=list(ids))


_ORG: Final[BindParameter[int]] = bindparam("org")
_TEAMS: Final = _Some(select(Team.id, Team.programme).where(Team.org_id == _ORG), Team.id)
_ENTRIES: Final = _Some(
    select(Entity.id, Entity.kind, Entity.community_id).where(Entity.org_id == _ORG), Entity.id
)
_PLACES: Final = _Some(
    select(TeamPlace.team_id, TeamPlace.place_id)
    .where(TeamPlace.org_id == _ORG)
    .order_by(TeamPlace.place_id),
    TeamPlace.team_id,
)
_MEMBERS: Final = _Some(
    select(Membership.team_id, Membership.user_id, Membership.since, Membership.until).where(
        Membership.org_id == _ORG
    ),
    Membership.user_id,
)
_TIMEZONE: Final = Asked(select(Org.timezone).where(Org.id == _ORG))


def _approved(org_id: int, person: str) -> list[CheckIn]:
    return [CheckIn(-day.toordinal(), visit, point) for day, visit, point in home.newest(org_id, person)]
