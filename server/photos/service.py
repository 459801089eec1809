"""What is promised of photos, in the transactions of those who promise: references, previews, losses.

Rows of photos are locked sorted and before an op's own rows are written (``lock``), so that two batches that
name the same files wait for each other and never in a circle. How bytes come in is in ``landing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, select, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite

from server.base import audit, db
from server.base.db import session
from server.base.policy import Actor
from server.base.tables import Table
from server.photos import looks
from server.photos.models import Photo, PhotoPreview, PhotoRef
from sync.messages import Preview
from sync.ops import FilledForm, Op, PhotoLost

# Told of the visits that a file can be seen in now, inside its transaction: upper concerns, wired by the app.
on_photo_seen: list[Callable[[int, Sequence[str]], None]] = []


def tell_of(org_id: int, visits: Sequence[str]) -> None:
    """A file of these visits has come and has been looked over."""
    for hear in on_photo_seen:
        hear(org_id, visits)


def lock(org_id: int, hashes: Iterable[str], now: datetime) -> None:
    """Have a row for each of these files, and lock them, in one order everywhere."""
    wanted = sorted(set(hashes))
    if not wanted:
        return
    insert_new(
        Photo,
        [
            {
                "org_id": org_id,
                "sha256": sha256,
                "state": "awaited",
                "type": None,
                "bytes": 0,
                "aside": None,
                "made_at": now,
                "landed_at": None,
                "look_at": None,
                "look_tries": 0,
            }
            for sha256 in wanted
        ],
    )
    session.execute(
        select(Photo.sha256)
        .where(Photo.org_id == org_id, Photo.sha256.in_(wanted))
        .order_by(Photo.sha256)
        .with_for_update()
    ).all()


def refer(author: Actor, op_id: str, visit_id: str, records: Sequence[FilledForm], now: datetime) -> None:
    """Note the files that these records name. The same op again changes nothing."""
    refer_all(author, [(op_id, visit_id, records)], now)


def refer_all(author: Actor, ops: Sequence[tuple[str, str, Sequence[FilledForm]]], now: datetime) -> None:
    """The same for many ops: each with its visit and its records."""
    refs = {
        (op_id, record.record, attachment.sha256): {
            "org_id": author.org_id,
            "op_id": op_id,
            "record_id": record.record,
            "sha256": attachment.sha256,
            "visit_id": visit_id,
            "user_id": author.user_id,
            "device_id": author.device_id,
            "made_at": now,
            "lost_op": None,
            "lost_reason": None,
            "lost_at": None,
        }
        for op_id, visit_id, records in ops
        for record in records
        for attachment in record.attachments
    }
    if not refs:
        return
    lock(author.org_id, (sha256 for _, _, sha256 in refs), now)
    insert_new(PhotoRef, list(refs.values()))


def keep_previews(author: Actor, previews: Sequence[Preview], now: datetime) -> None:
    """Keep what a phone made small of files that it has promised; the first one stays. Others are let be."""
    known = _referred(author, [one.of for one in previews])
    insert_new(
        PhotoPreview,
        [
            {
                "org_id": author.org_id,
                "sha256": one.of,
                "user_id": author.user_id,
                "type": one.type,
                "data": one.data,
                "made_at": now,
            }
            for one in {one.of: one for one in reversed(previews)}.values()
            if one.of in known
        ],
    )


def usable(previews: Sequence[Preview]) -> list[Preview]:
    """Those that are what they say. Decodes; call it before a unit opens."""
    return [one for one in previews if looks.small_enough(one.data, one.type)]


def lost(author: Actor, op: Op[PhotoLost], now: datetime) -> None:
    """A photo that the phone cannot read any more: nobody waits for it now. One that has come all the same
    stays, and one that comes later is taken."""
    session.execute(
        update(PhotoRef)
        .where(
            PhotoRef.org_id == author.org_id,
            PhotoRef.visit_id == op.body.visit,
            PhotoRef.user_id == author.user_id,
            PhotoRef.sha256 == op.body.sha256,
            PhotoRef.lost_op.is_(None),
        )
        .values(lost_op=op.id, lost_reason=op.body.reason, lost_at=now)
    )
    audit.record(author, "photo.lost", "photo", op.body.sha256, visit=op.body.visit, reason=op.body.reason)


def _referred(author: Actor, hashes: Sequence[str]) -> set[str]:
    """Which of these this user has promised."""
    if not hashes:
        return set()
    return set(
        session.scalars(
            select(PhotoRef.sha256).where(
                PhotoRef.org_id == author.org_id,
                PhotoRef.user_id == author.user_id,
                PhotoRef.sha256.in_(list(hashes)),
            )
        )
    )


def insert_new(table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert those rows whose key is not there yet."""
    if not rows:
        return
    session.execute(_insert_new(table, db.dialect()), list(rows))


@cache
def _insert_new(table: type[Table], dialect: str) -> Insert:
    """Without its rows, so that it is built and compiled once for ever."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(cast("SqlTable", table.__table__)).on_conflict_do_nothing()
