"""Many rows at once: what is read back is what was given, whichever way it went to the driver."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db, many
from server.base.db import session
from server.base.models import AuditRow
from tests.factories.county import uid

pytestmark = pytest.mark.usefixtures("in_app")
NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)


def row(number: int, at: datetime = NOON, **detail: Any) -> dict[str, Any]:
    return {
        "org_id": 1, "id": uid(number), "at": at, "user_id": None, "device_id": None, "action": "visit.put",
        "target_kind": None, "target_id": "七", "detail": detail, "request_id": None,
    }  # fmt: skip


def kept() -> list[AuditRow]:
    with db.reading():
        return list(session.scalars(select(AuditRow).order_by(AuditRow.id)))


def test_rows_are_read_back_as_they_were_given() -> None:
    """Chinese, what is nested, moments of another zone"""
    east = NOON.astimezone(timezone(timedelta(hours=8)))
    given = [row(1, n=1, said="炕热乎"), row(2, east, deep={"list": [None, True, 2**53]}), row(3, NOON)]
    made = many.bound(many.into(AuditRow), given)
    with db.writing():
        assert made.write() == 3
    assert [(one.detail, one.at) for one in kept()] == [(one["detail"], NOON) for one in given]
    assert {one.target_id for one in kept()} == {"七"}


def test_they_are_as_the_orm_would_have_written_them() -> None:
    with db.writing():
        session.add(AuditRow(**row(1, n=1)))
        many.bound(many.into(AuditRow), [row(2, n=1)]).write()
        session.flush()
        spelled = session.connection().exec_driver_sql("SELECT at, detail FROM audit_rows").all()
    assert spelled[0] == spelled[1]


def test_how_many_were_new_is_told() -> None:
    with db.writing():
        many.bound(many.into(AuditRow), [row(1, n=1)]).write()
    with db.writing():
        assert many.bound(many.unless_there(AuditRow), [row(1, n=2), row(2, n=2)]).write() == 1
    assert [one.detail["n"] for one in kept()] == [1, 2]


def test_no_rows_are_no_statement() -> None:
    with db.writing():
        assert many.bound(many.into(AuditRow), []).write() == 0


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        many.bound(many.into(AuditRow), [row(1, NOON.replace(tzinfo=None))])
