"""The bench measures what it says: every visit accepted through real gunicorn, the same rows written bare."""

from __future__ import annotations

import json

import pytest

from sync.messages import MOST_OPS
from tests.bench import sync


@pytest.mark.timeout(300)
def test_bench_sync_tells_one_line() -> None:
    told = sync.main(8, (1, sync.MEASURED))  # it fails by itself where a row is missing or differs
    assert (told["bench"], told["unit"], told["better"]) == ("sync", "records/s", "higher")
    assert told["value"] == told["clients"][str(sync.MEASURED)]["records_per_s"]
    assert told["ratio"] == pytest.approx(told["value"] / told["limit"], rel=0.05)
    assert told["rows_per_record"] >= 7  # ledger, visit, revision, record, participant, audit, feed
    assert 1_200 < told["op_bytes"] < 2_000
    assert told["batch"] == MOST_OPS
    for figures in told["clients"].values():
        assert 0 < figures["p50_ms"] <= figures["p99_ms"]
        assert 0 < figures["client_cpu_us"] < figures["server_cpu_us"]
    assert json.loads(json.dumps(told)) == told
