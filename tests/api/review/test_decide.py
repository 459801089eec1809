"""Reviewers decide; the state follows, and the phone hears it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.review.models import Decision
from server.visits.models import Visit
from sync.core.review_state import Decided, review_state
from tests.factories.county import ADMIN, AUDITOR, GUIFEN, LEADER, LIYAN, WENLAN, County


def state(county: County, op: dict[str, Any]) -> str:
    with county.app.app_context(), db.reading():
        return session.scalars(select(Visit.state).where(Visit.id == op["body"]["visit"])).one()


def path(op: dict[str, Any]) -> str:
    return f"/api/visits/{op['body']['visit']}/decisions"


def test_an_approval_reaches_the_phone_with_who_decided(county: County, op: dict[str, Any]) -> None:
    decision = county.desk().approve(op)
    assert (decision["kind"], decision["revision"], decision["visit"]) == (
        "approve",
        op["id"],
        op["body"]["visit"],
    )
    phone = county.phone()
    phone.sync_all()
    mine = phone.bodies("visit")[op["body"]["visit"]]
    assert mine["state"] == "approved"
    assert [(one["kind"], one["by"]) for one in mine["decisions"]] == [("approve", "佟立岩")]


def test_a_return_needs_words_and_carries_them(county: County, op: dict[str, Any]) -> None:
    desk = county.desk()
    assert desk.post(path(op), {"kind": "return", "revision": op["id"]}, 422)["code"] == "invalid"
    record = op["body"]["records"][0]["record"]
    comments = [{"record": record, "path": "/data/care/ate", "text": "吃得好？"}]
    desk.post(path(op), {"kind": "return", "revision": op["id"], "words": "请再看看", "comments": comments})
    assert state(county, op) == "returned"
    phone = county.phone()
    phone.sync_all()
    assert phone.bodies("visit")[op["body"]["visit"]]["decisions"][0]["words"] == "请再看看"


def test_an_undo_is_a_decision_that_takes_the_first_one_back(county: County, op: dict[str, Any]) -> None:
    desk = county.desk()
    decision = desk.approve(op)
    undone = desk.post(f"/api/decisions/{decision['id']}/undo")
    assert (undone["kind"], undone["undoes"]) == ("undo", decision["id"])
    assert state(county, op) == "received"
    detail = desk.get(f"/api/desk/visits/{op['body']['visit']}")
    assert [(one["kind"], one["undone"]) for one in detail["decisions"]] == [
        ("approve", True),
        ("undo", False),
    ]
    desk.approve(op)
    assert state(county, op) == "approved"


def test_an_undo_of_what_was_undone_is_stale(county: County, op: dict[str, Any]) -> None:
    desk = county.desk()
    decision = desk.approve(op)
    desk.post(f"/api/decisions/{decision['id']}/undo")
    assert desk.post(f"/api/decisions/{decision['id']}/undo", status=409)["code"] == "revision_moved"


def test_a_decision_on_an_older_revision_is_stale_and_says_which_is_current(
    county: County, op: dict[str, Any]
) -> None:
    phone = county.phone()
    newer = phone.op({**op["body"], "helpers_unnamed": 2}, base=op["id"])
    phone.sync(newer)
    problem = county.desk().approve(op, 409)
    assert (problem["code"], problem["current"]) == ("revision_moved", newer["id"])
    assert problem["title"]
    county.desk().approve(newer)


def test_two_reviewers_at_once_are_one_decision(county: County, op: dict[str, Any]) -> None:
    county.desk().approve(op)
    assert county.desk().approve(op, 409)["code"] == "revision_moved"


def test_the_same_request_again_is_the_same_decision(county: County, op: dict[str, Any]) -> None:
    desk = county.desk()
    draft = {"kind": "approve", "revision": op["id"]}
    first = desk.post(path(op), draft, **{"Idempotency-Key": "k1"})
    again = desk.post(path(op), draft, **{"Idempotency-Key": "k1"})
    assert first == again
    with county.app.app_context(), db.reading():
        assert len(session.scalars(select(Decision)).all()) == 1


def test_a_later_revision_brings_an_approved_visit_back(county: County, op: dict[str, Any]) -> None:
    county.desk().approve(op)
    phone = county.phone()
    phone.sync(phone.op({**op["body"], "helpers_unnamed": 2}, base=op["id"]))
    assert state(county, op) == "received"


def test_many_are_approved_and_the_stale_one_says_why(county: County) -> None:
    phone = county.phone()
    ops = [county.visit(phone) for _ in range(3)]
    phone.sync(*ops)
    newer = phone.op({**ops[1]["body"], "helpers_unnamed": 2}, base=ops[1]["id"])
    phone.sync(newer)
    items = [{"visit": op["body"]["visit"], "revision": op["id"]} for op in ops]
    results = county.desk().post("/api/desk/approvals", {"items": items}, 200)["results"]
    by_visit = {one["visit"]: one for one in results}
    assert by_visit[ops[1]["body"]["visit"]]["decision"] is None
    assert by_visit[ops[1]["body"]["visit"]]["problem"]["code"] == "revision_moved"
    assert [state(county, op) for op in ops] == ["approved", "received", "approved"]


@pytest.mark.parametrize(
    ("user", "status"),
    [(GUIFEN, 404), (LEADER, 403), (WENLAN, 403), (ADMIN, 403), (AUDITOR, 403)],
    ids=["another community's supervisor", "leader", "headquarters", "administrator", "auditor"],
)
def test_nobody_else_decides(county: County, op: dict[str, Any], user: str, status: int) -> None:
    county.desk(user).approve(op, status)
    assert state(county, op) == "received"


def test_another_supervisor_cannot_undo_or_approve_many(county: County, op: dict[str, Any]) -> None:
    decision = county.desk().approve(op)
    other = county.desk(GUIFEN)
    assert other.post(f"/api/decisions/{decision['id']}/undo", status=404)["code"] == "not_found"
    items = [{"visit": op["body"]["visit"], "revision": op["id"]}]
    (result,) = other.post("/api/desk/approvals", {"items": items}, 200)["results"]
    assert result["problem"]["code"] == "not_found"


def test_every_decision_leaves_its_audit_row(county: County, op: dict[str, Any]) -> None:
    decision = county.desk().approve(op)
    county.desk().post(f"/api/decisions/{decision['id']}/undo")
    with county.app.app_context(), db.reading():
        rows = session.scalars(select(AuditRow).where(AuditRow.target_id == op["body"]["visit"])).all()
        found = sorted((row.action, row.user_id == LIYAN) for row in rows)
    assert found == [("visit.approve", True), ("visit.put", False), ("visit.undo", True)]


def test_states_derived_anew_from_decisions_are_the_stored_ones(county: County) -> None:
    phone, desk = county.phone(), county.desk()
    ops = [county.visit(phone) for _ in range(4)]
    phone.sync(*ops)
    desk.approve(ops[0])
    desk.post(path(ops[1]), {"kind": "return", "revision": ops[1]["id"], "words": "再看"})
    decision = desk.approve(ops[2])
    desk.post(f"/api/decisions/{decision['id']}/undo")
    desk.approve(ops[3])
    phone.sync(phone.op({**ops[3]["body"], "helpers_unnamed": 1}, base=ops[3]["id"]))
    with county.app.app_context(), db.reading():
        for visit in session.scalars(select(Visit)):
            rows = session.scalars(
                select(Decision).where(Decision.visit_id == visit.id).order_by(Decision.at, Decision.id)
            )
            decided = [Decided(one.id, one.revision_id, one.kind, one.undoes) for one in rows]
            assert visit.state == review_state(visit.current_revision, decided)
    assert [state(county, op) for op in ops] == ["approved", "returned", "received", "received"]
