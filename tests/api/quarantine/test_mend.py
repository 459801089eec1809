"""A supervisor mends a visit that could not be taken: her revision, the volunteer's visit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow, LedgerEntry
from server.visits.models import Participant, Record, Revision, Visit
from tests.factories.county import ADMIN, GUIFEN, LEADER, LIYAN, ORG, WENLAN, XIUYUN, County, version, xml
from tests.factories.talk import detail, mine

LIST = "/api/desk/quarantine"
Op = dict[str, Any]


def stand_aside(county: County, **changes: Any) -> Op:
    """A visit whose record has these members."""
    phone = county.phone()
    op = county.visit(phone, records=[{**county.record(phone), **changes}])
    assert phone.sync(op)["results"][0]["outcome"] == "refused"
    return op


@pytest.fixture
def refused(county: County) -> Op:
    """A visit with an answer that does not fit."""
    return stand_aside(county, xml=xml(room_temp="warm"))


def item_of(county: County, kind: str = "visit.put") -> str:
    """The one that stands in the way; what waits behind it was set aside at the same moment."""
    items = county.desk().get(LIST)["items"]
    return str(next(one["id"] for one in items if one["kind"] == kind and one["code"] != "waits"))


def mended(op: Op, text: str | None = None, **more: Any) -> dict[str, Any]:
    record = op["body"]["records"][0]
    one = {"record": record["record"], "xml": text or xml(), "list_rows": record["list_rows"]}
    return {"records": [{**one, **more}], "reason": "室温写成了字"}


def mend(county: County, op: Op, text: str | None = None, status: int = 200, **more: Any) -> Any:
    return county.desk().post(f"{LIST}/{item_of(county)}/mend", mended(op, text, **more), status)


def test_the_desk_gets_what_came_and_the_form_to_open_it_with(county: County, refused: Op) -> None:
    item = item_of(county)
    assert county.desk().get(f"{LIST}/{item}")["mendable"] is True
    found = county.desk().get(f"{LIST}/{item}/record")
    assert found["body"] == refused["body"]
    (form,) = found["forms"]
    assert (form["record"], form["form"], form["version"]) == (
        refused["body"]["records"][0]["record"],
        "day-care-visit",
        version(),
    )
    county.desk().get(f"/api/forms/{form['sha256']}")


def test_the_visit_stays_the_volunteers_and_the_revision_is_the_supervisors(
    county: County, refused: Op
) -> None:
    """[S3]"""
    phone = county.phone()
    answer = mend(county, refused)
    assert (answer["state"], answer["visit"]) == ("released", refused["body"]["visit"])
    with county.app.app_context(), db.reading():
        visit, revision = session.scalars(select(Visit)).one(), session.scalars(select(Revision)).one()
        assert (visit.user_id, visit.device_id) == (XIUYUN, phone.device)
        assert (revision.user_id, revision.why, revision.reason) == (LIYAN, "mended", "室温写成了字")
        assert revision.id != refused["id"]
        assert revision.mends == refused["id"]
        assert session.scalars(select(Participant.user_id)).all() == [XIUYUN]
        actions = session.scalars(select(AuditRow.user_id).where(AuditRow.action == "visit.mend")).all()
        assert actions == [LIYAN]
    shown = detail(county, refused)
    assert shown["visit"]["user_name"] == "单秀云"
    assert [(one["by"], one["why"], one["reason"]) for one in shown["revisions"]] == [
        ("佟立岩", "mended", "室温写成了字")
    ]


def test_her_phone_hears_that_its_op_was_taken(county: County, refused: Op) -> None:
    """[S2] [S3]"""
    phone = county.phone()
    mend(county, refused)
    assert phone.sync(refused)["results"] == [{"id": refused["id"], "outcome": "accepted"}]
    heard = mine(phone, refused)
    assert (heard["state"], heard["mended"]) == ("received", [refused["id"]])
    assert heard["revision"] != refused["id"]
    (notice,) = phone.bodies("notice").values()
    assert (notice["kind"], notice["by"], notice["words"]) == ("released", "佟立岩", "室温写成了字")
    assert county.desk().get(LIST)["items"] == []


def test_what_waited_behind_it_follows_and_overwrites_nothing(county: County, refused: Op) -> None:
    """[S3] [S6] her later edit has not seen what was mended: both are kept, and somebody looks"""
    phone = county.phone()
    (record,) = refused["body"]["records"]
    records = [{**record, "xml": xml(room_temp="19")}]
    edit = phone.op({**refused["body"], "records": records}, base=refused["id"])
    said = phone.op(
        {"visit": refused["body"]["visit"], "text": "我来改"}, kind="note.add", base=refused["id"]
    )
    assert [one["outcome"] for one in phone.sync(edit, said)["results"]] == ["held", "held"]
    mend(county, refused)
    assert [one["outcome"] for one in phone.sync(edit, said)["results"]] == ["accepted", "accepted"]
    heard = mine(phone, refused)
    assert (heard["number"], heard["handling"]) == (3, "two_versions")
    shown = detail(county, refused)
    assert [one["why"] for one in shown["revisions"]] == ["mended", None, "merged"]
    assert [one["text"] for one in shown["notes"]] == ["我来改"]


def test_what_still_does_not_fit_is_told_and_nothing_has_changed(county: County, refused: Op) -> None:
    problem = mend(county, refused, xml(room_temp="hot"), 422)
    assert (problem["code"], problem["path"]) == ("answers_do_not_fit", "/data/care/room_temp")
    assert mend(county, refused, "<data", 422)["code"] == "xml_unreadable"
    assert county.desk().get(f"{LIST}/{item_of(county)}")["state"] == "open"
    with county.app.app_context(), db.reading():
        assert session.scalars(select(Visit)).all() == []
        assert session.get_one(LedgerEntry, (ORG, refused["id"])).outcome == "refused"


def test_a_version_that_the_county_does_not_have_is_opened_with_todays(county: County) -> None:
    op = stand_aside(county, version="1999010101", xml=xml().replace(version(), "1999010101"))
    found = county.desk().get(f"{LIST}/{item_of(county)}/record")
    assert found["forms"][0]["version"] == version()
    assert found["body"]["records"][0]["version"] == "1999010101"
    mend(county, op)
    with county.app.app_context(), db.reading():
        assert session.scalars(select(Record.form_version)).all() == [version()]


def test_text_that_cannot_be_kept_is_shown_with_a_mark_and_can_be_mended(county: County) -> None:
    """[S3]"""
    op = stand_aside(county, xml=xml().replace("炕热乎", "炕\ud83d"))
    found = county.desk().get(f"{LIST}/{item_of(county)}/record")
    assert "炕" in found["body"]["records"][0]["xml"]
    mend(county, op)
    assert mine(county.phone(), op)["mended"] == [op["id"]]


@pytest.mark.parametrize(
    "raw", [b"no op at all", b'{"kind": "visit.put"}', b'{"kind": "note.add", "body": {"text": "?"}}']
)
def test_what_is_no_visit_cannot_be_mended(county: County, raw: bytes) -> None:
    county.phone().post("/api/quarantine", raw, "application/octet-stream")
    (item,) = county.desk().get(LIST)["items"]
    assert county.desk().get(f"{LIST}/{item['id']}")["mendable"] is False
    assert county.desk().get(f"{LIST}/{item['id']}/record", 409)["code"] == "not_mendable"
    body = {"records": [{"record": county.phone().id(), "xml": xml()}], "reason": "试试"}
    assert county.desk().post(f"{LIST}/{item['id']}/mend", body, 409)["code"] == "not_mendable"


def test_facts_that_are_not_whole_cannot_be_mended(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    del op["body"]["check_in"]
    phone.sync(op)
    detail = county.desk().get(f"{LIST}/{item_of(county)}")
    assert detail["mendable"] is False
    assert detail["why"]["title"] == "少了必须有的一项"
    assert detail["why"]["next"]


def test_handed_in_raw_it_can_be_mended_and_the_phone_hears_of_it(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, xml=xml(room_temp="warm"))])
    phone.post("/api/quarantine", json.dumps(op, ensure_ascii=False).encode(), "application/octet-stream")
    mend(county, op)
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]


def test_another_visits_record_is_not_mended_here(county: County, refused: Op) -> None:
    problem = mend(county, refused, status=422, record=county.phone().id())
    assert problem["code"] == "invalid"


def test_a_reason_is_given(county: County, refused: Op) -> None:
    body = {**mended(refused), "reason": " "}
    answer = county.desk().post(f"{LIST}/{item_of(county)}/mend", body, 422)
    assert [one["path"] for one in answer["errors"]] == ["/reason"]


def test_mended_twice_is_settled_already(county: County, refused: Op) -> None:
    item = item_of(county)
    mend(county, refused)
    again = county.desk().post(f"{LIST}/{item}/mend", mended(refused), 409)
    assert again["code"] == "already_settled"
    settled = county.desk().get(f"{LIST}/{item}")
    assert (settled["settled_by"], settled["note"], settled["mendable"]) == ("佟立岩", "室温写成了字", False)


@pytest.mark.parametrize(
    ("user", "status"),
    [(GUIFEN, 404), (LEADER, 403), (WENLAN, 403), (ADMIN, 403)],
    ids=["another community's supervisor", "leader", "headquarters", "administrator"],
)
def test_only_who_may_let_in_may_mend(county: County, refused: Op, user: str, status: int) -> None:
    """[S5]"""
    item = item_of(county)
    county.desk(user).get(f"{LIST}/{item}/record", status)
    county.desk(user).post(f"{LIST}/{item}/mend", mended(refused), status)
    county.desk(user).post(f"{LIST}/{item}/close", {"note": "不要了"}, status)
