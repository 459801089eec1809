"""Photos and recordings of a visit, read by whoever may read the visit, and by its author's own phone.

Never by hash alone, never by a link that carries its own permission. What somebody sent is given out as the
type that its bytes are, in a sandbox; what stands aside only as a download that the audit knows of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from flask import Response, current_app, request
from marshmallow import fields, post_load

from server.base import audit, db, policy
from server.base.blobs import Blobs
from server.base.db import session
from server.base.http import answer, blueprint, current_actor, permit, query, refuses, unit
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.base.schemas import Message
from server.photos import places
from server.photos import queries as photos
from server.photos.models import Photo
from server.visits import quarantine_shown, queries
from server.visits.models import Visit

bp = blueprint("visit_photos", "/api/visits")
of_quarantine = blueprint("quarantine_photos", "/api/desk/quarantine")

SANDBOX = "sandbox; default-src 'none'"
_CHUNK_BYTES = 65_536
KEPT = "private, max-age=31536000, immutable"  # named by its hash: it never changes


class DownloadQuery(Message):
    download = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:
        return data


@bp.get("/<id:visit>/photos/<sha256:sha256>")
@permit(Permission.PHOTOS_READ)
@unit("none")
@query(DownloadQuery)
@answer(None, 200, media="*/*")
@refuses("not_found", "photo_unreadable", "photo_type", "photo_too_large")
def read_photo(visit: str, sha256: str, asked: dict[str, bool]) -> Response:
    """The file itself. One that stands aside comes with ?download=1 only, as plain bytes."""
    actor = current_actor()
    with db.reading():
        _may_read(actor, visit)
        photo = photos.original(actor.org_id, visit, sha256)
    return _given(actor, photo, asked["download"], visit=visit)


@of_quarantine.get("/<id:item>/photos/<sha256:sha256>")
@permit(Permission.QUARANTINE_READ)
@unit("none")
@query(DownloadQuery)
@answer(None, 200, media="*/*")
@refuses("not_found", "photo_unreadable", "photo_type", "photo_too_large")
def read_photo_aside(item: str, sha256: str, asked: dict[str, bool]) -> Response:
    """A file of an op that stands aside, for whoever mends it."""
    actor = current_actor()
    with db.reading():
        found = quarantine_shown.find(actor, item, Permission.QUARANTINE_READ)
        photo = photos.original_of_op(actor.org_id, found.op_id, sha256) if found.op_id else None
    return _given(actor, photo, asked["download"], quarantine=item)


@bp.get("/<id:visit>/photos/<sha256:sha256>/preview")
@permit(Permission.PHOTOS_READ)
@answer(None, 200, media="image/*")
@refuses("not_found")
def read_preview(visit: str, sha256: str) -> Response:
    """A small picture of it: the server's own, or until the file is here the phone's."""
    actor = current_actor()
    _may_read(actor, visit)
    preview = photos.preview(actor.org_id, visit, sha256)
    if preview is None:
        raise Problem("not_found")
    response = _guarded(Response(preview.data, mimetype=preview.type))
    if preview.user_id:  # the server's own takes its place one day
        response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{sha256[:32]}-{len(preview.data)}")
    response.make_conditional(request)
    return response


def _given(actor: Actor, photo: Photo | None, download: bool, **through: str) -> Response:
    """The file as it may be given out; taking it home is written down."""
    if photo is None:
        raise Problem("not_found")
    if photo.aside is not None and not download:
        raise Problem(photo.aside)
    response = _file(photo, photo.type if photo.aside is None else None)
    if download:
        with db.writing():
            audit.record(actor, "photo.download", "photo", photo.sha256, aside=photo.aside, **through)
        response.headers["Content-Disposition"] = f'attachment; filename="{photo.sha256[:32]}"'
    return response


def _may_read(actor: Actor, visit_id: str) -> None:
    """Her own phone reads her own visits; a desk what lies in its reach."""
    visit = session.get(Visit, (actor.org_id, visit_id))
    if visit is None or (actor.device_id is not None and visit.user_id != actor.user_id):
        raise Problem("not_found")
    if actor.device_id is None:
        policy.require(actor, Permission.PHOTOS_READ, queries.scope_of(visit))


def _file(photo: Photo, kind: str | None) -> Response:
    """The bytes, streamed. Without a type they are only bytes."""
    if request.if_none_match.contains(photo.sha256):
        return _guarded(Response(status=304, headers={"ETag": f'"{photo.sha256}"'}))
    blobs = Blobs.of(current_app.extensions["lianxin.settings"])
    try:
        opened = blobs.open(places.photo(photo.org_id, photo.sha256))
    except FileNotFoundError:
        raise Problem("not_found") from None
    response = Response(_streamed(opened), mimetype=kind or "application/octet-stream")
    response.content_length = photo.bytes
    response.set_etag(photo.sha256)
    return _guarded(response)


def _streamed(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while chunk := opened.read(_CHUNK_BYTES):
            yield chunk


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = KEPT
    return response
