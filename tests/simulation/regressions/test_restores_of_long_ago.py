"""Seeds that failed once: a backup that is older than what phones hold."""

from __future__ import annotations

from tests.simulation.plan import Event, Plan
from tests.simulation.play import play


def test_what_a_phone_heard_a_year_before_a_restore_it_holds_no_more() -> None:
    """[S1] [S7] It keeps what was acknowledged for 35 days: no check may ask for op or photos then."""
    plan = Plan(
        117,
        (
            Event(638_090, "b", "finish", (460, "good", 2)),
            Event(2_688_956, "office", "backup"),
            Event(6_323_875, "b", "wake"),
            Event(35_524_802_105, "office", "restore"),
        ),
        {},
    )
    assert play(plan).faults == ()


def test_what_was_refused_a_year_before_a_restore_is_told_again() -> None:
    """[S2] [S14] The phone keeps for good what the county refused, and offered it again for 35 days only: a
    restored county never heard of it any more."""
    plan = Plan(
        560,
        (
            Event(34_152_088, "office", "backup"),
            Event(34_897_938, "b", "finish", (613, "not_your_team", 2)),
            Event(34_899_329, "b", "wake"),
            Event(35_698_861_183, "office", "restore"),
        ),
        {},
    )
    assert play(plan).faults == ()
