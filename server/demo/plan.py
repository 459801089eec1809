"""The whole county as values: drawn from a seed and a last day, no database, no clock.

Every pair has its contact on every day, on three days of the week as a visit at home; nothing happens on the
last day itself, so that the county reads the same at any hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.demo import answers, people
from server.demo.answers import CARE, CONTACT, Moments
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Pair, Person, Place, Volunteer

HOME_DAYS = {0, 2, 4}  # Monday, Wednesday, Friday
BEGAN = timedelta(days=120)
FRESH_DAYS = 2  # what is younger waits for its reviewer


@dataclass(frozen=True)
class Visit:
    """One visit, as the phone would send it, and when it reached the county."""

    pair: Pair
    form: str
    values: dict[str, str]
    came: datetime
    left: datetime
    received: datetime
    position: tuple[float, float] | None
    reason: str | None
    approved_at: datetime | None


@dataclass(frozen=True)
class County:
    began: datetime
    communities: dict[str, Place]
    compounds: list[Place]
    people: list[Person]
    volunteers: list[Volunteer]
    pairs: list[Pair]
    visits: list[Visit]  # in the order in which they reached the county


def draw(seed: int, last_day: date) -> County:
    """The county of a seed, seen from its last day."""
    zone = ZoneInfo(facts()["county"]["timezone"])
    dice = Dice(seed, "county")
    began = datetime.combine(last_day, time(9), zone) - BEGAN
    communities, compounds = people.places(dice.topic("places"), began)
    five = people.cast(dice.topic("cast"), began, compounds, communities)
    rest = facts()["people"] - len(five)
    others = list(people.people(dice.topic("people"), began, compounds, communities, rest))
    volunteers = list(_volunteers(dice.topic("volunteers"), began))
    pairs = _pairs(dice.topic("pairs"), began, volunteers, five, others)
    visits = [
        visit for pair in pairs for visit in _visits(dice.topic(f"visits {pair.id}"), pair, last_day, zone)
    ]
    visits.sort(key=lambda visit: (visit.received, visit.pair.id))
    return County(began, communities, compounds, five + others, volunteers, pairs, visits)


def _volunteers(dice: Dice, at: datetime) -> Iterator[Volunteer]:
    named = facts()["volunteers"]
    for row in facts()["communities"]:
        key = row["key"]
        count = facts()["volunteers_each"]
        drawn = [
            people.drawn_name(dice, dice.one({"f": 62, "m": 38}), dice.whole(1950, 1990))
            for _ in range(count)
        ]
        for number, name in enumerate(named.get(key, drawn)):
            yield Volunteer(dice.id(at), name, key, leads=number == 0 and key not in named)


def _pairs(
    dice: Dice, at: datetime, volunteers: list[Volunteer], five: list[Person], others: list[Person]
) -> list[Pair]:
    of_story = {row["name"]: row["yesterday"] for row in facts()["cast"]}
    first = next(each for each in volunteers if each.name == facts()["volunteers"]["LY"][0])
    made = [Pair(dice.id(at), person, first, "LY", of_story[person.name]) for person in five]
    for row in facts()["communities"]:
        key = row["key"]
        team = [each for each in volunteers if each.community == key and each is not first]
        at_home = [
            each for each in others if each.compound.key == key and each.properties["living"] == "alone"
        ]
        count = facts()["pairs_each"]
        for person, volunteer in zip(at_home[:count], team, strict=False):
            if key != "LY":
                made.append(Pair(dice.id(at), person, volunteer, key))
    return made


def _visits(dice: Dice, pair: Pair, last_day: date, zone: ZoneInfo) -> Iterator[Visit]:
    consent = pair.person.consent
    for ago in range(facts()["days"], 0, -1):
        day = last_day - timedelta(days=ago)
        told = pair.yesterday if ago == 1 else None
        if told is None and dice.happens(3):
            continue
        at_home = told is None and day.weekday() in HOME_DAYS
        when = _moments(dice, day, zone, at_home=at_home)
        if at_home:
            door = dice.one(facts()["door"])
            values = answers.care(dice, pair.person.id, door, consent, when)
            consent = consent or values.get("/data/consent_now", "")
        else:
            values = answers.contact(dice, pair.person.id, told or dice.one(facts()["daily_contact"]), when)
        yield _visit(dice, pair, CARE if at_home else CONTACT, values, when, ago, last_day, zone)


def _visit(
    dice: Dice,
    pair: Pair,
    form: str,
    values: dict[str, str],
    when: Moments,
    ago: int,
    last_day: date,
    zone: ZoneInfo,
) -> Visit:
    about = dice.one(facts()["minutes_late"])
    latest = datetime.combine(last_day, time(0, 30), zone)
    received = min(when.ended + timedelta(minutes=about * dice.whole(5, 10) / 10), latest)
    there = form == CARE or values["/data/contact"] in {"seen", "nobody", "away"}
    far = there and form == CARE and dice.happens(2)
    point = people.near(dice, pair.person.lat, pair.person.lon, 900 if far else 9)
    found = there and dice.happens(88)
    approved = ago > FRESH_DAYS and dice.happens(94) and not far
    return Visit(
        pair=pair,
        form=form,
        values=values,
        came=when.began,
        left=when.ended,
        received=received,
        position=point if found else None,
        reason=dice.one({"no_fix": 58, "permission_off": 17, "old_phone": 16})
        if there and not found
        else None,
        approved_at=received + timedelta(hours=dice.whole(3, 40)) if approved else None,
    )


def _moments(dice: Dice, day: date, zone: ZoneInfo, *, at_home: bool) -> Moments:
    if not at_home:
        began = datetime.combine(day, time(7, 30), zone) + timedelta(seconds=dice.whole(0, 9000))
        return Moments(began, began + timedelta(seconds=dice.whole(50, 240)))
    opens = time(8, 30) if dice.happens(60) else time(13, 30)
    began = datetime.combine(day, opens, zone) + timedelta(seconds=dice.whole(0, 7200))
    minutes = dice.whole(3, 8) if dice.happens(1) else dice.whole(35, 85)
    return Moments(began, began + timedelta(minutes=minutes, seconds=dice.whole(0, 59)))
