"""The plan of a run: what people do, and what goes wrong with each message, all drawn from one seed.

An event stands for itself: everything that is left to chance inside it is drawn from its own number, so that
taking one event out of a plan (``shrink``) leaves all others what they were.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from tests.factories.county import OTHER_TEAM, OU, PIAO, SHOUYI, TEAM, XIUYUN
from tests.simulation.bodies import file_name
from tests.simulation.faults import Fate, Fault
from tests.simulation.people import HANDSETS

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PHONES = tuple(one.name for one in HANDSETS)
TWINS = ("a2", "b2", "c2", "d2")  # of cloned phones, where there are any by then
DRAWER = 410 * DAY  # longer than a version is served after its successor came
MOST_SENDS = 24  # whose fate is drawn, a phone


@dataclass(frozen=True)
class Event:
    """Somebody does something, so many milliseconds after the beginning."""

    at_ms: int
    who: str  # a phone's name, or "office"
    what: str
    args: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Plan:
    """``fates``: (phone, stream, which request of that stream) → what happens to it. A stream is what a
    request carries: ``ops``, ``pull`` or ``piece``."""

    seed: int
    events: tuple[Event, ...] = ()
    fates: dict[tuple[str, str, int], Fate] = field(default_factory=dict)
    former: tuple[str, ...] = ()  # phones whose app speaks version 1 of the exchange, until an ``update``


def of(seed: int) -> Plan:
    """The plan of this seed. Odd seeds let nobody in between the units of a request, so that their course is
    the same with the hub, whose requests are one; nor does anything happen to those that carry nothing, since
    the two may need another number of them."""
    dice = random.Random(f"plan {seed}")
    at, between = 0, seed % 2 == 0
    events: list[Event] = []
    for _ in range(dice.randint(14, 34)):
        at += _pause(dice)
        who = "office" if dice.random() < 0.3 else dice.choice((*PHONES * 4, *TWINS))
        events.append(event := _event(dice, at, who, between=between))
        if event.what == "finish" and event.args[2] and dice.random() < 0.15:
            events.append(
                Event(max(0, at - 8 * DAY), "office", "orphan", (file_name(who, event.args[0], 0),))
            )
        if who != "office" and dice.random() < 0.7:
            events.append(Event(at + dice.randint(1, 5_000), who, "wake"))
    fates = {
        (phone, stream, which): fate
        for phone in (*PHONES, *TWINS)
        for stream in (("ops", "pull", "piece") if between else ("ops", "piece"))
        for which in range(MOST_SENDS)
        if (fate := _fate(dice, stream, between=between)) is not None
    }
    return _with_former(Plan(seed, tuple(events), fates))


def _with_former(plan: Plan) -> Plan:
    """Some apps are of yesterday; some of these are updated one day, and some lie in a drawer until their
    version is no longer served."""
    dice = random.Random(f"versions {plan.seed}")
    former = tuple(name for name in PHONES if dice.random() < 0.3)
    last = max(event.at_ms for event in plan.events)
    updates = [Event(dice.randint(0, last), name, "update") for name in former if dice.random() < 0.4]
    events = (*plan.events, *updates)
    if former and dice.random() < 0.15:
        drawer = dice.randint(0, last)
        events = tuple(
            replace(one, at_ms=one.at_ms + DRAWER if one.at_ms > drawer else one.at_ms) for one in events
        )
    return replace(plan, events=events, former=former)


def without(plan: Plan, gone: set[int]) -> Plan:
    """The plan less these of its parts: its events first, then its fates in their order, then former apps."""
    first, then = len(plan.events), len(plan.events) + len(plan.fates)
    fates = list(plan.fates.items())
    return replace(
        plan,
        events=tuple(one for number, one in enumerate(plan.events) if number not in gone),
        fates=dict(one for number, one in enumerate(fates) if first + number not in gone),
        former=tuple(one for number, one in enumerate(plan.former) if then + number not in gone),
    )


def parts(plan: Plan) -> int:
    return len(plan.events) + len(plan.fates) + len(plan.former)


def _pause(dice: random.Random) -> int:
    spans = ((0.55, 2 * MINUTE), (0.3, HOUR), (0.12, 2 * DAY), (0.03, 20 * DAY))
    draw = dice.random()
    for share, most in spans:
        if draw < share:
            return dice.randint(1, most)
        draw -= share
    return dice.randint(1, 2 * MINUTE)


_AT_PHONES = (
    (26, "finish"), (12, "revise"), (8, "correct"), (4, "withdraw"), (5, "note"), (3, "spoil"),
    (8, "wake"), (5, "restart"), (5, "set_clock"), (8, "crash"), (4, "clone"), (2, "reuse"), (2, "rot"),
)  # fmt: skip
_AT_DESKS = (
    (16, "approve"), (12, "send_back"), (6, "undo"), (10, "release"), (3, "close"), (5, "leave"), (5, "join"),
    (5, "end_pair"), (5, "pair"), (4, "note"), (6, "settle"), (4, "put_entity"), (3, "erase"), (3, "revoke"),
    (6, "tidy"), (9, "backup"), (9, "restore"),
)  # fmt: skip
_KINDS = ("good",) * 11 + (
    "stranger",
    "unknown_version",
    "not_your_team",
    "unreadable",
    "future",
    "future_version",
)


def _event(dice: random.Random, at_ms: int, who: str, *, between: bool) -> Event:
    table = _AT_DESKS if who == "office" else _AT_PHONES
    (what,) = dice.choices([name for _, name in table], [weight for weight, _ in table])
    if what == "tidy":
        return Event(at_ms, who, what, (dice.randint(0, 6) if between else None,))
    return Event(at_ms, who, what, _args(dice, what))


def _args(dice: random.Random, what: str) -> tuple[Any, ...]:
    which = dice.randrange(1_000)
    match what:
        case "finish":
            return (which, dice.choice(_KINDS), dice.choice((0, 0, 0, 1, 2)))
        case "set_clock":
            return (dice.choice((-400 * DAY, -DAY, -HOUR, 0, 30_000, HOUR, 9 * DAY)),)
        case "crash":
            return (dice.randrange(3), dice.choice(("before", "after")))
        case "leave" | "join":
            return (
                dice.choice(((TEAM, XIUYUN), (OTHER_TEAM, SHOUYI), (OTHER_TEAM, XIUYUN), (TEAM, SHOUYI))),
            )
        case "end_pair" | "pair" | "erase" | "put_entity":
            return (which, dice.choice((PIAO, PIAO, OU)))
        case "revoke":
            return (dice.choice(PHONES),)
        case "wake" | "restart" | "backup" | "restore" | "clone":
            return ()
        case _:
            return (which,)


def _fate(dice: random.Random, stream: str, *, between: bool) -> Fate | None:
    """What happens to one request; None: nothing."""
    if dice.random() < 0.5:
        return None
    draw, fate = dice.random(), Fate(up_ms=dice.randint(20, 3_000), down_ms=dice.randint(20, 3_000))
    if draw < 0.15:
        return replace(fate, lost=dice.choice(("up", "down")))
    if draw < 0.35:
        return replace(fate, again_ms=dice.choice((1, 500, 10 * MINUTE, 3 * DAY)))
    if draw < 0.6 and stream != "pull":
        kind = dice.choice(("killed_before", "killed_after", "full"))
        return replace(
            fate,
            fault=Fault(
                kind,
                dice.choice((-1, 1, dice.randint(0, 60)))
                if kind == "full"
                else dice.choice((0, 1, dice.randint(0, 40))),
            ),
        )
    if draw < 0.85 and between:
        return replace(fate, meanwhile=dice.randint(0, 6))
    return fate
