"""How long to wait after a failure: full jitter, so that a county's phones do not come back in one wave.

A server that names a time is obeyed, up to a quarter of an hour (rule S10).
"""

from __future__ import annotations

from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_MS: Final = 2_000
MOST_MS: Final = 5 * 60_000
MOST_OBEYED_MS: Final = 15 * 60_000


def backoff_ms(tries: int, rand: float) -> int:
    """``tries``: failures in a row, from 1. ``rand``: in [0, 1)."""
    window: int = min(MOST_MS, FIRST_MS * (1 << min(tries - 1, 30)))
    return round(float(window) * rand)


def retry_after_ms(header: str | None, now_ms: int) -> int | None:
    """A wait that the server asked for, in seconds or until an HTTP date; None: none that can be read."""
    if header is None or not header.strip():
        return None
    wait_ms: int | None = None
    if header.strip().isdecimal():
        wait_ms = int(header) * 1000
    else:
        with suppress(ValueError):
            wait_ms = int(parsedate_to_datetime(header).timestamp() * 1000) - now_ms
    return None if wait_ms is None else min(MOST_OBEYED_MS, max(0, wait_ms))
