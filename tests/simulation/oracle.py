"""The hub as a citizen: the same troubles at its own points, so that one plan runs in either county."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sync.hub import Busy, Caller, Reply
from sync.hub.pulling import scope_of
from tests.factories import oracle
from tests.simulation.faults import Fault, carries


class Killed(BaseException):
    """The machine stopped here."""


class HubCounty:
    def __init__(self, seed: int, now_ms: Callable[[], int]) -> None:
        self._fault: Fault | None = None
        self._now_ms = now_ms
        self._hub = oracle.hub(now_ms, seed, self._at)

    def strike(self, fault: Fault | None, meanwhile: int | None, between: Callable[[], None]) -> None:
        del meanwhile, between  # a request of the hub is one
        self._fault = fault

    def answer(
        self, caller: Caller, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> Reply | None:
        fault = self._fault
        if not carries(method, body):
            self._fault = None
        try:
            reply = self._hub.handle(caller, method, path, headers, body)
        except Killed:
            return None
        finally:
            self._fault = None
        return None if fault is not None and fault.kind.startswith("killed") else reply

    def handle(
        self, caller: Caller, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        return self._hub.handle(caller, method, path, headers, body)

    def feeds(self) -> dict[str, dict[tuple[str, str], tuple[str, Any]]]:
        return {
            name: {key: (row.version, row.body) for key, row in feed.rows.items() if row.version is not None}
            for name, feed in self._hub.state.feeds.items()
        }

    def scope(self, user: str, device: str) -> set[str]:
        return set(scope_of(self._hub.state, Caller(self._hub.org, user, device), self._now_ms()))

    def kept(self) -> dict[str, str]:
        return {entry.op: entry.sha256 for entry in self._hub.state.ledger.values()}

    def noticed(self) -> list[str]:
        return []

    def orphan(self, data: bytes) -> None:
        """The hub keeps no file without a reference."""

    def due(self, visit: str) -> str | None:
        shown = self._hub.shown(visit)
        return None if shown is None or shown.state == "withdrawn" else shown.revision

    def check_ins(self) -> dict[str, tuple[int, bool]]:
        return {}

    def _at(self, point: str) -> None:
        fault = getattr(self, "_fault", None)
        if fault is None:
            return
        if fault.kind == "killed_after" and point == "committed":
            raise Killed
        if fault.kind == "killed_before" and point == "before commit":
            raise Killed
        if fault.kind == "full" and point == "before commit":
            raise Busy

    def __getattr__(self, name: str) -> Any:
        """The office is the hub's own."""
        return getattr(self._hub, name)
