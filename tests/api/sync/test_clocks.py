"""Clocks lie: a visit stands where it was, whatever the phone's clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.visits.models import Revision, Visit
from tests.factories.county import County
from tests.factories.phone import Phone, wall

MONTH_MS = 30 * 24 * 3600 * 1000
OTHER_START = "0193a000-0000-4000-8000-0000000057a8"
CAME = datetime(2026, 11, 24, 0, 2, 3, 456000, tzinfo=UTC)


def only(county: County) -> tuple[Visit, Revision]:
    with county.app.app_context(), db.reading():
        return session.scalars(select(Visit)).one(), session.scalars(select(Revision)).one()


def codes(visit: Visit) -> list[str]:
    return [flag["code"] for flag in visit.flags]


@pytest.mark.parametrize("off_ms", [0, -MONTH_MS, MONTH_MS, 37_000])
def test_a_clock_a_month_off_is_corrected_by_this_exchanges_own_anchor(county: County, off_ms: int) -> None:
    """[S9]"""
    phone = county.phone()
    phone.clock_off_ms = off_ms
    heard = phone.sync(county.visit(phone))
    assert [result["outcome"] for result in heard["results"]] == ["accepted"]
    visit, revision = only(county)
    assert visit.check_in_at == CAME
    assert visit.day.isoformat() == "2026-11-24"
    assert (visit.minutes, revision.clock_certain, codes(visit)) == (60, True, [])


def test_the_wall_clock_set_between_check_in_and_check_out_makes_no_long_visit(county: County) -> None:
    """[S9]"""
    phone = county.phone()
    body = county.body(phone)
    phone.clock_off_ms = MONTH_MS
    body["check_out"] = {"at": phone.at()}
    phone.sync(phone.op(body))
    assert only(county)[0].minutes == 60


def other_start(phone: Phone, body: dict[str, Any]) -> dict[str, Any]:
    """The same visit, made in an earlier start of the app."""
    for tap in (body["check_in"], body["check_out"]):
        tap["at"] = {**tap["at"], "start": OTHER_START}
    return phone.op(body)


def test_an_earlier_start_with_a_kept_anchor_is_certain(county: County) -> None:
    """[S9]"""
    phone = county.phone()
    phone.clock_off_ms = -MONTH_MS
    body = county.body(phone)
    anchor = {
        "start": OTHER_START,
        "mono": body["check_in"]["at"]["mono"] - 1000,
        "wall": "2020-01-01T00:00:00.000Z",
        "server": wall(CAME - timedelta(seconds=1)),
    }
    phone.sync(other_start(phone, body), anchors=[anchor])
    visit, revision = only(county)
    assert (visit.check_in_at, revision.clock_certain, codes(visit)) == (CAME, True, [])


def test_an_earlier_start_without_an_anchor_is_uncertain_but_believed_while_the_clock_is_right(
    county: County,
) -> None:
    """[S9]"""
    phone = county.phone()
    phone.sync(other_start(phone, county.body(phone)))
    visit, revision = only(county)
    assert (visit.check_in_at, revision.clock_certain, codes(visit)) == (CAME, False, [])


def test_an_earlier_start_and_a_clock_a_month_off_is_flagged(county: County) -> None:
    """[S9]"""
    phone = county.phone()
    phone.clock_off_ms = MONTH_MS
    phone.sync(other_start(phone, county.body(phone)))
    visit, revision = only(county)
    assert (visit.check_in_at, revision.clock_certain) == (CAME, False)
    assert codes(visit) == ["clock_uncertain"]


def test_a_visit_entered_later_keeps_the_times_that_were_said(county: County) -> None:
    """[S9]"""
    phone = county.phone()
    body = county.body(phone, entry="later")
    body["check_in"] = {"at": {**phone.at(), "wall": "2026-11-22T06:00:00.000Z"}, "reason": "later_entry"}
    body["check_out"] = {"at": {**phone.at(), "wall": "2026-11-22T06:40:00.000Z"}, "reason": "later_entry"}
    phone.sync(phone.op(body))
    visit, _ = only(county)
    assert (visit.day.isoformat(), visit.minutes, codes(visit)) == ("2026-11-22", 40, [])


def test_the_day_is_the_countys_day(county: County) -> None:
    """[S9] 23:30 of the 23rd in UTC is the 24th in Shanghai"""
    county.clock.moment = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    phone = county.phone()
    phone.sync(county.visit(phone))
    assert only(county)[0].day.isoformat() == "2026-11-24"


@pytest.mark.parametrize("anchors", [["nonsense"], [{"start": "x"}], "none", [None] * 30])
def test_broken_anchors_cost_nobody_the_exchange(county: County, anchors: Any) -> None:
    """[S9]"""
    phone = county.phone()
    heard = phone.sync(county.visit(phone), anchors=anchors)
    assert [result["outcome"] for result in heard["results"]] == ["accepted"]
