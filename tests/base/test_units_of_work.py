"""Units of work: one snapshot to read, one writer at a time, everything or nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from server.base.db import before_commit, insert_if_absent, reading, session, writing
from server.base.models import LimitCounter, Org

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def county(number: int) -> Org:
    return Org(
        id=number, code=f"C{number}", name_zh="桦岭县", name_en="Hualing", timezone="Asia/Shanghai",
        epoch="00000000-0000-7000-8000-000000000000", is_demo=False, created_at=NOW,
    )  # fmt: skip


def counties() -> int:
    with reading():
        return session.scalars(select(func.count()).select_from(Org)).one()


def test_what_a_writing_unit_did_is_there_afterwards(in_app: object) -> None:
    with writing():
        session.add(county(1))
    assert counties() == 1


def test_an_exception_undoes_everything_in_the_unit(in_app: object) -> None:
    def fail_half_way() -> None:
        with writing():
            session.add(county(1))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert counties() == 0


def test_a_reading_unit_cannot_write(in_app: object) -> None:
    with reading():
        session.add(county(1))
        with pytest.raises(DBAPIError):
            session.flush()
    assert counties() == 0


def test_outside_a_unit_the_session_refuses(in_app: object) -> None:
    with pytest.raises(RuntimeError, match="no unit of work"):
        session.execute(text("SELECT 1"))


@pytest.mark.parametrize("outer", [reading, writing])
@pytest.mark.parametrize("inner", [reading, writing])
def test_units_do_not_nest(in_app: object, outer: object, inner: object) -> None:
    with outer(), pytest.raises(RuntimeError, match="do not nest"), inner():  # type: ignore[operator]
        pass
    assert counties() == 0


def test_a_reading_unit_sees_one_moment(app: Flask) -> None:
    """[S4] a pull reads scope, rows and heads in one snapshot."""

    def write() -> None:
        with app.app_context(), writing():
            session.add(county(1))

    with app.app_context(), reading():
        before = session.scalars(select(func.count()).select_from(Org)).one()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(10)
        assert not writer.is_alive(), "a reader must not stop a writer"
        assert session.scalars(select(func.count()).select_from(Org)).one() == before == 0
    with app.app_context():
        assert counties() == 1


def test_two_writing_units_at_once_lose_no_count(app: Flask) -> None:
    with app.app_context(), writing():
        session.add(LimitCounter(name="n", window=0, hits=0))
    failures: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(10):
                with app.app_context(), writing():
                    row = session.get(LimitCounter, ("n", 0), with_for_update=True)
                    assert row is not None
                    seen = row.hits
                    time.sleep(0.001)
                    row.hits = seen + 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert not failures
    with app.app_context(), reading():
        assert session.scalars(select(LimitCounter.hits)).one() == 40


def test_of_two_that_insert_the_same_key_one_hears_that_it_was_there(in_app: object) -> None:
    values = {"name": "n", "window": 0, "hits": 1}
    with writing():
        assert insert_if_absent(LimitCounter, values) is True
        assert insert_if_absent(LimitCounter, values) is False


@pytest.fixture
def hook_calls() -> Iterator[list[str]]:
    from server.base import db

    calls: list[str] = []

    def hook() -> None:
        calls.append("last")

    before_commit(hook)
    yield calls
    db._before_commit.remove(hook)


def test_a_hook_runs_last_in_every_writing_unit_and_never_after_a_failure(
    in_app: object, hook_calls: list[str]
) -> None:
    with writing():
        hook_calls.append("work")
    with reading():
        pass
    with pytest.raises(ZeroDivisionError), writing():
        _ = 1 / 0
    assert hook_calls == ["work", "last"]
