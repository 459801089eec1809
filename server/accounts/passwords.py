"""Passwords: argon2id, and the same time for an unknown user as for a wrong password.

Hash and verify outside any unit of work: they take tens of milliseconds on purpose. At most two at a time in
one process, so that a burst of sign-ins cannot take all memory.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_a_time = BoundedSemaphore(2)


def hashed(password: str) -> str:
    """What the database keeps."""
    with _at_a_time:
        return _hasher.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Is it the password? Without a kept hash the answer is no, after the same work."""
    with _at_a_time:
        try:
            return _hasher.verify(kept or _nobodys(), _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Was it hashed with older parameters?"""
    return _hasher.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """One spelling for letters that a keyboard may compose in two ways."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
