"""Its author takes a visit back until somebody has decided on it; it stays on record, and can come again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.entities.models import Entity
from server.visits.models import Participant
from tests.factories.county import LEADER, ORG, PIAO, XIUYUN, County
from tests.factories.talk import ATE, detail, give_back, mine, next_revision, note, withdrawal

QUEUE = "/api/desk/queue"


def outcome(heard: dict[str, Any]) -> tuple[str, str | None]:
    (result,) = heard["results"]
    return result["outcome"], result.get("code")


def listed(county: County, query: str = "") -> list[str]:
    return [one["visit"] for one in county.desk().get(f"{QUEUE}{query}")["items"]]


def served(county: County) -> int:
    with county.app.app_context(), db.reading():
        return session.scalar(select(func.count()).select_from(Participant)) or 0


def test_a_withdrawn_visit_leaves_the_queue_and_the_service_time(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    assert (listed(county), served(county)) == ([op["body"]["visit"]], 1)
    assert outcome(phone.sync(withdrawal(phone, op))) == ("accepted", None)
    assert mine(phone, op)["state"] == "withdrawn"
    assert (listed(county), listed(county, "?state=received"), served(county)) == ([], [], 0)
    assert listed(county, "?state=withdrawn") == [op["body"]["visit"]]
    assert set(county.desk().get(QUEUE)["counts"].values()) == {0}


def test_its_history_says_who_took_it_back_when_and_why(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    phone.sync(withdrawal(phone, op, "记错人了"))
    (line,) = detail(county, op)["decisions"]
    assert (line["kind"], line["by"], line["words"]) == ("withdraw", "单秀云", "记错人了")
    assert line["at"] == "2026-11-24T01:02:03.456Z"
    with county.app.app_context(), db.reading():
        actions = session.scalars(select(AuditRow.action).where(AuditRow.action == "visit.withdraw")).all()
        assert session.get_one(Entity, (ORG, PIAO)).label == "朴顺姬"
    assert list(actions) == ["visit.withdraw"]


def test_once_it_is_decided_it_is_too_late_until_that_is_undone(county: County, op: dict[str, Any]) -> None:
    phone, desk = county.phone(), county.desk()
    decision = desk.approve(op)
    late = withdrawal(phone, op)
    assert outcome(phone.sync(late)) == ("refused", "already_decided")
    assert mine(phone, op)["state"] == "approved"
    (item,) = desk.get("/api/desk/quarantine")["items"]
    assert (item["kind"], item["user_name"], item["team_name"]["zh"]) == (
        "visit.withdraw",
        "单秀云",
        "柳荫日间照料",
    )
    release = f"/api/desk/quarantine/{item['id']}/release"
    assert desk.post(release, status=409)["code"] == "already_decided"
    desk.post(f"/api/decisions/{decision['id']}/undo")
    desk.post(release, status=200)
    assert mine(phone, op)["state"] == "withdrawn"
    assert phone.sync(late)["results"] == [{"id": late["id"], "outcome": "accepted"}]


def test_a_returned_visit_is_not_taken_back(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    give_back(county, op, ATE)
    assert outcome(phone.sync(withdrawal(phone, op))) == ("refused", "already_decided")


def test_nobody_else_takes_it_back(county: County, op: dict[str, Any]) -> None:
    leader = county.phone(LEADER)
    assert outcome(leader.sync(withdrawal(leader, op))) == ("refused", "not_your_visit")
    assert mine(county.phone(), op)["state"] == "received"


def test_a_visit_that_never_came_is_unknown_and_the_op_is_kept(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    never = county.visit(phone)
    took_back = withdrawal(phone, never)
    assert outcome(phone.sync(took_back)) == ("refused", "visit_unknown")
    assert outcome(phone.sync(took_back)) == ("refused", "visit_unknown")


def test_put_again_it_is_back_with_everything(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    took_back = withdrawal(phone, op)
    phone.sync(took_back)
    again = phone.op(op["body"], base=took_back["id"])
    assert outcome(phone.sync(again)) == ("accepted", None)
    heard = mine(phone, op)
    assert (heard["state"], heard["revision"], heard["handling"]) == ("received", again["id"], None)
    assert (listed(county), served(county)) == ([op["body"]["visit"]], 1)
    county.desk().approve(again)
    assert outcome(phone.sync(withdrawal(phone, again))) == ("refused", "already_decided")


def test_a_replay_changes_nothing(county: County, op: dict[str, Any]) -> None:
    """[S2]"""
    phone = county.phone()
    took_back = withdrawal(phone, op)
    answers = [outcome(phone.sync(took_back)) for _ in range(3)]
    assert answers == [("accepted", None)] * 3
    assert len(detail(county, op)["decisions"]) == 1


def test_it_waits_behind_the_visit_that_stands_aside_and_follows_it(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    refused = county.visit(phone, team=county.body(phone)["participants"][0]["user"])  # no such team
    later = [withdrawal(phone, refused), note(phone, refused)]
    heard = phone.sync(refused, *later)
    assert [one["outcome"] for one in heard["results"]] == ["refused", "held", "held"]
    items = county.desk().get("/api/desk/quarantine")["items"]
    assert {one["kind"] for one in items} == {"visit.put", "visit.withdraw", "note.add"}
    assert {one["team_name"]["zh"] for one in items} == {"柳荫日间照料"}


def test_an_edit_that_did_not_see_the_withdrawal_brings_it_back(county: County, op: dict[str, Any]) -> None:
    """[S6] nothing typed disappears with what was taken back"""
    phone, other = county.phone(), county.new_phone(XIUYUN)
    second = next_revision(phone, op)
    phone.sync(second)
    phone.sync(withdrawal(phone, second))
    unaware = other.op(op["body"], base=op["id"])
    assert outcome(other.sync(unaware)) == ("accepted", None)
    heard = mine(phone, op)
    assert (heard["state"], heard["revision"]) == ("received", unaware["id"])


@pytest.mark.parametrize("states", [[], ["withdrawn"]])
def test_an_export_has_it_only_for_who_asks(county: County, op: dict[str, Any], states: list[str]) -> None:
    from server.base.policy import Places, Reach
    from server.exports.asked import Asked
    from server.exports.rows import Choice, count_by_form_version

    phone = county.phone()
    phone.sync(withdrawal(phone, op))
    day = county.clock().date()
    asked = Asked("xlsx", day, day, states=tuple(states))
    with county.app.app_context():
        found = count_by_form_version(Choice(ORG, Reach(county=True, sensitive=Places(county=True)), asked))
    assert sum(found.values()) == len(states)
