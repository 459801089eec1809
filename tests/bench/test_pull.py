"""The bench measures what it says: a hundred changes each time, out of two counties, and one line told."""

from __future__ import annotations

import json

import pytest

from tests.bench import pull


@pytest.mark.timeout(300)
def test_bench_pull_tells_one_line() -> None:
    few, many = pull.VOLUNTEERS * 110, pull.VOLUNTEERS * 220
    told = pull.main(few, many, 10)  # it fails by itself where an answer lacks a change
    assert (told["bench"], told["unit"], told["better"]) == ("pull", "ms", "lower")
    assert (told["visits"], told["feed"]) == ([few, many], [110, 220])
    assert told["ratio"] == pytest.approx(told["value"] / told["limit"], rel=0.05)
    assert told["value"] > 0
    assert json.loads(json.dumps(told)) == told
