"""What somebody is told at her desk, that she has read it, and what has left her reach."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from server.accounts.models import Grant
from server.base import db
from server.base.db import session
from tests.factories.county import GUIFEN, LEADER, LIYAN, ORG, SHOUYI, County
from tests.factories.talk import note, withdrawal

NOTICES = "/api/desk/notices"
Op = dict[str, Any]


@pytest.fixture
def op(county: County) -> Op:
    """A visit on which 佟立岩 has written a note."""
    made = county.visit()
    county.phone().sync(made)
    county.desk().post(f"/api/visits/{made['body']['visit']}/notes", {"text": "怎么样？"})
    return made


def kinds(county: County, user: str = LIYAN) -> list[str]:
    return [one["kind"] for one in county.desk(user).get(NOTICES)["items"]]


def test_newest_first_page_by_page_and_read_up_to_one(county: County, op: Op) -> None:
    phone, desk = county.phone(), county.desk()
    for text in "一二三":
        county.clock.forward(seconds=1)
        phone.sync(note(phone, op, text))
    first = desk.get(f"{NOTICES}?limit=2")
    assert ([one["words"] for one in first["items"]], first["unread"]) == (["三", "二"], 3)
    rest = desk.get(f"{NOTICES}?limit=2&after={first['next']}")
    assert ([one["words"] for one in rest["items"]], rest["next"]) == (["一"], None)
    assert desk.post(f"{NOTICES}/read", {"up_to": first["items"][1]["id"]}, 200) == {"unread": 1}
    assert [one["read"] for one in desk.get(NOTICES)["items"]] == [False, True, True]


def test_a_withdrawal_is_told_to_who_has_a_part_in_it(county: County, op: Op) -> None:
    phone = county.phone()
    phone.sync(withdrawal(phone, op, "记错人了"))
    (told,) = county.desk().get(NOTICES)["items"]
    assert (told["kind"], told["by"], told["words"]) == ("withdrawn", "单秀云", "记错人了")
    assert (kinds(county, GUIFEN), kinds(county, LEADER)) == ([], [])


def test_what_stands_aside_is_told_to_those_who_may_look_into_it(county: County) -> None:
    phone = county.phone(SHOUYI)
    phone.sync(phone.op(county.body(phone)))
    (told,) = county.desk(LIYAN).get(NOTICES)["items"]
    (item,) = county.desk(LIYAN).get("/api/desk/quarantine")["items"]
    assert (told["kind"], told["item"], told["visit"], told["by"]) == (
        "quarantined",
        item["id"],
        None,
        "郭守义",
    )
    assert told["words"] == item["title"]
    assert (kinds(county, GUIFEN), kinds(county, LEADER)) == ([], [])


def test_what_only_waits_behind_it_is_not_told(county: County) -> None:
    phone = county.phone(SHOUYI)
    refused = phone.op(county.body(phone))
    phone.sync(refused, note(phone, refused))
    assert kinds(county) == ["quarantined"]


def test_a_visit_that_left_her_reach_is_not_told_of_any_more(county: County, op: Op) -> None:
    """[S5]"""
    phone = county.phone()
    phone.sync(note(phone, op))
    assert kinds(county) == ["noted"]
    with county.app.app_context(), db.writing():
        gone = update(Grant).where(Grant.org_id == ORG, Grant.user_id == LIYAN)
        session.execute(gone.values(scope_kind="community", scope_id="0193a000-0000-7000-8000-000000000102"))
    assert county.desk().get(NOTICES) == {"items": [], "unread": 0, "next": None}


def test_reading_ones_own_leaves_others_unread(county: County, op: Op) -> None:
    county.desk(LEADER).post(f"/api/visits/{op['body']['visit']}/notes", {"text": "我也看看"})
    phone = county.phone()
    phone.sync(note(phone, op))
    desk = county.desk(LEADER)
    (told,) = desk.get(NOTICES)["items"]
    desk.post(f"{NOTICES}/read", {"up_to": told["id"]}, 200)
    assert county.desk(LIYAN).get(NOTICES)["unread"] == 2
