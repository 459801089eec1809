"""A backup while the county is served: the database as it is at one moment, then every file that it names.

The database comes first. A file is durable before the row that names it is committed, is never changed
afterwards, and goes only a week after nobody needs it; so whatever this snapshot names is there when it is
copied. What lies in an earlier backup of the same folder is linked from there, so that a nightly one costs
what is new. Every file is read and hashed where it ends up; the folder gets its name only when it is whole,
and only then do phones hear that what the county had by then is safe twice (rule S14).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from server.backup import manifest, places
from server.backup.manifest import BLOBS, DATABASE, SECRET, SUMS, Manifest
from server.base import audit, clock, db, jobs
from server.base.blobs import place
from server.base.db import session
from server.base.flushing import flush
from server.base.models import Org
from server.base.problems import Problem
from server.base.settings import Settings
from server.photos import queries as photos

_MAKING = ".making-"
_TICK = timedelta(milliseconds=1)  # moments on the wire have no finer part
Step = Callable[[str], None]


@dataclass
class _Folder:
    """A backup in the making."""

    path: Path
    before: Path | None  # the newest one that has finished
    sums: list[str] = field(default_factory=list)
    bytes: int = 0
    missing: list[str] = field(default_factory=list)

    def take(self, name: str, source: Path, sha256: str | None = None) -> None:
        """Copy a file, or link it from the backup before; ``sha256``: what it must be."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if sha256 is not None and self.before is not None and _linked(self.before / name, target):
            if _hash(target) == sha256:
                return self._note(name, target, sha256)
            target.unlink()
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            self.missing.append(name)
            return None
        found = _hash(target)
        if sha256 is not None and found != sha256:
            self.missing.append(name)
            target.unlink()
            return None
        return self._note(name, target, found)

    def _note(self, name: str, target: Path, sha256: str) -> None:
        flush(target)
        self.sums.append(f"{sha256}  {name}\n")
        self.bytes += target.stat().st_size


def make(settings: Settings, into: Path, now: datetime, step: Step = lambda _: None) -> tuple[Path, Manifest]:
    """Make a backup in a new folder of ``into`` and say where. Opens its own units. Raises Problem."""
    here = places.of(settings)
    name = clock.iso(now).replace(":", "").replace("-", "")
    try:
        into.mkdir(parents=True, exist_ok=True)
        with _alone(into):
            folder = _Folder(into / f"{_MAKING}{secrets.token_hex(4)}", _newest(into))
            folder.path.mkdir(mode=0o700)
            step("database")
            schema, counties = _snapshot(here.database, folder)
            step("files")
            for key, sha256 in _named(folder.path / DATABASE):
                folder.take(f"{BLOBS}/{place(key)}", here.blobs / place(key), sha256)
            if here.secret.exists():
                folder.take(SECRET, here.secret)
            made = _finish(folder, Manifest(clock.iso(now), schema, counties, 0, 0, folder.missing, ""))
            folder.path.rename(into / name)
            flush(into)
    except (OSError, sqlite3.Error) as error:
        raise Problem("backup_failed", reason=str(error)) from error
    finished(now - _TICK, files=made.files, bytes=made.bytes)
    return into / name, made


def finished(until: datetime, **detail: Any) -> None:
    """Tell phones that everything that was committed until then lies in a backup."""
    with db.writing():
        for org in session.scalars(select(Org)):
            if org.backed_up_to is None or org.backed_up_to < until:
                org.backed_up_to = until
            audit.note(org.id, "county.backup", "county", org.code, until=clock.iso(until), **detail)


def _snapshot(database: Path, folder: _Folder) -> tuple[str, list[str]]:
    """The database as one reader sees it, in one file; its schema and its counties."""
    target = folder.path / DATABASE
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)  # all pages in one step: one snapshot, and nobody who writes has to wait
        copy.execute("PRAGMA journal_mode = DELETE")
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise Problem("backup_failed", reason=sound)
        (schema,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        counties = [code for (code,) in copy.execute("SELECT code FROM orgs ORDER BY id")]
    folder._note(DATABASE, target, _hash(target))
    return schema, counties


def _named(database: Path) -> Iterator[tuple[str, str]]:
    """(key, hash) of every file that the database names: photos and recordings, and exports that can still be
    fetched. Pieces of files that are still coming are sent again after a restore."""
    with closing(sqlite3.connect(database)) as copy:
        yield from photos.named_in(copy)
        for sha256 in jobs.blobs_in(copy):
            yield sha256, sha256


def _finish(folder: _Folder, made: Manifest) -> Manifest:
    """Write the sums, and the manifest last."""
    sums = folder.path / SUMS
    sums.write_text("".join(folder.sums), "utf-8")
    flush(sums)
    whole = Manifest(
        made.made, made.schema, made.counties, len(folder.sums), folder.bytes, folder.missing, _hash(sums)
    )
    manifest.write(folder.path, whole)
    for inner in [*folder.path.rglob("*"), folder.path]:
        if inner.is_dir() or inner.name == manifest.MANIFEST:
            flush(inner)
    return whole


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left is taken away."""
    handle = os.open(into / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("backup_under_way") from None
        for left in into.glob(f"{_MAKING}*"):
            shutil.rmtree(left)
        yield
    finally:
        os.close(handle)


def _newest(into: Path) -> Path | None:
    finished = [
        one.parent for one in into.glob(f"*/{manifest.MANIFEST}") if not one.parent.name.startswith(".")
    ]
    return max(finished, default=None)


def _linked(old: Path, target: Path) -> bool:
    try:
        os.link(old, target)
    except OSError:  # it was not there yet, or this disk has no links
        return False
    return True


def _hash(file: Path) -> str:
    with file.open("rb") as bytes_:
        return hashlib.file_digest(bytes_, "sha256").hexdigest()
