"""An op may lie in quarantine and come by the ordinary way as well: it is one op all the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from server.base import db
from server.base.db import session
from server.visits.models import Revision
from tests.factories.county import County
from tests.factories.phone import Phone


def hand_in(phone: Phone, raw: bytes) -> str:
    response = phone.post("/api/quarantine", raw, "application/octet-stream")
    assert response.status_code == 201
    return str(response.get_json()["id"])


def revisions(county: County) -> int:
    with county.app.app_context(), db.reading():
        return session.scalar(select(func.count()).select_from(Revision)) or 0


def release(county: County, item: str) -> Any:
    return county.desk().post(f"/api/desk/quarantine/{item}/release", status=200)


def test_handed_in_raw_and_then_taken_its_release_makes_no_second_one(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    item = hand_in(phone, json.dumps(op).encode())
    phone.sync(op)
    assert release(county, item)["visit"] == op["body"]["visit"]
    assert revisions(county) == 1


def test_handed_in_twice_in_two_spellings_it_is_one_op(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    spellings = [json.dumps(op, ensure_ascii=ascii).encode() for ascii in (True, False)]
    visits = {release(county, hand_in(phone, raw))["visit"] for raw in spellings}
    assert visits == {op["body"]["visit"]}
    assert revisions(county) == 1
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]


def test_handed_in_with_other_bytes_than_were_taken_it_is_kept_as_a_version_of_its_own(
    county: County,
) -> None:
    """[S2] [S6]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    other = {**op, "body": {**op["body"], "helpers_unnamed": 3}}
    release(county, hand_in(phone, json.dumps(other).encode()))
    assert revisions(county) == 3  # both, and what the visit shows until somebody has settled it
    phone.sync_all()
    mine = phone.bodies("visit")[op["body"]["visit"]]
    assert (mine["number"], mine["handling"]) == (3, "two_versions")


@pytest.mark.parametrize(
    ("spelled", "shown"), [('"\\ud83d"', "���"), ("1e999", "1e999"), ("NaN", "NaN"), ("0.10", "0.10")]
)
def test_the_desk_is_shown_what_came_however_it_is_spelled(county: County, spelled: str, shown: str) -> None:
    """[S3]"""
    phone = county.phone()
    item = hand_in(phone, f'{{"body": {{"note": {spelled}}}}}'.encode())
    response = county.app.test_client().get(f"/api/desk/quarantine/{item}", headers=county.desk().headers())
    found = json.loads(response.text, parse_constant=lambda _: pytest.fail("no browser reads this"))
    assert found["op"]["body"]["note"] == shown
