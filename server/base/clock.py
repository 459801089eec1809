"""The server's one door to the time and to chance, so that a test can fix both.

Services take ``now`` as an argument; routes and commands get it here. ``CLOCK`` in the app's config is a
function that returns the moment, ``CHANCE`` one that returns so many random bytes: the simulation draws them
from its seed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app, has_app_context

from sync.core import ids


def real() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment of this request, in UTC."""
    if has_app_context():
        moment: datetime = current_app.config["CLOCK"]()
        return moment
    return real()


def new_id(at: datetime | None = None) -> str:
    """A new UUIDv7: ordered by time, so that rows that were made together lie together."""
    moment = at or now()
    chance: Callable[[int], bytes] = (
        current_app.config["CHANCE"] if has_app_context() else secrets.token_bytes
    )
    return ids.uuid7(int(moment.timestamp() * 1000), chance(ids.RAND_BYTES))


def iso(moment: datetime) -> str:
    """A moment as every message writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
