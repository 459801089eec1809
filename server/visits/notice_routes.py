"""What somebody is told at her desk, and that she has read it."""

from __future__ import annotations

from typing import Any

from server.base import clock
from server.base.answers import language
from server.base.http import answer, blueprint, body, current_actor, permit, query
from server.base.permissions import Permission
from server.visits import notices
from server.visits.schemas import NoticesPage, NoticesQuery, ReadMessage, UnreadMessage

bp = blueprint("notices", "/api/desk/notices")


@bp.get("")
@permit(Permission.VISITS_READ)
@query(NoticesQuery)
@answer(NoticesPage)
def read_notices(asked: dict[str, Any]) -> dict[str, Any]:
    return notices.page(current_actor(), asked["after"], asked["limit"], language())


@bp.post("/read")
@permit(Permission.VISITS_READ)
@body(ReadMessage)
@answer(UnreadMessage)
def mark_read(asked: dict[str, str]) -> dict[str, int]:
    """All up to this one."""
    return {"unread": notices.read(current_actor(), asked["up_to"], clock.now())}
