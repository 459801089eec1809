"""The whole county as values: drawn from a seed and a last day, no database, no clock.

Every pair has its contact on every day since it began, on three days of the week as a visit at home;
nothing happens on the last day itself, so that the county reads the same at any hour. A phone sends what it
has once a day, when it finds a signal; a supervisor sits down to the queue in the afternoon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.demo import answers, people
from server.demo.answers import CARE, CONTACT, Moments
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Pair, Person, Place, Volunteer

HOME_DAYS = {0, 2, 4}  # Monday, Wednesday, Friday
BEGAN = timedelta(days=120)
SITS_AT = time(16, 30)
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
    accuracy_m: int
    reason: str | None
    approved_at: datetime | None
    number: int = 0  # the phone's running number


@dataclass(frozen=True)
class Exchange:
    """What one phone sends at once."""

    volunteer: Volunteer
    at: datetime
    visits: tuple[Visit, ...]


@dataclass(frozen=True)
class County:
    began: datetime
    communities: dict[str, Place]
    compounds: list[Place]
    people: list[Person]
    volunteers: list[Volunteer]
    pairs: list[Pair]
    exchanges: list[Exchange]  # in the order in which they reached the county

    @property
    def visits(self) -> list[Visit]:
        return [visit for exchange in self.exchanges for visit in exchange.visits]


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
    pairs = _pairs(dice.topic("pairs"), began, last_day, volunteers, five, others)
    visits = [
        visit for pair in pairs for visit in _visits(dice.topic(f"visits {pair.id}"), pair, last_day, zone)
    ]
    exchanges = list(_exchanges(visits, zone))
    return County(began, communities, compounds, five + others, volunteers, pairs, exchanges)


def _volunteers(dice: Dice, at: datetime) -> Iterator[Volunteer]:
    """The named ones of a team, then drawn ones; the first leads, where no leader sits at a desk."""
    for row in facts()["communities"]:
        key = row["key"]
        named = facts()["volunteers"].get(key, [])
        for number in range(facts()["volunteers_each"]):
            drawn = people.drawn_name(dice, dice.one({"f": 62, "m": 38}), dice.whole(1950, 1990))
            name = named[number] if number < len(named) else drawn
            yield Volunteer(dice.id(at), name, key, leads=number == 0 and key != facts()["leader_of"])


def _pairs(
    dice: Dice,
    at: datetime,
    last_day: date,
    volunteers: list[Volunteer],
    five: list[Person],
    others: list[Person],
) -> list[Pair]:
    of_story = {row["name"]: row["yesterday"] for row in facts()["cast"]}
    first = next(each for each in volunteers if each.community == facts()["leader_of"])
    made = [
        Pair(dice.id(at), person, first, first.community, at.date(), of_story[person.name]) for person in five
    ]
    soonest, latest = facts()["pair_began_days_ago"]
    for key, count in facts()["pairs"].items():
        team = [each for each in volunteers if each.community == key][:2]
        alone = [each for each in others if each.compound.key == key and _needs_somebody(each, at)]
        for number, person in enumerate(alone[:count]):
            began = last_day - timedelta(days=dice.whole(soonest, latest))
            made.append(Pair(dice.id(at), person, team[number % len(team)], key, began))
    return made


def _needs_somebody(person: Person, at: datetime) -> bool:
    """Old and on their own, or not able to care for themselves."""
    born = person.properties["birth_month"]
    old = bool(born) and at.year - int(born[:4]) >= facts()["paired_from_age"]
    return old and (person.properties["living"] == "alone" or person.properties["self_care"] == "dependent")


def _exchanges(visits: list[Visit], zone: ZoneInfo) -> Iterator[Exchange]:
    """What each phone had to send of each day, when the last of it had found a signal."""
    numbers: Counter[str] = Counter()
    days: dict[tuple[str, date], list[Visit]] = {}
    for visit in sorted(visits, key=lambda each: (each.left, each.pair.id)):
        phone = visit.pair.volunteer.id
        numbers[phone] += 1
        days.setdefault((phone, visit.came.date()), []).append(replace(visit, number=numbers[phone]))
    waiting = sorted((max(each.received for each in own), phone, own) for (phone, _), own in days.items())
    for at, _, own in waiting:
        sent = tuple(replace(each, received=at, approved_at=_sitting(each, at, zone)) for each in own)
        yield Exchange(own[0].pair.volunteer, at, sent)


def _sitting(visit: Visit, received: datetime, zone: ZoneInfo) -> datetime | None:
    """The afternoon on which the supervisor comes to this visit."""
    if visit.approved_at is None:
        return None
    day = received.astimezone(zone).date()
    sits = datetime.combine(day, SITS_AT, zone)
    return sits if received < sits else sits + timedelta(days=1)


def _visits(dice: Dice, pair: Pair, last_day: date, zone: ZoneInfo) -> Iterator[Visit]:
    consent = pair.person.consent
    since_it_began = (last_day - pair.began).days
    for ago in range(min(facts()["days"], since_it_began), 0, -1):
        day = last_day - timedelta(days=ago)
        told = pair.yesterday if ago == 1 else None
        if told is None and dice.happens(3) and ago != since_it_began:
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
        accuracy_m=min(95, max(4, round(dice.near(18, 9)))),
        reason=_why_no_position(dice, form, values) if not found else None,
        approved_at=received if approved else None,
    )


def _why_no_position(dice: Dice, form: str, values: dict[str, str]) -> str | None:
    """A phone says why it has no position, except where none is asked for; a few say nothing."""
    if form == CONTACT and values["/data/contact"] in {"phone", "family"}:
        return None
    return None if dice.happens(4) else dice.one({"no_fix": 58, "permission_off": 17, "old_phone": 16})


def _moments(dice: Dice, day: date, zone: ZoneInfo, *, at_home: bool) -> Moments:
    if not at_home:
        began = datetime.combine(day, time(7, 30), zone) + timedelta(seconds=dice.whole(0, 9000))
        return Moments(began, began + timedelta(seconds=dice.whole(50, 240)))
    opens = time(8, 30) if dice.happens(60) else time(13, 30)
    began = datetime.combine(day, opens, zone) + timedelta(seconds=dice.whole(0, 7200))
    minutes = dice.whole(3, 8) if dice.happens(1) else dice.whole(35, 85)
    return Moments(began, began + timedelta(minutes=minutes, seconds=dice.whole(0, 59)))
