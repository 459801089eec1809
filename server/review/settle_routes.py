"""The desk settles what two sides say differently: what there is, how it would read, done."""

from __future__ import annotations

from typing import Any

from server.base import clock
from server.base.http import answer, blueprint, body, current_actor, permit, refuses, unit
from server.base.permissions import Permission
from server.review import service, versions_shown
from server.review.settle_schemas import (
    PreviewAnswer,
    PreviewMessage,
    SettlementMessage,
    SettleMessage,
    VersionsMessage,
)
from server.visits import settling
from server.visits.settling import Settlement

bp = blueprint("settle")


@bp.get("/desk/visits/<id:visit>/versions")
@permit(Permission.VISITS_REVIEW)
@answer(VersionsMessage)
@refuses("not_found", "already_settled")
def read_versions(visit: str) -> dict[str, Any]:
    return versions_shown.shown(current_actor(), visit)


@bp.post("/desk/visits/<id:visit>/versions/preview")
@permit(Permission.VISITS_REVIEW)
@unit("reading")
@body(PreviewMessage)
@answer(PreviewAnswer)
@refuses("not_found")
def preview(visit: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The merged visit with these choices, for the desk's renderer. Changes nothing."""
    return versions_shown.preview(current_actor(), visit, asked["choices"])


@bp.post("/visits/<id:visit>/settlements")
@permit(Permission.VISITS_REVIEW)
@body(SettleMessage)
@answer(SettlementMessage, 201)
@refuses("not_found", "revision_moved", "already_settled", "xml_unreadable", "answers_do_not_fit")
def settle(visit: str, draft: Settlement) -> dict[str, Any]:
    actor, now = current_actor(), clock.now()
    found = versions_shown.find(actor, visit, lock=True)
    made = settling.settle(actor, found, draft, now)
    service.settle(found, now)
    return {"visit": found.id, "revision": made.id, "number": made.number}
