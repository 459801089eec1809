"""Properties of what both sides compute, whatever the value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core import canonical, digest
from sync.ops import BadOp, canonical_op, read_op

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


anything = st.text(st.characters() | st.sampled_from("\0\ud800\udfff"), max_size=12)
columns = st.text(st.sampled_from('az"\\:\x01\0\x7f柳\ue000\U0001f600\ud800'), min_size=1, max_size=4)


@given(anything, st.dictionaries(columns, anything, max_size=4))
def test_an_op_that_has_been_read_is_spelled_as_anything_is(xml: str, row: dict[str, str]) -> None:
    """[S2] [S3] The short way to the canonical bytes leads to the same bytes, or to the same refusal."""
    raw = visit(xml or "<data/>", row)
    assert outcome(raw, read_op(raw)) == outcome(raw)


def outcome(*asked: Any) -> bytes | tuple[str, str]:
    try:
        return canonical_op(*asked)
    except BadOp as bad:
        return bad.code, bad.reason


def visit(xml: str, row: dict[str, str]) -> dict[str, Any]:
    """An op whose texts and columns are these."""
    at = {
        "wall": "2026-11-24T01:00:00.000Z",
        "mono": 2**53 - 1,
        "start": "0193a000-0000-4000-8000-0000000057a7",
    }
    record = {
        "record": "019abf6e-1e40-7000-8000-000000000003", "form": "daily-contact", "version": "1", "xml": xml,
        "list_rows": {"people": [row]}, "attachments": [],
    }  # fmt: skip
    body = {
        "visit": "019abf6e-1e40-7000-8000-000000000002", "team": "0193a000-0000-7000-8000-000000000201",
        "programme": "day-care", "entry": "live", "subject": None, "place": None, "participants": [],
        "check_in": {"at": at, "position": {"lat": -1, "lon": 0, "accuracy_m": 5, "age_ms": 0}},
        "check_out": None, "helpers_unnamed": 0, "records": [record],
    }  # fmt: skip
    op = {"v": 1, "id": "019abf6e-1e40-7000-8000-000000000001", "kind": "visit.put", "n": 1, "base": None}
    return {**op, "at": at, "body": body}


@given(rows, st.randoms(use_true_random=False))
def test_moving_a_digest_row_by_row_gives_the_sum_of_the_whole(rows: list[Any], random: Any) -> None:
    """[S12]"""
    going = random.sample(rows, len(rows) // 2)
    moved = digest.moved(digest.of(rows), take=(digest.row(*row) for row in going))
    assert moved == digest.of([row for row in rows if row not in going])
