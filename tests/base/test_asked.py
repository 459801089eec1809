"""What every exchange asks: the rows are those that SQLAlchemy gives, however many ids are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select

from server.base import db, many
from server.base.asked import Asked
from server.base.db import session
from server.base.models import AuditRow
from tests.factories.county import uid

pytestmark = pytest.mark.usefixtures("in_app")
NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
STATEMENT = (
    select(AuditRow.id, AuditRow.at, AuditRow.target_id, AuditRow.detail, AuditRow.detail["n"].as_integer())
    .where(
        AuditRow.org_id == bindparam("org"),
        AuditRow.id.in_(bindparam("ids", expanding=True)),
        AuditRow.at <= bindparam("until", type_=AuditRow.at.type),
        AuditRow.action == "visit.put",
    )
    .order_by(AuditRow.id)
)
ASKED = Asked(STATEMENT)


@pytest.fixture(autouse=True)
def rows(in_app: object) -> None:
    made = [
        {
            "org_id": 1, "id": uid(n), "at": NOON + timedelta(hours=n), "user_id": None, "device_id": None,
            "action": "visit.put", "target_kind": None, "target_id": "七" if n % 2 else None,
            "detail": {"n": n, "said": ["炕热乎", None]}, "request_id": None,
        }
        for n in range(1, 6)
    ]  # fmt: skip
    with db.writing():
        many.bound(many.into(AuditRow), made).write()


@pytest.mark.parametrize("count", [0, 1, 2, 5, 400])
def test_the_rows_are_those_that_sqlalchemy_gives(count: int) -> None:
    """chosen by moments of another zone too, read as their types say"""
    asked = {
        "org": 1,
        "ids": [uid(n) for n in range(1, count + 1)],
        "until": (NOON + timedelta(hours=3)).astimezone(timezone(timedelta(hours=8))),
    }
    with db.reading():
        wanted = [tuple(row) for row in session.execute(STATEMENT, asked)]
        found = ASKED(**asked)
        again = ASKED(**asked)
    assert [tuple(row) for row in found] == [tuple(row) for row in again] == wanted
    assert len(found) == min(count, 3)
    assert [row.at for row in found] == [NOON + timedelta(hours=n) for n in range(1, len(found) + 1)]


def test_the_first_row_or_none() -> None:
    with db.reading():
        assert ASKED.one(org=1, ids=[uid(2), uid(1)], until=NOON + timedelta(days=1)).id == uid(1)
        assert ASKED.one(org=2, ids=[uid(1)], until=NOON + timedelta(days=1)) is None


def test_nothing_is_asked_outside_a_unit() -> None:
    with pytest.raises(RuntimeError, match="no unit"):
        ASKED(org=1, ids=[], until=NOON)
