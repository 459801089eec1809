"""A clinic morning: its own form and a check for each who came, under one check-in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from server.accounts import service as accounts
from server.base import db
from server.base.db import session
from server.base.policy import Role
from server.entities.models import Entity
from server.forms import service as forms
from server.teams import queries, service
from sync.core import instance
from tests.factories.county import (
    COMPOUND,
    LIUYIN,
    LIYAN,
    ORG,
    OU,
    PIAO,
    XIUYUN,
    County,
    converted,
    uid,
    version,
)  # fmt: skip
from tests.factories.phone import Phone
from tests.factories.workbook import sheet

CLINIC_TEAM, NEW = uid(221), uid(431)
EVENT, CHECK = "clinic-day", "health-check"
META = {"/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000dddd", "/data/meta/deprecatedID": ""}
NAMES = {PIAO: "朴顺姬", OU: "区兆年"}


@pytest.fixture
def county(app: Flask, county: County, clock: Any) -> County:
    """The county, with a clinic team in 柳荫 that has 朴顺姬 among those it looks after."""
    with app.app_context(), db.writing():
        now = clock()
        for form in (EVENT, CHECK):
            forms.publish(ORG, converted(form), now)
        service.found_team(ORG, "free-clinic", "柳荫健康义诊", "Clinic Liuyin", [LIUYIN], id=CLINIC_TEAM)
        accounts.grant(ORG, XIUYUN, Role.VOLUNTEER, "team", CLINIC_TEAM, now)
        service.join(ORG, CLINIC_TEAM, XIUYUN, now)
        service.pair(ORG, CLINIC_TEAM, None, PIAO, now.date(), id=uid(521))
    return county


def written(form: str, **answers: str) -> str:
    values = {f"/data/{name.replace('__', '/')}": value for name, value in answers.items()}
    return instance.write(form, version(form), {**values, **META}).decode()


def event(county: County, phone: Phone) -> dict[str, Any]:
    xml = written(
        EVENT, place=COMPOUND, medics="2", reached="46", reached_65="38", referred="1", volunteers="1"
    )
    rows = {"places": [{"name": COMPOUND, "label": "垂柳家园", "kind": "compound"}]}
    return county.record(phone, EVENT, xml=xml, list_rows=rows)


def check(county: County, phone: Phone, person: str, systolic: str = "132", **more: str) -> dict[str, Any]:
    said = {
        "door": "came", "consent_on_file": "all", "met": "1", "may_write": "1", "check__bp_sys": systolic,
        "check__bp_dia": "84", "self_care": "independent", "health_file": "updated", "wellbeing": "well",
        "need": "none", **more,
    }  # fmt: skip
    rows = {"people": [{"name": person, "label": NAMES[person]}]} if person in NAMES else {}
    return county.record(phone, CHECK, xml=written(CHECK, person=person, **said), list_rows=rows)


def somebody_new(county: County, phone: Phone) -> dict[str, Any]:
    made = check(
        county, phone, "",
        new_id=NEW, consent_on_file="", consent_now="record_only", full_name="佟玉兰", compound=COMPOUND,
        community=LIUYIN,
    )  # fmt: skip
    block = f'<entity dataset="people" id="{NEW}" create="1" update=""><label>佟玉兰</label></entity>'
    return {**made, "xml": made["xml"].replace("<meta>", f"<meta>{block}")}


def morning(county: County, phone: Phone, *checks: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = county.body(phone)
    here = {"team": CLINIC_TEAM, "programme": "free-clinic", "subject": None, "place": COMPOUND}
    return {**body, **here, "records": [event(county, phone), *checks], **more}


def take(phone: Phone, op: dict[str, Any]) -> None:
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]


def test_the_desk_reads_each_check_by_the_name_of_whom_it_is_about(county: County) -> None:
    phone = county.phone()
    people = (check(county, phone, PIAO), check(county, phone, OU), somebody_new(county, phone))
    op = phone.op(morning(county, phone, *people))
    take(phone, op)
    seen = county.desk(LIYAN).get(f"/api/desk/visits/{op['body']['visit']}")
    assert [(one["form"], one["about"]) for one in seen["records"]] == [
        (EVENT, None),
        (CHECK, "朴顺姬"),
        (CHECK, "区兆年"),
        (CHECK, "佟玉兰"),
    ]
    assert (seen["visit"]["subject_label"], seen["visit"]["place_label"]) == (None, "垂柳家园")


def test_whoever_is_checked_was_seen_by_the_clinics_team_and_by_no_other(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(morning(county, phone, check(county, phone, PIAO))))
    with county.app.app_context(), db.reading():
        seen = {pair.team_id: pair.last_seen_how for pair in queries.open_pairs(ORG, PIAO)}
    assert seen.pop(CLINIC_TEAM) == "came"
    assert set(seen.values()) == {None}


def test_somebody_who_is_on_no_list_is_put_on_it(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(morning(county, phone, somebody_new(county, phone))))
    with county.app.app_context(), db.reading():
        made = session.get_one(Entity, (ORG, NEW))
        assert (made.label, made.community_id, made.properties["consent"]) == (
            "佟玉兰",
            LIUYIN,
            "record_only",
        )


def test_the_data_sheet_counts_who_came_once_and_names_who_was_checked(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(morning(county, phone, check(county, phone, PIAO), check(county, phone, OU))))
    [morning_row] = sheet(county, LIYAN, EVENT)
    checks = sheet(county, LIYAN, CHECK, names=True, purpose="年度体检")
    assert (morning_row["volunteers"], morning_row["reached"]) == ("1", "46")
    assert {row["person_name"] for row in checks} == {"朴顺姬", "区兆年"}
    assert {row["volunteers"] for row in checks} == {""}
    assert len({row["person_no"] for row in checks}) == 2


def test_without_a_purpose_whoever_was_checked_is_a_number(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(morning(county, phone, check(county, phone, PIAO), check(county, phone, OU))))
    rows = sheet(county, LIYAN, CHECK)
    assert len({row["person_no"] for row in rows} - {""}) == 2
    assert "person_name" not in rows[0]


def test_a_return_asks_in_two_records_and_the_comparison_tells_them_apart(county: County) -> None:
    phone, desk = county.phone(), county.desk(LIYAN)
    people = (check(county, phone, PIAO), check(county, phone, OU))
    op = phone.op(morning(county, phone, *people))
    take(phone, op)
    visit, path = op["body"]["visit"], "/data/check/bp_sys"
    comments = [{"record": one["record"], "path": path, "text": "歇过再量的吗？"} for one in people]
    decision = {"kind": "return", "revision": op["id"], "words": None, "by_day": None, "comments": comments}
    desk.post(f"/api/visits/{visit}/decisions", decision, 201)
    phone.sync_all()
    returned = phone.bodies("visit")[visit]["returned"]
    assert [one["record"] for one in returned["comments"]] == [one["record"] for one in people]
    assert [one["form"] for one in returned["body"]["records"]] == [EVENT, CHECK, CHECK]

    mended = [
        {**one, "xml": check(county, phone, person, "128")["xml"]}
        for one, person in zip(people, (PIAO, OU), strict=True)
    ]
    answers = [{"record": one["record"], "path": path, "said": "changed"} for one in people]
    correction = {"decision": returned["decision"], "answers": answers}
    body = {**op["body"], "records": [op["body"]["records"][0], *mended], "correction": correction}
    again = phone.op(body, base=op["id"])
    take(phone, again)
    compared = desk.get(f"/api/desk/visits/{visit}/compare?from={op['id']}&to={again['id']}")
    changed = {
        one["about"]: [row["path"] for row in one["rows"] if row["changed"]] for one in compared["records"]
    }
    assert changed == {None: [], "朴顺姬": [path], "区兆年": [path]}
    assert all(row["answer"] for one in compared["records"][1:] for row in one["rows"] if row["changed"])
