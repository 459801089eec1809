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
