"""Work at a place: three by name and twenty-two helpers are one visit, counted once everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from server.accounts import service as accounts
from server.base import db
from server.base.policy import Role
from server.forms import service as forms
from server.teams import service as teams
from sync.core import instance
from tests.factories.county import (
    COMPOUND,
    LEADER,
    LIUYIN,
    LIYAN,
    ORG,
    SHOUYI,
    WENLAN,
    XIUYUN,
    County,
    converted,
    uid,
    version,
)  # fmt: skip
from tests.factories.phone import Phone
from tests.factories.workbook import sheet

CLEANERS = uid(211)
FORM = "flyer-cleanup"
HELPERS = 22
BY_NAME = (XIUYUN, SHOUYI, LEADER)


@pytest.fixture
def county(app: Flask, county: County, clock: Any) -> County:
    """The county, with a team for flyers in 柳荫 of which all three are members."""
    with app.app_context(), db.writing():
        now = clock()
        forms.publish(ORG, converted(FORM), now)
        teams.found_team(ORG, FORM, "柳荫小广告清理", "Flyers Liuyin", [LIUYIN], id=CLEANERS)
        for user in BY_NAME:
            accounts.grant(ORG, user, Role.VOLUNTEER, "team", CLEANERS, now)
            teams.join(ORG, CLEANERS, user, now)
    return county


def xml(**answers: str) -> str:
    said = {
        "start": "2026-11-24T08:02:03.456+08:00", "end": "2026-11-24T09:02:03.456+08:00",
        "today": "2026-11-24",
        "place": COMPOUND, "mode": "campaign", "photo_before": "", "spot": "wall pole", "ad_kind": "pasted",
        "removed": "180", "remains": "none", "reached": "6", "volunteers": "25", "photo": "",
        "note": "三单元还要再来", "counts_campaign": "1", "counts_spot_cleanup": "1", **answers,
    }  # fmt: skip
    values = {f"/data/{name}": value for name, value in said.items()}
    meta = {
        "/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000cccc",
        "/data/meta/deprecatedID": "",
    }
    return instance.write(FORM, version(FORM), {**values, **meta}).decode()


def cleanup(county: County, phone: Phone, records: int = 1) -> dict[str, Any]:
    body = county.body(phone)
    came, left = body["check_in"]["at"], body["check_out"]["at"]
    place = {"name": COMPOUND, "label": "垂柳家园", "kind": "compound"}
    filled = [county.record(phone, FORM, xml=xml(), list_rows={"places": [place]}) for _ in range(records)]
    return phone.op(
        {
            **body, "team": CLEANERS, "programme": FORM, "subject": None, "place": COMPOUND,
            "participants": [{"user": user, "in": came, "out": left} for user in BY_NAME],
            "helpers_unnamed": HELPERS, "records": filled,
        }
    )  # fmt: skip


def take(phone: Phone, op: dict[str, Any]) -> None:
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]


def test_twenty_five_people_are_one_visit_and_the_desk_sees_who_and_where(county: County) -> None:
    phone = county.phone()
    op = cleanup(county, phone)
    take(phone, op)
    seen = county.desk(LIYAN).get(f"/api/desk/visits/{op['body']['visit']}")["visit"]
    assert (seen["place_label"], seen["subject_label"], seen["community_name"]) == (
        "垂柳家园",
        None,
        "柳荫社区",
    )
    assert {each["name"] for each in seen["participants"]} == {"单秀云", "郭守义", "姚晓桦"}
    assert all(each["came_at"] and each["left_at"] for each in seen["participants"])
    assert seen["helpers_unnamed"] == HELPERS


def test_its_author_hears_where_it_was(county: County) -> None:
    phone = county.phone()
    op = cleanup(county, phone)
    take(phone, op)
    phone.sync_all()
    told = phone.bodies("visit")[op["body"]["visit"]]
    assert (told["place"], told["subject"], told["reached"]) == (COMPOUND, None, None)


def test_who_came_is_counted_once_however_many_records_there_are(county: County) -> None:
    phone = county.phone()
    take(phone, cleanup(county, phone, records=2))
    first, second = sorted(sheet(county, WENLAN, FORM), key=lambda row: row["volunteers"], reverse=True)
    assert (first["volunteers"], first["helpers_unnamed"], first["place"]) == ("25", "22", "垂柳家园")
    assert (second["volunteers"], second["helpers_unnamed"], second["place"]) == ("", "", "垂柳家园")
    assert "participants" not in first
    assert "volunteers_answer" not in first


def test_names_of_those_who_came_are_for_who_says_what_they_are_for(county: County) -> None:
    phone = county.phone()
    take(phone, cleanup(county, phone))
    [row] = sheet(county, LIYAN, FORM, names=True, purpose="年终表彰")
    assert set(row["participants"].replace(", ", "、").split("、")) == {"单秀云", "郭守义", "姚晓桦"}


def test_a_place_is_found_by_its_name(county: County) -> None:
    phone = county.phone()
    op = cleanup(county, phone)
    take(phone, op)
    found = county.desk(LIYAN).get("/api/desk/queue?search=垂柳")["items"]
    assert [each["visit"] for each in found] == [op["body"]["visit"]]


def test_a_correction_takes_the_helpers_with_it(county: County) -> None:
    phone = county.phone()
    op = cleanup(county, phone)
    take(phone, op)
    fewer = {**op["body"], "helpers_unnamed": 2}
    fewer["records"] = [{**op["body"]["records"][0], "xml": xml(volunteers="5")}]
    take(phone, phone.op(fewer, base=op["id"]))
    [row] = sheet(county, WENLAN, FORM)
    assert (row["volunteers"], row["helpers_unnamed"]) == ("5", "2")
