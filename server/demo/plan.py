"""The whole county as values: drawn from a seed, a last day and a size, no database, no clock.

What happened in it is told by ``days``, as a stream: a county of a million visits needs no more memory than
its people and pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from server.demo import grounds, people, teams
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.grounds import Matter
from server.demo.people import Pair, Person, Place, Volunteer
from server.demo.teams import Seat, Team

BEFORE = timedelta(days=30)  # the county stood so long before the first visit that is told
KEPT = 0.97  # of the duties, so many are
A_PAIR_IN = 7  # so many people; the others need nobody yet


@dataclass(frozen=True)
class Size:
    """How much of a county. More visits come of more pairs, each of which has its contact every day."""

    days: int
    people: int
    volunteers: int
    pairs: dict[str, int]  # community → pairs besides 单秀云's five

    @classmethod
    def of(cls, days: int | None = None, visits: int | None = None) -> Size:
        """As `county.yaml` says; as long as asked, and grown until it has about so many visits."""
        listed = facts()
        days = days or listed["days"]
        pairs: dict[str, int] = dict(listed["pairs"])
        wanted = ceil((visits or 0) / (days * KEPT)) - len(listed["cast"])
        if wanted <= sum(pairs.values()):
            return cls(days, listed["people"], listed["volunteers"], pairs)
        shares = {row["key"]: row["people_share"] for row in listed["communities"] if row["key"] in pairs}
        grown = {key: ceil(wanted * share / sum(shares.values())) for key, share in shares.items()}
        more = sum(grown.values()) - sum(pairs.values())
        return cls(
            days,
            max(listed["people"], A_PAIR_IN * wanted),
            listed["volunteers"] + ceil(more / listed["pairs_each"]),
            grown,
        )

    @property
    def grown(self) -> bool:
        """Larger than `county.yaml` says."""
        told: dict[str, int] = facts()["pairs"]
        return sum(self.pairs.values()) > sum(told.values())

    def carers(self) -> dict[str, int]:
        """How many volunteers each day-care team needs for its pairs."""
        return {key: ceil(count / facts()["pairs_each"]) for key, count in self.pairs.items()}


@dataclass(frozen=True)
class County:
    seed: int
    last_day: date
    days: int
    began: datetime
    communities: dict[str, Place]
    compounds: list[Place]
    people: list[Person]
    teams: list[Team]
    seats: list[Seat]
    pairs: list[Pair]  # 单秀云's five first
    places: list[Place]  # besides communities and compounds
    matters: list[Matter]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(facts()["county"]["timezone"])

    @property
    def volunteers(self) -> list[Volunteer]:
        """Each once, in the order in which they joined."""
        return list({seat.volunteer.id: seat.volunteer for seat in self.seats}.values())


def draw(seed: int, last_day: date, size: Size | None = None) -> County:
    """The county of a seed, seen from its last day."""
    size = size or Size.of()
    zone = ZoneInfo(facts()["county"]["timezone"])
    dice = Dice(seed, "county")
    began = datetime.combine(last_day, time(9), zone) - BEFORE - timedelta(days=size.days)
    communities, compounds = people.places(dice.topic("places"), began)
    five = people.cast(dice.topic("cast"), began, compounds, communities)
    rest = size.people - len(five)
    others = list(people.people(dice.topic("people"), began, compounds, communities, rest))
    found, seats = teams.draw(dice.topic("seats"), began, size.carers(), size.volunteers)
    pairs = _pairs(dice.topic("pairs"), began, last_day, size, seats, five, others)
    return County(
        seed, last_day, size.days, began, communities, compounds, five + others, found, seats, pairs,
        grounds.places(dice.topic("grounds"), began, communities),
        grounds.matters(dice.topic("matters"), began, last_day, seats, communities),
    )  # fmt: skip


def _pairs(
    dice: Dice,
    at: datetime,
    last_day: date,
    size: Size,
    seats: list[Seat],
    five: list[Person],
    others: list[Person],
) -> list[Pair]:
    of_story = {row["name"]: row["yesterday"] for row in facts()["cast"]}
    carers: dict[str, list[Volunteer]] = {}
    for seat in seats:
        if seat.team.programme == teams.CARE_TEAMS:
            carers.setdefault(seat.team.communities[0], []).append(seat.volunteer)
    first = carers[facts()["supervised"]][0]
    key = facts()["supervised"]
    made = [Pair(dice.id(at), person, first, key, at.date(), of_story[person.name]) for person in five]
    soonest, latest = facts()["pair_began_days_ago"]
    needing: dict[str, list[Person]] = {}
    for person in others:
        if _needs_somebody(person, at):
            needing.setdefault(person.compound.key, []).append(person)
    for key, count in size.pairs.items():
        # a community's own team has its named five apart: nobody but 单秀云 looks after her five
        team = [one for one in carers[key] if one is not first][: max(1, size.carers()[key])]
        for number, person in enumerate(needing.get(key, [])[:count]):
            ago = size.days if size.grown else dice.whole(soonest, latest)
            began = last_day - timedelta(days=ago)
            made.append(Pair(dice.id(at), person, team[number % len(team)], key, began))
    return made


def _needs_somebody(person: Person, at: datetime) -> bool:
    """Old and on their own, or not able to care for themselves."""
    born = person.properties["birth_month"]
    old = bool(born) and at.year - int(born[:4]) >= facts()["paired_from_age"]
    return old and (person.properties["living"] == "alone" or person.properties["self_care"] == "dependent")
