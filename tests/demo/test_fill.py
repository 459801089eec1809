"""What the demo shows, read back from the database that it filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, delete, func, select

from server.accounts.models import User
from server.base import db
from server.base.db import session
from server.base.models import AuditRow, FeedRow, LedgerEntry, Org
from server.base.problems import Problem
from server.demo import fill
from server.demo.plan import Size
from server.entities.models import Entity
from server.photos.models import OURS, Photo, PhotoPreview
from server.review.models import Decision, Note
from server.teams.models import Pair
from server.visits.models import QuarantineItem, Record, Revision, Visit
from tests.conftest import Clock

LAST_DAY = date(2026, 11, 24)


SMALL = Size(
    days=14, people=300, volunteers=60, pairs={"HY": 5, "SY": 4, "TD": 4}
)  # the story is the same in it


def made(app: Flask) -> fill.Made | None:
    with app.app_context():
        return fill.fill(7, LAST_DAY, "lianxin-demo", lambda *_: None, SMALL)


@pytest.fixture
def county(app: Flask, clock: Clock) -> Iterator[Flask]:
    clock.moment = datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert made(app) is not None
    with app.app_context(), db.reading():
        yield app


def rows(statement: Any) -> list[Any]:
    return list(session.execute(statement).all())


def test_the_demo_shows_what_it_promises(county: Flask) -> None:
    xiuyun = session.scalars(select(User.id).where(User.name == "单秀云")).one()
    five = rows(
        select(Entity.label, Pair.last_seen_on, Pair.last_seen_how)
        .join(Entity, Entity.id == Pair.entity_id)
        .where(Pair.user_id == xiuyun)
        .order_by(Pair.last_seen_on)
    )
    assert five[0].label == "朴顺姬"
    assert five[0].last_seen_on < date(2026, 11, 23)
    assert {(row.label, row.last_seen_how) for row in five[1:]} == {
        ("区兆年", "seen"), ("那淑清", "seen"), ("李德全", "phone"), ("王秀兰", "phone"),
    }  # fmt: skip
    assert all(row.last_seen_on == date(2026, 11, 23) for row in five[1:])

    states = Counter(session.scalars(select(Visit.state)))
    assert set(states) == {"approved", "received", "returned"}
    assert (states["received"] > 20, states["returned"]) == (True, 1)

    (item,) = session.scalars(select(QuarantineItem)).all()
    assert (item.code, item.state, item.user_id) == ("form_version_unknown", "open", xiuyun)

    assert session.scalar(select(func.count()).select_from(Entity).where(Entity.list == "people")) == 300
    assert session.scalar(select(Org.is_demo))
    assert {flag["code"] for flags in session.scalars(select(Visit.flags)) for flag in flags} >= {
        "far_from_home"
    }

    visits = set(session.scalars(select(Visit.id)))
    assert set(session.scalars(select(FeedRow.id).where(FeedRow.kind == "visit"))) == visits
    outcomes = Counter(session.scalars(select(LedgerEntry.outcome)))
    more = 1 + 2  # a note, and a visit mended twice
    assert outcomes == {"accepted": len(visits) + more, "refused": 1}


def test_one_visit_is_asked_back_and_a_word_about_another_is_answered(county: Flask) -> None:
    xiuyun = session.scalars(select(User.id).where(User.name == "单秀云")).one()
    decision = session.scalars(select(Decision).where(Decision.kind == "return")).one()
    returned = session.get_one(Visit, (1, decision.visit_id))
    assert (returned.user_id, returned.state, returned.form) == (xiuyun, "returned", "day-care-visit")
    assert session.scalars(select(User.name).where(User.id == decision.by_user_id)).one() == "佟立岩"
    assert [one["path"] for one in decision.comments] == ["/data/care/ate", "/data/care/room_temp"]
    record = session.scalars(select(Record).where(Record.revision_id == decision.revision_id)).one()
    assert all(one["path"] in record.answers for one in decision.comments)
    assert decision.by_day == date(2026, 11, 26)
    thread = rows(
        select(User.name, Note.visit_id).join(User, User.id == Note.user_id).order_by(Note.at, Note.id)
    )
    assert [row.name for row in thread] == ["佟立岩", "单秀云"]
    assert len({row.visit_id for row in thread} - {returned.id}) == 1


def test_of_one_visit_the_office_has_two_versions_to_settle(county: Flask) -> None:
    said = rows(select(Visit.id, Visit.state, Visit.flags))
    (disputed,) = [row for row in said if "two_versions" in {flag["code"] for flag in row.flags}]
    assert disputed.state == "received"
    tried = select(Revision.why).where(Revision.visit_id == disputed.id).order_by(Revision.number)
    assert list(session.scalars(tried)) == [None, None, None, "merged"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_county_is_left_as_it_is_and_one_that_was_cut_short_is_made_anew_the_same(
    app: Flask,
) -> None:
    def told() -> list[Any]:
        with app.app_context(), db.reading():
            facts = select(Visit.id, Visit.day, Visit.state, Visit.flags, Visit.distance_m)
            words = select(Record.id, Record.xml)
            return [rows(facts.order_by(Visit.id)), rows(words.order_by(Record.id))]

    assert made(app) is not None
    first = told()
    assert made(app) is None
    with app.app_context(), db.writing():
        session.execute(delete(AuditRow).where(AuditRow.action == fill.READY))
    assert made(app) is not None
    assert told() == first


def test_a_real_county_is_never_overwritten(app: Flask, cast: Any) -> None:
    with pytest.raises(Problem, match="county_is_real"):
        made(app)


def test_pictures_are_drawn_landed_and_can_be_looked_at(county: Flask) -> None:
    photos = session.scalars(select(Photo)).all()
    assert 3 <= len(photos) <= 30
    assert all((one.state, one.type, one.aside) == ("here", "image/jpeg", None) for one in photos)
    assert all(one.bytes <= 120_000 for one in photos)
    previews = select(PhotoPreview.sha256).where(PhotoPreview.user_id == OURS)
    assert set(session.scalars(previews)) == {one.sha256 for one in photos}
    named = {each["sha256"] for found in session.scalars(select(Record.attachments)) for each in found}
    assert named == {one.sha256 for one in photos}
    agreed = rows(select(Record.answers).where(func.length(Record.attachments.cast(String)) > 2))
    assert {row.answers["/data/may_photo"] for row in agreed} <= {1, "1"}
