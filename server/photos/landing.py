"""How the bytes of a promised file come in, piece by piece, and when they count as received (rule S7).

A piece is durable in the blob store before it is acknowledged, and its partial is a row, so that any worker
of any host takes the next one after a cut or a kill. The last piece is not kept by itself: the whole is put
together, hashed, made durable, and only then the row says *here*, in one transaction with who holds it.
Bytes are written before the unit opens; under the row's lock they are looked for once more, since cleaning
takes the same lock. Files that land at the same time are committed together. What they are is looked at
after their receipt (``looking``).

What one user sent is never told to another: only her own device's partial and her own holding decide what is
skipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from flask import current_app
from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, case, delete, func, select, update

from server.base import audit, db
from server.base.blobs import CHUNK_BYTES, Blobs
from server.base.db import session
from server.base.gathered import Gathered
from server.base.policy import Actor
from server.base.problems import Problem
from server.photos import places, queries, service
from server.photos.models import Photo, PhotoHolder, PhotoPartial, PhotoRef
from sync.messages import MOST_PHOTO_BYTES


@dataclass(frozen=True)
class Piece:
    """Bytes ``first`` to ``first + len(data)`` of a file of ``total``. ``sha256``: theirs, where it is
    known because their signature was checked."""

    first: int
    total: int
    data: bytes
    sha256: str | None = None


@dataclass(frozen=True)
class Partly:
    """Kept so far: the next piece begins at ``offset``."""

    sha256: str
    offset: int


@dataclass(frozen=True)
class Landed:
    """The county holds the file. ``pending``: it has not been looked over, so ``aside`` is not known yet.
    ``fresh``: since this piece; that always says pending, since somebody else may have sent it before."""

    sha256: str
    bytes: int
    aside: str | None
    pending: bool
    fresh: bool


@dataclass(frozen=True)
class _Landing:
    """A file whose bytes are durable, to be noted; ``audit_row`` was made where its request is known."""

    blobs: Blobs
    actor: Actor
    sha256: str
    total: int
    partly: bool  # its device has a partial, which is needed no longer
    now: datetime
    audit_row: dict[str, Any]

    @property
    def key(self) -> tuple[int, str]:
        return self.actor.org_id, self.sha256

    @property
    def named(self) -> dict[str, Any]:
        return {"org": self.actor.org_id, "sha": self.sha256}


Landings = Gathered[_Landing, bool]


@dataclass(frozen=True)
class _Known:
    """What is there of this user's file before the piece."""

    landed: Landed | None
    offset: int = 0
    pieces: tuple[str, ...] = ()
    kept: tuple[
        str, ...
    ] = ()  # of this device, maybe of another beginning: needed no longer once it is whole


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
    return _land(blobs, actor, sha256, piece, known, rest, now)


def _known(actor: Actor, sha256: str, total: int) -> _Known:
    mine = queries.mine_of(actor, sha256)
    if mine is None:
        raise Problem("photo_unknown")
    if mine.held:
        return _Known(Landed(sha256, mine.bytes, mine.aside, mine.pending, fresh=False))
    if mine.total != total:  # another total is another beginning
        return _Known(None, kept=mine.pieces)
    return _Known(None, mine.offset, mine.pieces, kept=mine.pieces)


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
    blobs: Blobs, actor: Actor, sha256: str, piece: Piece, known: _Known, rest: bytes, now: datetime
) -> Landed:
    """Put the whole together, and note it when it is durable. What it is will be looked at afterwards."""
    made = blobs.scratch()
    key = places.photo(actor.org_id, sha256)
    try:
        if len(rest) == piece.total and piece.sha256 is not None:
            made.write_bytes(rest)
            found: str | None = piece.sha256
        else:
            found = _assembled(blobs, known.pieces, rest, made)
        if found != sha256:
            _begin_anew(blobs, actor, sha256)
            raise Problem("photo_hash" if found else "photo_offset", offset=0)
        blobs.adopt(key, made)
    finally:
        made.unlink(missing_ok=True)
    landings: Landings = current_app.extensions["lianxin.landings"]
    row = audit.values(
        actor.org_id, "photo.land", "photo", sha256,
        user_id=actor.user_id, device_id=actor.device_id, detail={"bytes": piece.total},
    )  # fmt: skip
    if not landings.put(_Landing(blobs, actor, sha256, piece.total, bool(known.kept), now, row)):
        raise Problem("busy", retry_after=1)  # cleaned between our writing and our lock: it is sent again
    blobs.delete(known.kept)
    return Landed(sha256, piece.total, None, pending=True, fresh=True)


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
    gone = session.connection().execute(_DROP_PARTIAL.returning(_PARTIALS.c.pieces), named)
    return [key for (pieces,) in gone for key in pieces]


def gathered() -> Landings:
    """Where the landings of one process come together; the app keeps it."""
    return Gathered(_note_landed)


def _note_landed(landings: Sequence[_Landing]) -> list[bool]:
    """The rows say *here*, and who holds them. False for a file that cleaning has taken meanwhile."""
    connection = session.connection()
    ordered = sorted(landings, key=lambda one: (one.actor.org_id, one.sha256))  # the order of all locks
    states = {one.key: connection.execute(_LOCKED, one.named).one_or_none() for one in ordered}
    here = [
        one
        for one in ordered
        if states[one.key] is not None and one.blobs.size(places.photo(*one.key)) == one.total
    ]
    if here:
        _write_landed(here)
    for one in here:
        if states[one.key] == ("here", None):  # somebody else's, and looked over: hers is shown at once
            whose = {**one.named, "user": one.actor.user_id}
            service.tell_of(one.actor.org_id, connection.execute(_VISITS, whose).scalars().all())
    fine = {id(one) for one in here}
    return [id(one) in fine for one in landings]


def _write_landed(here: Sequence[_Landing]) -> None:
    connection = session.connection()
    connection.execute(_HERE, [{**one.named, "the_bytes": one.total, "now": one.now} for one in here])
    holders = [
        {"org_id": one.actor.org_id, "sha256": one.sha256, "user_id": one.actor.user_id, "at": one.now}
        for one in here
    ]
    service.insert_new(PhotoHolder, holders)
    audit.record_all([one.audit_row for one in here])
    partly = [{**one.named, "device": _device(one.actor)} for one in here if one.partly]
    if partly:
        connection.execute(_DROP_PARTIAL, partly)


# Run for every file: written once, so that they are built and compiled once.
_PHOTOS: Final = cast("SqlTable", Photo.__table__)
_PARTIALS: Final = cast("SqlTable", PhotoPartial.__table__)
_LOCKED: Final = (
    select(_PHOTOS.c.state, _PHOTOS.c.look_at)
    .where(_PHOTOS.c.org_id == bindparam("org"), _PHOTOS.c.sha256 == bindparam("sha"))
    .with_for_update()
)
_NOW: Final = bindparam("now", type_=_PHOTOS.c.landed_at.type)
_HERE: Final = (  # the same bytes are the same file, whoever sent them first: it is looked over once
    update(_PHOTOS)
    .where(_PHOTOS.c.org_id == bindparam("org"), _PHOTOS.c.sha256 == bindparam("sha"))
    .values(
        state="here",
        bytes=bindparam("the_bytes"),
        landed_at=func.coalesce(_PHOTOS.c.landed_at, _NOW),
        look_at=case((_PHOTOS.c.landed_at.is_(None), _NOW), else_=_PHOTOS.c.look_at),
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
_DROP_PARTIAL: Final = delete(_PARTIALS).where(
    _PARTIALS.c.org_id == bindparam("org"),
    _PARTIALS.c.sha256 == bindparam("sha"),
    _PARTIALS.c.device_id == bindparam("device"),
)
