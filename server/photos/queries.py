"""What is known of files: who waits for what, what a visit shows of each, and where its bytes are.

A file is read only through a visit that names it, and only if whoever promised it there has once sent all its
bytes: so a hash that somebody merely heard of opens nothing. What a phone is told (``told``) looks at its own
user's references and bytes alone, and is the same whether or not somebody else has sent that file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select

from server.base.asked import Asked
from server.base.db import session
from server.base.policy import Actor
from server.photos import places
from server.photos.models import OURS, Photo, PhotoHolder, PhotoPartial, PhotoPreview, PhotoRef
from sync.messages import Receipt, Wanted


@dataclass(frozen=True)
class Told:
    """For one phone: what is still wanted of it, and what the county holds."""

    wanted: tuple[Wanted, ...]
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True)
class Seen:
    """What a visit shows of a file; one that has not been looked over is still awaited. ``reason`` is a code:
    why it stands aside, or why it is lost."""

    state: str  # awaited | preview | here | aside | lost
    reason: str | None = None
    type: str | None = None  # by its bytes, once here


def named_in(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(key, hash) of every file that a database says is here, in a copy that no app has opened."""
    here = "SELECT org_id, sha256 FROM photos WHERE state <> 'awaited'"
    for org_id, sha256 in database.execute(here):
        yield places.photo(org_id, sha256), sha256


def told(actor: Actor, hashes: Iterable[str]) -> Told:
    """What to say of these files to this actor's phone: nothing of those that her ops do not name."""
    asked = sorted(set(hashes))
    if not asked:
        return Told((), ())
    wanted, receipts = [], []
    for one in mine(actor, asked):
        if one.held:
            receipts.append(Receipt(one.sha256, one.bytes, one.aside, one.pending or None))
        else:
            wanted.append(Wanted(one.sha256, one.offset))
    return Told(tuple(wanted), tuple(receipts))


@dataclass(frozen=True)
class Mine:
    """A file that this user's ops name: does she hold it whole here, and how far has her device come?"""

    sha256: str
    held: bool
    bytes: int
    aside: str | None
    pending: bool  # held, and not looked over yet
    total: int | None  # of the partial; None: there is none
    offset: int
    pieces: tuple[str, ...]


def mine(actor: Actor, hashes: Sequence[str]) -> list[Mine]:
    """Of these files those that this user's ops name, with her holding and her device's partial."""
    return [_read(row) for row in _MINE(**_whose(actor), hashes=list(hashes))]


def mine_of(actor: Actor, sha256: str) -> Mine | None:
    """The same of one file; None when none of this user's ops names it."""
    row = _MINE_OF.one(**_whose(actor), sha=sha256)
    return _read(row) if row is not None else None


def _whose(actor: Actor) -> dict[str, Any]:
    return {"org": actor.org_id, "user": actor.user_id, "device": actor.device_id or ""}


def _read(row: Any) -> Mine:
    return Mine(
        row.sha256,
        row.user_id is not None and row.state == "here",
        row.bytes,
        row.aside,
        row.look_at is not None,
        row.total,
        row.offset or 0,
        tuple(row.pieces or ()),
    )


def _statement(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Photo.sha256,
            Photo.state,
            Photo.bytes,
            Photo.aside,
            Photo.look_at,
            PhotoHolder.user_id,
            PhotoPartial.total,
            PhotoPartial.offset,
            PhotoPartial.pieces,
        )
        .outerjoin(
            PhotoHolder,
            and_(
                PhotoHolder.org_id == Photo.org_id,
                PhotoHolder.sha256 == Photo.sha256,
                PhotoHolder.user_id == bindparam("user"),
            ),
        )
        .outerjoin(
            PhotoPartial,
            and_(
                PhotoPartial.org_id == Photo.org_id,
                PhotoPartial.sha256 == Photo.sha256,
                PhotoPartial.device_id == bindparam("device"),
            ),
        )
        .where(
            Photo.org_id == bindparam("org"),
            which,
            exists().where(
                PhotoRef.org_id == Photo.org_id,
                PhotoRef.sha256 == Photo.sha256,
                PhotoRef.user_id == bindparam("user"),
            ),
        )
        .order_by(Photo.sha256)
    )


# Asked for every exchange and every piece: written once, so that they are built and compiled once.
_MINE: Final = Asked(_statement(Photo.sha256.in_(bindparam("hashes", expanding=True))))
_MINE_OF: Final = Asked(_statement(Photo.sha256 == bindparam("sha")))


def of_visit(org_id: int, visit_id: str, hashes: Sequence[str]) -> dict[str, Seen]:
    """What the visit shows of each of these files that it names."""
    if not hashes:
        return {}
    found: dict[str, Seen] = {}
    rows = session.execute(
        select(PhotoRef, Photo, PhotoHolder.user_id, PhotoPreview.user_id)
        .join(Photo, _same(Photo))
        .outerjoin(PhotoHolder, and_(_same(PhotoHolder), PhotoHolder.user_id == PhotoRef.user_id))
        .outerjoin(PhotoPreview, and_(_same(PhotoPreview), PhotoPreview.user_id == PhotoRef.user_id))
        .where(
            PhotoRef.org_id == org_id, PhotoRef.visit_id == visit_id, PhotoRef.sha256.in_(list(set(hashes)))
        )
        .order_by(PhotoRef.made_at, PhotoRef.op_id)
    ).all()
    for ref, photo, holder, preview in rows:
        seen = _seen(ref, photo, holder is not None, preview is not None)
        best = found.get(ref.sha256)
        if best is None or _RANK.index(seen.state) < _RANK.index(best.state):
            found[ref.sha256] = seen
    return found


_RANK = ("here", "aside", "preview", "lost", "awaited")


def _seen(ref: PhotoRef, photo: Photo, held: bool, preview: bool) -> Seen:
    if held and photo.state == "here" and photo.look_at is None:
        return Seen("aside" if photo.aside else "here", photo.aside, photo.type)
    if ref.lost_op is not None:
        return Seen("preview" if preview else "lost", ref.lost_reason)
    return Seen("preview" if preview else "awaited")


def original(org_id: int, visit_id: str, sha256: str) -> Photo | None:
    """The file, if it is here, looked over, and may be read through this visit."""
    return _original(org_id, sha256, PhotoRef.visit_id == visit_id)


def original_of_op(org_id: int, op_id: str, sha256: str) -> Photo | None:
    """The same through an op that stands aside: what visit it speaks of is only its own word."""
    return _original(org_id, sha256, PhotoRef.op_id == op_id)


def _original(org_id: int, sha256: str, named: ColumnElement[bool]) -> Photo | None:
    return session.scalars(
        select(Photo)
        .join(PhotoRef, _same(Photo))
        .join(PhotoHolder, and_(_same(PhotoHolder), PhotoHolder.user_id == PhotoRef.user_id))
        .where(PhotoRef.org_id == org_id, PhotoRef.sha256 == sha256, named)
        .where(Photo.state == "here", Photo.look_at.is_(None))
        .limit(1)
    ).first()


def preview(org_id: int, visit_id: str, sha256: str) -> PhotoPreview | None:
    """The server's own preview where the file may be read through this visit, else the author's phone's."""
    whose = [OURS] if original(org_id, visit_id, sha256) is not None else []
    whose += session.scalars(
        select(PhotoRef.user_id)
        .where(PhotoRef.org_id == org_id, PhotoRef.visit_id == visit_id, PhotoRef.sha256 == sha256)
        .order_by(PhotoRef.made_at, PhotoRef.op_id)
    )
    for user in whose:
        found = session.get(PhotoPreview, (org_id, sha256, user))
        if found is not None:
            return found
    return None


def _same(table: type[Photo] | type[PhotoHolder] | type[PhotoPreview]) -> ColumnElement[bool]:
    """The same file as the reference's."""
    return and_(table.org_id == PhotoRef.org_id, table.sha256 == PhotoRef.sha256)
