"""[S6] What several sides made of one visit comes to the same, in whatever order it comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.core import ids
from sync.core.merge import MISSING, Said, Value, Version, joined_id, merge

PATHS = ("place", "r", "r/a", "r/b", "r/rows[1]", "r/rows[1]/c")
Fields = dict[str, Value]


def name(number: int) -> str:
    return ids.uuid7(1_764_000_000_000 + number // 3, bytes([number]) * ids.RAND_BYTES)


def whole(fields: Fields) -> Fields:
    """No field without what it lies beneath: as a visit is read."""
    return {
        path: value
        for path, value in fields.items()
        if all(above not in PATHS or above in fields for above in uppers(path))
    }


def uppers(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


contents = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["", "1", "2"])).map(whole)


@st.composite
def histories(draw: Any) -> list[Version]:
    """Versions as phones and desks make them: on what came before, on a merge that somebody saw, on one that
    nobody knows, on nothing."""
    made: list[Version] = []
    for number in range(draw(st.integers(1, 7))):
        fields = draw(contents)
        kind = draw(st.sampled_from(["edit", "edit", "edit", "touch", "on_merge", "anew"]))
        if kind in ("on_merge", "anew") and made:
            seen = draw(st.lists(st.sampled_from(made), min_size=1, unique_by=lambda one: one.id))
            seen = [*seen, *(one for one in made if one.id in closure(seen, made))]
            seen = list({one.id: one for one in seen}.values())
            merged = merge(seen)
            if kind == "anew":
                made.append(Version(name(number), {**merged.shown, **fields}, merged.tips, 1, "anew"))
                continue
            authored = [one.id for one in seen if one.how != "join"]
            join = Version(joined_id(authored), merged.shown, merged.tips, how="join")
            if all(one.id != join.id for one in made):
                made.append(join)
            made.append(Version(name(number), whole({**merged.shown, **fields}), (join.id,)))
            continue
        base = draw(st.sampled_from([None, name(99), *(one.id for one in made)]))
        held = next((one.fields for one in made if one.id == base), {})
        if kind == "touch":
            fields = whole({**held, **fields})
        made.append(Version(name(number), fields, (base,) if base else (), draw(st.integers(0, 1))))
    return made


def closure(of: list[Version], among: list[Version]) -> set[str]:
    by_id = {one.id: one for one in among}
    found: set[str] = set()
    open = [base for one in of for base in one.bases]
    while open:
        one = open.pop()
        if one in by_id and one not in found:
            found.add(one)
            open += by_id[one].bases
    return found


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_show(history: list[Version], random: Any) -> None:
    """[S6]"""
    shuffled = list(history)
    random.shuffle(shuffled)
    assert merge(shuffled) == merge(history)


@given(st.lists(contents, min_size=1, max_size=6))
def test_a_single_line_of_versions_shows_the_last_one(line: list[Mapping[str, Value]]) -> None:
    """[S6]"""
    made = [
        Version(name(number), fields, (name(number - 1),) if number else ())
        for number, fields in enumerate(line)
    ]
    merged = merge(made)
    assert merged.shown == line[-1]
    assert merged.conflicts == ()
    assert merged.tips == (made[-1].id,)


@given(histories())
def test_what_was_written_and_seen_by_nobody_is_never_lost(history: list[Version]) -> None:
    """[S6] A value that its author changed stands until somebody who saw it changed it."""
    merged = merge(history)
    by_id = {one.id: one for one in history}
    for tip in merged.tips:
        version = by_id[tip]
        base = by_id.get(version.bases[0]) if len(version.bases) == 1 else None
        if version.how != "edit" or (version.bases and base is None):
            continue
        before = base.fields if base else {}
        for path, value in version.fields.items():
            if before.get(path, MISSING) != value:
                assert Said(tip, value) in merged.said[path]


@given(histories())
def test_who_settles_leaves_nothing_to_settle(history: list[Version]) -> None:
    """[S6]"""
    merged = merge(history)
    settled = Version(name(200), merged.shown, merged.tips, 1, "anew")
    after = merge([*history, settled])
    assert after.shown == merged.shown
    assert after.conflicts == ()
    assert after.tips == (settled.id,)
