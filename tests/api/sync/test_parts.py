"""A phone that holds something else than the county says where, and hears just that again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from server.base import db
from server.entities import service as entities
from server.teams import service as teams
from sync.core import digest
from tests.factories.county import LIUYIN, ORG, PIAO, TEAM, XIUYUN, County, uid
from tests.factories.phone import Phone

FEED = f"team:{TEAM}"
COUNTY = "county"


def a_phone_that_is_up_to_date(county: County, *, neighbours: int = 0) -> Phone:
    phone = county.phone()
    with county.app.app_context(), db.writing():
        for number in range(neighbours):
            person = uid(4100 + number)
            made = ("people", person, "名字很长很长的一位老人家" * 4)
            entities.put(ORG, *made, {"community": LIUYIN}, uid(1), county.clock())
            teams.pair(ORG, TEAM, XIUYUN, person, date(2026, 9, 1), id=uid(7100 + number))
    phone.sync_all()
    return phone


def rows(phone: Phone, feed: str = FEED) -> list[tuple[str, str, str]]:
    return [(kind, id, one["version"]) for (of, kind, id), one in phone.held.items() if of == feed]


def sums(phone: Phone, *feeds: str) -> dict[str, list[str]]:
    return {feed: list(digest.parts(rows(phone, feed))) for feed in feeds or (FEED,)}


def lose(phone: Phone, feed: str = FEED) -> None:
    phone.held = {row: one for row, one in phone.held.items() if row[0] != feed}


def repair(phone: Phone, **more: Any) -> dict[str, Any]:
    """One exchange with the sums of the team's feed; what did not come in a bucket goes."""
    heard = phone.sync(parts=sums(phone), **more)
    came = {(one["feed"], one["kind"], one["id"]) for one in heard["changes"]}
    named = set(heard["parts"].get(FEED, ()))
    phone.held = {
        row: one
        for row, one in phone.held.items()
        if row[0] != FEED or row in came or digest.bucket(*row[1:]) not in named
    }
    return heard


def test_a_row_that_was_lost_comes_again_and_nothing_else(county: County) -> None:
    """[S12]"""
    phone = a_phone_that_is_up_to_date(county)
    held = dict(phone.held)
    del phone.held[FEED, "entity", PIAO]
    heard = repair(phone)
    assert heard["parts"] == {FEED: [digest.bucket("entity", PIAO)]}
    assert [(one["kind"], one["id"]) for one in heard["changes"]] == [("entity", PIAO)]
    assert (heard["more"], heard["reset"]) == (False, [])
    assert phone.held == held


def test_a_row_of_another_version_comes_again_and_one_that_nobody_has_is_told_by_its_bucket(
    county: County,
) -> None:
    """[S12]"""
    phone = a_phone_that_is_up_to_date(county)
    held = dict(phone.held)
    phone.held[FEED, "entity", PIAO] = {**held[FEED, "entity", PIAO], "version": "other"}
    phone.held[FEED, "entity", uid(999)] = held[FEED, "entity", PIAO]
    heard = repair(phone)
    differ = {digest.bucket("entity", PIAO), digest.bucket("entity", uid(999))}
    assert set(heard["parts"][FEED]) == differ
    assert phone.held == held
    assert digest.of(rows(phone)) == heard["feeds"][FEED]["digest"]


def test_a_feed_in_which_nothing_differs_is_named_without_any_bucket(county: County) -> None:
    """[S12]"""
    phone = a_phone_that_is_up_to_date(county)
    heard = repair(phone)
    assert (heard["parts"], heard["changes"]) == ({FEED: []}, [])


def test_as_many_whole_buckets_come_as_the_budget_takes_and_always_one(county: County) -> None:
    """[S12] [S10]"""
    phone = a_phone_that_is_up_to_date(county, neighbours=60)
    held = dict(phone.held)
    lose(phone)
    rounds, seen = 0, set()
    while True:
        heard = repair(phone, budget=4096)
        if not heard["parts"][FEED]:
            break
        assert seen.isdisjoint(heard["parts"][FEED])
        seen.update(heard["parts"][FEED])
        rounds += 1
    assert rounds > 3
    assert phone.held == held


def test_a_feed_without_room_is_left_out_and_comes_the_next_time(county: County) -> None:
    """[S12] [S10]"""
    phone = a_phone_that_is_up_to_date(county, neighbours=60)
    lose(phone)
    lose(phone, COUNTY)
    heard = phone.sync(parts=sums(phone, FEED, COUNTY), budget=4096)
    assert list(heard["parts"]) == [FEED]
    repair(phone, budget=262_144)
    heard = phone.sync(parts=sums(phone, FEED, COUNTY))
    assert heard["parts"][FEED] == []
    assert heard["parts"][COUNTY] == sorted({digest.bucket(kind, id) for kind, id, _ in rows(phone, COUNTY)})


def test_what_is_new_goes_first_and_parts_wait_until_there_is_no_more(county: County) -> None:
    """[S12] [S4]"""
    phone = county.phone()
    with county.app.app_context(), db.writing():
        for number in range(60):
            made = ("people", uid(4100 + number), "名字很长很长的一位老人家" * 4)
            entities.put(ORG, *made, {"community": LIUYIN}, uid(1), county.clock())
            teams.pair(ORG, TEAM, XIUYUN, uid(4100 + number), date(2026, 9, 1), id=uid(7100 + number))
    heard = phone.sync(parts=sums(phone), budget=4096)
    assert (heard["more"], heard["parts"]) == (True, {})


def test_sums_of_a_feed_that_one_may_not_read_are_not_answered(county: County) -> None:
    """[S5] [S12]"""
    phone = a_phone_that_is_up_to_date(county)
    empty = [digest.EMPTY] * digest.BUCKETS
    heard = phone.sync(parts={f"team:{uid(202)}": empty, "user:somebody": empty})
    assert (heard["parts"], heard["changes"]) == ({}, [])


def test_sums_that_do_not_fit_are_dropped_and_cost_nobody_the_exchange(county: County) -> None:
    """[S12] [S3]"""
    phone = a_phone_that_is_up_to_date(county)
    empty = [digest.EMPTY] * digest.BUCKETS
    for odd in ([], "all", {FEED: empty[:-1]}, {FEED: ["x"] * 256}, {"": empty}, {FEED: json.dumps(empty)}):
        op = county.visit(phone)
        heard = phone.sync(op, parts=odd)
        assert heard["parts"] == {}
        assert heard["results"] == [{"id": op["id"], "outcome": "accepted"}]


def test_a_phone_of_version_1_is_not_read_for_parts_and_hears_of_none(county: County) -> None:
    """[S11] [S12]"""
    phone = a_phone_that_is_up_to_date(county)
    lose(phone)
    heard = phone.sync(parts=sums(phone), v=1)
    assert (heard["changes"], "parts" in heard) == ([], False)
