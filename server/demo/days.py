"""What happened in the county, day by day: visits, when phones brought them, when somebody decided on them.

Every pair has its contact on every day since it began, on three days of the week as a visit at home; nothing
happens on the last day itself, so that the county reads the same at any hour. A phone sends what it has once
a day, when it finds a signal; a supervisor sits down to the queue in the afternoon.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.demo import answers, people
from server.demo.answers import CARE, CONTACT, Moments
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Pair, Volunteer
from server.demo.plan import County

HOME_DAYS = {0, 2, 4}  # Monday, Wednesday, Friday
SITS_AT = time(16, 30)
FRESH_DAYS = 2  # what is younger waits for its reviewer
LATEST = timedelta(minutes=5)  # before all is there: photos follow


@dataclass(frozen=True)
class Visit:
    """One visit, as the phone would send it, and when it reached the county."""

    pair: Pair
    form: str
    values: dict[str, str]
    consent: str  # as the list had it then
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


def all_there(county: County) -> datetime:
    """By then everything has reached the county: before the last day begins, since it may be made at any hour
    of that day."""
    return datetime.combine(county.last_day, time(0), county.zone) - timedelta(minutes=5)


def exchanges(county: County, pairs: Sequence[Pair] | None = None) -> Iterator[Exchange]:
    """What each phone had to send of each day, in the order in which it reached the county.

    ``pairs``: of these alone; of a phone all or none, since it numbers what it sends.
    """
    told = [_days(county, pair) for pair in (county.pairs if pairs is None else pairs)]
    numbers: Counter[str] = Counter()
    waiting: list[tuple[datetime, str, Exchange]] = []
    for ago in range(county.days, 0, -1):
        day = county.last_day - timedelta(days=ago)
        begins = datetime.combine(day, time(0), county.zone)
        while waiting and waiting[0][0] < begins:  # nobody sends a day's visits before it has begun
            yield heapq.heappop(waiting)[2]
        for exchange in _sent([visit for one in told if (visit := next(one))], numbers, county.zone):
            heapq.heappush(
                waiting, (exchange.at, exchange.volunteer.id + exchange.visits[0].pair.id, exchange)
            )
    while waiting:
        yield heapq.heappop(waiting)[2]


def _sent(visits: list[Visit], numbers: Counter[str], zone: ZoneInfo) -> Iterator[Exchange]:
    """One day of each phone, sent when the last of it had found a signal."""
    phones: dict[str, list[Visit]] = {}
    for visit in sorted(visits, key=lambda each: (each.left, each.pair.id)):
        phone = visit.pair.volunteer.id
        numbers[phone] += 1
        phones.setdefault(phone, []).append(replace(visit, number=numbers[phone]))
    for own in phones.values():
        at = max(each.received for each in own)
        sent = tuple(replace(each, received=at, approved_at=_sitting(each, at, zone)) for each in own)
        yield Exchange(own[0].pair.volunteer, at, sent)


def _sitting(visit: Visit, received: datetime, zone: ZoneInfo) -> datetime | None:
    """The afternoon on which the supervisor comes to this visit."""
    if visit.approved_at is None:
        return None
    day = received.astimezone(zone).date()
    sits = datetime.combine(day, SITS_AT, zone)
    return sits if received < sits else sits + timedelta(days=1)


def _days(county: County, pair: Pair) -> Iterator[Visit | None]:
    """Each day of the story with this pair: its visit, or None."""
    dice = Dice(county.seed, f"visits {pair.id}")
    consent = pair.person.consent
    since_it_began = (county.last_day - pair.began).days
    for ago in range(county.days, 0, -1):
        if ago > since_it_began:
            yield None
            continue
        day = county.last_day - timedelta(days=ago)
        told = pair.yesterday if ago == 1 else None
        if told is None and dice.happens(3) and ago != since_it_began:
            yield None
            continue
        at_home = told is None and day.weekday() in HOME_DAYS
        when = _moments(dice, day, county.zone, at_home=at_home)
        if at_home:
            values = answers.care(dice, pair.person.id, dice.one(facts()["door"]), consent, when)
        else:
            values = answers.contact(dice, pair.person.id, told or dice.one(facts()["daily_contact"]), when)
        yield _visit(dice, pair, CARE if at_home else CONTACT, values, consent, when, ago, county)
        consent = consent or values.get("/data/consent_now", "")


def _visit(
    dice: Dice,
    pair: Pair,
    form: str,
    values: dict[str, str],
    consent: str,
    when: Moments,
    ago: int,
    county: County,
) -> Visit:
    about = dice.one(facts()["minutes_late"])
    latest = all_there(county) - LATEST
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
        consent=consent,
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
