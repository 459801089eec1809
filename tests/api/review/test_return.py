"""A return names fields and a day, and the phone gets the whole visit back to put it right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sync.ops import read_op
from tests.factories.county import County, xml
from tests.factories.talk import ATE, TEMP, asking, decisions_path, detail, give_back, mine, record_of

TODAY = date(2026, 11, 24)


def test_the_phone_hears_who_asks_what_by_when_and_holds_the_whole_visit(
    county: County, op: dict[str, Any]
) -> None:
    by_day = (TODAY + timedelta(days=3)).isoformat()
    decision = give_back(county, op, ATE, TEMP, by_day=by_day)
    heard = mine(county.phone(), op)
    assert heard["state"] == "returned"
    returned = heard["returned"]
    assert (returned["decision"], returned["by"], returned["by_day"]) == (decision["id"], "佟立岩", by_day)
    assert returned["words"] == "请补一下"
    assert returned["comments"] == [
        {"record": record_of(op), "path": path, "text": f"请看 {path}"} for path in (ATE, TEMP)
    ]
    (record,) = returned["body"]["records"]
    sent = op["body"]["records"][0]
    assert len(record.pop("sha256")) == 64
    assert record == sent
    assert {**returned["body"], "records": [record]} == op["body"]


def test_what_comes_back_can_be_put_again_as_it_is(county: County, op: dict[str, Any]) -> None:
    give_back(county, op, ATE)
    body = mine(county.phone(), op)["returned"]["body"]
    for record in body["records"]:
        del record["sha256"]
    assert read_op(county.phone().op(body, base=op["id"])).body.visit == op["body"]["visit"]


def test_the_answers_travel_only_while_it_is_returned(county: County, op: dict[str, Any]) -> None:
    phone, desk = county.phone(), county.desk()
    assert mine(phone, op)["returned"] is None
    decision = give_back(county, op, ATE)
    desk.post(f"/api/decisions/{decision['id']}/undo")
    heard = mine(phone, op)
    assert (heard["state"], heard["returned"]) == ("received", None)


@pytest.mark.parametrize(
    ("days", "status"), [(0, 201), (60, 201), (-1, 422), (61, 422)], ids=["today", "60", "yesterday", "61"]
)
def test_the_day_can_still_be_met(county: County, op: dict[str, Any], days: int, status: int) -> None:
    day = (TODAY + timedelta(days=days)).isoformat()
    answer = county.desk().post(decisions_path(op), asking(op, ATE, by_day=day), status)
    if status == 422:
        assert [one["path"] for one in answer["errors"]] == ["/by_day"]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/data/care/supper", "/comments/0/path"),
        ("/data/met", "/comments/0/path"),
        ("/data/start", "/comments/0/path"),
        ("/data/care/ate[1]", "/comments/0/path"),
    ],
    ids=["no such question", "calculated", "the form's own clock", "no repeat"],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_decided(
    county: County, op: dict[str, Any], path: str, where: str
) -> None:
    problem = county.desk().post(decisions_path(op), asking(op, path), 422)
    assert (problem["code"], [one["path"] for one in problem["errors"]]) == ("invalid", [where])
    assert mine(county.phone(), op)["state"] == "received"


def test_a_record_of_another_visit_cannot_be_asked(county: County, op: dict[str, Any]) -> None:
    draft = asking(op, ATE)
    draft["comments"][0]["record"] = county.phone().id()
    problem = county.desk().post(decisions_path(op), draft, 422)
    assert [one["path"] for one in problem["errors"]] == ["/comments/0/record"]


def test_one_field_is_asked_once(county: County, op: dict[str, Any]) -> None:
    problem = county.desk().post(decisions_path(op), asking(op, ATE, ATE), 422)
    assert [one["path"] for one in problem["errors"]] == ["/comments/1"]


def test_only_a_return_asks(county: County, op: dict[str, Any]) -> None:
    draft = {**asking(op, ATE), "kind": "approve"}
    assert county.desk().post(decisions_path(op), draft, 422)["code"] == "invalid"


def test_the_desk_reads_the_question_in_words_beside_what_was_asked(
    county: County, op: dict[str, Any]
) -> None:
    give_back(county, op, ATE, by_day="2026-11-27")
    shown = detail(county, op)
    (decision,) = shown["decisions"]
    (comment,) = decision["comments"]
    labels = {line["path"]: line["label"] for line in shown["records"][0]["answers"]}
    assert (comment["label"], comment["answer"]) == (labels[ATE], None)
    assert decision["by_day"] == "2026-11-27"


@pytest.mark.parametrize(
    ("form", "answers", "reached"),
    [
        ("day-care-visit", {"door": "opened"}, True),
        ("day-care-visit", {"door": "nobody"}, False),
        ("daily-contact", {"contact": "phone"}, True),
    ],
)
def test_the_phone_hears_whether_somebody_was_reached(
    county: County, form: str, answers: dict[str, str], reached: bool
) -> None:
    phone = county.phone()
    record = county.record(phone, form, xml=xml(form, **answers))
    op = county.visit(phone, records=[record])
    phone.sync(op)
    assert mine(phone, op)["reached"] is reached
