"""What a device's running numbers tell of loss (rule S13).

A phone numbers its ops from 1 without gaps. Once it says that nothing waits any more, a number that never
came belongs to an op that is lost: those who look after what could not be taken in are told whose phone, and
which numbers. The same number under two names means that two phones speak as one device: one was copied, or
put back from a copy of itself. Both are told once, and again after some weeks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import exists, func, select

from server.accounts import queries as accounts
from server.base import audit, policy
from server.base.db import session
from server.base.models import LedgerEntry
from server.base.permissions import Permission
from server.base.policy import Actor, Scope
from server.teams import queries as teams
from server.visits import desk_feeds, notices
from server.visits.models import QuarantineItem

MOST_NAMED: Final = 20


def check(author: Actor, manifest: dict[str, Any], now: datetime) -> None:
    """Look at the numbers of a device that says that nothing of it waits. Inside the exchange's unit."""
    if author.device_id is None or manifest.get("waiting") != 0:
        return
    came, highest, distinct = _counted(author)
    if distinct < highest and (missing := _missing(author, highest)):
        _tell(author, "numbers_missing", missing, now)
    if came > distinct and (doubled := _doubled(author)):
        _tell(author, "numbers_doubled", doubled, now)


def spelled(numbers: Sequence[int]) -> str:
    """3, 7–9 and so on; of very many the first ones."""
    runs: list[list[int]] = [[numbers[0], numbers[0]]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:MOST_NAMED]]
    return ", ".join(named) + (" …" if len(runs) > MOST_NAMED else "")


def _ours(author: Actor) -> Any:
    """The device's ops, save those that a desk has let in under a name of its own."""
    let_in = exists().where(
        QuarantineItem.org_id == LedgerEntry.org_id, QuarantineItem.id == LedgerEntry.op_id
    )
    return (
        (LedgerEntry.org_id == author.org_id)
        & (LedgerEntry.device_id == author.device_id)
        & (LedgerEntry.n > 0)
        & ~let_in
    )


def _counted(author: Actor) -> tuple[int, int, int]:
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.max(LedgerEntry.n), 0),
            func.count(LedgerEntry.n.distinct()),
        ).where(_ours(author))
    ).one()
    return row[0], row[1], row[2]


def _missing(author: Actor, highest: int) -> list[int]:
    """Numbers below the highest that never came, in an exchange or handed in raw."""
    came = set(session.scalars(select(LedgerEntry.n).where(_ours(author))))
    raw = select(QuarantineItem.raw).where(
        QuarantineItem.org_id == author.org_id, QuarantineItem.device_id == author.device_id
    )
    came.update(_numbers(session.scalars(raw)))
    return [n for n in range(1, highest) if n not in came]


def _doubled(author: Actor) -> list[int]:
    twice = (
        select(LedgerEntry.n).where(_ours(author)).group_by(LedgerEntry.n).having(func.count() > 1)
    ).order_by(LedgerEntry.n)
    return list(session.scalars(twice))


def _numbers(texts: Iterable[bytes]) -> Iterable[int]:
    for text in texts:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            continue
        n = said.get("n") if isinstance(said, dict) else None
        if type(n) is int:
            yield n


def _tell(author: Actor, kind: str, numbers: Sequence[int], now: datetime) -> None:
    device = accounts.device(author.org_id, author.device_id or "")
    words = f"{device.label if device else ''} · n {spelled(numbers)} ({len(numbers)})"
    if notices.was_told(author.org_id, kind, author.user_id, words):
        return
    scopes = _scopes(author)
    readers = _readers(author, scopes, now)
    notices.tell_desks(author.org_id, readers, kind, now, by=author.user_id, words=words)
    for scope in scopes:
        desk_feeds.bump(author.org_id, scope)
    audit.record(author, f"device.{kind}", "device", author.device_id, numbers=spelled(numbers))


def _scopes(author: Actor) -> list[Scope]:
    """Where this person works."""
    own = teams.teams_of(author.org_id, author.user_id)
    return [Scope(place, team) for team in own for place in teams.communities(author.org_id, team)] or [
        Scope()
    ]


def _readers(author: Actor, scopes: Sequence[Scope], now: datetime) -> list[str]:
    """Who sees what this person's phone could not hand in."""
    holders = accounts.holders(author.org_id, Permission.QUARANTINE_READ, now)
    reaching = [(one, policy.reach(one, Permission.QUARANTINE_READ)) for one in holders]
    return [one.user_id for one, reach in reaching if any(reach.holds(scope) for scope in scopes)]
