"""The server's one door to the time and to chance, so that a test can fix both.

Services take ``now`` as an argument; routes and commands get it here. ``CLOCK`` in the app's config is a
function that returns the moment, ``CHANCE`` one that returns so many random bytes: the simulation draws them
from its seed.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from threading import Lock

from flask import current_app, has_app_context

from sync.core import ids

_ROOM = 1 << 61  # the highest bit of those that count: the steps of one millisecond never run over


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
    """A new UUIDv7: ordered by time, and within one process by the order in which they were made, so that
    rows of one batch keep theirs."""
    return new_ids(1, at)[0]


def new_ids(count: int, at: datetime | None = None) -> list[str]:
    """So many of one moment."""
    ms = int((at or now()).timestamp() * 1000)
    if not has_app_context():
        return [ids.uuid7(ms, secrets.token_bytes(ids.RAND_BYTES)) for _ in range(count)]
    names: _Names = current_app.extensions.setdefault("lianxin.names", _Names())
    chance = current_app.config["CHANCE"]
    return [names.next(ms, chance(ids.RAND_BYTES)) for _ in range(count)]


class _Names:
    """Within a millisecond a random beginning is counted up by random steps (RFC 9562 §6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ms = -1
        self._tail = 0

    def next(self, ms: int, rand: bytes) -> str:
        with self._lock:
            if ms == self._ms:
                self._tail += 1 + int.from_bytes(rand[-4:], "big")
            else:
                self._ms, self._tail = ms, int.from_bytes(rand, "big") & ~_ROOM
            return ids.uuid7(ms, self._tail.to_bytes(ids.RAND_BYTES, "big"))


def iso(moment: datetime) -> str:
    """A moment as every message writes it: UTC, milliseconds, Z."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[:-6] + "Z"
