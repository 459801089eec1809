"""The smallest plan that still fails the same way (delta debugging, Zeller's ddmin), and how it is pasted."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation import plan as plans
from tests.simulation.faults import written
from tests.simulation.plan import Plan

MOST_TRIES = 400


def shrink(plan: Plan, fails: Callable[[Plan], bool], most: int = MOST_TRIES) -> Plan:
    """Take parts away, in halves, quarters and so on, as long as what is left still fails."""
    tries, pieces = 0, 2
    while plans.parts(plan) > 1 and tries < most:
        size = max(1, plans.parts(plan) // pieces)
        smaller = None
        for start in range(0, plans.parts(plan), size):
            tries += 1
            candidate = plans.without(plan, set(range(start, start + size)))
            if fails(candidate):
                smaller = candidate
                break
            if tries >= most:
                break
        if smaller is not None:
            plan, pieces = smaller, max(2, pieces - 1)
        elif size == 1:
            break
        else:
            pieces = min(pieces * 2, plans.parts(plan))
    return plan


def as_test(plan: Plan, fault: str) -> str:
    """The plan as a test, to be pasted into ``regressions`` under a name that says what it is about."""
    events = "".join(
        f"            Event({one.at_ms}, {one.who!r}, {one.what!r}"
        + (f", {one.args!r}" if one.args else "")
        + "),\n"
        for one in plan.events
    )
    fates = "".join(f"            {key!r}: {written(fate)},\n" for key, fate in plan.fates.items())
    return (
        f"def test_seed_{plan.seed}() -> None:\n"
        f'    """{fault}"""\n'
        f"    plan = Plan(\n        {plan.seed},\n"
        f"        (\n{events}        ),\n        {{\n{fates}        }},\n"
        + (f"        {plan.former!r},\n" if plan.former else "")
        + "    )\n"
        "    assert play(plan).faults == ()\n"
    )
