"""The bench measures what it says: every photo received, through real gunicorn, and one line told."""

from __future__ import annotations

import json

import pytest

from tests.bench import photos


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_bench_photos_tells_one_line() -> None:
    told = photos.main(60)
    assert (told["bench"], told["unit"], told["better"]) == ("photos", "photos/s", "higher")
    assert told["photos"] == 54
    assert told["ratio"] == pytest.approx(told["value"] / told["limit"], rel=0.05)
    assert told["ratio_files"] == pytest.approx(told["value"] / told["limit_files"], rel=0.05)
    assert told["ratio"] > 0.05
    assert 0 < told["looked_per_s"] < told["value"]
    assert told["server_cpu_ms"] > told["client_cpu_ms"] > 0
    assert json.loads(json.dumps(told)) == told
