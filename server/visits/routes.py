"""The desk's quarantine: what stands aside and why, letting it in, mending and closing it, taking it home."""

from __future__ import annotations

from typing import Any

from flask import Response

from server.base import audit, clock
from server.base.answers import language
from server.base.http import answer, blueprint, body, current_actor, permit, query, refuses, unit
from server.base.permissions import Permission
from server.visits import mending, quarantine, quarantine_shown
from server.visits.models import QuarantineItem
from server.visits.schemas import (
    ClosedMessage,
    CloseMessage,
    MendableMessage,
    MendMessage,
    QuarantineDetail,
    QuarantinePage,
    QuarantineQuery,
    ReleasedMessage,
)

bp = blueprint("visits", "/api/desk/quarantine")


@bp.get("")
@permit(Permission.QUARANTINE_READ)
@query(QuarantineQuery)
@answer(QuarantinePage)
def read_quarantine(asked: dict[str, Any]) -> dict[str, Any]:
    return quarantine_shown.page(current_actor(), asked["state"], asked["after"], asked["limit"], language())


@bp.get("/<id:item>")
@permit(Permission.QUARANTINE_READ)
@answer(QuarantineDetail)
@refuses("not_found")
def read_item(item: str) -> dict[str, Any]:
    return quarantine_shown.detail(_found(item, Permission.QUARANTINE_READ), language())


@bp.post("/<id:item>/release")
@permit(Permission.QUARANTINE_RELEASE)
@answer(ReleasedMessage)
@refuses("not_found", "already_settled", *sorted(quarantine.CODES))
def release(item: str) -> dict[str, str]:
    """Try it again as it is. What still stands in its way is said, and nothing has changed."""
    found = _found(item, Permission.QUARANTINE_RELEASE, lock=True)
    visit = quarantine.release(current_actor(), found, clock.now())
    return {"id": found.id, "state": found.state, "visit": visit.id}


@bp.get("/<id:item>/record")
@permit(Permission.QUARANTINE_RELEASE)
@answer(MendableMessage)
@refuses("not_found", "not_mendable")
def read_record(item: str) -> dict[str, Any]:
    """What came, and the forms to open it with, for the desk's renderer."""
    return mending.record(_found(item, Permission.QUARANTINE_RELEASE))


@bp.post("/<id:item>/mend")
@permit(Permission.QUARANTINE_RELEASE)
@body(MendMessage)
@answer(ReleasedMessage)
@refuses("not_found", "already_settled", "not_mendable", "invalid", *sorted(quarantine.CODES))
def mend(item: str, asked: dict[str, Any]) -> dict[str, str]:
    """Take the visit with these records in the place of what came. What still does not fit is said."""
    found = _found(item, Permission.QUARANTINE_RELEASE, lock=True)
    visit = mending.mend(current_actor(), found, asked["records"], asked["reason"], clock.now())
    return {"id": found.id, "state": found.state, "visit": visit.id}


@bp.post("/<id:item>/close")
@permit(Permission.QUARANTINE_RELEASE)
@body(CloseMessage)
@answer(ClosedMessage)
@refuses("not_found", "already_settled")
def close(item: str, asked: dict[str, str]) -> QuarantineItem:
    """Say that nothing more is to be done with it; it is kept."""
    found = _found(item, Permission.QUARANTINE_RELEASE, lock=True)
    quarantine.close(current_actor(), found, asked["note"], clock.now())
    return found


@bp.get("/<id:item>/download")
@permit(Permission.QUARANTINE_READ)
@unit("writing")
@answer(media="application/octet-stream", schema=None)
@refuses("not_found")
def download(item: str) -> Response:
    """The bytes as they came; who took them home is written down."""
    found = _found(item, Permission.QUARANTINE_READ)
    audit.record(current_actor(), "quarantine.download", "quarantine", found.id)
    response = Response(found.raw, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="quarantine-{found.id}.json"'
    return response


def _found(item: str, permission: Permission, *, lock: bool = False) -> QuarantineItem:
    return quarantine_shown.find(current_actor(), item, permission, lock=lock)
