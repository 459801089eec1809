"""Seeds that failed once: a file that lies in the county before an op names it."""

from __future__ import annotations

from tests.simulation.plan import Event, Plan
from tests.simulation.play import play


def test_a_file_that_no_op_has_named_is_the_servers_own_until_it_cleans() -> None:
    """[S7] The op that would name it waits for a server that knows its version: what an erasure had left lay
    in the server, and the hub, which keeps no file without a reference, was told to be wrong."""
    plan = Plan(
        153,
        (
            Event(43_022_418, "b", "finish", (214, "future_version", 1)),
            Event(0, "office", "orphan", ("b 214 0",)),
        ),
        {},
    )
    assert play(plan).faults == ()


def test_a_file_that_its_phone_has_lost_is_the_servers_own_until_it_cleans() -> None:
    """[S7] The op that names it was taken, and then told that the phone cannot read it any more."""
    plan = Plan(
        537,
        (
            Event(168_650, "b", "finish", (310, "good", 2)),
            Event(0, "office", "orphan", ("b 310 0",)),
            Event(1_498_582, "b", "spoil", (819,)),
        ),
        {},
    )
    assert play(plan).faults == ()
