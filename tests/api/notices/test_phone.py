"""What a volunteer is told on her phone: returned, approved, let in, answered; and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.county import LEADER, SHOUYI, County
from tests.factories.phone import Phone
from tests.factories.talk import ATE, give_back

Op = dict[str, Any]


@pytest.fixture
def op(county: County) -> Op:
    made = county.visit()
    county.phone().sync(made)
    return made


def told(phone: Phone) -> list[tuple[str, str | None, str, str | None]]:
    phone.sync_all()
    notices = sorted(phone.bodies("notice").values(), key=lambda one: one["id"])
    return [(one["kind"], one["visit"], one["by"], one["words"]) for one in notices]


def test_she_is_told_of_a_return_and_of_an_approval(county: County, op: Op) -> None:
    phone = county.phone()
    visit = op["body"]["visit"]
    decision = give_back(county, op, ATE)
    assert told(phone) == [("returned", visit, "佟立岩", "请补一下")]
    county.clock.forward(seconds=1)
    county.desk().post(f"/api/decisions/{decision['id']}/undo")
    assert told(phone) == []
    county.desk().approve(op)
    assert told(phone) == [("approved", visit, "佟立岩", None)]


def test_an_undo_takes_the_notice_away_again(county: County, op: Op) -> None:
    phone = county.phone()
    decision = county.desk().approve(op)
    assert [kind for kind, *_ in told(phone)] == ["approved"]
    county.desk().post(f"/api/decisions/{decision['id']}/undo")
    assert told(phone) == []


def test_she_is_told_when_what_stood_aside_is_taken(county: County) -> None:
    phone = county.phone(SHOUYI)
    refused = phone.op(county.body(phone))
    phone.sync(refused)
    (item,) = county.desk().get("/api/desk/quarantine")["items"]
    county.desk().post(f"/api/desk/quarantine/{item['id']}/release", status=200)
    assert told(phone) == [("released", refused["body"]["visit"], "佟立岩", None)]


def test_nobody_else_hears_of_it(county: County, op: Op) -> None:
    give_back(county, op, ATE)
    for user in (LEADER, SHOUYI):
        assert told(county.phone(user)) == []


def test_after_45_days_the_next_one_takes_the_old_ones_along(county: County, op: Op) -> None:
    """[S4]"""
    phone = county.phone()
    give_back(county, op, ATE)
    assert len(told(phone)) == 1
    county.clock.forward(days=44)
    second = county.visit(phone)
    phone.sync(second)
    county.desk().approve(second)
    assert [kind for kind, *_ in told(phone)] == ["returned", "approved"]
    county.clock.forward(days=2)
    third = county.visit(phone)
    phone.sync(third)
    county.desk().approve(third)
    assert [kind for kind, *_ in told(phone)] == ["approved", "approved"]


def test_many_at_once_are_told_one_by_one(county: County) -> None:
    phone = county.phone()
    ops = [county.visit(phone) for _ in range(3)]
    phone.sync(*ops)
    items = [{"visit": op["body"]["visit"], "revision": op["id"]} for op in ops]
    county.desk().post("/api/desk/approvals", {"items": items}, 200)
    assert {visit for _, visit, *_ in told(phone)} == {op["body"]["visit"] for op in ops}
