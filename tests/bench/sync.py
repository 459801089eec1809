"""Records per second through real gunicorn, beside the same rows written bare (``lianxin bench sync``).

Each phone is another volunteer's with her own people. An exchange brings 50 new visits of about 1.5 kB, each
with one record, and hears its changes like any exchange: signed, checked, committed with full durability, and
only then answered. Measured with 1, 8 and 32 phones at a time, as long as all of them are sending; ``value``
is what 8 reach.

``limit`` is taken in the same run. A copy of the database is made before the eight phones send. Afterwards
every row that the endpoint has written for them is put into the copy, batch by batch as it came: one
``executemany`` a table, one commit with the same durability, nothing looked up, nothing decided.
The tables of both must then be equal row for row.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from server.accounts import service as accounts
from server.accounts.service import NewUser
from server.base import db
from server.base.policy import Role
from server.entities import service as entities
from server.teams import service as teams
from sync.messages import MOST_OPS
from tests.bench.exchanges import Line, Run, line, through
from tests.factories.county import COMPOUND, LIUYIN, ORG, TEAM, uid
from tests.factories.phone import Phone
from tests.factories.served import Gunicorn, Served, now

CLIENTS = (1, 8, 32)
MEASURED = 8
EXCHANGES = 192  # in each run
PEOPLE = 5  # whom each volunteer looks after
WORKERS, THREADS = 2, 8
Rows = dict[str, list[sqlite3.Row]]

# What an exchange adds rows to, in the order of their keys, and the column that leads to its op, by itself or
# through the visit. Other rows are there already and are only moved: heads of feeds, pairs, the device.
WRITTEN = {
    "ledger_entries": "op_id", "visits": "current_revision", "revisions": "id", "records": "revision_id",
    "record_rows": "revision_id", "participants": "visit_id", "audit_rows": "target_id", "feed_rows": "id",
}  # fmt: skip
NEW = {"feed_rows": "kind = 'visit'"}


def main(exchanges: int = EXCHANGES, clients: tuple[int, ...] = CLIENTS) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="lianxin-bench-", dir=os.environ.get("LIANXIN_BENCH_DIR")
    ) as home:
        data, copy = Path(home) / "county", Path(home) / "copy.sqlite"
        served = Served(data)
        phones = volunteers(served, max(clients))
        server = served.serve(workers=WORKERS, threads=THREADS)
        runs: dict[int, Run] = {}
        sizes: list[int] = []
        try:
            measured(server, served, phones[:2], 2 * WORKERS, sizes)  # warm
            for count in clients:
                if count == MEASURED:
                    copied(database(data), copy)
                runs[count] = measured(server, served, phones[:count], exchanges // count, sizes)
                if count == MEASURED:
                    limit, limit_cpu, rows = bare(database(data), copy)
        finally:
            server.stop()
    told = {str(count): figures(run) for count, run in runs.items()}
    value = float(told[str(MEASURED)]["records_per_s"])
    return {
        "bench": "sync", "value": value, "limit": round(limit, 1), "ratio": round(value / limit, 3),
        "unit": "records/s", "better": "higher", "clients": told,
        "limit_cpu_us": round(limit_cpu * 1e6), "rows_per_record": round(rows, 1),
        "op_bytes": round(sum(sizes) / len(sizes)), "batch": MOST_OPS, "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }  # fmt: skip


def figures(run: Run) -> dict[str, float]:
    count = run.exchanges * MOST_OPS
    return {
        "records_per_s": round(len(run.took) * MOST_OPS / run.seconds, 1),
        "p50_ms": run.percentile_ms(50),
        "p99_ms": run.percentile_ms(99),
        "server_cpu_us": round(run.server_s / count * 1e6),  # a record
        "client_cpu_us": round(run.client_s / count * 1e6),
    }


def volunteers(served: Served, count: int) -> list[Phone]:
    """Their phones; each knows what the county has for her."""
    county = served.county
    began = now() - timedelta(days=90)
    users = [uid(1_000 + number) for number in range(count)]
    with county.app.app_context(), db.writing():
        for number, user in enumerate(users):
            accounts.add_user(ORG, NewUser(f"志愿者{number}"), began, id=user)
            accounts.grant(ORG, user, Role.VOLUNTEER, "team", TEAM, began)
            teams.join(ORG, TEAM, user, began)
            for person in people(user):
                said = {"full_name": "林大娘", "community": LIUYIN, "compound": COMPOUND, "consent": "all"}
                entities.put(ORG, "people", person, "林大娘", said, uid(1), began)
                teams.pair(ORG, TEAM, user, person, date(2026, 9, 1))
    phones = [county.new_phone(user) for user in users]
    for phone in phones:
        phone.sync_all()
    db.close(county.app)
    return phones


def people(user: str) -> list[str]:
    number = int(user[-6:])
    return [uid(100_000 + number * PEOPLE + each) for each in range(PEOPLE)]


def measured(server: Gunicorn, served: Served, phones: list[Phone], exchanges: int, sizes: list[int]) -> Run:
    """So many exchanges of each phone at once."""
    lines = [ready(served, phone, exchanges, sizes) for phone in phones]
    run = through(server, lines)
    for phone, after in zip(phones, run.cursors, strict=True):
        phone.cursor = json.loads(after)
    return run


def ready(served: Served, phone: Phone, exchanges: int, sizes: list[int]) -> Line:
    subjects = people(phone.user)
    batches = [
        [
            served.county.visit(phone, subject={"list": "people", "id": subjects[each % PEOPLE]})
            for each in range(MOST_OPS)
        ]
        for _ in range(exchanges)
    ]
    sizes.append(len(json.dumps(batches[0][0], ensure_ascii=False, separators=(",", ":")).encode()))
    return line(phone, batches)


# ---------------------------------------------------------------- the limit
def database(data: Path) -> Path:
    return data / "lianxin.sqlite"


def copied(source: Path, target: Path) -> None:
    """The database as it stands."""
    with sqlite3.connect(source) as held, sqlite3.connect(target) as made:
        held.backup(made)
    held.close()
    made.close()


def bare(source: Path, copy: Path) -> tuple[float, float, float]:
    """Write into the copy what was written since; records per second, processor and rows a record."""
    written = opened(source)
    written.execute("ATTACH ? AS copy", (str(copy),))
    batches = as_they_came({table: added(written, table) for table in WRITTEN})
    seconds, used = put(opened(copy), batches)
    for table in WRITTEN:
        assert not added(written, table), f"not every row of {table} was written bare"
    written.close()
    records = sum(len(batch["records"]) for batch in batches)
    rows = sum(len(rows) for batch in batches for rows in batch.values())
    return records / seconds, used / records, rows / records


def put(bare: sqlite3.Connection, batches: list[Rows]) -> tuple[float, float]:
    """Seconds for all of it, by the clock and of the processor."""
    inserts = {
        table: f"INSERT INTO {table} ({', '.join(row.keys())}) VALUES ({', '.join('?' * len(row.keys()))})"
        for batch in batches
        for table, (row, *_) in batch.items()
    }
    plain = [{table: [tuple(row) for row in rows] for table, rows in batch.items()} for batch in batches]
    used, began = time.process_time(), time.monotonic()
    for batch in plain:
        bare.execute("BEGIN IMMEDIATE")
        for table, rows in batch.items():
            bare.executemany(inserts[table], rows)
        bare.execute("COMMIT")
    seconds, used = time.monotonic() - began, time.process_time() - used
    bare.close()
    return seconds, used


def added(written: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    """Rows that the copy does not have so, in the order in which they were written."""
    new = NEW.get(table, "true")
    return written.execute(
        f"SELECT * FROM main.{table} WHERE {new} AND rowid IN ("
        f"SELECT rowid FROM (SELECT rowid, * FROM main.{table} EXCEPT SELECT rowid, * FROM copy.{table}))"
        " ORDER BY rowid"
    ).fetchall()


def as_they_came(rows: Rows) -> list[Rows]:
    """The rows of each exchange, table by table."""
    op_of = {row["id"]: row["current_revision"] for row in rows["visits"]}
    exchange_of = {row["op_id"]: (row["device_id"], row["received_at"]) for row in rows["ledger_entries"]}
    exchanges: dict[tuple[str, str], Rows] = {}
    for table, column in WRITTEN.items():
        for row in rows[table]:
            exchange = exchange_of[op_of.get(row[column], row[column])]
            exchanges.setdefault(exchange, defaultdict(list))[table].append(row)
    return list(exchanges.values())


def opened(file: Path) -> sqlite3.Connection:
    """As the server opens it."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.row_factory = sqlite3.Row
    return connection


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else EXCHANGES), ensure_ascii=False))
