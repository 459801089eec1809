"""A correction is a later revision with an answer to each field that was asked; nothing typed is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.base import db
from server.base.db import session
from server.teams import service as teams
from server.visits.models import Revision
from tests.factories.county import GUIFEN, LIYAN, ORG, PIAO, TEAM, XIUYUN, County, uid, xml
from tests.factories.talk import (
    ATE,
    TEMP,
    answered,
    detail,
    give_back,
    mine,
    next_revision,
    record_of,
)

NOTICES = "/api/desk/notices"


def leave(county: County) -> None:
    """单秀云 leaves the team, and somebody else looks after 朴顺姬."""
    with county.app.app_context(), db.writing():
        teams.leave(ORG, TEAM, XIUYUN, county.clock())
        teams.end_pair(ORG, uid(501), date(2026, 11, 24))


@pytest.mark.parametrize("said", ["changed", "right", "cannot"])
def test_a_correction_waits_for_its_reviewer_again_with_its_answers(
    county: County, op: dict[str, Any], said: str
) -> None:
    phone = county.phone()
    decision = give_back(county, op, ATE, TEMP)
    reason = None if said == "changed" else "她自己说的"
    more = {} if reason is None else {"reason": reason}
    correction = answered(op, decision["id"], ATE, said, **more)
    outcome = phone.sync(next_revision(phone, op, xml(ate="little"), correction=correction))
    assert [one["outcome"] for one in outcome["results"]] == ["accepted"]
    heard = mine(phone, op)
    assert (heard["state"], heard["number"], heard["returned"]) == ("received", 2, None)
    shown = detail(county, op)
    answers = {one["path"]: one["answer"] for one in shown["decisions"][0]["comments"]}
    assert answers == {ATE: {"said": said, "reason": reason}, TEMP: None}
    assert shown["visit"]["came_back"] is True


def test_the_reviewer_who_asked_is_told_and_nobody_else(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    decision = give_back(county, op, ATE)
    phone.sync(next_revision(phone, op, correction=answered(op, decision["id"])))
    (told,) = county.desk(LIYAN).get(NOTICES)["items"]
    assert (told["kind"], told["visit"], told["by"], told["read"]) == (
        "corrected",
        op["body"]["visit"],
        "单秀云",
        False,
    )
    assert county.desk(GUIFEN).get(NOTICES) == {"items": [], "unread": 0, "next": None}


def test_a_return_can_be_undone_while_its_correction_is_under_way(county: County, op: dict[str, Any]) -> None:
    """The correction was typed in good faith: it is a later revision, and its answers stay readable."""
    phone, desk = county.phone(), county.desk()
    decision = give_back(county, op, ATE)
    correction = next_revision(phone, op, xml(ate="little"), correction=answered(op, decision["id"]))
    desk.post(f"/api/decisions/{decision['id']}/undo")
    assert phone.sync(correction)["results"][0]["outcome"] == "accepted"
    assert mine(phone, op)["state"] == "received"
    shown = detail(county, op)
    assert shown["decisions"][0]["undone"] is True
    assert shown["decisions"][0]["comments"][0]["answer"] == {"said": "changed", "reason": None}
    assert shown["visit"]["came_back"] is False


def test_once_the_correction_has_come_its_return_cannot_be_undone(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    decision = give_back(county, op, ATE)
    phone.sync(next_revision(phone, op, correction=answered(op, decision["id"])))
    problem = county.desk().post(f"/api/decisions/{decision['id']}/undo", status=409)
    assert problem["code"] == "revision_moved"


def test_a_correction_comes_in_though_the_person_has_left_her_phone(
    county: County, op: dict[str, Any]
) -> None:
    """[S5] who belonged to the team at check-in is not refused, and the record brings the person along"""
    phone = county.phone()
    phone.sync_all()
    decision = give_back(county, op, ATE)
    county.clock.forward(hours=1)
    leave(county)
    heard = mine(phone, op)
    assert PIAO not in phone.bodies("entity")
    body = heard["returned"]["body"]
    assert body["records"][0]["list_rows"]["people"][0]["label"] == "朴顺姬"
    correction = next_revision(phone, op, xml(ate="little"), correction=answered(op, decision["id"]))
    assert phone.sync(correction)["results"][0]["outcome"] == "accepted"
    shown = detail(county, op)
    assert shown["visit"]["state"] == "received"
    assert "not_a_member" in [flag["code"] for flag in shown["visit"]["flags"]]
    persons = [line for line in shown["records"][0]["answers"] if line["path"] == "/data/person"]
    assert [line["value_text"]["zh"] for line in persons] == ["朴顺姬"]


def test_its_author_edits_a_sent_visit_until_it_is_decided_and_afterwards_too(
    county: County, op: dict[str, Any]
) -> None:
    phone = county.phone()
    second = next_revision(phone, op, xml(ate="little"))
    phone.sync(second)
    county.desk().approve(second)
    third = next_revision(phone, second, xml(room_temp="19"))
    assert phone.sync(third)["results"][0]["outcome"] == "accepted"
    heard = mine(phone, op)
    assert (heard["state"], heard["number"]) == ("received", 3)
    assert [one["kind"] for one in county.desk().get(NOTICES)["items"]] == ["corrected"]


def test_an_answer_to_a_decision_that_nobody_knows_is_kept(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    stray = {"decision": uid(999), "answers": answered(op, uid(999))["answers"]}
    correction = next_revision(phone, op, correction=stray)
    assert phone.sync(correction)["results"][0]["outcome"] == "accepted"
    with county.app.app_context(), db.reading():
        kept = session.get_one(Revision, (ORG, correction["id"])).correction
    assert kept == stray
    assert record_of(op) == stray["answers"][0]["record"]
