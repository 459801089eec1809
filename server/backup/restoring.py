"""Putting a backup in the place of what is there, or in an empty folder.

Everything is made ready beside: the files copied and checked, the database brought to this version, its
epoch renewed (rule S14), so that phones offer again what the county may have forgotten. Only then the old
data is moved aside and the new one into its place; nothing is ever deleted. Whoever is killed in between
finds the old data in the folder `replaced-…`, and runs it again.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from server import migrations
from server.app import create_app
from server.backup import epochs, manifest, places
from server.backup.manifest import BLOBS, DATABASE, SECRET, Manifest
from server.backup.places import Places
from server.base import clock, db, presence
from server.base.flushing import flush
from server.base.problems import Problem
from server.base.settings import Settings

_READY = "restoring"


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    aside: Path | None  # where the old data lies now
    awaited: int  # files that the backup did not have: phones that still hold them are asked for them


def restore(settings: Settings, folder: Path, now: datetime, *, over: bool = False) -> Restored:
    """Restore a backup. Raises Problem, and then nothing has been changed."""
    here = places.of(settings)
    with presence.alone(settings.data):
        if here.database.exists() and not over:
            raise Problem("data_there", where=str(here.data))
        found = manifest.check(folder)
        if not migrations.knows(found.schema):
            raise Problem("backup_newer", schema=found.schema)
        try:
            ready = _make_ready(folder, here)
            awaited = _begin_anew(settings, ready, found, now)
            aside = _put_in_place(here, ready, clock.iso(now))
        except OSError as error:
            raise Problem("backup_failed", reason=str(error)) from error
    return Restored(found, aside, awaited)


def _make_ready(folder: Path, here: Places) -> Places:
    """A copy of the backup beside its place, durable."""
    ready = Places(
        here.data / _READY, here.data / _READY / DATABASE, here.blobs.with_name(f"{here.blobs.name}-{_READY}")
    )
    for old in (ready.data, ready.blobs):
        shutil.rmtree(old, ignore_errors=True)
        old.mkdir(parents=True, mode=0o700)
    for name, _ in manifest.sums(folder):
        inside = Path(name)
        is_blob = inside.parts[0] == BLOBS
        target = ready.blobs.joinpath(*inside.parts[1:]) if is_blob else ready.data / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, target)
        flush(target)
    for inner in [*ready.data.rglob("*"), *ready.blobs.rglob("*"), ready.data, ready.blobs]:
        if inner.is_dir():
            flush(inner)
    return ready


def _begin_anew(settings: Settings, ready: Places, found: Manifest, now: datetime) -> int:
    own = replace(
        settings,
        data=ready.data,
        database_url=f"sqlite:///{ready.database}",
        blobs=ready.blobs.as_uri(),
        secret=settings.secret or secrets.token_hex(32),  # none is signed with, and none is to be made here
    )
    migrations.upgrade(own)
    app = create_app(own)
    try:
        with app.app_context():
            return epochs.renew(now, backed_up_to=found.made_at)
    finally:
        db.close(app)


def _put_in_place(here: Places, ready: Places, stamp: str) -> Path | None:
    """Move the old data aside and the new one in; the database last, so that a folder with one is whole."""
    name = f"replaced-{stamp.replace(':', '').replace('-', '')}"
    there = [here.database.with_name(here.database.name + end) for end in ("", "-wal", "-shm")]
    old = [one for one in [*there, here.secret] if one.exists()]
    aside = here.data / name
    if old or here.blobs.exists():
        aside.mkdir(mode=0o700)
    for one in old:
        one.rename(aside / one.name)
    if here.blobs.exists():
        same_disk = here.blobs.parent.stat().st_dev == here.data.stat().st_dev
        here.blobs.rename(aside / BLOBS if same_disk else here.blobs.with_name(f"{here.blobs.name}-{name}"))
    here.blobs.parent.mkdir(parents=True, exist_ok=True)
    ready.blobs.rename(here.blobs)
    kept = ready.data / SECRET if (ready.data / SECRET).exists() else aside / SECRET
    if kept.exists():
        shutil.copyfile(kept, here.secret)
        here.secret.chmod(0o600)
        flush(here.secret)
    here.database.parent.mkdir(parents=True, exist_ok=True)
    ready.database.rename(here.database)
    for changed in {here.data, here.blobs.parent, here.database.parent}:
        flush(changed)
    shutil.rmtree(ready.data)
    return aside if aside.exists() else None
