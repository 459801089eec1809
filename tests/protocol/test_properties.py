"""Properties of what both sides compute, whatever the value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import canonical, digest

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)
integers = st.integers(-canonical.MOST_INTEGER, canonical.MOST_INTEGER)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
rows = st.lists(st.tuples(*[st.text("ab柳", min_size=1, max_size=3)] * 3), unique=True, max_size=12)


@given(values)
def test_the_canonical_bytes_read_back_as_the_same_value(value: Any) -> None:
    """[S2]"""
    assert json.loads(canonical.canonical(value)) == value


@given(values, st.randoms(use_true_random=False))
def test_the_order_in_which_keys_were_written_does_not_show(value: Any, random: Any) -> None:
    """[S2]"""

    def shuffled(inner: Any) -> Any:
        if isinstance(inner, dict):
            keys = list(inner)
            random.shuffle(keys)
            return {key: shuffled(inner[key]) for key in keys}
        return [shuffled(member) for member in inner] if isinstance(inner, list) else inner

    assert canonical.canonical(shuffled(value)) == canonical.canonical(value)


@given(st.dictionaries(texts, integers, max_size=8))
def test_keys_stand_in_the_order_of_their_utf16_units(value: dict[str, int]) -> None:
    """[S2]"""
    written = list(json.loads(canonical.canonical(value)))
    assert written == sorted(value, key=lambda key: key.encode("utf-16-be"))


@given(texts, st.sampled_from(["\0", "\ud800", "\udfff"]), texts)
def test_nul_and_lone_surrogates_are_never_taken(before: str, bad: str, after: str) -> None:
    """[S3]"""
    with pytest.raises(canonical.NotCanonical):
        canonical.canonical({"body": [before + bad + after]})


@given(rows, st.randoms(use_true_random=False))
def test_moving_a_digest_row_by_row_gives_the_sum_of_the_whole(rows: list[Any], random: Any) -> None:
    """[S12]"""
    going = random.sample(rows, len(rows) // 2)
    moved = digest.moved(digest.of(rows), take=(digest.row(*row) for row in going))
    assert moved == digest.of([row for row in rows if row not in going])
