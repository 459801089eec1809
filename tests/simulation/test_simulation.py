"""A hundred seeds at every run of the tests, thousands with --deep; and the simulation's own promises."""

from __future__ import annotations

import pytest

from tests.simulation import main, shrink
from tests.simulation import plan as plans
from tests.simulation.faults import Fate, Fault
from tests.simulation.plan import Event, Plan
from tests.simulation.play import play, remembered
from tests.simulation.world import World

AT_ONCE, EVERY_TIME = 10, 100


@pytest.mark.parametrize("first", range(0, EVERY_TIME, AT_ONCE))
def test_whatever_happens_all_rules_hold_and_the_server_does_as_the_hub_does(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        verdict = play(plans.of(seed))
        assert verdict.faults == (), f"lianxin simulate --virtual --seed {seed}"


@pytest.mark.deep
@pytest.mark.timeout(7200)
def test_thousands_of_seeds_hold() -> None:
    assert main.main(["--seeds", "3000"]) == 0


def test_a_seed_is_the_same_run_again() -> None:
    told = []
    for _ in range(2):
        world = World(plans.of(4), remembered)
        world.run()
        told.append([(one.sent.phone, one.sent.ask, one.reply.body) for one in world.history.told])
        world.close()
    assert told[0] == told[1]
    assert len(told[0]) > 5


def test_a_failing_plan_is_shrunk_to_what_it_needs() -> None:
    plan = plans.of(3)
    needed = {plan.events[2], plan.events[-1]}
    small = shrink.shrink(plan, lambda one: needed <= set(one.events))
    assert set(small.events) == needed
    assert small.fates == {}


def test_a_failing_plan_is_printed_as_a_test_that_can_be_pasted() -> None:
    fates = {("a", "ops", 2): Fate(lost="up", fault=Fault("full", -1))}
    plan = Plan(5, (Event(7, "a", "finish", (1, "good", 2)), Event(9, "office", "tidy", (None,))), fates)
    written = shrink.as_test(plan, "[S1] something")
    said: dict[str, Plan] = {}

    def played(one: Plan) -> object:
        said["plan"] = one
        return type("Verdict", (), {"faults": ()})

    names = {"Plan": Plan, "Event": Event, "Fate": Fate, "Fault": Fault, "play": played}
    exec(written, names)
    names["test_seed_5"]()  # type: ignore[operator]
    assert said["plan"] == plan
