"""Files that have come are looked over after their receipt, by each server process beside its requests.

To receive a file it is enough that its bytes are durable and are what their hash says. What they are decides
only whether anybody is shown them: so until somebody has looked, nobody is. A look is claimed before it
begins, so that two processes do not do the same; whoever dies over it leaves it to another, and what three
have died over is set aside unread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from sqlalchemy import select

from server.base import clock, db
from server.base.blobs import Blobs
from server.base.db import session
from server.photos import looks, places, service
from server.photos.looks import Look
from server.photos.models import OURS, Photo, PhotoHolder, PhotoPreview, PhotoRef

MOST_TRIES: Final = 3
_PATIENCE: Final = timedelta(minutes=2)  # longer than any look takes


@dataclass(frozen=True)
class _Claim:
    org_id: int
    sha256: str
    tries: int


def work() -> bool:
    """One round of the server process: look one file over, the one that has waited longest."""
    return look_over(Blobs.of(current_app.extensions["lianxin.settings"]), clock.now())


def look_over(blobs: Blobs, now: datetime) -> bool:
    """Look one file over; False when none is due. Opens its own units."""
    with db.reading():
        due = session.scalars(select(Photo.sha256).where(Photo.look_at <= now).limit(1)).first()
    if due is None:
        return False
    claim = _claim(now)
    if claim is None:
        return False
    look = Look(None, "photo_unreadable") if claim.tries > MOST_TRIES else _look(blobs, claim)
    with db.writing():
        _note(claim, look, now)
    return True


def _claim(now: datetime) -> _Claim | None:
    with db.writing():
        photo = session.scalars(
            select(Photo)
            .where(Photo.look_at <= now)
            .order_by(Photo.look_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if photo is None:
            return None
        photo.look_at, photo.look_tries = now + _PATIENCE, photo.look_tries + 1
        return _Claim(photo.org_id, photo.sha256, photo.look_tries)


def _look(blobs: Blobs, claim: _Claim) -> Look:
    try:
        with blobs.open(places.photo(claim.org_id, claim.sha256)) as file:
            data = file.read()
    except Exception:
        _put_back(claim)  # the store's trouble is no fault of the file
        raise
    return looks.look(data)


def _put_back(claim: _Claim) -> None:
    with db.writing():
        photo = session.get(Photo, (claim.org_id, claim.sha256), with_for_update=True)
        if photo is not None:
            photo.look_tries = claim.tries - 1


def _note(claim: _Claim, look: Look, now: datetime) -> None:
    """The file may be shown, as what it is; the visits of those who hold it are told."""
    photo = session.get(Photo, (claim.org_id, claim.sha256), with_for_update=True)
    if photo is None or photo.look_at is None:  # cleaned away meanwhile
        return
    photo.type, photo.aside, photo.look_at = look.type, look.aside, None
    if look.preview is not None:
        made = {"type": "image/jpeg", "data": look.preview, "made_at": now}
        service.insert_new(
            PhotoPreview, [{"org_id": claim.org_id, "sha256": claim.sha256, "user_id": OURS, **made}]
        )
    holders = select(PhotoHolder.user_id).where(
        PhotoHolder.org_id == claim.org_id, PhotoHolder.sha256 == claim.sha256
    )
    visits = session.scalars(
        select(PhotoRef.visit_id)
        .where(
            PhotoRef.org_id == claim.org_id,
            PhotoRef.sha256 == claim.sha256,
            PhotoRef.user_id.in_(holders),
        )
        .distinct()
        .order_by(PhotoRef.visit_id)
    ).all()
    service.tell_of(claim.org_id, visits)
