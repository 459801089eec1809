"""Feeds: numbers in the order of commits, digests that move with the rows, nothing left of a rollback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.base import db, feeds
from server.base.db import session
from server.base.models import FeedRow
from sync.core import digest

pytestmark = pytest.mark.usefixtures("in_app")


def rows(feed: str) -> list[tuple[str, str, int, str, bool]]:
    with db.reading():
        found = session.scalars(select(FeedRow).where(FeedRow.feed == feed).order_by(FeedRow.seq)).all()
        return [(row.kind, row.id, row.seq, row.version, row.tombstone) for row in found]


def head(feed: str) -> feeds.Head:
    with db.reading():
        return feeds.heads(1, [feed])[feed]


def stage(*changes: tuple[str, str | None], feed: str = "county") -> None:
    with db.writing():
        for id, version in changes:
            if version is None:
                feeds.stage_gone(1, feed, "place", id)
            else:
                feeds.stage(1, feed, "place", id, version)


def assert_digest_is_the_sum(feed: str) -> None:
    alive = [(kind, id, version) for kind, id, _, version, gone in rows(feed) if not gone]
    assert (head(feed).alive, head(feed).digest) == (len(alive), digest.of(alive))


def test_an_update_moves_the_row_to_the_end_and_keeps_one_row_a_thing() -> None:
    """[S4]"""
    stage(("A", "1"), ("B", "1"))
    stage(("A", "2"))
    assert rows("county") == [("place", "B", 2, "1", False), ("place", "A", 3, "2", False)]
    assert_digest_is_the_sum("county")


def test_a_thing_that_goes_leaves_a_tombstone_and_the_digest() -> None:
    """[S4] [S12]"""
    stage(("A", "1"), ("B", "1"))
    stage(("A", None))
    assert rows("county") == [("place", "B", 2, "1", False), ("place", "A", 3, "1", True)]
    assert head("county").alive == 1
    assert_digest_is_the_sum("county")
    stage(("A", "3"))
    assert_digest_is_the_sum("county")


def test_what_stands_so_already_moves_nothing() -> None:
    """[S2]"""
    stage(("A", "1"))
    stage(("A", "1"), ("never there", None))
    assert head("county").seq == 1


def test_a_rolled_back_unit_publishes_nothing_now_or_later() -> None:
    """[S3]"""

    def fail() -> None:
        with db.writing():
            feeds.stage(1, "county", "place", "A", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    stage(("B", "1"))
    assert [id for _, id, *_ in rows("county")] == ["B"]


def test_a_rolled_back_savepoint_takes_its_changes_back_and_no_others() -> None:
    """[S3]"""

    def fail() -> None:
        with feeds.savepoint():
            feeds.stage(1, "county", "place", "A", "2")
            feeds.stage(1, "county", "place", "B", "1")
            raise ZeroDivisionError

    with db.writing():
        feeds.stage(1, "county", "place", "A", "1")
        with pytest.raises(ZeroDivisionError):
            fail()
        with feeds.savepoint():
            feeds.stage(1, "county", "place", "C", "1")
    assert [(id, version) for _, id, _, version, _ in rows("county")] == [("A", "1"), ("C", "1")]


def test_staging_outside_a_writing_unit_is_a_mistake_that_shows() -> None:
    """[S4]"""
    with pytest.raises(RuntimeError, match="writing unit"):
        feeds.stage(1, "county", "place", "A", "1")
    with db.reading(), pytest.raises(RuntimeError, match="writing unit"):
        feeds.stage(1, "county", "place", "A", "1")


def test_a_bump_moves_the_number_and_keeps_no_row() -> None:
    """[S4]"""
    with db.writing():
        feeds.bump(1, "desk:open:community:LY")
    assert head("desk:open:community:LY").seq == 1
    assert rows("desk:open:community:LY") == []


def test_bumps_go_on_from_where_a_head_is_alone_and_beside_rows() -> None:
    """[S4]"""
    stage(("A", "1"))
    before = head("county")
    with db.writing():
        feeds.bump(1, "county")
        feeds.bump(1, "desk:open:team:T")
    with db.writing():
        feeds.bump(1, "desk:open:team:T")
        feeds.stage(1, "county", "place", "B", "1")
    assert head("desk:open:team:T").seq == 2
    assert (before.seq, before.alive) == (1, 1)
    assert (head("county").seq, head("county").alive) == (3, 2)


def test_pruned_tombstones_raise_the_floor(clock: Any) -> None:
    """[S4]"""
    stage(("A", "1"), ("B", "1"), ("C", "1"))
    stage(("A", None))
    clock.forward(days=500)
    stage(("B", None))
    with db.writing():
        assert feeds.prune(1, clock() - feeds.TOMBSTONE_LIFE) == 1
    assert head("county").floor == 4
    assert [(id, gone) for _, id, _, _, gone in rows("county")] == [("C", False), ("B", True)]
    assert_digest_is_the_sum("county")
    assert timedelta(days=400) == feeds.TOMBSTONE_LIFE


def test_publishers_in_any_order_of_feeds_neither_deadlock_nor_lose_a_number(app: Flask) -> None:
    """[S4]"""
    names = ["team:a", "team:b", "user:c", "county"]
    together = Barrier(4)
    failed: list[BaseException] = []

    def publish(who: int) -> None:
        try:
            with app.app_context():
                together.wait()
                for turn in range(10):
                    with db.writing():
                        for feed in names[who:] + names[:who]:
                            feeds.stage(1, feed, "place", f"{who}-{turn}", "1")
        except BaseException as error:
            failed.append(error)

    run_all([lambda who=who: publish(who) for who in range(4)])
    assert failed == []
    for feed in names:
        assert [seq for _, _, seq, _, _ in rows(feed)] == list(range(1, 41))
        assert_digest_is_the_sum(feed)


def run_all(work: list[Callable[[], None]]) -> None:
    threads = [Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
