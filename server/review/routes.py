"""The desk's review: the queue, one visit, decisions, and whether anything moved."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from server.base import clock, policy
from server.base.answers import language
from server.base.http import answer, blueprint, body, current_actor, permit, query, refuses
from server.base.permissions import Permission
from server.review import compare, detail, filters, notes, queue, service
from server.review.models import Decision
from server.review.queue import Filter
from server.review.schemas import (
    ApprovalsAnswer,
    ApprovalsMessage,
    ChangesAnswer,
    ChangesQuery,
    ComparedMessage,
    CompareQuery,
    DecisionMessage,
    DraftMessage,
    FiltersAnswer,
    NewNoteMessage,
    NoteMessage,
    QueuePage,
    QueueQuery,
    VisitDetail,
)
from server.review.service import Draft
from server.visits import desk_feeds

bp = blueprint("review")


@bp.get("/desk/queue")
@permit(Permission.VISITS_READ)
@query(QueueQuery)
@answer(QueuePage)
def read_queue(asked: Filter) -> dict[str, Any]:
    actor = current_actor()
    return queue.page(actor.org_id, policy.reach(actor, Permission.VISITS_READ), asked)


@bp.get("/desk/visits/<id:visit>")
@permit(Permission.VISITS_READ)
@answer(VisitDetail)
@refuses("not_found")
def read_visit(visit: str) -> dict[str, Any]:
    return detail.detail(current_actor(), visit)


@bp.get("/desk/visits/<id:visit>/compare")
@permit(Permission.VISITS_READ)
@query(CompareQuery)
@answer(ComparedMessage)
@refuses("not_found")
def compare_revisions(visit: str, asked: dict[str, str]) -> dict[str, Any]:
    return compare.compare(current_actor(), visit, asked["from_revision"], asked["to_revision"])


@bp.post("/visits/<id:visit>/notes")
@permit(Permission.VISITS_READ)
@body(NewNoteMessage)
@answer(NoteMessage, 201)
@refuses("not_found")
def add_note(visit: str, asked: dict[str, str]) -> dict[str, Any]:
    actor = current_actor()
    return notes.told([notes.add_at_desk(actor, visit, asked["text"], clock.now())], actor.user_id)[0]


@bp.post("/visits/<id:visit>/decisions")
@permit(Permission.VISITS_REVIEW)
@body(DraftMessage)
@answer(DecisionMessage, 201)
@refuses("not_found", "revision_moved", "unsettled")
def decide(visit: str, draft: Draft) -> Decision:
    return service.decide(current_actor(), visit, draft, clock.now())


@bp.post("/decisions/<id:decision>/undo")
@permit(Permission.VISITS_REVIEW)
@answer(DecisionMessage, 201)
@refuses("not_found", "revision_moved")
def undo(decision: str) -> Decision:
    return service.undo(current_actor(), decision, clock.now())


@bp.post("/desk/approvals")
@permit(Permission.VISITS_REVIEW)
@body(ApprovalsMessage)
@answer(ApprovalsAnswer)
def approve_many(asked: dict[str, Any]) -> dict[str, Any]:
    approvals = [service.Approval(item["visit"], item["revision"]) for item in asked["items"]]
    return {"results": service.approve_many(current_actor(), approvals, clock.now(), language())}


@bp.get("/desk/changes")
@permit(Permission.VISITS_READ)
@query(ChangesQuery)
@answer(ChangesAnswer)
def read_changes(asked: dict[str, str]) -> Response:
    """Whether anything within reach moved since; 304 when the page knows the newest number already."""
    actor = current_actor()
    moved = desk_feeds.moved(actor.org_id, policy.reach(actor, Permission.VISITS_READ))
    response = jsonify({"token": str(moved), "changed": max(0, moved - int(asked["since"] or moved))})
    response.set_etag(str(moved))
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


@bp.get("/desk/filters")
@permit(Permission.DESK_USE)
@answer(FiltersAnswer)
def read_filters() -> dict[str, Any]:
    """What the queue and an export can be narrowed by. Who only exports hears no volunteers' names."""
    actor = current_actor()
    reads = policy.allows(actor, Permission.VISITS_READ)
    found = filters.filters(
        actor.org_id, policy.reach(actor, Permission.VISITS_READ if reads else Permission.EXPORTS_MAKE)
    )
    return found if reads else {**found, "volunteers": []}
