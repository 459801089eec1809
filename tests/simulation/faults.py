"""What may go wrong on the way of one message, and inside the county while it works on it.

A ``Fate`` belongs to one request of one phone; without one the message simply gets through. Whatever carries
nothing (no ops, no piece of a file) is killed only on its way back, so that hub and server, which have other
units inside, are hit alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Protocol

from sync.hub.county import Caller, County, Reply

BUSY = Reply(503, {"Content-Type": "application/problem+json", "Retry-After": "5"}, b'{"code":"busy"}')


@dataclass(frozen=True)
class Fault:
    """``killed_before`` the commit, ``killed_after`` it, or a ``full`` disk. ``at`` says how far in: which
    statement of the unit (0: as it begins, or as it has ended), and of a full disk, -1: at the page where the
    database itself finds no more room."""

    kind: str
    at: int = 0


@dataclass(frozen=True)
class Fate:
    """One request: how long it takes, what is lost, whether it arrives twice, what fails meanwhile."""

    up_ms: int = 40
    down_ms: int = 40
    lost: str = ""  # up | down
    again_ms: int | None = None  # a second copy arrives so much later
    fault: Fault | None = None
    meanwhile: int | None = None  # before this unit of the request others come in between


GOOD = Fate()


def written(value: Fate | Fault) -> str:
    """As it stands in a regression: what is as usual is left out."""
    said = [
        f"{one.name}={written(found) if isinstance(found, Fault) else repr(found)}"
        for one in fields(value)
        if (found := getattr(value, one.name)) != one.default
    ]
    return f"{type(value).__name__}({', '.join(said)})"


def carries(method: str, body: bytes) -> bool:
    """Does this request bring anything that the county would write?"""
    if method != "POST":
        return method == "PUT"
    try:
        return bool(json.loads(body).get("ops"))
    except (ValueError, AttributeError):
        return True


class Testable(County, Protocol):
    """A county in which things can go wrong, and that can be looked into afterwards."""

    def strike(self, fault: Fault | None, meanwhile: int | None, between: Callable[[], None]) -> None:
        """What happens to the next request; ``between`` lets somebody else come in."""
        ...

    def answer(
        self, caller: Caller, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> Reply | None:
        """The same as ``handle``, or None: it was killed, and nobody answers."""
        ...

    def feeds(self) -> dict[str, dict[tuple[str, str], tuple[str, Any]]]:
        """What each feed carries alive: (kind, id) → (version, body)."""
        ...

    def scope(self, user: str, device: str) -> set[str]:
        """The feeds that she may read now."""
        ...

    def kept(self) -> dict[str, str]:
        """The ledger: op → SHA-256 of the bytes that it came with."""
        ...

    def noticed(self) -> list[str]:
        """What was seen to go wrong inside while it worked."""
        ...

    def orphan(self, data: bytes) -> None:
        """A file that nothing refers to any more lies there."""
        ...

    def due(self, visit: str) -> str | None:
        """What all revisions of a visit come to, merged anew: the revision that should be shown."""
        ...

    def check_ins(self) -> dict[str, tuple[int, bool]]:
        """Revision → when it was made by the county's clock, and whether that is certain."""
        ...
