"""Seeds that failed once: apps of yesterday, and versions that are no longer served."""

from __future__ import annotations

import pytest

from tests.simulation.plan import DAY, DRAWER, MINUTE, Event, Plan
from tests.simulation.play import play


@pytest.mark.parametrize("wrong", ["unknown_version", "not_your_team", "unreadable"])
def test_what_was_put_off_and_is_refused_later_stands_aside_once(wrong: str) -> None:
    """[S3] [S11] It stood aside twice: once because nobody would read its version, once for what is wrong."""
    events = (Event(DRAWER, "a", "finish", (1, wrong, 0)), Event(DRAWER + MINUTE, "a", "wake"))
    assert play(Plan(1, events, former=("a",))).faults == ()


@pytest.mark.parametrize("newer", ["future", "future_version"])
def test_what_nobody_can_read_no_longer_says_that_its_phone_is_too_old(newer: str) -> None:
    """[S3] [S11] It said so for ever, also of a phone that had been updated long since."""
    events = (
        Event(DRAWER, "a", "finish", (1, newer, 0)),
        Event(DRAWER + MINUTE, "a", "wake"),
        Event(DRAWER + 2 * MINUTE, "a", "update"),
        Event(DRAWER + 3 * DAY, "a", "wake"),
    )
    assert play(Plan(1, events, former=("a",))).faults == ()


def test_a_phone_that_is_out_of_use_for_months_may_ask_for_ever() -> None:
    """[S5] Nothing is told it, and nothing of it is asked for: the run waited for it to come to rest."""
    events = (
        Event(MINUTE, "office", "revoke", ("c",)),
        Event(100 * DAY, "c", "finish", (1, "good", 0)),
        Event(100 * DAY + MINUTE, "c", "wake"),
    )
    assert play(Plan(1, events)).faults == ()
