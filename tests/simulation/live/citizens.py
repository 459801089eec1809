"""What a phone of the simulation can be asked to do, whoever's client it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

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
    drafts: dict[str, str] = field(default_factory=dict)  # visit → the note in it, of what is not finished


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


@runtime_checkable
class Drafting(Protocol):
    """A phone that keeps what is not finished: the phone's own engine does, the reference client does not."""

    def begin_draft(self, note: str, person: int, photos: Sequence[File]) -> str:
        """The visit that is begun."""

    def change_draft(self, visit: str, note: str) -> None: ...

    def discard_draft(self, visit: str) -> None: ...

    def find_draft_again(self, visit: str) -> None: ...

    def finish_draft(self, visit: str) -> str:
        """The op that carries it."""

    def die_while_finishing(self, visit: str) -> None:
        """Is killed while it finishes the draft, and starts again over what it has kept: then the visit is
        either finished or still a draft, and what is a draft is finished."""


@dataclass
class Done:
    """What one phone has done in its life: what must be found in the county."""

    phone: str
    kind: str
    made: dict[str, Made] = field(default_factory=dict)
    puts: dict[str, list[str]] = field(default_factory=dict)  # visit → ops that put it
    notes: int = 0
    withdrawn: list[str] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)  # visit → its note: begun and never finished
    discarded: list[str] = field(default_factory=list)  # and never found again
    unnamed: set[str] = field(default_factory=set)  # finished while it was killed: by an op nobody was told
    deaths: int = 0
    refused_here: int = 0  # edits that came too late for the phone itself
    report: Report | None = None
