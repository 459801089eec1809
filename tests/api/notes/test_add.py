"""The talk about a visit: from the phone and from the desk, on the author's phone and beside the visit."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from server.base import db
from server.base.db import session
from server.review.models import Note
from tests.factories.county import ADMIN, AUDITOR, GUIFEN, LEADER, LIYAN, SHOUYI, WENLAN, XIUYUN, County
from tests.factories.talk import detail, note

Op = dict[str, Any]


@pytest.fixture
def op(county: County) -> Op:
    made = county.visit()
    county.phone().sync(made)
    return made


def path(op: Op) -> str:
    return f"/api/visits/{op['body']['visit']}/notes"


def outcome(heard: dict[str, Any]) -> tuple[str, str | None]:
    (result,) = heard["results"]
    return result["outcome"], result.get("code")


def test_a_note_from_the_phone_stands_at_the_desk_under_the_ops_id(county: County, op: Op) -> None:
    phone = county.phone()
    said = note(phone, op, "她女儿在家")
    assert outcome(phone.sync(said)) == ("accepted", None)
    (shown,) = detail(county, op)["notes"]
    assert shown == {
        "id": said["id"],
        "by": "单秀云",
        "at": "2026-11-24T01:02:03.456Z",
        "text": "她女儿在家",
        "mine": False,
    }


def test_a_note_from_the_desk_reaches_her_phone(county: County, op: Op) -> None:
    made = county.desk().post(path(op), {"text": "下次问问药够不够"})
    assert (made["by"], made["mine"]) == ("佟立岩", True)
    phone = county.phone()
    phone.sync_all()
    assert phone.bodies("note") == {made["id"]: {**made, "mine": False, "visit": op["body"]["visit"]}}
    (notice,) = phone.bodies("notice").values()
    assert (notice["kind"], notice["words"], notice["by"]) == ("noted", "下次问问药够不够", "佟立岩")


def test_they_stand_in_the_order_in_which_they_came(county: County, op: Op) -> None:
    phone = county.phone()
    phone.sync(note(phone, op, "一"))
    county.clock.forward(minutes=1)
    county.desk().post(path(op), {"text": "二"})
    county.clock.forward(minutes=1)
    third = note(phone, op, "三")
    county.clock.forward(milliseconds=1)
    phone.sync(third, note(phone, op, "四"))
    assert [one["text"] for one in detail(county, op)["notes"]] == ["一", "二", "三", "四"]
    phone.sync_all()
    assert {one["text"]: one["mine"] for one in phone.bodies("note").values()} == {
        "一": True,
        "二": False,
        "三": True,
        "四": True,
    }


def test_the_other_side_is_told_and_whoever_speaks_is_not(county: County, op: Op) -> None:
    phone = county.phone()
    county.desk().post(path(op), {"text": "药够不够？"})
    phone.sync(note(phone, op, "够"))
    items = county.desk(LIYAN).get("/api/desk/notices")["items"]
    assert [(one["kind"], one["by"], one["words"]) for one in items] == [("noted", "单秀云", "够")]
    phone.sync_all()
    assert [one["words"] for one in phone.bodies("notice").values()] == ["药够不够？"]


def test_who_took_part_may_write_and_others_may_not(county: County, op: Op) -> None:
    leader, stranger = county.phone(LEADER), county.phone(SHOUYI)
    for phone in (leader, stranger):
        assert outcome(phone.sync(note(phone, op))) == ("refused", "not_your_visit")
    came = county.phone().at()
    second = county.phone().op(
        {
            **op["body"],
            "participants": [{"user": user, "in": came, "out": None} for user in (XIUYUN, LEADER)],
        },
        base=op["id"],
    )
    county.phone().sync(second)
    assert outcome(leader.sync(note(leader, op))) == ("accepted", None)
    for phone in (leader, stranger):
        phone.sync_all()
        assert phone.bodies("note") == {}


@pytest.mark.parametrize(
    ("user", "status"),
    [(LEADER, 201), (GUIFEN, 404), (WENLAN, 403), (ADMIN, 403), (AUDITOR, 403)],
    ids=["leader", "another community's supervisor", "headquarters", "administrator", "auditor"],
)
def test_at_the_desk_only_who_reads_the_visit_writes(county: County, op: Op, user: str, status: int) -> None:
    county.desk(user).post(path(op), {"text": "看看"}, status)
    assert len(detail(county, op)["notes"]) == (1 if status == 201 else 0)


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_a_note_says_something_and_not_too_much(county: County, op: Op, text: str) -> None:
    assert county.desk().post(path(op), {"text": text}, 422)["code"] == "invalid"


def test_a_replayed_note_is_written_once(county: County, op: Op) -> None:
    """[S2]"""
    phone = county.phone()
    said = note(phone, op)
    assert [outcome(phone.sync(said)) for _ in range(3)] == [("accepted", None)] * 3
    with county.app.app_context(), db.reading():
        assert session.scalar(select(func.count()).select_from(Note)) == 1


def test_a_note_on_a_visit_that_stands_aside_waits_and_follows(county: County) -> None:
    """[S3]"""
    phone = county.phone(SHOUYI)  # not of this team: a supervisor may let it in
    refused = phone.op(county.body(phone))
    said = note(phone, refused)
    assert [one["outcome"] for one in phone.sync(refused, said)["results"]] == ["refused", "held"]
    items = county.desk().get("/api/desk/quarantine")["items"]
    item = next(one for one in items if one["kind"] == "visit.put")
    county.desk().post(f"/api/desk/quarantine/{item['id']}/release", status=200)
    assert [one["text"] for one in detail(county, refused)["notes"]] == ["她女儿在家"]
    assert county.desk().get("/api/desk/quarantine")["items"] == []
    assert phone.sync(said)["results"] == [{"id": said["id"], "outcome": "accepted"}]
