"""Hints on arrival: each rule's reason and evidence, and its innocent look-alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.visits.flags import RULES, Evidence, flags
from server.visits.geo import Point, bearing, distance_m, middle, read_geometry
from server.visits.models import Visit
from sync.core.clock import Corrected
from tests.factories.county import County, xml

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
PLAIN = Evidence(
    entry="live",
    check_in_at=NOW - timedelta(hours=1),
    received_at=NOW,
    clock=Corrected(0, certain=True, offset_ms=0),
    minutes=60,
    fewest_minutes=10,
    met=True,
    phone=False,
    has_position=True,
    has_reason=False,
    accuracy_m=12,
    distance_m=40,
    member_now=True,
    subject_known=True,
    base_moved=False,
)


def test_an_ordinary_visit_gives_no_hint() -> None:
    assert flags(PLAIN) == []


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"distance_m": 801}, {"code": "far_from_home", "detail": {"distance_m": 801, "limit_m": 800}}),
        ({"distance_m": 800}, None),
        ({"distance_m": 1200, "accuracy_m": 400}, None),
        (
            {"distance_m": 1201, "accuracy_m": 400},
            {"code": "far_from_home", "detail": {"distance_m": 1201, "limit_m": 1200}},
        ),
        ({"distance_m": 9000, "phone": True, "met": False}, None),
        ({"distance_m": 9000, "entry": "later"}, None),
        ({"distance_m": None}, None),
        ({"has_position": False}, {"code": "no_position", "detail": {}}),
        ({"has_position": False, "has_reason": True}, None),
        ({"has_position": False, "phone": True, "met": False}, None),
        ({"has_position": False, "entry": "desk"}, None),
        ({"minutes": 9}, {"code": "too_short", "detail": {"minutes": 9, "fewest": 10}}),
        ({"minutes": 10}, None),
        ({"minutes": 1, "met": False}, None),
        ({"minutes": None}, None),
        (
            {"clock": Corrected(0, certain=False, offset_ms=None)},
            {"code": "clock_uncertain", "detail": {"offset_ms": None}},
        ),
        ({"clock": Corrected(0, certain=False, offset_ms=300_000)}, None),
        (
            {"clock": Corrected(0, certain=False, offset_ms=-300_001)},
            {"code": "clock_uncertain", "detail": {"offset_ms": -300_001}},
        ),
        (
            {"clock": Corrected(0, certain=False, offset_ms=0), "check_in_at": NOW + timedelta(minutes=6)},
            {"code": "clock_uncertain", "detail": {"offset_ms": 0}},
        ),
        ({"clock": Corrected(0, certain=True, offset_ms=2_592_000_000)}, None),
        ({"member_now": False}, {"code": "not_a_member", "detail": {}}),
        ({"subject_known": False}, {"code": "person_unknown", "detail": {}}),
        ({"base_moved": True}, {"code": "two_versions", "detail": {}}),
    ],
)
def test_a_hint_has_its_reason_or_is_not_given(changes: dict[str, Any], hint: dict[str, Any] | None) -> None:
    assert flags(PLAIN._replace(**changes)) == ([hint] if hint else [])


def test_every_hint_has_a_rule_that_says_what_it_means() -> None:
    assert all(rule.__doc__ for rule in RULES.values())


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    south, north = Point(400_000_000, 1_344_840_000), Point(410_000_000, 1_344_840_000)
    assert distance_m(south, north) == 111_195
    assert (bearing(south, north), bearing(north, south)) == (0, 180)


def test_east_and_west_on_the_equator() -> None:
    west, east = Point(0, 0), Point(0, 10_000_000)
    assert (distance_m(west, east), bearing(west, east), bearing(east, west)) == (111_195, 90, 270)


def test_one_stray_fix_moves_the_median_little() -> None:
    near = [Point(400_000_000 + n, 1_344_840_000 - n) for n in (0, 10, 20)]
    assert middle([*near, Point(900_000_000, 0), Point(400_000_015, 1_344_839_985)]) == Point(
        400_000_015, 1_344_839_985
    )


@pytest.mark.parametrize("text", ["", "40", "forty 134", "91 134 0 0", "40 181 0 0"])
def test_what_is_no_point_is_none(text: str) -> None:
    assert read_geometry(text) is None


def test_a_geopoint_is_read_to_seven_places() -> None:
    assert read_geometry("40.005 134.484 0 0") == Point(400_050_000, 1_344_840_000)


@pytest.mark.parametrize(
    ("contact", "hints"), [("seen", ["no_position"]), ("phone", []), ("family", []), ("no_answer", [])]
)
def test_a_call_that_nobody_answered_needs_no_position_either(
    county: County, contact: str, hints: list[str]
) -> None:
    phone = county.phone()
    record = county.record(phone, "daily-contact", xml=xml("daily-contact", contact=contact))
    check_in = {"at": phone.at(timedelta(minutes=5))}
    heard = phone.sync(county.visit(phone, records=[record], check_in=check_in))
    assert heard["results"][0]["outcome"] == "accepted", heard["results"]
    with county.app.app_context(), db.reading():
        (visit,) = session.scalars(select(Visit)).all()
    assert [flag["code"] for flag in visit.flags] == hints
