"""What a county is to a phone and to its office, whoever plays it: the hub, or a real server by an adapter.

``handle`` is one request of a caller whose signature has been checked; everything else is what people at
desks do. So one simulation, and one set of transcripts, runs against either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. Whether the device is still in use is the county's own knowledge."""

    org: int
    user: str
    device: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes over the wire, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands in quarantine."""

    id: str
    op: str | None  # its op's id, if that could be read
    user: str | None
    code: str
    state: str  # open | released | closed
    raw: bytes
    waits_for: str | None = None  # the op that it builds on


@dataclass(frozen=True, slots=True)
class Shown:
    """What the county shows of a visit, and what it has kept."""

    state: str
    revision: str
    revisions: tuple[str, ...]  # every one that was taken, in the order in which they came
    handling: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Became:
    """What the ledger knows of an op."""

    outcome: str  # accepted | refused | deferred | held
    code: str | None = None


class NotNow(Exception):
    """The office cannot do that as things stand. ``code`` is a problem's, as ``revision_moved``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have a phone."""

    id: str
    name: str
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class TeamData:
    """A team as it is founded."""

    id: str
    programme: str
    name: Mapping[str, str]  # {zh, en}
    communities: Sequence[str] = field(default=())


class Office(Protocol):
    """What people at desks do. ``by`` is a user's id; moments are the county's own clock's."""

    def approve(self, by: str, visit: str, revision: str) -> str:
        """Approve what is shown; the decision's id. Raises NotNow revision_moved, unsettled (S6)."""
        ...

    def send_back(
        self, by: str, visit: str, revision: str, words: str, comments: Sequence[Mapping[str, str]] = ()
    ) -> str:
        """Return it for correction: ``comments`` are ``{record, path, text}``. Raises NotNow."""
        ...

    def undo(self, by: str, decision: str) -> str:
        """Take the newest decision in force back. Raises NotNow."""
        ...

    def settle(self, by: str, visit: str, revision: str, choices: Mapping[str, str]) -> str:
        """Settle what two sides say differently (S6): of each field in dispute the revision whose word it is;
        the settled revision's id. Raises NotNow revision_moved, already_settled, invalid."""
        ...

    def conflicts(self, visit: str) -> Mapping[str, Sequence[str]]:
        """The fields in dispute, each with the revisions that say something of it, the shown one first."""
        ...

    def note(self, by: str, visit: str, text: str) -> str:
        """A word in the talk; the note's id."""
        ...

    def aside(self) -> Sequence[Aside]:
        """All that stands or stood aside, in the order in which it came."""
        ...

    def release(self, by: str, item: str) -> None:
        """Let it in as its author's. Raises NotNow with what still stands in its way."""
        ...

    def close(self, by: str, item: str, note: str) -> None:
        """Nothing more is to be done with it."""
        ...

    def join(self, team: str, user: str) -> None: ...

    def leave(self, team: str, user: str) -> None: ...

    def pair(self, team: str, user: str | None, entity: str) -> str:
        """A volunteer, or the whole team, begins to look after somebody; the pair's id."""
        ...

    def end_pair(self, pair: str) -> None: ...

    def put_entity(self, list: str, id: str, label: str, properties: Mapping[str, str]) -> None:
        """Make an entry of a list, or write it anew."""
        ...

    def erase_entity(self, id: str) -> None:
        """Nothing of it stays but that it was erased; phones hear a tombstone."""
        ...

    def revoke(self, device: str) -> None: ...

    def tidy(self) -> None:
        """The housekeeping of a night: what has served its time leaves the phones; files of nobody go."""
        ...

    def backup(self) -> Any:
        """A finished backup of this moment, for ``restore``."""
        ...

    def restore(self, backup: Any) -> None:
        """Go back to it, under a new epoch."""
        ...

    def shown(self, visit: str) -> Shown | None: ...

    def became(self, op: str) -> Became | None: ...

    def photo(self, sha256: str) -> bytes | None:
        """A file's bytes, if the county holds it whole."""
        ...


class County(Office, Protocol):
    """A county: its door for phones, and its office."""

    def handle(
        self, caller: Caller, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """One signed request: POST /api/sync, PUT /api/photos/<sha256>, POST /api/quarantine,
        GET /api/forms/<sha256>."""
        ...
