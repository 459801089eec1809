"""Where a file's bytes lie in the blob store, and where the pieces of one that is still coming."""

from __future__ import annotations

import secrets
from typing import Final

PHOTOS: Final = "photos"
PIECES: Final = "pieces"


def photo(org_id: int, sha256: str) -> str:
    return f"{PHOTOS}/{org_id}/{sha256[:2]}/{sha256}"


def piece(org_id: int, device_id: str, sha256: str, first: int) -> str:
    """A name of its own each time: two requests with the same piece must not take away each other's."""
    return f"{PIECES}/{org_id}/{device_id}/{sha256}-{first}-{secrets.token_hex(4)}"


def named(key: str) -> tuple[int, str] | None:
    """(county, hash) of a photo's key; None for a key that is none."""
    parts = key.split("/")
    if len(parts) != 4 or parts[0] != PHOTOS or not parts[1].isdigit():
        return None
    return int(parts[1]), parts[3]
