"""How the bytes of a promised file come in, piece by piece, and when they count as received (rule S7).

A piece is durable in the blob store before it is acknowledged, and its partial is a row, so that any worker
of any host takes the next one after a cut or a kill. The last piece is not kept by itself: the whole is put
together, hashed, looked over, made durable, and only then the row says *here*, in one transaction with who
holds it and with the preview. Bytes are written before the unit opens; under the row's lock they are looked
for once more, since cleaning takes the same lock.

What one user sent is never told to another: only her own device's partial and her own holding decide what is
skipped.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, delete, func, select, update

from server.base import audit, db
from server.base.blobs import CHUNK_BYTES, Blobs
from server.base.db import session
from server.base.policy import Actor
from server.base.problems import Problem
from server.photos import looks, places, queries, service
from server.photos.models import OURS, Photo, PhotoHolder, PhotoPartial, PhotoPreview, PhotoRef
from sync.messages import MOST_PHOTO_BYTES


@dataclass(frozen=True)
class Piece:
    """Bytes ``first`` to ``first + len(data)`` of a file of ``total``."""

    first: int
    total: int
    data: bytes


@dataclass(frozen=True)
class Partly:
    """Kept so far: the next piece begins at ``offset``."""

    sha256: str
    offset: int


@dataclass(frozen=True)
class Landed:
    """The county holds the file. ``fresh``: since this piece."""

    sha256: str
    bytes: int
    aside: str | None
    fresh: bool


@dataclass(frozen=True)
class _Known:
    """What is there of this user's file before the piece."""

    landed: Landed | None
    offset: int
    pieces: tuple[str, ...]


def receive(blobs: Blobs, actor: Actor, sha256: str, piece: Piece, now: datetime) -> Partly | Landed:
    """Take one piece. Opens its own units.

    Raises photo_unknown (no op of this user names it), photo_too_large, photo_offset (a gap before the
    piece), photo_hash (the whole is not what its name says; it begins anew).
    """
    if piece.total > MOST_PHOTO_BYTES:
        raise Problem("photo_too_large", limit_bytes=MOST_PHOTO_BYTES)
    with db.reading():
        known = _known(actor, sha256, piece.total)
    if known.landed is not None:
        return known.landed
    if piece.first > known.offset:
        raise Problem("photo_offset", offset=known.offset)
    rest = piece.data[known.offset - piece.first :]
    if known.offset + len(rest) < piece.total:
        return _keep(blobs, actor, sha256, piece.total, known, rest, now)
    return _land(blobs, actor, sha256, piece.total, known, rest, now)


def _known(actor: Actor, sha256: str, total: int) -> _Known:
    found = queries.mine(actor, [sha256])
    if not found:
        raise Problem("photo_unknown")
    (mine,) = found
    if mine.held:
        return _Known(Landed(sha256, mine.bytes, mine.aside, fresh=False), mine.bytes, ())
    if mine.total != total:  # another total is another beginning
        return _Known(None, 0, ())
    return _Known(None, mine.offset, mine.pieces)


def _device(actor: Actor) -> str:
    return actor.device_id or ""


def _keep(
    blobs: Blobs, actor: Actor, sha256: str, total: int, known: _Known, rest: bytes, now: datetime
) -> Partly:
    """Keep a piece that is not the last."""
    if not rest:
        return Partly(sha256, known.offset)
    key = places.piece(actor.org_id, _device(actor), sha256, known.offset)
    blobs.put(key, rest)
    needless: list[str] = []
    with db.writing():
        partial = _locked_partial(actor, sha256, total, now)
        if partial.total != total:
            needless += partial.pieces
            partial.total, partial.offset, partial.pieces = total, 0, []
        if partial.offset == known.offset:
            partial.offset += len(rest)
            partial.pieces = [*partial.pieces, key]
            partial.touched_at = now
        else:  # the same device sent it twice at once, and the other was first
            needless.append(key)
        offset = partial.offset
    blobs.delete(needless)
    return Partly(sha256, offset)


def _locked_partial(actor: Actor, sha256: str, total: int, now: datetime) -> PhotoPartial:
    named = {"org_id": actor.org_id, "sha256": sha256, "device_id": _device(actor)}
    fresh = {**named, "total": total, "offset": 0, "pieces": [], "touched_at": now}
    db.insert_if_absent(PhotoPartial, fresh)
    return session.get_one(PhotoPartial, tuple(named.values()), populate_existing=True, with_for_update=True)


def _land(
    blobs: Blobs, actor: Actor, sha256: str, total: int, known: _Known, rest: bytes, now: datetime
) -> Landed:
    """Put the whole together; what it is decides whether it is shown, never whether it is received."""
    made = blobs.scratch()
    key = places.photo(actor.org_id, sha256)
    try:
        found = _assembled(blobs, known.pieces, rest, made)
        if found != sha256:
            _begin_anew(blobs, actor, sha256)
            raise Problem("photo_hash" if found else "photo_offset", offset=0)
        look = looks.look(made)
        blobs.adopt(key, made)
    finally:
        made.unlink(missing_ok=True)
    with db.writing():
        pieces = _note_landed(blobs, actor, sha256, total, look, now)
    blobs.delete(pieces)
    return Landed(sha256, total, look.aside, fresh=True)


def _assembled(blobs: Blobs, pieces: tuple[str, ...], rest: bytes, made: Path) -> str | None:
    """Write pieces and rest into one file; its SHA-256. None when a piece is not there any more."""
    digest = hashlib.sha256()
    with made.open("wb") as file:
        for key in pieces:
            try:
                opened = blobs.open(key)
            except FileNotFoundError:
                return None
            with opened as kept:
                while chunk := kept.read(CHUNK_BYTES):
                    digest.update(chunk)
                    file.write(chunk)
        digest.update(rest)
        file.write(rest)
    return digest.hexdigest()


def _begin_anew(blobs: Blobs, actor: Actor, sha256: str) -> None:
    with db.writing():
        pieces = _drop_partial(actor, sha256)
    blobs.delete(pieces)


def _drop_partial(actor: Actor, sha256: str) -> list[str]:
    """Forget the device's partial; the keys of its pieces, to be taken away after the commit."""
    named = {"org": actor.org_id, "sha": sha256, "device": _device(actor)}
    return [key for (pieces,) in session.connection().execute(_DROP_PARTIAL, named) for key in pieces]


def _note_landed(
    blobs: Blobs, actor: Actor, sha256: str, total: int, look: looks.Look, now: datetime
) -> list[str]:
    """The row says *here*; this user holds it; the visits that wait for it are told."""
    found = {"the_type": look.type, "the_bytes": total, "the_aside": look.aside, "now": now}
    locked = session.connection().execute(_HERE, {"org": actor.org_id, "sha": sha256, **found})
    if locked.rowcount != 1 or blobs.size(places.photo(actor.org_id, sha256)) != total:
        raise Problem("busy", retry_after=1)  # cleaned between our writing and our lock: it is sent again
    holder = {"org_id": actor.org_id, "sha256": sha256, "user_id": actor.user_id, "at": now}
    service.insert_new(PhotoHolder, [holder])
    if look.preview is not None:
        ours = {"org_id": actor.org_id, "sha256": sha256, "user_id": OURS, "made_at": now}
        service.insert_new(PhotoPreview, [{**ours, "type": "image/jpeg", "data": look.preview}])
    named = {"org": actor.org_id, "sha": sha256, "user": actor.user_id}
    visits = session.connection().execute(_VISITS, named).scalars().all()
    audit.record(actor, "photo.land", "photo", sha256, bytes=total, aside=look.aside)
    for hear in service.on_photo_landed:
        hear(actor.org_id, visits)
    return _drop_partial(actor, sha256)


# Run for every file: written once, so that they are built and compiled once.
_PHOTOS: Final = cast("SqlTable", Photo.__table__)
_PARTIALS: Final = cast("SqlTable", PhotoPartial.__table__)
_HERE: Final = (  # the same bytes are the same file, whoever sent them first; the row is locked either way
    update(_PHOTOS)
    .where(_PHOTOS.c.org_id == bindparam("org"), _PHOTOS.c.sha256 == bindparam("sha"))
    .values(
        state="here",
        type=bindparam("the_type"),
        bytes=bindparam("the_bytes"),
        aside=bindparam("the_aside"),
        landed_at=func.coalesce(_PHOTOS.c.landed_at, bindparam("now", type_=_PHOTOS.c.landed_at.type)),
    )
)
_VISITS: Final = (
    select(PhotoRef.visit_id)
    .where(
        PhotoRef.org_id == bindparam("org"),
        PhotoRef.sha256 == bindparam("sha"),
        PhotoRef.user_id == bindparam("user"),
    )
    .distinct()
    .order_by(PhotoRef.visit_id)
)
_DROP_PARTIAL: Final = (
    delete(_PARTIALS)
    .where(
        _PARTIALS.c.org_id == bindparam("org"),
        _PARTIALS.c.sha256 == bindparam("sha"),
        _PARTIALS.c.device_id == bindparam("device"),
    )
    .returning(_PARTIALS.c.pieces)
)
