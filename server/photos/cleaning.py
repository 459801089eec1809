"""What nobody needs any more is taken away after a week, and the two ways in which rows and bytes can differ.

A file without any reference goes in two steps, each under its row's lock: first the row says *awaited* again,
so that nobody is given a receipt for it; then, if there is still no reference, its bytes and its row go. A
reference that comes between the steps finds the file awaited, and it is sent again; one that comes before
takes the row out of the second step. So no receipt ever stands for bytes that are gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from sqlalchemy import Exists, delete, exists, select

from server.base import db
from server.base.blobs import CHUNK_BYTES, Blobs
from server.base.db import session
from server.photos import places, service
from server.photos.models import Photo, PhotoHolder, PhotoPartial, PhotoPreview, PhotoRef

KEEP: Final = timedelta(days=7)
_PAGE: Final = 200


@dataclass(frozen=True)
class Cleaned:
    """How much was taken away."""

    photos: int
    partials: int
    pieces: int  # piece objects and scratch files that no row knows


@dataclass(frozen=True)
class Difference:
    """One file of which rows and bytes tell different stories. ``what``: missing, size, hash (a receipt may
    have been given for it) or unknown (bytes that no row knows; cleaning takes them)."""

    what: str
    key: str

    @property
    def harmful(self) -> bool:
        return self.what != "unknown"


def chore(now: datetime) -> None:
    """The server's own housekeeping."""
    clean(Blobs.of(current_app.extensions["lianxin.settings"]), now)


def clean(blobs: Blobs, now: datetime) -> Cleaned:
    """Take away what is older than a week and needed by nobody. Opens its own units; may run anywhere, often
    and twice at once."""
    before = now - KEEP
    needless = [*_unreferenced(before), *_rowless(blobs, before, now)]
    photos = sum(_forget(blobs, org_id, sha256) for org_id, sha256 in needless)
    partials = sum(_drop(blobs, *key, before) for key in _old_partials(before))
    return Cleaned(photos, partials, _sweep(blobs, before))


def verify(blobs: Blobs, *, deep: bool = False) -> Iterator[Difference]:
    """Walk rows and bytes both ways. ``deep`` also hashes every file. Opens its own units."""
    for org_id, sha256, size in _here():
        key = places.photo(org_id, sha256)
        found = blobs.size(key)
        if found is None:
            yield Difference("missing", key)
        elif found != size:
            yield Difference("size", key)
        elif deep and _hash(blobs, key) != sha256:
            yield Difference("hash", key)
    for one in blobs.walk(places.PHOTOS):
        if not _known(one.key):
            yield Difference("unknown", one.key)


def await_missing(blobs: Blobs) -> int:
    """After a restore: a file whose bytes are not whole here is awaited again, so that phones which still
    hold it are asked for it. How many. Opens its own units."""
    gone = [places.named(one.key) for one in verify(blobs) if one.harmful]
    for named in gone:
        with db.writing():
            if named is not None:
                _await_again(session.get_one(Photo, named, with_for_update=True))
    return len(gone)


def forget_partials() -> None:
    """After a restore: pieces of files that were still coming are in no backup, and are sent again."""
    session.execute(delete(PhotoPartial))


def _unreferenced(before: datetime) -> list[tuple[int, str]]:
    with db.reading():
        rows = session.execute(
            select(Photo.org_id, Photo.sha256).where(Photo.made_at < before, ~_referred()).limit(10 * _PAGE)
        ).all()
    return [(org_id, sha256) for org_id, sha256 in rows]


def _rowless(blobs: Blobs, before: datetime, now: datetime) -> list[tuple[int, str]]:
    """Bytes of which no row tells. Each gets a row to be locked by, and goes as the others do."""
    found = [places.named(one.key) for one in blobs.walk(places.PHOTOS) if one.changed_at < before]
    stray = []
    for named in found:
        if named is None:
            continue
        with db.reading():
            known = session.get(Photo, named) is not None
        if not known:
            with db.writing():
                service.lock(named[0], [named[1]], now)
            stray.append(named)
    return stray


def _referred() -> Exists:
    return exists().where(PhotoRef.org_id == Photo.org_id, PhotoRef.sha256 == Photo.sha256)


def _forget(blobs: Blobs, org_id: int, sha256: str) -> bool:
    with db.writing():
        photo = _locked(org_id, sha256)
        if photo is None:
            return False
        _await_again(photo)
        session.execute(
            delete(PhotoPreview).where(PhotoPreview.org_id == org_id, PhotoPreview.sha256 == sha256)
        )
    with db.writing():
        photo = _locked(org_id, sha256)
        if photo is None or photo.state != "awaited":
            return False
        blobs.delete([places.photo(org_id, sha256)])
        session.delete(photo)
    return True


def _await_again(photo: Photo) -> None:
    """Nobody holds a receipt for it that still counts."""
    photo.state, photo.landed_at, photo.look_at = "awaited", None, None
    photo.type, photo.aside, photo.look_tries, photo.bytes = None, None, 0, 0
    session.execute(
        delete(PhotoHolder).where(PhotoHolder.org_id == photo.org_id, PhotoHolder.sha256 == photo.sha256)
    )


def _locked(org_id: int, sha256: str) -> Photo | None:
    """The row, locked, if there is still no reference to it."""
    photo = session.get(Photo, (org_id, sha256), with_for_update=True, populate_existing=True)
    if photo is None:
        return None
    mine = select(PhotoRef.op_id).where(PhotoRef.org_id == org_id, PhotoRef.sha256 == sha256).limit(1)
    return photo if session.scalars(mine).first() is None else None


def _old_partials(before: datetime) -> list[tuple[int, str, str]]:
    with db.reading():
        rows = session.execute(
            select(PhotoPartial.org_id, PhotoPartial.sha256, PhotoPartial.device_id)
            .where(PhotoPartial.touched_at < before)
            .limit(10 * _PAGE)
        ).all()
    return [(org_id, sha256, device_id) for org_id, sha256, device_id in rows]


def _drop(blobs: Blobs, org_id: int, sha256: str, device_id: str, before: datetime) -> bool:
    with db.writing():
        partial = session.get(
            PhotoPartial, (org_id, sha256, device_id), with_for_update=True, populate_existing=True
        )
        if partial is None or partial.touched_at >= before:  # its device went on meanwhile
            return False
        pieces = list(partial.pieces)
        session.delete(partial)
    blobs.delete(pieces)
    return True


def _sweep(blobs: Blobs, before: datetime) -> int:
    """Pieces and scratch files of requests that were killed: no row ever named them, or none does now."""
    old = [one.key for one in blobs.walk(places.PIECES) if one.changed_at < before]
    with db.reading():
        named = {key for pieces in session.scalars(select(PhotoPartial.pieces)) for key in pieces}
    stray = [key for key in old if key not in named]
    blobs.delete(stray)
    return len(stray) + blobs.drop_scratch(before)


def _here() -> Iterator[tuple[int, str, int]]:
    """Every file that is here, page by page in short snapshots."""
    after = (0, "")
    while True:
        with db.reading():
            rows = session.execute(
                select(Photo.org_id, Photo.sha256, Photo.bytes)
                .where(
                    Photo.state == "here",
                    (Photo.org_id > after[0]) | ((Photo.org_id == after[0]) & (Photo.sha256 > after[1])),
                )
                .order_by(Photo.org_id, Photo.sha256)
                .limit(_PAGE)
            ).all()
        yield from ((org_id, sha256, size) for org_id, sha256, size in rows)
        if len(rows) < _PAGE:
            return
        after = (rows[-1][0], rows[-1][1])


def _known(key: str) -> bool:
    found = places.named(key)
    if found is None:
        return False
    with db.reading():
        photo = session.get(Photo, found)
        return photo is not None and photo.state == "here"


def _hash(blobs: Blobs, key: str) -> str:
    digest = hashlib.sha256()
    with blobs.open(key) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
