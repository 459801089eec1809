"""A rule that can be broken unnoticed is not held: each mutant is caught, and the table says how."""

from __future__ import annotations

import pytest

from tests.protocol import test_vectors
from tests.protocol.mutants import MUTANTS, Mutant
from tests.simulation.play import play

CAUGHT: dict[str, str] = {}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", MUTANTS, ids=[one.name for one in MUTANTS])
def test_a_broken_rule_is_noticed(mutant: Mutant) -> None:
    with mutant.broken():
        caught = by_vectors() if mutant.plans is None else by_simulation(mutant)
    assert caught is not None, f"nobody notices: {mutant.name}"
    CAUGHT[mutant.name] = caught


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.plans], ids=lambda one: one.name)
def test_nothing_is_noticed_where_nothing_is_broken(mutant: Mutant) -> None:
    for plan in (mutant.plans or ())[:3]:  # the rest differ in their moments only
        assert play(plan, mutant.where).faults == ()


def test_the_table_of_mutants() -> None:
    """Which rule each breaks, and what noticed it."""
    assert len(MUTANTS) >= 12
    assert len({one.name for one in MUTANTS}) == len(MUTANTS)
    print(f"\n{'mutant':<38}{'rule':<6}caught by")
    for one in MUTANTS:
        print(f"{one.name:<38}{one.rule:<6}{CAUGHT.get(one.name, 'not tried in this run')}")


def by_simulation(mutant: Mutant) -> str | None:
    for number, plan in enumerate(mutant.plans or ()):
        faults = play(plan, mutant.where).faults
        if faults:
            return f"simulation, plan {number}: {faults[0].splitlines()[0]}"
    return None


def by_vectors() -> str | None:
    for name, test in vars(test_vectors).items():
        for mark in getattr(test, "pytestmark", []):
            for case in mark.args[1]:
                try:
                    test(*case.values)
                except (AssertionError, pytest.fail.Exception):
                    return f"vectors, {name}: {case.id}"
    return None
