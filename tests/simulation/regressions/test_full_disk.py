"""Seeds that failed once: a disk that fills up in the middle of a batch."""

from __future__ import annotations

import pytest

from tests.simulation.faults import Fate, Fault
from tests.simulation.plan import MINUTE, Event, Plan
from tests.simulation.play import play

BATCH = (
    Event(MINUTE, "a", "finish", (1, "good", 0)),
    Event(MINUTE + 1, "a", "note", (0,)),
    Event(MINUTE + 2, "a", "note", (0,)),
    Event(2 * MINUTE, "a", "wake"),
)


@pytest.mark.parametrize("at", [12, 15, 18, 21, 24, -1])
def test_a_disk_that_fills_up_inside_a_savepoint_is_trouble_that_passes_and_no_bug(at: int) -> None:
    """[S3] SQLite drops the whole transaction, and with it the savepoint: that there was nothing to go back
    to was answered as a bug (500), and counted against ops that were right."""
    plan = Plan(1, BATCH, {("a", "ops", 0): Fate(fault=Fault("full", at))})
    assert play(plan, "server").faults == ()


def test_a_disk_that_fills_up_while_a_visit_is_mended_is_trouble_that_passes_and_no_bug() -> None:
    """[S3] A flush goes back to its savepoint by itself; that this was gone hid why."""
    plan = Plan(
        202,
        (
            Event(1_128_136_928, "b", "finish", (125, "good", 0)),
            Event(1_128_200_533, "b", "wake"),
            Event(1_129_716_415, "b", "finish", (863, "future", 0)),
            Event(1_129_719_220, "b", "wake"),
            Event(1_595_409_220, "b", "finish", (452, "good", 0)),
            Event(1_595_412_828, "b", "wake"),
            Event(1_661_920_316, "b", "revise", (184,)),
            Event(1_661_921_474, "b", "wake"),
            Event(2_095_143_544, "b", "revise", (556,)),
            Event(2_095_143_728, "b", "wake"),
        ),
        {("b", "ops", 4): Fate(up_ms=2228, down_ms=2404, fault=Fault("full", -1))},
    )
    assert play(plan, "server").faults == ()
