"""Versions of the exchange, and until when each is served (rule S11).

A phone may lie in a drawer for a year. Its version is answered in full for 400 days after the next one was
released; afterwards what it brings is still kept, whole, and nothing is told it any more.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

VERSION: Final = 2  # what this side speaks by itself

#: Every version that can be read → when the next one was released; None: there is none.
SUCCEEDED: Final[dict[int, datetime | None]] = {1: datetime(2026, 11, 30, tzinfo=UTC), 2: None}

SERVED: Final = tuple(SUCCEEDED)
SERVED_FOR: Final = timedelta(days=400)


def retired(v: int, now: datetime) -> bool:
    """Is this version one that is no longer answered, only listened to?"""
    succeeded = SUCCEEDED[v]
    return succeeded is not None and now >= succeeded + SERVED_FOR
