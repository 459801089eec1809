"""A revoked phone reads nothing, and what it holds is not lost."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from server.accounts import service as accounts
from server.base import db
from server.base.db import session
from server.teams import service as teams
from server.visits.models import QuarantineItem, Visit
from tests.factories import pictures
from tests.factories.county import ORG, PIAO, TEAM, XIUYUN, County


def test_its_ops_go_to_quarantine_and_nothing_comes_down(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    phone.sync_all()
    county.revoke(phone)
    op = county.visit(phone)
    heard = phone.sync(op)
    assert [(one["outcome"], one["code"]) for one in heard["results"]] == [("refused", "device_revoked")]
    assert (heard["changes"], heard["cursor"], heard["more"]) == ([], None, False)
    assert PIAO not in str(heard)
    with county.app.app_context(), db.reading():
        (item,) = session.scalars(select(QuarantineItem))
        assert (item.op_id, item.code) == (op["id"], "device_revoked")


def test_a_replay_of_what_was_accepted_before_still_hears_accepted(county: County) -> None:
    """[S2] [S5]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    county.revoke(phone)
    assert [one["outcome"] for one in phone.sync(op)["results"]] == ["accepted"]


def test_after_ninety_days_the_door_is_shut(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    county.revoke(phone)
    county.clock.forward(days=89)
    assert phone.send(county.visit(phone)).status_code == 200
    county.clock.forward(days=2)
    response = phone.send(county.visit(phone))
    assert (response.status_code, response.get_json()["code"]) == (403, "device_revoked")


def test_somebody_who_was_stopped_may_still_hand_in(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    with county.app.app_context(), db.writing():
        accounts.stop_user(ORG, XIUYUN, county.clock())
    heard = phone.sync(county.visit(phone))
    assert [one["code"] for one in heard["results"]] == ["device_revoked"]


def test_who_left_the_team_before_the_visit_is_refused_and_hears_no_more_of_it(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    with county.app.app_context(), db.writing():
        teams.leave(ORG, TEAM, XIUYUN, county.clock() - timedelta(hours=2))
    heard = phone.sync(county.visit(phone))
    assert [one["code"] for one in heard["results"]] == ["not_your_team"]
    assert PIAO not in str(heard["changes"])


def test_who_left_the_team_after_the_visit_is_taken_and_flagged(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    with county.app.app_context(), db.writing():
        teams.leave(ORG, TEAM, XIUYUN, county.clock() - timedelta(minutes=1))
    heard = phone.sync(county.visit(phone))
    assert [one["outcome"] for one in heard["results"]] == ["accepted"]
    with county.app.app_context(), db.reading():
        assert [flag["code"] for flag in session.scalars(select(Visit)).one().flags] == ["not_a_member"]


def test_bytes_that_are_no_op_are_taken_aside_too(county: County) -> None:
    """[S3] [S5]"""
    phone = county.phone()
    county.revoke(phone)
    response = phone.post("/api/quarantine", b"\x00\xffwhatever", "application/octet-stream")
    assert response.status_code == 201
    with county.app.app_context(), db.reading():
        (item,) = session.scalars(select(QuarantineItem))
        assert (item.id, item.raw, item.op_id) == (response.get_json()["id"], b"\x00\xffwhatever", None)


def test_whatever_it_sends_within_ninety_days_is_kept_aside_and_afterwards_nothing_is(
    county: County,
) -> None:
    """[S5] [S7] Ops of any kind, a photo that they name, and bytes that are no op."""
    phone = county.phone()
    before = county.visit(phone)
    phone.sync(before)
    county.revoke(phone)
    photo = pictures.photo()
    named = county.visit(phone, records=[county.record(phone, attachments=[photo.attachment()])])
    body = {"visit": before["body"]["visit"], "text": "门口又滑了"}
    ops = [
        named,
        phone.op(body, base=before["id"], kind="note.add"),
        phone.op({"visit": body["visit"]}, base=before["id"], kind="visit.withdraw"),
    ]
    county.clock.forward(days=89)
    heard = phone.sync(*ops)
    assert [one["code"] for one in heard["results"]] == ["device_revoked"] * 3
    assert phone.put(photo.sha256, photo.data[:2048], 0, len(photo.data)).status_code == 202
    raw = (b"{", "application/octet-stream")
    assert phone.post("/api/quarantine", *raw).status_code == 201
    with county.app.app_context(), db.reading():
        assert {item.op_id for item in session.scalars(select(QuarantineItem))} == {
            None,
            *(op["id"] for op in ops),
        }
        assert [visit.state for visit in session.scalars(select(Visit))] == ["received"]

    county.clock.forward(days=2)
    rest = phone.put(photo.sha256, photo.data[2048:], 2048, len(photo.data))
    for refused in (phone.send(*ops), rest, phone.post("/api/quarantine", *raw)):
        assert (refused.status_code, refused.get_json()["code"]) == (403, "device_revoked")
