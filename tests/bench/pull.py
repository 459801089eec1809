"""Fetching 100 changes, with 10,000 and with 1,000,000 visits in the database (``lianxin bench pull``).

The same county twice, each behind its own gunicorn: 50 volunteers brought a visit through the door, and each
of these visits is then multiplied in the database, with its revision, record, participant, ledger entry,
audit row and feed row. So what grows is not only the tables but the very feed that is read, from 200 visits
to 20,000. Exchanges without ops, whose cursor stands 100 changes before the end of the feed, go to the two by
turns: whatever else the machine does meanwhile, it does to both. ``ratio`` is that of the medians.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from server.base import db
from sync.core import digest
from tests.bench.sync import database, opened, people, volunteers
from tests.factories.county import ORG
from tests.factories.phone import Phone
from tests.factories.served import Gunicorn, Served

FEW, MANY = 10_000, 1_000_000
VOLUNTEERS = 50
CHANGES = 100
TURNS = 200
BUDGET = 262_144

# A new name for copy ``k`` of a thing: the time in front moves on, so that names lie as real ones do.
NAME = "printf('%08x-%04x-', 26300000 + (k >> 16), k & 65535) || substr({0}, 15)"  # of a version 7 UUID
REVISION = NAME.format("substr(version, 1, 36)") + " || substr(version, 37)"

# What differs from the visit that is multiplied, by table in the order of keys.
COPIED: dict[str, dict[str, str]] = {
    "ledger_entries": {"op_id": NAME.format("op_id"), "n": "n + k"},
    "visits": {"id": NAME.format("id"), "current_revision": NAME.format("current_revision")},
    "revisions": {"id": NAME.format("id"), "visit_id": NAME.format("visit_id")},
    "records": {"revision_id": NAME.format("revision_id"), "id": NAME.format("id")},
    "participants": {"visit_id": NAME.format("visit_id")},
    "audit_rows": {"id": NAME.format("id"), "target_id": NAME.format("target_id")},
    "feed_rows": {"id": NAME.format("id"), "version": REVISION, "seq": "seq + k"},
}
ONLY = {"audit_rows": "action = 'visit.put'", "feed_rows": "kind = 'visit'"}


def main(few: int = FEW, many: int = MANY, turns: int = TURNS) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="lianxin-bench-", dir=os.environ.get("LIANXIN_BENCH_DIR")
    ) as home:
        counties = [County(Path(home) / str(count), count) for count in (few, many)]
        try:
            for county in counties:
                county.serve()
            took: list[list[float]] = [[], []]
            for turn in range(turns + 10):
                for county, times in zip(counties, took, strict=True):
                    seconds = county.fetch(turn)
                    if turn >= 10:  # warm
                        times.append(seconds * 1000)
        finally:
            for county in counties:
                county.stop()
    limit, value = (statistics.median(times) for times in took)
    return {
        "bench": "pull", "value": round(value, 2), "limit": round(limit, 2), "ratio": round(value / limit, 3),
        "unit": "ms", "better": "lower", "visits": [few, many], "changes": CHANGES, "turns": turns,
        "p90_ms": [round(statistics.quantiles(times, n=10)[8], 2) for times in took],
        "feed": [county.feed for county in counties], "gigabytes": [county.gigabytes for county in counties],
        "fill_s": [round(county.fill_s) for county in counties], "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


class County:
    """A county with so many visits, and its server."""

    def __init__(self, data: Path, visits: int) -> None:
        served = Served(data)
        self.phones = volunteers(served, VOLUNTEERS)
        bring_one_each(served, self.phones)
        self._server = Gunicorn(data, {"workers": 1, "threads": 2})
        self.feed = visits // VOLUNTEERS
        began = time.monotonic()
        multiply(database(data), self.feed - 1)
        self.fill_s = time.monotonic() - began
        self.gigabytes = round(database(data).stat().st_size / 1e9, 3)

        self._line = HTTPConnection("127.0.0.1")

    def serve(self) -> None:
        self._line = HTTPConnection("127.0.0.1", self._server.start().port, timeout=60)

    def stop(self) -> None:
        self._line.close()
        self._server.stop()

    def fetch(self, turn: int) -> float:
        """One exchange that hears the last changes of somebody's feed; seconds."""
        phone = self.phones[turn % VOLUNTEERS]
        feed = f"user:{phone.user}"
        assert phone.cursor is not None
        feeds = {**phone.cursor["feeds"], feed: phone.cursor["feeds"][feed] + self.feed - 1 - CHANGES}
        body = phone.written((), cursor={**phone.cursor, "feeds": feeds}, budget=BUDGET)
        token = phone.sign("POST", "/api/sync", body)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        began = time.monotonic()
        self._line.request("POST", "/api/sync", body, headers)
        answered = self._line.getresponse().read()
        seconds = time.monotonic() - began
        heard = json.loads(answered)
        assert len(heard["changes"]) == CHANGES, heard
        assert not heard["more"]
        assert heard["feeds"][feed]["alive"] == self.feed + 1  # and who she is
        return seconds


def bring_one_each(served: Served, phones: list[Phone]) -> None:
    """A visit of each through the door, heard by all."""
    for phone in phones:
        told = phone.sync(served.county.visit(phone, subject={"list": "people", "id": people(phone.user)[0]}))
        assert told["results"][0]["outcome"] == "accepted", told["results"]
    for phone in phones:
        phone.sync_all()
    db.close(served.county.app)


def multiply(file: Path, times: int) -> None:
    """Copy every visit so many times. Without durability: nobody waits for an answer here."""
    connection = opened(file)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA cache_size = -1000000")
    connection.execute("CREATE TEMP TABLE copies (k INTEGER PRIMARY KEY)")
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO copies WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?)"
        " SELECT k FROM n",
        (times,),
    )
    for table, changes in COPIED.items():
        names = [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(changes.get(name, name) for name in names)
        connection.execute(
            f"CREATE TEMP TABLE first AS SELECT * FROM {table} WHERE {ONLY.get(table, 'true')}"
        )
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM copies CROSS JOIN first"
        )
        connection.execute("DROP TABLE first")
    _move_heads(connection, times)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _move_heads(connection: sqlite3.Connection, times: int) -> None:
    """The heads say what their feeds hold."""
    for (feed,) in connection.execute("SELECT feed FROM feed_heads WHERE feed LIKE 'user:%'").fetchall():
        of_it = "FROM feed_rows WHERE org_id = ? AND feed = ? AND NOT tombstone"
        rows = connection.execute(f"SELECT kind, id, version {of_it}", (ORG, feed)).fetchall()
        if len(rows) > times:
            connection.execute(
                "UPDATE feed_heads SET seq = seq + ?, alive = ?, digest = ? WHERE org_id = ? AND feed = ?",
                (times, len(rows), digest.of(map(tuple, rows)), ORG, feed),
            )


if __name__ == "__main__":
    print(json.dumps(main(FEW, int(sys.argv[1]) if len(sys.argv) > 1 else MANY)))
