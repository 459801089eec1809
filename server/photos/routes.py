"""A phone's door for photos and recordings: one PUT a piece (RFC 9110 §14.5)."""

from __future__ import annotations

import re

from flask import Response, current_app, json, request

from server.base import clock
from server.base.blobs import Blobs
from server.base.http import (
    ANY,
    also_revoked,
    answer,
    blueprint,
    credential,
    current_actor,
    half_of_threads,
    permit,
    raw_body,
    refuses,
    unit,
)
from server.base.permissions import Permission
from server.base.problems import Problem
from server.photos import landing
from server.photos.landing import Landed, Piece
from server.photos.schemas import PieceMessage
from sync.messages import MOST_PIECE_BYTES

bp = blueprint("photos")

_MESSAGE = PieceMessage()
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})", re.ASCII)


@bp.put("/photos/<sha256:sha256>")
@permit(Permission.SYNC)
@also_revoked
@half_of_threads
@raw_body(ANY, max_bytes=MOST_PIECE_BYTES, too_large="photo_too_large")
@unit("none")
@answer(PieceMessage, 201)
@refuses("photo_unknown", "photo_offset", "photo_hash", "photo_too_large", "invalid", "busy")
def put_piece(sha256: str, raw: bytes) -> Response:
    """One piece of a file that an op of this user names; without Content-Range the whole."""
    blobs = Blobs.of(current_app.extensions["lianxin.settings"])
    piece = _piece(raw, credential().body_sha256)
    became = landing.receive(blobs, current_actor(), sha256, piece, clock.now())
    status = (201 if became.fresh else 200) if isinstance(became, Landed) else 202
    return Response(json.dumps(_MESSAGE.dump(became)), status, mimetype="application/json")


def _piece(raw: bytes, raw_sha256: str | None) -> Piece:
    said = request.headers.get("Content-Range")
    if said is None and raw:
        return Piece(0, len(raw), raw, raw_sha256)
    matched = _RANGE.fullmatch(said or "")
    if matched is not None:
        first, last, total = (int(number) for number in matched.groups())
        if first <= last < total and last - first + 1 == len(raw):
            return Piece(first, total, raw, raw_sha256)
    raise Problem("invalid", errors=[{"path": "Content-Range", "says": "not the range of these bytes"}])
