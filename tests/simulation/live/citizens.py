"""What a phone of the simulation can be asked to do, whoever's client it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.factories.pictures import File


@dataclass(frozen=True)
class Made:
    """A visit, as it was finished on a phone."""

    visit: str
    op: str
    photos: tuple[File, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a phone holds, and what it believes of the county."""

    waiting: int
    aside: dict[str, str]  # op → state, of what the county keeps aside
    unreceived: tuple[str, ...]  # photos that the county has given no receipt for
    visits: dict[str, Any]
    feeds: int
    ready: bool  # there is somebody to look in on, and the form for it
    mismatched: tuple[str, ...]
    trouble: str | None = None


class Citizen(Protocol):
    name: str
    kind: str
    device: str

    def visit(self, note: str, person: int, photos: Sequence[File]) -> Made: ...

    def edit(self, made: Made, note: str) -> str:
        """The op that carries it."""

    def withdraw(self, visit: str) -> None: ...

    def note(self, visit: str, text: str) -> None: ...

    def sync(self) -> None:
        """All that can be done now; what fails is left for the next time."""

    def die_in_the_middle(self, after: int) -> None:
        """Begins to sync, is killed after so many requests, and starts again over what it has kept."""

    def report(self) -> Report: ...

    def close(self) -> None: ...


@dataclass
class Done:
    """What one phone has done in its life: what must be found in the county."""

    phone: str
    kind: str
    made: dict[str, Made] = field(default_factory=dict)
    puts: dict[str, list[str]] = field(default_factory=dict)  # visit → ops that put it
    notes: int = 0
    withdrawn: list[str] = field(default_factory=list)
    deaths: int = 0
    refused_here: int = 0  # edits that came too late for the phone itself
    report: Report | None = None
