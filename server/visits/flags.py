"""Hints for the reviewer, given once on arrival: each a pure function with its reason and evidence.

A hint is not a verdict: nothing is refused for it, and a visit without any may still be wrong. The detail
carries the numbers that the rule compared, so that the desk can say why.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sync.core.clock import Corrected

FAR_M: Final = 800
FAR_ACCURACIES: Final = 3
PLAUSIBLE_OFFSET: Final = timedelta(minutes=5)

Flag = dict[str, Any]  # {code, detail}


class Evidence(NamedTuple):
    """What the rules look at."""

    entry: str
    check_in_at: datetime
    received_at: datetime
    clock: Corrected
    minutes: int | None
    fewest_minutes: int
    met: bool  # it says that somebody was met there (or the form does not ask)
    phone: bool  # reached, or tried, from afar
    has_position: bool
    has_reason: bool  # a coded reason why there is no position
    accuracy_m: int | None
    distance_m: int | None
    member_now: bool
    subject_known: bool
    base_moved: bool  # several revisions say different things of one field


def far_from_home(seen: Evidence) -> dict[str, Any] | None:
    """Checked in farther from the person's home than the position's own blur explains."""
    if seen.phone or seen.entry != "live" or seen.distance_m is None:
        return None
    limit = max(FAR_M, FAR_ACCURACIES * (seen.accuracy_m or 0))
    return {"distance_m": seen.distance_m, "limit_m": limit} if seen.distance_m > limit else None


def no_position(seen: Evidence) -> dict[str, Any] | None:
    """Neither a position nor a reason for its absence."""
    if seen.phone or seen.entry != "live" or seen.has_position or seen.has_reason:
        return None
    return {}


def too_short(seen: Evidence) -> dict[str, Any] | None:
    """Shorter than this form can believably take when somebody was met."""
    if not seen.met or seen.minutes is None or seen.minutes >= seen.fewest_minutes:
        return None
    return {"minutes": seen.minutes, "fewest": seen.fewest_minutes}


def clock_uncertain(seen: Evidence) -> dict[str, Any] | None:
    """The moment could not be corrected by its own start of the app, and the clock is not to be believed.

    Android ends the app between check-in and the next signal as a matter of course, so the lack of an anchor
    alone would flag every second honest visit: the wall clock is believed while another start's anchor shows
    it right and it does not lie in the future.
    """
    if seen.entry != "live" or seen.clock.certain:
        return None
    offset = seen.clock.offset_ms
    right = offset is not None and abs(offset) <= PLAUSIBLE_OFFSET / timedelta(milliseconds=1)
    if right and seen.check_in_at <= seen.received_at + PLAUSIBLE_OFFSET:
        return None
    return {"offset_ms": offset}


def not_a_member(seen: Evidence) -> dict[str, Any] | None:
    """The author belonged to the team at check-in, and no longer does (rule S5: no refusal)."""
    return None if seen.member_now else {}


def person_unknown(seen: Evidence) -> dict[str, Any] | None:
    """The county's list does not have this person (yet)."""
    return None if seen.subject_known else {}


def two_versions(seen: Evidence) -> dict[str, Any] | None:
    """Changed on two sides in one field: both values are kept until a supervisor has settled it."""
    return {} if seen.base_moved else None


RULES: Final[dict[str, Callable[[Evidence], dict[str, Any] | None]]] = {
    "far_from_home": far_from_home,
    "no_position": no_position,
    "too_short": too_short,
    "clock_uncertain": clock_uncertain,
    "not_a_member": not_a_member,
    "person_unknown": person_unknown,
    "two_versions": two_versions,
}


def flags(seen: Evidence) -> list[Flag]:
    """Every hint that this visit gives, in the order of the rules."""
    return [
        {"code": code, "detail": detail} for code, rule in RULES.items() if (detail := rule(seen)) is not None
    ]
