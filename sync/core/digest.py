"""One number that says whether two sides hold the same feed (rule S12).

The digest of a feed is the sum modulo 2²⁵⁶ of SHA-256(kind, id, version) over its alive rows: order does
not matter, and a row that comes or goes moves it by one addition or subtraction, without reading the rest.
Kind, id and version are joined by a line feed, which none of them may contain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY = "0" * 64
_MODULUS = 1 << 256


def row(kind: str, id: str, version: str) -> int:
    """What one alive row adds."""
    for part in (kind, id, version):
        if not part or "\n" in part:
            raise ValueError("kind, id and version are one line each, and not empty")
    return int.from_bytes(hashlib.sha256(f"{kind}\n{id}\n{version}".encode()).digest(), "big")


def moved(digest: str, *, add: Iterable[int] = (), take: Iterable[int] = ()) -> str:
    """The digest after these rows came and those went."""
    return f"{(int(digest, 16) + sum(add) - sum(take)) % _MODULUS:064x}"


def of(rows: Iterable[tuple[str, str, str]]) -> str:
    """The digest of a whole feed, from (kind, id, version) of its alive rows."""
    return moved(EMPTY, add=(row(*parts) for parts in rows))
