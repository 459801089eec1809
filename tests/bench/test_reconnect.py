"""The bench measures what it says: everything came over a narrow line, and one line told."""

from __future__ import annotations

import json

import pytest

from tests.bench import reconnect


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_bench_reconnect_tells_one_line() -> None:
    told = reconnect.main(visits=4, photos=8)
    assert (told["bench"], told["unit"], told["better"]) == ("reconnect", "times the floor", "lower")
    assert (told["visits"], told["photos"]) == (4, 8)
    assert told["bytes"] > 8 * reconnect.PHOTO_BYTES
    assert told["floor_s"] == pytest.approx(told["bytes"] * 8 / 2_000_000, abs=0.1)
    assert told["seconds"] > told["floor_s"], "the line was wider than it is said to be"
    assert told["sent_over_payload"] >= 1
    assert json.loads(json.dumps(told)) == told
