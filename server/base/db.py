"""Units of work over two engines: many may read, one writes.

``with reading():`` sees one snapshot and cannot write. ``with writing():`` commits at its end and rolls back
on any exception. Outside a unit the session refuses to work, so that nobody reads from two moments by
accident, and units do not nest, so that what commits together is seen in one place: the route's wrapper, a
command, a job. Never open a writing unit while a body is still being read or a password hashed: on SQLite
everybody else waits.

SQLite's own busy wait is unfair (seconds at p99 with threads), so writers queue before it: a thread lock in
the process, a file lock between processes, then ``BEGIN IMMEDIATE``. PostgreSQL reads REPEATABLE READ, READ
ONLY and writes READ COMMITTED.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Literal, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as AppSession
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.pool import NullPool

from server.base import spelling
from server.base.settings import Settings
from server.base.tables import Table

Mode = Literal["reading", "writing"]

READ = "read"
BUSY_TIMEOUT_MS = 10_000
_JSON: dict[str, Any] = {"json_serializer": spelling.written, "json_deserializer": spelling.read}


class UnitSession(AppSession):
    """A session that works only inside a unit, on that unit's engine."""

    def get_bind(self, *_: Any, **__: Any) -> Engine | Connection:
        mode: Mode | None = self.info.get("unit")
        if mode is None:
            raise RuntimeError("no unit of work is open: use reading() or writing()")
        engines = self._db.engines
        return engines[READ] if mode == "reading" else engines[None]


db = SQLAlchemy(
    metadata=Table.metadata,
    session_options={"class_": UnitSession, "expire_on_commit": False, "autoflush": True},
    add_models_to_shell=False,
)
session = cast("scoped_session[Session]", db.session)

_before_commit: list[Callable[[], None]] = []


class _Writers:
    """The queue in front of SQLite's one write lock."""

    def __init__(self, lock_file: Path) -> None:
        self.busy = RLock()
        self._threads = Lock()
        self._lock_file = lock_file

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._threads:
            # Opened each time: a lock belongs to the open file, and a forked worker must not share one.
            handle = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its two engines."""
    url = make_url(settings.url)
    if url.get_backend_name() == "sqlite":
        database = Path(url.database or "")
        database.parent.mkdir(parents=True, exist_ok=True)
        app.extensions["lianxin.writers"] = _Writers(database.with_name(database.name + ".lock"))
        pool = {**_JSON, "pool_size": settings.threads + 2, "max_overflow": 4}
        write, read = pool, pool
    else:
        pool = {**_JSON, "pool_size": settings.threads, "max_overflow": 4, "pool_pre_ping": True}
        write = {**pool, "isolation_level": "READ COMMITTED"}
        read = {
            **pool,
            "execution_options": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        }
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = write
    app.config["SQLALCHEMY_BINDS"] = {READ: {"url": url, **read}}
    db.init_app(app)
    if url.get_backend_name() == "sqlite":
        with app.app_context():
            tune_sqlite(db.engines[None], "BEGIN IMMEDIATE")
            tune_sqlite(db.engines[READ], "BEGIN", query_only=True)


def close(app: Flask) -> None:
    """Give back all connections: when a command ends, before a fork, after a test."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def tune_sqlite(engine: Engine, begin: str, *, query_only: bool = False) -> None:
    """Full durability, foreign keys, and transactions that begin when and how we say."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would otherwise open transactions by its own rules
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if query_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def schema_engine(settings: Settings) -> Engine:
    """An engine of its own for migrations, before and beside any app."""
    engine = create_engine(settings.url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        Path(engine.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        tune_sqlite(engine, "BEGIN IMMEDIATE")
    return engine


@contextmanager
def alone() -> Iterator[None]:
    """On SQLite one thread of this process at a time, around units that reckon for longer than they wait.

    Python reckons on one thread at a time in any case. Whoever writes gives way to the others at every row,
    and would hold the one write lock of all processes while they reckon.
    """
    writers: _Writers | None = current_app.extensions.get("lianxin.writers")
    with writers.busy if writers else nullcontext():
        yield


@contextmanager
def reading() -> Iterator[None]:
    """Read one snapshot. Keep it short (2 s at most); what takes longer pages by key."""
    with _unit("reading"):
        yield  # nothing to commit: the session is closed, and gives its snapshot up with that


@contextmanager
def writing() -> Iterator[None]:
    """Write, and commit at the end. An exception undoes everything that was written in the unit."""
    with _turn(), _unit("writing"):
        try:
            yield
            for hook in _before_commit:
                hook()
            session.commit()
        except BaseException:
            session.rollback()
            raise


def before_commit(hook: Callable[[], None]) -> Callable[[], None]:
    """Have ``hook`` run last in every writing unit: what must lock last and once (the feeds' heads)."""
    if hook not in _before_commit:
        _before_commit.append(hook)
    return hook


def unit() -> Mode | None:
    """Which unit is open here, if any."""
    return cast("Mode | None", session.info.get("unit"))


def dialect() -> Literal["sqlite", "postgresql"]:
    """The database under this app, for the few statements that differ."""
    return "sqlite" if db.engine.dialect.name == "sqlite" else "postgresql"


def insert_if_absent(table: type[Table], values: dict[str, Any]) -> bool:
    """Insert a row unless its key exists already; True if it was inserted.

    Decided by the unique constraint, never by a select: of two that come at once, one waits and hears False.
    """
    insert = sqlite.insert if dialect() == "sqlite" else postgresql.insert
    rows = cast("SqlTable", table.__table__)
    first = next(iter(rows.primary_key.columns))
    statement: Any = insert(rows).values(**values).on_conflict_do_nothing().returning(first)
    return session.execute(statement).first() is not None


@contextmanager
def _unit(mode: Mode) -> Iterator[None]:
    if unit() is not None:
        raise RuntimeError(f"a {unit()} unit is open already: units do not nest")
    session.info["unit"] = mode
    try:
        yield
    finally:
        session.info.clear()  # what was noted for this unit (its mode, staged changes) ends with it
        session.close()  # what was loaded stays readable, detached


@contextmanager
def _turn() -> Iterator[None]:
    if unit() is not None:
        raise RuntimeError(f"a {unit()} unit is open already: units do not nest")
    writers: _Writers | None = current_app.extensions.get("lianxin.writers")
    if writers is None:
        yield
    else:
        with writers.turn():
            yield
