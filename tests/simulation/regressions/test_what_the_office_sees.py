"""Seeds that failed once: the office takes the things that it means."""

from __future__ import annotations

from tests.simulation.plan import Event, Plan
from tests.simulation.play import play


def test_ops_of_one_batch_that_stand_aside_are_listed_as_they_came() -> None:
    """[S3] Their names were of one millisecond and their order was chance: the desk released what waited, and
    not what it waited for."""
    plan = Plan(
        409,
        (
            Event(80_027, "d", "finish", (671, "future_version", 1)),
            Event(840_366, "d", "revise", (128,)),
            Event(5_652_312, "d", "wake"),
            Event(5_785_160, "office", "release", (79,)),
        ),
        {},
    )
    assert play(plan).faults == ()


def test_a_released_visit_is_sent_back_by_whoever_sees_it() -> None:
    """It names another team than its author's, and lies with her people: that team's supervisor was asked to
    send it back, and does not see it."""
    plan = Plan(
        655,
        (
            Event(76_339_500, "b", "finish", (421, "not_your_team", 0)),
            Event(80_983_021, "b", "wake"),
            Event(81_408_782, "office", "release", (296,)),
            Event(81_580_825, "office", "send_back", (202,)),
        ),
        {},
    )
    assert play(plan).faults == ()
