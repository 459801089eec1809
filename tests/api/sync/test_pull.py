"""Changes come down: what one may know and lacks, nothing skipped, bounded."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from server.base import db, feeds
from server.base.db import session
from server.base.models import Org
from server.entities import service as entities
from server.replication import pull as pulling
from server.replication import rendering
from server.teams import service as teams
from server.teams.models import Membership
from sync.core import digest
from tests.factories.county import (
    LIUYIN,
    ORG,
    OTHER_TEAM,
    OU,
    PIAO,
    SHOUYI,
    TEAM,
    XIUYUN,
    County,
    uid,
    xml,
)
from tests.factories.phone import Phone

NEIGHBOUR = uid(403)


def add_person(county: County, person: str = NEIGHBOUR, label: str = "邻居", pair: int = 700) -> None:
    with county.app.app_context(), db.writing():
        _add(county, person, label, pair)


def add_people(county: County, many: int) -> None:
    """So many that a page does not hold them."""
    with county.app.app_context(), db.writing():
        for number in range(many):
            _add(county, uid(4100 + number), "名字很长很长的一位老人家" * 4, 7100 + number)


def _add(county: County, person: str, label: str, pair: int) -> None:
    entities.put(ORG, "people", person, label, {"community": LIUYIN}, uid(1), county.clock())
    teams.pair(ORG, TEAM, XIUYUN, person, date(2026, 9, 1), id=uid(pair))


def renew_epoch(county: County) -> str:
    with county.app.app_context(), db.writing():
        session.execute(update(Org).values(epoch=uid(77)))
    return uid(77)


def sums(phone: Phone) -> dict[str, dict[str, Any]]:
    """The digests that the phone itself comes to."""
    found: dict[str, dict[str, Any]] = {}
    for feed in {row[0] for row in phone.held}:
        mine = [change for row, change in phone.held.items() if row[0] == feed]
        rows = [(change["kind"], change["id"], change["version"]) for change in mine]
        found[feed] = {"alive": len(rows), "digest": digest.of(rows)}
    return found


def test_a_fresh_phone_hears_everything_that_it_may_know(county: County) -> None:
    """[S4] [S5]"""
    phone = county.phone()
    phone.sync_all()
    assert set(phone.bodies("form")) == {"daily-contact", "day-care-visit"}
    assert set(phone.bodies("programme")) == {"day-care"}
    assert set(phone.bodies("team")) == {TEAM}
    assert set(phone.bodies("entity")) == {PIAO}
    assert phone.bodies("me")[XIUYUN]["name"] == "单秀云"
    assert {row[0] for row in phone.held} <= {"county", f"team:{TEAM}", f"user:{XIUYUN}"}
    assert OU not in json.dumps(list(phone.held.values()))


def test_the_sums_of_server_and_phone_agree_when_there_is_no_more(county: County) -> None:
    """[S12]"""
    phone = county.phone()
    phone.sync(county.visit(phone))
    phone.sync_all()
    heard = phone.sync()["feeds"]
    assert {feed: told for feed, told in heard.items() if told["alive"]} == sums(phone)


def test_what_was_heard_once_is_not_sent_again(county: County) -> None:
    """[S4]"""
    phone = county.phone()
    phone.sync_all()
    assert phone.sync_all() == []


def test_an_update_comes_as_one_change_with_its_newest_version(county: County) -> None:
    """[S4]"""
    phone = county.phone()
    phone.sync_all()
    phone.sync(county.visit(phone), county.visit(phone))
    changes = phone.sync_all()
    assert [change["kind"] for change in changes].count("pair") <= 1


def test_pages_are_bounded_in_bytes_of_utf8_and_together_are_the_whole(county: County) -> None:
    """[S10]"""
    add_people(county, 60)
    small, whole = county.phone(), county.new_phone()
    pages = 0
    while True:
        heard = small.sync(budget=4096)
        written = [len(json.dumps(change, ensure_ascii=False).encode()) for change in heard["changes"]]
        assert sum(written) <= 4096 + 600 or len(written) == 1
        pages += 1
        if not heard["more"]:
            break
        assert heard.get("feeds") is None
    whole.sync_all(budget=262_144)
    assert pages > 5
    assert small.held == whole.held
    assert sums(small) == sums(whole)


def test_a_change_larger_than_the_budget_is_sent_alone(county: County) -> None:
    """[S10]"""
    add_person(county, label="长" * 3000)
    phone = county.phone()
    phone.sync_all(budget=1)
    assert phone.bodies("entity")[NEIGHBOUR]["label"] == "长" * 3000


def test_a_row_that_moves_during_the_walk_comes_later_and_is_not_lost(county: County) -> None:
    """[S4]"""
    phone = county.phone()
    phone.sync(budget=1)
    with county.app.app_context(), db.writing():
        feeds.stage_gone(ORG, f"team:{TEAM}", "entity", PIAO)
    add_person(county)
    phone.sync_all(budget=1)
    assert set(phone.bodies("entity")) == {NEIGHBOUR}


def test_a_feed_that_leaves_the_scope_is_named_once_the_cursor_has_it(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    phone.sync_all()
    with county.app.app_context(), db.writing():
        session.execute(update(Membership).where(Membership.user_id == XIUYUN).values(until=county.clock()))
    county.clock.forward(minutes=1)
    heard = phone.sync()
    assert heard["left"] == [f"team:{TEAM}"]
    assert phone.bodies("entity") == {}
    assert f"team:{TEAM}" not in heard["cursor"]["feeds"]
    assert phone.sync()["left"] == []


def test_a_cursor_cannot_open_a_feed_that_is_not_hers(county: County) -> None:
    """[S5]"""
    phone = county.phone()
    phone.sync_all()
    wanted = {**(phone.cursor or {})["feeds"], f"team:{OTHER_TEAM}": 0, f"user:{SHOUYI}": 0, "x": 3}
    heard = phone.sync(cursor={"epoch": phone.epoch, "feeds": wanted})
    assert heard["changes"] == []
    assert heard["left"] == sorted(["x", f"team:{OTHER_TEAM}", f"user:{SHOUYI}"])


def test_a_cursor_below_the_floor_hears_a_reset_and_walks_the_alive_rows(county: County) -> None:
    """[S4]"""
    phone, steady = county.phone(), county.new_phone()
    add_people(county, 30)
    add_person(county)
    phone.sync_all()
    with county.app.app_context():
        with db.writing():
            feeds.stage_gone(ORG, f"team:{TEAM}", "entity", NEIGHBOUR)
        county.clock.forward(days=500)
        with db.writing():
            feeds.prune(ORG, county.clock() - feeds.TOMBSTONE_LIFE)
    heard = phone.sync(budget=1)
    assert heard["reset"] == [f"team:{TEAM}"]
    assert heard["more"]
    again = [phone.sync(budget=1) for _ in range(20)]
    assert [page["reset"] for page in again] == [[]] * 20
    assert not again[-1]["more"]
    assert NEIGHBOUR not in phone.bodies("entity")
    steady.sync_all()
    assert phone.held == steady.held


def test_a_fresh_phones_walk_below_the_floor_is_not_taken_for_an_old_cursor(county: County) -> None:
    """[S4]"""
    add_people(county, 30)
    with county.app.app_context():
        with db.writing():
            feeds.stage(ORG, f"team:{TEAM}", "entity", NEIGHBOUR, "1")
        with db.writing():
            feeds.stage_gone(ORG, f"team:{TEAM}", "entity", NEIGHBOUR)
        county.clock.forward(days=500)
        with db.writing():
            feeds.prune(ORG, county.clock())
    phone = county.phone()
    pages = [phone.sync(budget=1) for _ in range(20)]
    assert [page["reset"] for page in pages] == [[]] * 20
    assert pages[0]["more"]
    assert not pages[-1]["more"]
    assert sums(phone)[f"team:{TEAM}"] == pages[-1]["feeds"][f"team:{TEAM}"]


def test_a_new_epoch_begins_every_feed_anew(county: County) -> None:
    """[S14]"""
    phone = county.phone()
    phone.sync_all()
    before = dict(phone.held)
    epoch = renew_epoch(county)
    heard = phone.sync()
    assert heard["epoch"] == epoch
    assert set(heard["reset"]) >= {"county", f"team:{TEAM}", f"user:{XIUYUN}"}
    phone.sync_all()
    assert phone.held == before
    assert phone.sync()["reset"] == []


def test_a_cursor_ahead_of_its_feed_is_not_believed(county: County) -> None:
    """[S14] a database that was put back by hand, without a new epoch"""
    phone = county.phone()
    phone.sync_all()
    ahead = {**(phone.cursor or {})["feeds"], "county": 10**6}
    assert phone.sync(cursor={"epoch": phone.epoch, "feeds": ahead})["reset"] == ["county"]


def test_a_row_that_cannot_be_rendered_is_sent_as_unreadable_and_hides_no_other(
    county: County, monkeypatch: Any
) -> None:
    """[S4]"""
    real = rendering.RENDERERS["place"]

    def broken(org_id: int, ids: Any) -> Any:
        if LIUYIN in ids:
            raise KeyError("geometry")
        return real(org_id, ids)

    monkeypatch.setitem(rendering.RENDERERS, "place", broken)
    phone = county.phone()
    changes = {change["id"]: change for change in phone.sync_all() if change["kind"] == "place"}
    assert changes[LIUYIN]["unreadable"] is True
    assert "body" not in changes[LIUYIN]
    others = [change for id, change in changes.items() if id != LIUYIN]
    assert others
    assert all(change["body"] for change in others)
    heard = phone.sync()["feeds"]["county"]
    assert sums(phone)["county"] == heard


def test_results_are_answered_even_if_the_pull_fails(county: County, monkeypatch: Any) -> None:
    """[S4]"""

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the scope cannot be read")

    phone = county.phone()
    phone.sync_all()
    monkeypatch.setattr(pulling.feeds, "rows_after", broken)
    before, op = phone.cursor, county.visit(phone)
    heard = phone.sync(op)
    assert [result["outcome"] for result in heard["results"]] == ["accepted"]
    assert (heard["changes"], heard["cursor"], heard["more"]) == ([], None, False)
    assert phone.cursor == before
    monkeypatch.undo()
    phone.sync_all()
    assert op["body"]["visit"] in phone.bodies("visit")


@pytest.mark.parametrize("cursor", [None, {"epoch": uid(9), "feeds": {}}])
def test_a_phone_without_a_cursor_is_not_told_to_reset(county: County, cursor: Any) -> None:
    """[S4]"""
    assert county.phone().sync(cursor=cursor)["reset"] == []


def test_an_idle_phone_writes_nothing(county: County) -> None:
    """[S13]"""
    phone = county.phone()
    phone.sync_all()
    with county.app.app_context():
        with db.writing():
            county.clock.forward(seconds=5)
        from server.accounts.models import Device

        def heard_at() -> Any:
            with db.reading():
                return session.scalars(select(Device.heard_at).where(Device.id == phone.device)).one()

        first = heard_at()
        phone.sync()
        assert heard_at() == first
        county.clock.forward(minutes=2)
        phone.sync()
        assert heard_at() - first > timedelta(minutes=2)


def test_the_manifest_is_kept_when_it_says_something_new(county: County) -> None:
    """[S13]"""
    from server.accounts.models import Device

    phone = county.phone()
    said = {
        "hash": "ab", "drafts": 1, "waiting": 0, "refused": 0, "oldest_wall": None, "storage": None,
        "items": [{"visit": uid(1), "person": PIAO, "at": "2026-11-24T01:00:00.000Z"}],
    }  # fmt: skip
    phone.sync(manifest=said)
    for nonsense in ({"hash": "cd", "drafts": "many"}, "drafts", {"hash": "a\0b", "drafts": 1}):
        phone.sync(manifest=nonsense)
    with county.app.app_context(), db.reading():
        device = session.scalars(select(Device).where(Device.id == phone.device)).one()
        assert device.manifest == {**said, "app": "0.1.0"}


def test_what_was_just_brought_is_told_as_ever_after(county: County) -> None:
    """[S4] A phone hears at once of the visits that it brings; whoever reads them later hears the same."""
    phone = county.phone()
    phone.sync_all()
    met = county.visit(phone)
    missed = county.visit(phone, records=[county.record(phone, xml=xml(door="nobody"))])
    told = {one["id"]: one for one in phone.sync(met, missed)["changes"] if one["kind"] == "visit"}
    assert len(told) == 2
    again = phone.sync(cursor=None)["changes"]
    assert {one["id"]: one for one in again if one["id"] in told} == told
