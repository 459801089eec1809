"""The phone's file: one SQLite database, whose transactions are the phone's promises.

An op and its files are one transaction, and only then is it said to be kept; an answer is taken in as one
transaction with its cursor (rule S4). ``at`` is told of the points at which a machine could stop.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ops (
  id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, visit TEXT NOT NULL,
  bytes BLOB NOT NULL, refers TEXT NOT NULL, starts TEXT NOT NULL, wall TEXT NOT NULL, person TEXT,
  state TEXT NOT NULL DEFAULT 'waiting', code TEXT, title TEXT, next TEXT,
  fails INTEGER NOT NULL DEFAULT 0, settled_ms INTEGER);
CREATE TABLE IF NOT EXISTS rows (
  feed TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, body TEXT,
  stale INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (feed, kind, id));
CREATE INDEX IF NOT EXISTS rows_thing ON rows (kind, id);
CREATE TABLE IF NOT EXISTS doubts (feed TEXT PRIMARY KEY, mended TEXT NOT NULL, rests_until_ms INTEGER);
CREATE TABLE IF NOT EXISTS odd (at_ms INTEGER NOT NULL, raw TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS anchors (
  start TEXT NOT NULL, mono INTEGER NOT NULL, wall TEXT NOT NULL, server TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  sha256 TEXT PRIMARY KEY, visit TEXT NOT NULL, type TEXT NOT NULL, bytes INTEGER NOT NULL, data BLOB,
  preview BLOB, preview_type TEXT, preview_sent INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'kept', start INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0,
  rests_until_ms INTEGER NOT NULL DEFAULT 0, received_ms INTEGER, aside TEXT,
  pending INTEGER NOT NULL DEFAULT 0);
"""

#: Feed of what no feed carries any more and an unsent op still refers to (rule S5).
OWN: Final = ""


class Store:
    """``path`` is a file, or ":memory:". One at a time may have it open to write."""

    def __init__(self, path: str | Path, at: Callable[[str], None] = lambda _: None) -> None:
        self.at = at
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.executescript(_TABLES)

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
            self.at(f"before {what}")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")
        self.at(f"after {what}")

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    def count(self, sql: str, *values: Any) -> int:
        return int(self.db.execute(sql, values).fetchone()[0])

    def get(self, name: str) -> Any:
        """What is kept under this name; None where nothing is."""
        found = self.row("SELECT value FROM kept WHERE name = ?", name)
        return None if found is None else json.loads(found["value"])

    def put(self, name: str, value: Any) -> None:
        """Keep it; inside a transaction."""
        self.db.execute(
            "INSERT INTO kept VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value, ensure_ascii=False)),
        )

    def close(self) -> None:
        self.db.close()
