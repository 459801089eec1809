"""Seeds that failed once: a copy of a request that the network kept for days."""

from __future__ import annotations

from tests.simulation.faults import Fate, Fault
from tests.simulation.plan import Event, Plan
from tests.simulation.play import play


def test_a_copy_that_is_older_than_its_signature_is_not_taken_after_a_restore() -> None:
    """[S9] It told the time of three days ago as that of now. The door refuses it, which the simulated county
    did not."""
    plan = Plan(
        1081,
        (
            Event(392_137, "office", "backup"),
            Event(3_699_369, "d", "finish", (615, "good", 0)),
            Event(3_699_938, "d", "wake"),
            Event(142_576_839, "d", "finish", (113, "good", 2)),
            Event(151_130_055, "d", "wake"),
            Event(154_551_114, "office", "restore"),
        ),
        {
            ("d", "ops", 1): Fate(up_ms=2976, down_ms=559, fault=Fault("full", 41)),
            ("d", "ops", 2): Fate(up_ms=1002, down_ms=112, again_ms=259_200_000),
        },
    )
    assert play(plan).faults == ()
