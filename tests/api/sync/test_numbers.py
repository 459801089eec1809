"""Running numbers without gaps tell of loss, and of a copied phone: the desk hears whose, and which."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.replication.numbers import spelled
from tests.factories.county import GUIFEN, LIYAN, County
from tests.factories.phone import Phone

KINDS = ("numbers_missing", "numbers_doubled")


def numbered(county: County, phone: Phone, n: int) -> dict[str, Any]:
    return {**county.visit(phone), "n": n}


def says(phone: Phone, waiting: int = 0, **more: Any) -> dict[str, Any]:
    """A manifest; another hash each time, as of a phone that has news."""
    phone.made += 1
    return {"hash": str(phone.made), "drafts": 0, "waiting": waiting, "refused": 0, "photos": 0, **more}


def told(county: County, who: str = LIYAN) -> list[tuple[str, str, str]]:
    items = county.desk(who).get("/api/desk/notices")["items"]
    return [(one["kind"], one["by"], one["words"]) for one in items if one["kind"] in KINDS]


def test_a_number_that_never_came_is_told_once_the_phone_says_that_nothing_waits(county: County) -> None:
    """[S13]"""
    phone = county.phone()
    for n in (1, 2, 6):
        phone.sync(numbered(county, phone, n))
    phone.sync(manifest=says(phone, waiting=3))
    assert told(county) == []
    phone.sync(manifest=says(phone))
    assert told(county) == [("numbers_missing", "单秀云", "test · n 3–5 (3)")]
    assert told(county, GUIFEN) == []
    with county.app.app_context(), db.reading():
        (noted,) = session.scalars(select(AuditRow).where(AuditRow.action == "device.numbers_missing"))
        assert (noted.target_id, noted.detail) == (phone.device, {"numbers": "3–5"})


def test_it_is_told_once_and_again_when_more_is_missing(county: County) -> None:
    """[S13]"""
    phone = county.phone()
    phone.sync(numbered(county, phone, 2))
    for _ in range(3):
        phone.sync(manifest=says(phone))
    phone.sync(numbered(county, phone, 4), manifest=says(phone))
    assert {words for _, _, words in told(county)} == {"test · n 1 (1)", "test · n 1, 3 (2)"}


def test_what_comes_late_fills_the_gap(county: County) -> None:
    """[S13]"""
    phone = county.phone()
    phone.sync(numbered(county, phone, 2))
    phone.sync(numbered(county, phone, 1), manifest=says(phone))
    assert told(county) == []


def test_what_was_refused_or_handed_in_raw_is_not_missing(county: County) -> None:
    """[S13] [S3]"""
    phone = county.phone()
    refused = {**numbered(county, phone, 1), "body": {"visit": "none"}}
    assert phone.sync(refused)["results"][0]["outcome"] == "refused"
    raw = json.dumps(numbered(county, phone, 2)).encode()
    assert phone.post("/api/quarantine", raw, "application/octet-stream").status_code == 201
    phone.sync(numbered(county, phone, 3), manifest=says(phone))
    assert told(county) == []


def test_two_phones_that_speak_as_one_are_told_by_their_numbers(county: County) -> None:
    """[S13] A copy of a phone numbers on from where it was copied."""
    phone = county.phone()
    phone.sync(numbered(county, phone, 1))
    for n in (2, 3):
        phone.sync(numbered(county, phone, n))
    for n in (2, 3):
        phone.sync(numbered(county, phone, n))
    phone.sync(manifest=says(phone))
    assert told(county) == [("numbers_doubled", "单秀云", "test · n 2–3 (2)")]


def test_an_op_that_the_desk_let_in_under_another_name_is_no_copy(county: County) -> None:
    """[S13] [S2]"""
    phone = county.phone()
    op = numbered(county, phone, 1)
    phone.sync(op)
    changed = {**op, "body": {**op["body"], "helpers_unnamed": 3}}
    assert phone.sync(changed)["results"][0]["code"] == "op_id_reused"
    desk = county.desk()
    (item,) = desk.get("/api/desk/quarantine")["items"]
    desk.post(f"/api/desk/quarantine/{item['id']}/release", status=200)
    phone.sync(manifest=says(phone))
    assert told(county) == []


def test_feeds_that_differ_are_in_the_audit(county: County) -> None:
    """[S12] [S13]"""
    phone = county.phone()
    phone.sync(manifest=says(phone, mismatched=["county"]))
    with county.app.app_context(), db.reading():
        (noted,) = session.scalars(select(AuditRow).where(AuditRow.action == "device.differs"))
        assert (noted.target_id, noted.detail) == (phone.device, {"feeds": ["county"]})


def test_numbers_are_spelled_in_runs_and_of_very_many_the_first_ones() -> None:
    assert spelled([3]) == "3"
    assert spelled([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
    assert spelled(range(1, 200, 2)).endswith("39 …")
