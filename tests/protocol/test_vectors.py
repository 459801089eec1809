"""The hand-written vectors of sync/vectors, run by the Python side; pwa/src/sync runs the same files."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from sync.core import canonical, clock, digest, ids, merge
from sync.ops import At


def cases(file: str, group: str) -> list[Any]:
    found = json.loads((files("sync") / "vectors" / f"{file}.json").read_text("utf-8"))[group]
    return [
        pytest.param(case, id=f"[{case['rule']}] {case['name']}") for case in found if "py" in case["must"]
    ]


@pytest.mark.parametrize("case", cases("ids", "uuid7"))
def test_time_and_chance_make_this_name(case: Any) -> None:
    assert ids.uuid7(case["now_ms"], bytes.fromhex(case["rand_hex"])) == case["id"]


@pytest.mark.parametrize("case", cases("ids", "uuid7_refused"))
def test_no_name_is_made_of(case: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        ids.uuid7(case["now_ms"], bytes.fromhex(case["rand_hex"]))


@pytest.mark.parametrize("case", cases("ids", "is_uuid7"))
def test_a_name_is_known_by_its_spelling(case: Any) -> None:
    assert ids.is_uuid7(case["text"]) is case["uuid7"]
    assert ids.is_uuid(case["text"]) is case["uuid"]


@pytest.mark.parametrize("case", cases("ids", "made_ms"))
def test_a_name_tells_what_the_clock_said(case: Any) -> None:
    assert ids.made_ms(case["id"]) == case["ms"]


@pytest.mark.parametrize("case", cases("canonical", "canonical"))
def test_the_one_spelling(case: Any) -> None:
    value = json.loads(case["json"])
    assert canonical.canonical(value).decode() == case["canonical"]
    assert canonical.sha256(value) == case["sha256"]


@pytest.mark.parametrize("case", cases("canonical", "refused"))
def test_what_has_no_canonical_spelling(case: Any) -> None:
    with pytest.raises(canonical.NotCanonical) as refused:
        canonical.canonical(json.loads(case["json"]))
    assert refused.value.reason == case["reason"]


@pytest.mark.parametrize("case", cases("digest", "of"))
def test_the_sum_of_a_feed(case: Any) -> None:
    assert digest.of((kind, id, version) for kind, id, version in case["rows"]) == case["digest"]


@pytest.mark.parametrize("case", cases("digest", "moved"))
def test_a_row_moves_the_sum(case: Any) -> None:
    add = [digest.row(*row) for row in case["add"]]
    take = [digest.row(*row) for row in case["take"]]
    assert digest.moved(case["digest"], add=add, take=take) == case["then"]


@pytest.mark.parametrize("case", cases("digest", "bucket"))
def test_a_row_lies_in_one_of_256_parts(case: Any) -> None:
    assert digest.bucket(*case["row"]) == case["bucket"]


@pytest.mark.parametrize("case", cases("digest", "parts"))
def test_each_part_has_its_sum(case: Any) -> None:
    sums = digest.parts((kind, id, version) for kind, id, version in case["rows"])
    assert len(sums) == digest.BUCKETS
    told = {str(bucket): sum for bucket, sum in enumerate(sums) if sum != digest.EMPTY}
    assert told == case["sums"]


@pytest.mark.parametrize("case", cases("digest", "refused"))
def test_no_row_of_a_feed(case: Any) -> None:
    with pytest.raises(ValueError, match="one line"):
        digest.row(*case["row"])


@pytest.mark.parametrize("case", cases("clock", "parse"))
def test_a_moment_is_read_and_written(case: Any) -> None:
    assert clock.parse(case["text"]) == case["ms"]
    assert clock.text(case["ms"]) == case["text"]


@pytest.mark.parametrize("case", cases("clock", "parse_refused"))
def test_no_moment(case: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        clock.parse(case["text"])


@pytest.mark.parametrize("case", cases("clock", "correct"))
def test_an_event_by_the_servers_clock(case: Any) -> None:
    anchors = [clock.Anchor(**anchor) for anchor in case["anchors"]]
    corrected = clock.correct(At(**case["at"]), anchors)
    assert corrected == clock.Corrected(
        clock.parse(case["corrected"]), certain=case["certain"], offset_ms=case["offset_ms"]
    )


@pytest.mark.parametrize("case", cases("merge", "merge"))
def test_what_all_versions_of_a_visit_come_to(case: Any) -> None:
    versions = [merge.Version(**{**one, "bases": tuple(one["bases"])}) for one in case["versions"]]
    found = merge.merge(reversed(versions))
    assert found.tips == tuple(case["tips"])
    assert found.shown == case["shown"]
    assert list(found.conflicts) == case["conflicts"]
    assert {path: [told(one) for one in said] for path, said in found.said.items()} == case["said"]


def told(said: merge.Said) -> list[Any]:
    return [said.version] if said.value is merge.MISSING else [said.version, said.value]


@pytest.mark.parametrize("case", cases("merge", "joined"))
def test_a_merge_is_named_by_what_it_merges(case: Any) -> None:
    assert merge.joined_id(case["versions"]) == case["id"]
