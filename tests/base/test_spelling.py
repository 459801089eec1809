"""JSON of columns and answers: short, in UTF-8, and never an error for what somebody sent."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.base import spelling

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert spelling.read(spelling.written(value)) == value


def test_half_of_a_surrogate_pair_is_escaped_and_read_back() -> None:
    said = {"reason": "\ud800"}
    assert spelling.written(said) == '{"reason":"\\ud800"}'
    assert spelling.read(spelling.written(said)) == said


def test_it_is_short_and_in_its_own_letters() -> None:
    assert spelling.written({"b": ["炕", 1], "a": None}) == '{"b":["炕",1],"a":null}'
