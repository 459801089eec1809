"""[S4] What has served its time leaves the phones, day by day; the county keeps it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from server.base import db
from server.base.db import session
from server.base.models import FeedHead, FeedRow
from server.review import housekeeping
from server.visits.models import Notice, Visit
from tests.factories.county import County
from tests.factories.talk import ATE, detail, give_back, next_revision, note, withdrawal


def tidy(county: County) -> None:
    with county.app.app_context():
        housekeeping.tidy(county.clock())


def visits(county: County) -> set[str]:
    phone = county.phone()
    phone.sync_all()
    return set(phone.bodies("visit"))


def test_an_approved_visit_leaves_after_45_days_with_its_notes(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    phone.sync(note(phone, op))
    county.desk().approve(op)
    county.clock.forward(days=44)
    tidy(county)
    assert visits(county) == {op["body"]["visit"]}
    county.clock.forward(days=2)
    tidy(county)
    assert (visits(county), phone.bodies("note"), phone.bodies("notice")) == (set(), {}, {})
    shown = detail(county, op)
    assert (shown["visit"]["state"], len(shown["notes"])) == ("approved", 1)


def test_what_waits_or_is_asked_for_stays_and_what_was_withdrawn_leaves(
    county: County, op: dict[str, Any]
) -> None:
    phone = county.phone()
    asked, gone = county.visit(phone), county.visit(phone)
    phone.sync(asked, gone)
    give_back(county, asked, ATE)
    phone.sync(withdrawal(phone, gone))
    county.clock.forward(days=50)
    tidy(county)
    assert visits(county) == {op["body"]["visit"], asked["body"]["visit"]}


def test_a_visit_that_left_comes_back_when_it_is_put_again(county: County, op: dict[str, Any]) -> None:
    county.desk().approve(op)
    county.clock.forward(days=50)
    tidy(county)
    phone = county.phone()
    phone.sync(next_revision(phone, op))
    assert visits(county) == {op["body"]["visit"]}


def test_tombstones_are_forgotten_after_400_days_and_old_notices_too(
    county: County, op: dict[str, Any]
) -> None:
    county.desk().approve(op)
    county.clock.forward(days=50)
    tidy(county)

    def left() -> tuple[int, int, int]:
        with county.app.app_context(), db.reading():
            return (
                session.scalar(select(func.count()).select_from(FeedRow).where(FeedRow.tombstone)) or 0,
                session.scalar(select(func.count()).select_from(Notice)) or 0,
                session.scalar(select(func.max(FeedHead.floor))) or 0,
            )

    assert left() == (2, 0, 0)
    county.clock.forward(days=401)
    tidy(county)
    tombstones, _, floor = left()
    assert (tombstones, floor > 0) == (0, True)
    with county.app.app_context(), db.reading():
        assert session.scalars(select(Visit.id)).all() == [op["body"]["visit"]]


def test_the_server_does_it_by_itself(county: County, op: dict[str, Any]) -> None:
    county.desk().approve(op)
    county.clock.forward(days=50)
    county.app.extensions["lianxin.jobs"].run_chores()
    assert visits(county) == set()
