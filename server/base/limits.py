"""Counted attempts, in the database, so that a limit holds across workers and hosts.

``hit`` opens a small unit of its own: the count stays even when what follows is refused and rolled back. Call
it before any unit, in a route with ``@unit("none")``. Counting per account or device is the rule; an IP is
counted only far above a county's normal rate, since one carrier address serves many phones.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import delete, select, update

from server.base import clock
from server.base.db import insert_if_absent, session, writing
from server.base.models import LimitCounter
from server.base.problems import Problem

_KEPT_WINDOWS = 2


def hit(name: str, limit: int, window_s: int) -> None:
    """Count one attempt; the one after ``limit`` in the same window raises ``too_many``."""
    seconds = int(clock.now().timestamp())
    window = seconds // window_s
    with writing():
        hits = _count(_key(name, window_s), window)
    if hits > limit:
        raise Problem("too_many", retry_after=(window + 1) * window_s - seconds)


def forgive(name: str, window_s: int) -> None:
    """Forget the attempts of this name: they ended in success. Inside a writing unit."""
    session.execute(delete(LimitCounter).where(LimitCounter.name == _key(name, window_s)))


def _key(name: str, window_s: int) -> str:
    """Names hold usernames and addresses; the table keeps only what cannot be read back."""
    kind, _, rest = name.partition(":")
    return f"{kind}:{window_s}:{hashlib.sha256(rest.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _count(key: str, window: int) -> int:
    counter: dict[str, Any] = {"name": key, "window": window}
    if insert_if_absent(LimitCounter, {**counter, "hits": 1}):
        session.execute(
            delete(LimitCounter).where(
                LimitCounter.name == key, LimitCounter.window <= window - _KEPT_WINDOWS
            )
        )
        return 1
    ours = (LimitCounter.name == key, LimitCounter.window == window)
    session.execute(update(LimitCounter).where(*ours).values(hits=LimitCounter.hits + 1))
    return session.scalars(select(LimitCounter.hits).where(*ours)).one()
