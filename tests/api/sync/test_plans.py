"""What an exchange asks of tables that grow is asked by an index: a large county costs what a small one does.

Every SELECT of a push and its pull is explained by the database itself, with the parameters that it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from server.base import db
from server.base.db import session
from tests.factories.county import County

GROW = (
    "audit_rows", "decisions", "feed_rows", "ledger_entries", "notices", "participants", "record_rows",
    "records", "revisions", "visits", "withdrawals",
)  # fmt: skip
Asked = tuple[str, Any]


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Every SELECT that goes to a database meanwhile."""
    asked: list[Asked] = []

    def hear(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def plan(connection: Connection, asked: Asked) -> list[str]:
    """The steps by which the database carries this SELECT out."""
    statement, parameters = asked
    if db.dialect() == "sqlite":
        return [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a small table is else read whole
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def walked_through(connection: Connection, asked: Asked) -> list[str]:
    """The growing tables that this SELECT reads whole, or by the county alone."""
    steps = plan(connection, asked)
    if db.dialect() == "sqlite":
        return [step for step in steps if is_walk(step)]
    return [step for step in steps if any(f"Seq Scan on {table}" in step for table in GROW)]


def is_walk(step: str) -> bool:
    """To rows of a growing table at least one more column than the county's must lead; to those of feeds, one
    more than the feed's."""
    found = re.match(r"(?:SCAN|SEARCH) (\w+)", step)
    table = found[1].removesuffix("_1") if found else ""
    led = "(org_id=? AND feed=? AND " if table == "feed_rows" else "(org_id=? AND "
    return table in GROW and led not in step


def test_an_exchange_finds_what_it_needs_by_an_index(county: County) -> None:
    """[S4] [S10]"""
    phone = county.phone()
    first = county.visit(phone)
    phone.sync(first)
    phone.sync_all()
    county.desk().approve(first)
    again = phone.op({**first["body"], "helpers_unnamed": 3}, base=first["id"])
    with listening() as asked:
        phone.sync(*[county.visit(phone) for _ in range(3)], again)
    assert len({statement for statement, _ in asked}) > 15
    assert any("FROM feed_rows" in statement for statement, _ in asked)
    with county.app.app_context(), db.reading():
        for one in asked:
            assert not walked_through(session.connection(), one), one


def test_where_a_person_lives_is_looked_for_among_approved_visits_alone(county: County) -> None:
    """What nobody has approved yet costs nothing, however much of it there is."""
    phone = county.phone()
    with listening() as asked:
        phone.sync(county.visit(phone))
    (homes,) = [one for one in asked if "state = 'approved'" in one[0]]
    with county.app.app_context(), db.reading():
        assert "ix_visits_approved_live" in "".join(plan(session.connection(), homes))
