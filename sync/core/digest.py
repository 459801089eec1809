"""One number that says whether two sides hold the same feed (rule S12).

The digest of a feed is the sum modulo 2²⁵⁶ of SHA-256(kind, id, version) over its alive rows: order does
not matter, and a row that comes or goes moves it by one addition or subtraction, without reading the rest.
Kind, id and version are joined by a line feed, which none of them may contain.

Where two sums differ, 256 parts say where: a row lies in the bucket of the first byte of SHA-256(kind, id),
so that its versions share one, and each bucket has a sum of its own. What differs is sent again, bucket by
bucket, instead of the whole feed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY = "0" * 64
BUCKETS = 256
_MODULUS = 1 << 256


def row(kind: str, id: str, version: str) -> int:
    """What one alive row adds."""
    return int.from_bytes(_hash(kind, id, version), "big")


def bucket(kind: str, id: str) -> int:
    """Which of the 256 parts a row lies in, whatever its version."""
    return _hash(kind, id)[0]


def moved(digest: str, *, add: Iterable[int] = (), take: Iterable[int] = ()) -> str:
    """The digest after these rows came and those went."""
    return f"{(int(digest, 16) + sum(add) - sum(take)) % _MODULUS:064x}"


def of(rows: Iterable[tuple[str, str, str]]) -> str:
    """The digest of a whole feed, from (kind, id, version) of its alive rows."""
    return moved(EMPTY, add=(row(*parts) for parts in rows))


def parts(rows: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """The digest of each bucket, from (kind, id, version) of a feed's alive rows."""
    sums = [0] * BUCKETS
    for kind, id, version in rows:
        sums[bucket(kind, id)] += row(kind, id, version)
    return tuple(f"{each % _MODULUS:064x}" for each in sums)


def _hash(*lines: str) -> bytes:
    for line in lines:
        if not line or "\n" in line:
            raise ValueError("kind, id and version are one line each, and not empty")
    return hashlib.sha256("\n".join(lines).encode()).digest()
