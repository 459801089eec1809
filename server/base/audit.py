"""Who did what, with which device, when: one row beside every write, in the same transaction.

Also for exports and reads of sensitive data. The detail names things by id, code or count; it never carries
names of people or answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import Table, insert, select

from server.base import clock
from server.base.db import session
from server.base.logs import request_id
from server.base.models import AuditRow
from server.base.policy import Actor

_NOTE: Final = insert(cast("Table", AuditRow.__table__))


def record(actor: Actor, action: str, kind: str | None = None, id: str | None = None, **detail: Any) -> None:
    """Note what the actor just did to the thing ``kind``/``id``. Call it inside the writing unit."""
    note(actor.org_id, action, kind, id, user_id=actor.user_id, device_id=actor.device_id, **detail)


def note(
    org_id: int,
    action: str,
    kind: str | None = None,
    id: str | None = None,
    *,
    user_id: str | None = None,
    device_id: str | None = None,
    **detail: Any,
) -> None:
    """The same where nobody is signed in yet: an enrolment, a command at the server's console."""
    row = values(org_id, action, kind, id, user_id=user_id, device_id=device_id, detail=detail)
    session.connection().execute(_NOTE, row)


def record_all(rows: Sequence[dict[str, Any]]) -> None:
    """Many at once, as ``values`` makes them."""
    session.connection().execute(_NOTE, list(rows))


def values(
    org_id: int,
    action: str,
    kind: str | None,
    id: str | None,
    *,
    user_id: str | None,
    device_id: str | None,
    detail: dict[str, Any],
) -> dict[str, Any]:
    """The row by columns, for whoever writes many at once."""
    (row,) = all_values(org_id, action, kind, [(id, detail)], user_id=user_id, device_id=device_id)
    return row


def all_values(
    org_id: int,
    action: str,
    kind: str | None,
    of: Sequence[tuple[str | None, dict[str, Any]]],
    *,
    user_id: str | None,
    device_id: str | None,
) -> list[dict[str, Any]]:
    """The rows of one thing done to many at one moment: ``of`` names each, with its detail."""
    at, asked = clock.now(), request_id() or None
    return [
        {
            "org_id": org_id,
            "id": name,
            "at": at,
            "user_id": user_id,
            "device_id": device_id,
            "action": action,
            "target_kind": kind,
            "target_id": id,
            "detail": detail,
            "request_id": asked,
        }
        for name, (id, detail) in zip(clock.new_ids(len(of), at), of, strict=True)
    ]


def rows(
    org_id: int, *, kind: str | None = None, id: str | None = None, after: str | None = None, limit: int
) -> Sequence[AuditRow]:
    """The audit, newest first (ids are ordered by time); ``after`` is the last one's id."""
    found = select(AuditRow).where(AuditRow.org_id == org_id)
    if kind is not None:
        found = found.where(AuditRow.target_kind == kind)
    if id is not None:
        found = found.where(AuditRow.target_id == id)
    if after is not None:
        found = found.where(AuditRow.id < after)
    return session.scalars(found.order_by(AuditRow.id.desc()).limit(limit)).all()
