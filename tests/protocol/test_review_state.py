"""A visit's state follows from its current revision, the decisions on it, and what its author took back."""

from __future__ import annotations

import pytest

from sync.core.review_state import Decided, State, review_state

APPROVED, RETURNED = Decided("d1", "r1", "approve"), Decided("d2", "r1", "return")


@pytest.mark.parametrize(
    ("current", "decisions", "withdrawn", "state"),
    [
        ("r1", [], set(), "received"),
        ("r1", [APPROVED], set(), "approved"),
        ("r1", [RETURNED], set(), "returned"),
        ("r2", [RETURNED], set(), "received"),
        ("r1", [APPROVED, Decided("d3", "r1", "undo", "d1")], set(), "received"),
        ("r1", [], {"r1"}, "withdrawn"),
        ("r2", [], {"r1"}, "received"),
        ("r2", [Decided("d4", "r2", "approve")], {"r1"}, "approved"),
        ("r1", [APPROVED, Decided("d3", "r1", "undo", "d1")], {"r1"}, "withdrawn"),
    ],
    ids=[
        "nobody has decided",
        "approved",
        "returned",
        "corrected",
        "undone",
        "taken back",
        "taken back and put again",
        "put again and approved",
        "taken back after an undo",
    ],
)
def test_the_state_of_a_visit(
    current: str, decisions: list[Decided], withdrawn: set[str], state: State
) -> None:
    assert review_state(current, decisions, withdrawn) == state
