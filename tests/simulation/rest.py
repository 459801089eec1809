"""The county and its phones at rest, looked at once: what the checks compare."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sync.core import digest
from sync.hub.county import Aside, Became, Shown
from tests.simulation.history import History, Sealed
from tests.simulation.phone import Phone
from tests.simulation.world import World


class Rest:
    def __init__(self, world: World) -> None:
        self.county = world.county
        self.history: History = world.history
        self.phones: dict[str, Phone] = {name: line.phone for name, line in world.lines.items()}
        self._became: dict[str, Became | None] = {}
        self._shown: dict[str, Shown | None] = {}

    @cached_property
    def noticed(self) -> list[str]:
        return [*self.history.faults, *dict.fromkeys(self.county.noticed())]

    @cached_property
    def feeds(self) -> dict[str, dict[tuple[str, str], tuple[str, Any]]]:
        return self.county.feeds()

    @cached_property
    def ledger(self) -> dict[str, str]:
        return self.county.kept()

    @cached_property
    def aside(self) -> list[Aside]:
        return list(self.county.aside())

    @cached_property
    def visits(self) -> list[str]:
        return sorted({op.visit for op in self.history.sealed.values()})

    def ops_of(self, visit: str) -> list[Sealed]:
        return [op for op in self.history.sealed.values() if op.visit == visit]

    def became(self, op: str) -> Became | None:
        if op not in self._became:
            self._became[op] = self.county.became(op) if op in self.ledger else None
        return self._became[op]

    def shown(self, visit: str) -> Shown | None:
        if visit not in self._shown:
            self._shown[visit] = self.county.shown(visit)
        return self._shown[visit]

    def scope(self, phone: Phone) -> set[str]:
        """The feeds that its user may read now; none if it is revoked."""
        if phone.handset.device in self.history.revoked:
            return set()
        return self.county.scope(phone.handset.user, phone.handset.device)

    def sum(self, feed: str) -> str:
        return digest.of((kind, id, version) for (kind, id), (version, _) in self.feeds.get(feed, {}).items())

    def name(self, op: str) -> str:
        known = self.history.sealed.get(op)
        return f"{known.kind} {known.phone}{known.n} ({known.quality})" if known else op
