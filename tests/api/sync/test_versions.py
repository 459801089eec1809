"""What belongs to a later version: a server of this one says so plainly and loses nothing of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.visits.models import QuarantineItem, Record, Visit
from sync.versions import SERVED_FOR, SUCCEEDED
from tests.factories.county import County

PHOTO = {
    "name": "door.webp", "sha256": "ab" * 32, "bytes": 48_213, "type": "image/webp",
    "said_at": "2026-11-24T00:59:00.000Z",
}  # fmt: skip


def test_files_are_kept_by_name(county: County) -> None:
    """[S7]"""
    phone = county.phone()
    heard = phone.sync(county.visit(phone, records=[county.record(phone, attachments=[PHOTO])]))
    assert [one["outcome"] for one in heard["results"]] == ["accepted"]
    with county.app.app_context(), db.reading():
        assert session.scalars(select(Record)).one().attachments == [PHOTO]


def test_nothing_is_said_to_be_backed_up_yet(county: County) -> None:
    """[S14]"""
    assert county.phone().sync()["backed_up_to"] is None


@pytest.mark.parametrize("v", [0, 3, "1", True, None])
def test_a_request_of_another_version_is_no_exchange(county: County, v: Any) -> None:
    """[S11]"""
    phone = county.phone()
    op = county.visit(phone)
    response = phone.send(op, v=v)
    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]


@pytest.mark.parametrize("newer", [{"v": 2}, {"kind": "visit.dance"}])
def test_an_op_of_a_newer_client_is_kept_and_told_so_each_time(county: County, newer: dict[str, Any]) -> None:
    """[S11]"""
    phone = county.phone()
    op = {**county.visit(phone), **newer, "body": {"what": "nobody here knows"}}
    for _ in range(2):
        (result,) = phone.sync(op)["results"]
        assert (result["outcome"], result["code"]) == ("deferred", "unknown_kind")
    with county.app.app_context(), db.reading():
        (item,) = session.scalars(select(QuarantineItem))
        assert (item.state, item.op_id) == ("open", op["id"])


def test_a_version_is_answered_for_400_days_after_the_next_one(county: County) -> None:
    """[S11]"""
    phone = county.phone()
    released = SUCCEEDED[1]
    assert released is not None
    county.clock.moment = released + SERVED_FOR - timedelta(minutes=1)
    heard = phone.sync(v=1)
    assert (heard["v"], bool(heard["changes"]), bool(heard["cursor"])) == (1, True, True)
    assert "parts" not in heard
    assert phone.sync(v=2)["parts"] == {}


def test_a_retired_version_is_heard_out_and_told_nothing(county: County) -> None:
    """[S11]"""
    phone = county.phone()
    before = county.visit(phone)
    phone.sync(before, v=1)
    retire_version_1(county)
    op = county.visit(phone)
    for _ in range(2):
        heard = phone.sync(before, op, v=1)
        assert [(one["outcome"], one.get("code")) for one in heard["results"]] == [
            ("accepted", None),
            ("deferred", "version_retired"),
        ]
        assert (heard["v"], heard["changes"], heard["cursor"], heard["more"]) == (1, [], None, False)
    with county.app.app_context(), db.reading():
        (item,) = session.scalars(select(QuarantineItem))
        assert (item.state, item.op_id, item.code) == ("open", op["id"], "version_retired")
        assert json.loads(item.raw) == op


def test_what_a_retired_version_brought_is_carried_out_once_the_phone_is_updated(county: County) -> None:
    """[S11] [S2]"""
    phone = county.phone()
    retire_version_1(county)
    op = county.visit(phone)
    phone.sync(op, v=1)
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]
    assert phone.sync(op, v=1)["results"] == [{"id": op["id"], "outcome": "accepted"}]
    with county.app.app_context(), db.reading():
        assert [item.state for item in session.scalars(select(QuarantineItem))] == ["released"]
        assert [visit.id for visit in session.scalars(select(Visit))] == [op["body"]["visit"]]


def test_what_nobody_can_read_says_so_once_the_phone_is_updated(county: County) -> None:
    """[S11] [S3] It no longer says that the phone is too old, and stands aside once."""
    phone = county.phone()
    retire_version_1(county)
    op = {**county.visit(phone), "kind": "visit.dance"}
    phone.sync(op, v=1)
    for v in (2, 1):
        (heard,) = phone.sync(op, v=v)["results"]
        assert (heard["outcome"], heard["code"]) == ("deferred", "unknown_kind")
    with county.app.app_context(), db.reading():
        found = [(item.state, item.code) for item in session.scalars(select(QuarantineItem))]
    assert found == [("open", "unknown_kind")]


def test_the_desk_can_let_in_what_a_retired_version_brought(county: County) -> None:
    """[S11]"""
    phone = county.phone()
    retire_version_1(county)
    op = county.visit(phone)
    phone.sync(op, v=1)
    desk = county.desk()
    (item,) = desk.get("/api/desk/quarantine")["items"]
    desk.post(f"/api/desk/quarantine/{item['id']}/release", status=200)
    assert phone.sync(op, v=1)["results"] == [{"id": op["id"], "outcome": "accepted"}]


def retire_version_1(county: County) -> None:
    released = SUCCEEDED[1]
    assert released is not None
    county.clock.moment = released + SERVED_FOR


def test_members_of_the_message_that_this_version_does_not_know_are_let_be(county: County) -> None:
    """[S11]"""
    phone = county.phone()
    heard = phone.sync(county.visit(phone), weather="snow", later={"deep": [1]})
    assert [one["outcome"] for one in heard["results"]] == ["accepted"]


def test_a_request_without_what_may_be_left_out_is_an_exchange(county: County) -> None:
    """[S11]"""
    phone = county.phone()
    said = phone.written([county.visit(phone)])
    for member in (
        b'"anchors": [], ',
        b'"manifest": {"hash": "0"}, ',
        b'"budget": 65536, ',
        b', "previews": []',
    ):
        assert member in said
        said = said.replace(member, b"")
    response = phone.post("/api/sync", said)
    assert response.status_code == 200
    assert [one["outcome"] for one in response.get_json()["results"]] == ["accepted"]
