"""Many phones at once: no op twice, no deadlock, and a pull that skips nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

from sqlalchemy import func, select

from server.base import db, feeds
from server.base.db import session
from server.base.models import FeedRow, LedgerEntry
from server.visits.models import Revision, Visit
from sync.core import digest
from tests.factories.county import LEADER, XIUYUN, County


def together(*work: Callable[[], Any]) -> list[Any]:
    """Run all at once; what each came to, in order."""
    came: list[Any] = [None] * len(work)
    start = Barrier(len(work))

    def run(index: int, one: Callable[[], Any]) -> None:
        start.wait()
        try:
            came[index] = one()
        except BaseException as error:
            came[index] = error

    threads = [Thread(target=run, args=each) for each in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def counts(county: County) -> tuple[int, int, int]:
    with county.app.app_context(), db.reading():
        tables = (Visit, Revision, LedgerEntry)
        return tuple(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)  # type: ignore[return-value]


def test_the_same_batch_from_several_connections_is_carried_out_once(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    ops = [county.visit(phone) for _ in range(5)]
    answers = together(*[lambda: phone.send(*ops)] * 4)
    for response in answers:
        assert response.status_code == 200, response
        assert [one["outcome"] for one in response.get_json()["results"]] == ["accepted"] * 5
    assert counts(county) == (5, 5, 5)


def test_two_phones_that_make_the_same_visit_at_once_keep_both_versions(county: County) -> None:
    """[S6]"""
    one, two = county.phone(XIUYUN), county.phone(LEADER)
    body = county.body(one)
    first, second = one.op(body), two.op({**body, "helpers_unnamed": 7})
    answers = together(lambda: one.send(first), lambda: two.send(second))
    assert [response.get_json()["results"][0]["outcome"] for response in answers] == ["accepted"] * 2
    assert counts(county) == (1, 3, 2)  # what both show together is a revision of its own


def test_phones_that_push_at_once_neither_deadlock_nor_leave_a_wrong_digest(county: County) -> None:
    """[S4] [S12]"""
    phones = [county.new_phone(user) for user in (XIUYUN, XIUYUN, LEADER, LEADER)]
    batches = [[[county.visit(phone) for _ in range(3)] for _ in range(4)] for phone in phones]
    answers = together(
        *[
            lambda phone=phone, batches=mine: [phone.send(*batch).status_code for batch in batches]
            for phone, mine in zip(phones, batches, strict=True)
        ]
    )
    assert answers == [[200] * 4] * 4
    assert counts(county) == (48, 48, 48)
    with county.app.app_context(), db.reading():
        rows = session.scalars(select(FeedRow)).all()
        names = sorted({row.feed for row in rows})
        for feed, head in feeds.heads(1, names).items():
            mine = [row for row in rows if row.feed == feed]
            alive = [(row.kind, row.id, row.version) for row in mine if not row.tombstone]
            assert (head.alive, head.digest) == (len(alive), digest.of(alive)), feed
            numbers = [row.seq for row in mine]
            assert len(set(numbers)) == len(numbers)


def test_a_phone_that_pulls_while_others_push_ends_with_everything(county: County) -> None:
    """[S4]"""
    writers = [county.new_phone(XIUYUN) for _ in range(2)]
    reader = county.new_phone(XIUYUN)
    batches = [[[county.visit(phone)] for _ in range(8)] for phone in writers]
    done = Event()

    def read() -> int:
        pages = 0
        while not done.is_set():
            reader.sync(budget=4096)
            pages += 1
        return pages

    def write(phone: Any, mine: Any) -> None:
        for batch in mine:
            assert phone.send(*batch).status_code == 200

    watching = Thread(target=read)
    watching.start()
    came = together(*[lambda p=p, m=m: write(p, m) for p, m in zip(writers, batches, strict=True)])
    done.set()
    watching.join()
    assert came == [None, None]
    reader.sync_all()
    made = {op["body"]["visit"] for mine in batches for batch in mine for op in batch}
    assert set(reader.bodies("visit")) == made
    fresh = county.new_phone(XIUYUN)
    fresh.sync_all()
    assert reader.held == fresh.held
