"""The ledger: every op that ever arrived, once, and what became of it (rule S2).

``claim`` writes the rows first, all ops of a batch in one statement in sorted order, and lets the unique
constraint decide which of them are new: never a select, since of two exchanges that bring the same op at
once both would find nothing. Who loses waits for the winner's commit and then reads what it came to. The
SHA-256 of the canonical op stands beside, so that the same id with other bytes is told apart from a replay.
Rows are never pruned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from server.base import db, many
from server.base.db import session
from server.base.models import LedgerEntry

Outcome = Literal["accepted", "refused", "deferred", "held"]


class Arrival(NamedTuple):
    """An op as it came, before anybody judged it."""

    op_id: str
    n: int
    kind: str
    sha256: str


class Claim(NamedTuple):
    """``new`` ones are ours to carry out; for the others the entry tells what became of them."""

    new: bool
    org_id: int
    op_id: str

    @property
    def entry(self) -> LedgerEntry:
        """Its row; of a new one read only when somebody asks."""
        return session.get_one(LedgerEntry, (self.org_id, self.op_id))


def values(org_id: int, user_id: str, device_id: str, arrival: Arrival, now: datetime) -> dict[str, Any]:
    """The row of a new op by columns: it counts as accepted until ``settle`` says otherwise."""
    return {
        "org_id": org_id,
        "op_id": arrival.op_id,
        "device_id": device_id,
        "user_id": user_id,
        "n": arrival.n,
        "kind": arrival.kind,
        "sha256": arrival.sha256,
        "outcome": "accepted",
        "code": None,
        "received_at": now,
    }


def claim(
    org_id: int, user_id: str, device_id: str, arrivals: Sequence[Arrival], now: datetime
) -> dict[str, Claim]:
    """Claim these ops (each id once), by id. A new one counts as accepted until ``settle`` says otherwise."""
    if not arrivals:
        return {}
    ordered = sorted(arrivals, key=lambda arrival: arrival.op_id)
    rows = [values(org_id, user_id, device_id, arrival, now) for arrival in ordered]
    new = set(many.returned(_claiming(db.dialect()), rows))
    known = [one.op_id for one in ordered if one.op_id not in new]
    if known:
        session.scalars(
            select(LedgerEntry)
            .where(LedgerEntry.org_id == org_id, LedgerEntry.op_id.in_(known))
            .order_by(LedgerEntry.op_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
    return {one.op_id: Claim(one.op_id in new, org_id, one.op_id) for one in ordered}


@cache
def _claiming(dialect: str) -> Any:
    """Without its rows, so that it is built and compiled once for ever."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = cast("Table", LedgerEntry.__table__)
    return insert(table).on_conflict_do_nothing().returning(table.c.op_id)


def entry(org_id: int, op_id: str) -> LedgerEntry | None:
    """What is known of one op."""
    return session.get(LedgerEntry, (org_id, op_id))


def settle(found: LedgerEntry, outcome: Outcome, code: str | None = None) -> None:
    """What became of it, as the next replay will hear."""
    found.outcome = outcome
    found.code = code
