"""What stands aside: seen by those whom it concerns, let in again, never lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event, select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow, LedgerEntry
from server.forms import service as forms
from server.forms.models import Form, FormVersion
from server.visits.models import QuarantineItem, Revision, Visit
from tests.factories import pictures
from tests.factories.county import (
    ADMIN,
    GUIFEN,
    LEADER,
    LIYAN,
    ORG,
    OTHER_TEAM,
    OU,
    SHOUYI,
    WENLAN,
    County,
    converted,
)

LIST = "/api/desk/quarantine"


def unpublish(county: County) -> None:
    """Take the care visit's form away, as if its publishing had failed."""
    with county.app.app_context(), db.writing():
        for row in session.scalars(select(FormVersion).where(FormVersion.form == "day-care-visit")).all():
            session.delete(row)
        session.flush()
        session.delete(session.get_one(Form, (ORG, "day-care-visit")))


def publish(county: County) -> None:
    with county.app.app_context(), db.writing():
        forms.publish(ORG, converted("day-care-visit"), county.clock())


@pytest.fixture
def refused(county: County) -> dict[str, Any]:
    """An op whose form the county does not have."""
    unpublish(county)
    op = county.visit()
    heard = county.phone().sync(op)
    assert heard["results"][0]["code"] == "form_version_unknown"
    return op


def only(county: County, user: str = LIYAN) -> dict[str, Any]:
    (item,) = county.desk(user).get(LIST)["items"]
    found: dict[str, Any] = item
    return found


def test_the_list_says_what_whose_and_why(county: County, refused: dict[str, Any]) -> None:
    item = only(county)
    assert (item["code"], item["state"], item["user_name"]) == ("form_version_unknown", "open", "单秀云")
    assert (item["subject_label"], item["team_name"]["zh"]) == ("朴顺姬", "柳荫日间照料")
    assert (item["title"], bool(item["next"])) == ("县里没有这个版本的表", True)
    detail = county.desk().get(f"{LIST}/{item['id']}")
    assert detail["op"] == refused
    assert detail["visit"] == refused["body"]["visit"]


def test_released_the_same_op_is_accepted_and_her_phone_hears(
    county: County, refused: dict[str, Any]
) -> None:
    """[S3]"""
    item, desk, phone = only(county), county.desk(), county.phone()
    still = desk.post(f"{LIST}/{item['id']}/release", status=422)
    assert still["code"] == "form_version_unknown"
    assert only(county)["state"] == "open"
    publish(county)
    released = desk.post(f"{LIST}/{item['id']}/release", status=200)
    assert (released["state"], released["visit"]) == ("released", refused["body"]["visit"])
    phone.sync_all()
    mine = phone.bodies("visit")[refused["body"]["visit"]]
    assert (mine["revision"], mine["state"]) == (refused["id"], "received")
    assert phone.sync(refused)["results"] == [{"id": refused["id"], "outcome": "accepted"}]
    assert desk.get(LIST)["items"] == []
    assert [one["id"] for one in desk.get(f"{LIST}?state=released")["items"]] == [item["id"]]
    assert desk.post(f"{LIST}/{item['id']}/release", status=409)["code"] == "already_settled"


def test_let_in_late_the_visit_stands_where_it_was_though_the_clock_was_off(county: County) -> None:
    """[S9]"""
    unpublish(county)
    phone = county.phone()
    phone.clock_off_ms = 30 * 24 * 3600 * 1000
    phone.sync(county.visit(phone))
    publish(county)
    county.clock.forward(days=3)
    county.desk().post(f"{LIST}/{only(county)['id']}/release", status=200)
    with county.app.app_context(), db.reading():
        visit = session.scalars(select(Visit)).one()
        assert (visit.day.isoformat(), visit.flags) == ("2026-11-24", [])


def test_what_waited_behind_it_follows(county: County, refused: dict[str, Any]) -> None:
    """[S3]"""
    phone = county.phone()
    later = phone.op({**refused["body"], "helpers_unnamed": 4}, base=refused["id"])
    assert phone.sync(later)["results"][0]["outcome"] == "held"
    publish(county)
    item = next(one for one in county.desk().get(LIST)["items"] if one["code"] == "form_version_unknown")
    county.desk().post(f"{LIST}/{item['id']}/release", status=200)
    assert [one["outcome"] for one in phone.sync(refused, later)["results"]] == ["accepted", "accepted"]
    phone.sync_all()
    assert phone.bodies("visit")[refused["body"]["visit"]]["number"] == 2
    assert county.desk().get(LIST)["items"] == []


def test_what_follows_is_locked_with_what_it_follows(county: County) -> None:
    """[S3] The files of all of it at once, behind visits and people, as in a push: none waits in a circle."""
    phone = county.phone()
    photos = [pictures.photo(seed) for seed in (1, 2, 3)]
    unpublish(county)
    chain: list[dict[str, Any]] = []
    for photo in photos:
        body = county.body(phone, records=[county.record(phone, attachments=[photo.attachment()])])
        visit = {"visit": chain[0]["body"]["visit"]} if chain else {}
        chain.append(phone.op({**body, **visit}, base=chain[-1]["id"] if chain else None))
    assert [one["outcome"] for one in phone.sync(*chain)["results"]] == ["refused", "held", "held"]
    publish(county)
    item = next(one for one in county.desk().get(LIST)["items"] if one["code"] == "form_version_unknown")

    asked: list[set[str]] = []

    def note(_c: Any, _u: Any, statement: str, said: Any, *_: Any) -> None:
        if statement.startswith("SELECT photos.sha256") and "ORDER BY photos.sha256" in statement:
            values = said.values() if isinstance(said, dict) else said
            asked.append({photo.sha256 for photo in photos} & set(values))

    with county.app.app_context():
        event.listen(db.db.engine, "before_cursor_execute", note)
    county.desk().post(f"{LIST}/{item['id']}/release", status=200)
    assert asked[0] == {photo.sha256 for photo in photos}
    assert [one["outcome"] for one in phone.sync(*chain)["results"]] == ["accepted"] * 3


def test_a_supervisor_stands_in_for_a_missing_membership(county: County) -> None:
    """[S5]"""
    phone = county.phone(SHOUYI)
    phone.sync(phone.op(county.body(phone)))
    item = only(county)
    assert item["code"] == "not_your_team"
    county.desk().post(f"{LIST}/{item['id']}/release", status=200)
    with county.app.app_context(), db.reading():
        visit = session.scalars(select(Visit)).one()
        assert visit.user_id == SHOUYI
        assert "not_a_member" in [flag["code"] for flag in visit.flags]


def test_the_second_op_of_a_reused_id_becomes_a_revision_of_its_own(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    phone.sync({**op, "body": {**op["body"], "helpers_unnamed": 9}})
    item = only(county)
    county.desk().post(f"{LIST}/{item['id']}/release", status=200)
    with county.app.app_context(), db.reading():
        assert session.get_one(LedgerEntry, (ORG, item["id"])).outcome == "accepted"
        visit = session.scalars(select(Visit)).one()
        merged = session.get_one(Revision, (ORG, visit.current_revision))
        assert (merged.why, sorted(merged.merges or ())) == ("merged", sorted([op["id"], item["id"]]))


def test_a_revoked_phones_visit_can_be_let_in(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    op = county.visit(phone)
    county.revoke(phone)
    phone.sync(op)
    county.desk().post(f"{LIST}/{only(county)['id']}/release", status=200)
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"


def test_the_bytes_are_downloaded_as_they_came_and_that_is_written_down(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    raw = json.dumps(county.visit(phone)).encode()[:-7]
    response = phone.post("/api/quarantine", raw, "application/octet-stream")
    assert response.status_code == 201
    item = only(county)
    assert item["id"] == response.get_json()["id"]
    download = county.desk().get(f"{LIST}/{item['id']}/download")
    assert download.get_data() == raw
    assert "attachment" in download.headers["Content-Disposition"]
    with county.app.app_context(), db.reading():
        actions = session.scalars(select(AuditRow.action).where(AuditRow.target_id == item["id"])).all()
    assert sorted(actions) == ["quarantine.download", "quarantine.keep"]
    assert county.desk().post(f"{LIST}/{item['id']}/release", status=400)["code"] == "malformed"


def test_handed_in_twice_it_is_kept_once(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    first, again = (phone.post("/api/quarantine", b"?", "application/octet-stream") for _ in range(2))
    assert first.get_json() == again.get_json()


def test_an_op_handed_in_raw_can_be_let_in_whole(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.post("/api/quarantine", json.dumps(op, ensure_ascii=False).encode(), "application/octet-stream")
    county.desk().post(f"{LIST}/{only(county)['id']}/release", status=200)
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]


def test_a_phone_that_hands_in_without_end_is_told_to_wait(county: County) -> None:
    """[S10]"""
    phone = county.phone()
    answers = [phone.post("/api/quarantine", b"?", "application/octet-stream") for _ in range(121)]
    assert [one.status_code for one in answers] == [201] * 120 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_too_many_bytes_are_not_read(county: County) -> None:
    """[S10]"""
    response = county.phone().post("/api/quarantine", b"x" * 4_200_000, "application/octet-stream")
    assert (response.status_code, response.get_json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("user", "status"),
    [(GUIFEN, 404), (LEADER, 403), (WENLAN, 403), (ADMIN, 403)],
    ids=["another community's supervisor", "leader", "headquarters", "administrator"],
)
def test_nobody_else_sees_or_lets_in(county: County, refused: dict[str, Any], user: str, status: int) -> None:
    """[S5]"""
    item = only(county)["id"]
    desk = county.desk(user)
    desk.get(f"{LIST}/{item}", status)
    desk.get(f"{LIST}/{item}/download", status)
    desk.post(f"{LIST}/{item}/release", status=status)
    if status == 404:
        assert desk.get(LIST) == {"items": [], "next": None}


def test_an_item_without_a_team_lies_where_its_author_does(county: County) -> None:
    """[S3]"""
    phone = county.phone(SHOUYI)
    phone.post("/api/quarantine", b"\xff\xfe no op at all", "application/octet-stream")
    assert only(county, GUIFEN)["user_name"] == "郭守义"
    assert county.desk().get(LIST)["items"] == []


def test_pages_together_are_the_whole(county: County) -> None:
    phone = county.phone()
    ids = []
    for number in range(5):
        county.clock.forward(seconds=1)
        response = phone.post("/api/quarantine", b"%d" % number, "application/octet-stream")
        ids.append(response.get_json()["id"])
    seen, after = [], ""
    for _ in range(3):
        page = county.desk().get(f"{LIST}?limit=2{after}")
        seen += [item["id"] for item in page["items"]]
        after = f"&after={page['next']}"
    assert seen == ids[::-1]
    assert page["next"] is None


def test_a_deferred_op_is_taken_when_the_server_has_learnt_its_kind(county: County, monkeypatch: Any) -> None:
    """[S3] [S11]"""
    from sync import ops

    phone = county.phone()
    known = dict(ops.BODIES)
    monkeypatch.setattr(ops, "BODIES", {})
    op = county.visit(phone)
    assert phone.sync(op)["results"][0]["outcome"] == "deferred"
    monkeypatch.setattr(ops, "BODIES", known)
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"
    with county.app.app_context(), db.reading():
        assert session.scalars(select(QuarantineItem)).one().state == "released"


def test_another_teams_refusals_stay_with_its_supervisor(county: County) -> None:
    """[S5]"""
    other = county.phone(SHOUYI)
    record = county.record(other, version="1999010101")
    body = county.body(other, team=OTHER_TEAM, subject={"list": "people", "id": OU}, records=[record])
    other.sync(other.op(body))
    assert county.desk().get(LIST)["items"] == []
    assert only(county, GUIFEN)["subject_label"] == "区兆年"
