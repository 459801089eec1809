"""What no honest phone sends, and clocks beyond belief: one op pays, never its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.visits.models import Visit
from tests.factories.county import County
from tests.factories.phone import Phone

Make = Callable[[County, Phone], dict[str, Any]]
FAR = 2**53 - 1


def said(phone: Phone, **changes: Any) -> dict[str, Any]:
    return {"at": {**phone.at(), **changes}}


NO_CALENDAR: dict[str, Make] = {
    "a day beyond the last year, by the county's own hours": lambda county, phone: county.visit(
        phone, entry="later", check_in=said(phone, wall="9999-12-31T23:59:59.000Z"), check_out=None
    ),
    "a start that has been running for ages at check-in": lambda county, phone: county.visit(
        phone, check_in=said(phone, mono=FAR)
    ),
    "a start that has been running for ages at check-out": lambda county, phone: county.visit(
        phone, check_out=said(phone, mono=FAR)
    ),
}


@pytest.mark.parametrize("make", NO_CALENDAR.values(), ids=NO_CALENDAR.keys())
def test_a_moment_outside_of_the_calendar_stands_aside_alone(county: County, make: Make) -> None:
    """[S3] [S9]"""
    phone = county.phone()
    heard = phone.sync(county.visit(phone), make(county, phone), county.visit(phone))
    came = [(result["outcome"], result.get("code")) for result in heard["results"]]
    assert came == [("accepted", None), ("refused", "malformed"), ("accepted", None)]


TOO_LONG: dict[str, Make] = {
    "by the clock that only runs": lambda county, phone: county.visit(
        phone, check_out=said(phone, mono=10**11)
    ),
    "by what was said": lambda county, phone: county.visit(
        phone,
        entry="later",
        check_in=said(phone, wall="0001-01-02T00:00:00.000Z"),
        check_out=said(phone, wall="9999-12-30T00:00:00.000Z"),
    ),
}


@pytest.mark.parametrize("make", TOO_LONG.values(), ids=TOO_LONG.keys())
def test_a_visit_of_years_is_taken_and_its_length_is_not_known(county: County, make: Make) -> None:
    """[S9]"""
    phone = county.phone()
    heard = phone.sync(make(county, phone))
    assert [result["outcome"] for result in heard["results"]] == ["accepted"]
    with county.app.app_context(), db.reading():
        assert session.scalars(select(Visit)).one().minutes is None


STRANGE: dict[str, Make] = {
    "a place that nobody knows": lambda county, phone: county.visit(phone, place=phone.id()),
    "a list that nobody keeps": lambda county, phone: county.visit(
        phone, subject={"list": "nonsense", "id": phone.id()}
    ),
    "a participant whom nobody knows": lambda county, phone: county.visit(
        phone, participants=[{"user": phone.id(), "in": phone.at(), "out": None}]
    ),
    "the largest running number": lambda county, phone: {**county.visit(phone), "n": FAR},
    "the other side of the earth": lambda county, phone: county.visit(
        phone,
        check_in={
            "at": phone.at(),
            "position": {"lat": -900_000_000, "lon": 1_800_000_000, "accuracy_m": 10**8, "age_ms": FAR},
        },
    ),
    "a reason that this version does not name": lambda county, phone: county.visit(
        phone, check_in={"at": phone.at(), "reason": "r" * 64}
    ),
    "a base of another visit": lambda county, phone: {**county.visit(phone), "base": phone.id()},
}


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
def test_what_is_strange_but_can_be_kept_is_taken(county: County, make: Make) -> None:
    """[S3]"""
    phone = county.phone()
    assert [one["outcome"] for one in phone.sync(make(county, phone))["results"]] == ["accepted"]
    phone.sync_all()


@pytest.mark.parametrize("depth", [31, 33, 200, 700, 900, 980, 5_000, 100_000])
def test_however_deep_an_op_is_the_server_stays_whole(county: County, depth: int) -> None:
    """[S3]"""
    phone = county.phone()
    op = {**county.visit(phone), "body": "DEEP"}
    written = phone.written([op, county.visit(phone)]).replace(b'"DEEP"', b"[" * depth + b"]" * depth)
    response = phone.post("/api/sync", written)
    if response.status_code == 200:
        came = [(one["outcome"], one.get("code")) for one in response.get_json()["results"]]
        assert came == [("refused", "malformed"), ("accepted", None)]
    else:
        assert (response.status_code, response.get_json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("name", ["a\0b", "\ud83d", "版本", ""])
def test_a_name_of_the_app_that_cannot_be_kept_is_no_exchange(county: County, name: str) -> None:
    """[S13]"""
    response = county.phone().send(app=name, manifest={"hash": "q", "drafts": 1})
    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
