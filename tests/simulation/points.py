"""Where the real server can be struck: before and after every commit, at every statement, between its units.

Nothing of the server is replaced but the queue in front of its write lock, which is where the application
keeps it; the rest are SQLAlchemy's own events on its two engines. A kill is an exception that nobody
catches, after which all connections are dropped and the database file is opened anew. A full disk is the
database's own (``max_page_count``), or its words at one statement, with the transaction gone as it does it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import Context
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from server.base import db
from tests.simulation.faults import Fault

WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)")
FEEDS = ("feed_heads", "feed_rows")
FULL = "database or disk is full"
ROOM_PAGES, BOUNDLESS_PAGES = 1, 1_000_000_000


class Killed(BaseException):
    """``kill -9``: no handler of the server's may hear of it."""


class Points:
    """The one place that decides, of every point that a request passes, whether something happens there."""

    def __init__(self, app: Flask) -> None:
        self.fault: Fault | None = None
        self.meanwhile: int | None = None
        self.between: Callable[[], None] = lambda: None
        self.committed = False
        self.faults: list[str] = []
        self.struck = False
        self.busy = nullcontext()  # who comes in between comes from another process
        self._units = 0
        self._statements = 0
        self._heads = False  # this unit has locked the feeds' heads
        app.extensions["lianxin.writers"] = self  # one process, one thread: nobody else waits
        with app.app_context():
            self._listen(db.db.engines[None], writes=True)
            self._listen(db.db.engines[db.READ], writes=False)

    def arm(self, fault: Fault | None, meanwhile: int | None, between: Callable[[], None]) -> None:
        """What happens to the next request."""
        self.fault, self.meanwhile, self.between = fault, meanwhile, between
        self.committed = self.struck = False
        self._units = self._statements = 0

    def disarm(self) -> None:
        self.arm(None, None, lambda: None)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """In front of the write lock, and behind the commit."""
        self._unit()
        self._kill_if("killed_before", 0)
        self._statements, self._heads = 0, False
        yield
        self.committed = True
        self._kill_if("killed_after", 0)

    def _unit(self) -> None:
        """A unit is about to begin: somebody else may come first."""
        number, self._units = self._units, self._units + 1
        if self.meanwhile != number:
            return
        kept = (self.fault, self.committed, self._units, self._statements)
        between, self.meanwhile, self.fault = self.between, None, None
        try:
            Context().run(between)  # another thread's, as far as the application can tell
        finally:
            self.fault, self.committed, self._units, self._statements = kept
            self.meanwhile = None

    def _listen(self, engine: Engine, *, writes: bool) -> None:
        if not writes:
            event.listen(engine, "begin", self._read_begins, insert=True)
            return
        event.listen(engine, "begin", self._write_begins)
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commits)

    def _read_begins(self, _connection: Connection) -> None:
        self._unit()
        if self.committed and self.fault is not None and self.fault.at > 0:
            self._kill_if("killed_after", self.fault.at)

    def _write_begins(self, connection: Connection) -> None:
        room = BOUNDLESS_PAGES
        driver = _driver(connection)
        if self.fault == Fault("full", -1):
            room = driver.execute("PRAGMA page_count").fetchone()[0] + ROOM_PAGES
        driver.execute(f"PRAGMA max_page_count = {room}")

    def _statement(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("ROLLBACK"):
            return
        self._statements += 1
        self._heads_come_last(statement)
        self._kill_if("killed_before", self._statements)
        if self.fault == Fault("full", self._statements):
            self._is_full(connection, statement)

    def _heads_come_last(self, statement: str) -> None:
        """The heads of feeds are locked last and once in a unit, else two publishers deadlock (S4)."""
        written = WRITES.match(statement)
        if written is None:
            return
        verb, table = written[1], written[2]
        if self._heads and (table not in FEEDS or (verb, table) == ("INSERT INTO", "feed_heads")):
            self.faults.append(f"[S4] {verb} {table} after the heads of the feeds were locked")
        self._heads = self._heads or table == "feed_heads"

    def _commits(self, connection: Connection) -> None:
        if self.fault is None:
            return
        if self.fault.kind == "killed_before":
            self.struck = True
            raise Killed
        if self.fault.kind == "full":
            self._is_full(connection, "COMMIT")

    def _is_full(self, connection: Connection, statement: str) -> None:
        driver = _driver(connection)
        if driver.in_transaction:
            driver.execute("ROLLBACK")  # SQLite drops the whole transaction on a full disk
        raise OperationalError(statement, None, sqlite3.OperationalError(FULL))

    def _kill_if(self, kind: str, at: int) -> None:
        if self.fault == Fault(kind, at):
            self.struck = True
            raise Killed


def _driver(connection: Connection) -> Any:
    """The connection of Python's own sqlite3 underneath."""
    return connection.connection.driver_connection
