"""Everything that the hub knows, as values that never change.

A unit works on a copy of the tables (their rows are shared), and committing is one assignment: so a crash at
any point leaves the whole before or the whole after, and a backup is the state itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sync.core import digest
from sync.core.clock import Anchor
from sync.core.merge import How
from sync.core.review_state import State as ReviewState
from sync.hub.county import Aside, Person, TeamData
from sync.ops import Op, VisitPut

Row = tuple[str, str]  # kind, id


@dataclass(frozen=True, slots=True)
class Entry:
    """The ledger's word on an op."""

    op: str
    sha256: str
    outcome: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form's answers mean to the county."""

    reached: bool | None = None  # somebody was met or heard; None: the form does not ask
    door: str | None = None  # the answer at the door
    entity: EntityChange | None = None


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entry of a list that a form makes or changes."""

    list: str
    id: str
    create: bool
    label: str | None
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    id: str
    op: Op[VisitPut]
    raw: Mapping[str, Any]  # the op's body as it came
    number: int
    answers: tuple[Answers, ...]
    check_in_ms: int
    received_ms: int
    bases: tuple[str, ...] = ()  # the revisions that it builds on (S6)
    how: How = "edit"
    rank: int = 0
    made_by: str = "phone"  # phone | desk | county


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    revision: str
    kind: str  # approve | return | undo
    by: str
    at_ms: int
    words: str | None = None
    comments: tuple[Mapping[str, str], ...] = ()
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    team: str
    programme: str
    author: str
    current: str
    state: ReviewState
    changed_ms: int
    revisions: tuple[Revision, ...] = ()
    decisions: tuple[Decision, ...] = ()
    withdrawn: tuple[str, ...] = ()  # the revision that was shown, at each time
    two_versions: bool = False
    check_in_ms: int = 0  # of what is shown
    shown_ms: int = 0  # since when it is shown


@dataclass(frozen=True, slots=True)
class Item:
    """An op, or bytes, that stand aside."""

    aside: Aside
    device: str
    sha256: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    visit: str
    by: str
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    user: str
    kind: str
    visit: str | None
    by: str
    words: str | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class Member:
    team: str
    user: str
    since_ms: int
    until_ms: int | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    team: str
    user: str | None
    entity: str
    began_on: str
    ended_on: str | None = None
    last_seen_on: str | None = None
    last_seen_how: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    id: str
    list: str
    label: str
    properties: Mapping[str, str]
    written: Mapping[str, str]  # property → the op that wrote it last
    state: str = "active"


@dataclass(frozen=True, slots=True)
class Ref:
    """An op's promise of a file."""

    sha256: str
    user: str
    visit: str
    lost: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is here whole."""

    data: bytes
    aside: str | None
    holders: frozenset[str]  # users who have sent all of it


@dataclass(frozen=True, slots=True)
class Partial:
    total: int
    data: bytes
    touched_ms: int


@dataclass(frozen=True, slots=True)
class FeedRow:
    seq: int
    version: str | None  # None: a tombstone
    body: Mapping[str, Any] | None
    at_ms: int
    last_version: str = "-"


@dataclass(frozen=True, slots=True)
class Feed:
    seq: int = 0
    floor: int = 0
    alive: int = 0
    digest: str = digest.EMPTY
    rows: Mapping[Row, FeedRow] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """The tables of one county."""

    epoch: str
    timezone: str
    backed_up_to_ms: int | None = None
    facts: dict[Row, Mapping[str, Any]] = field(default_factory=dict)  # org, programme, form, place: as given
    forms: dict[str, bytes] = field(default_factory=dict)  # by SHA-256
    forms_by_version: dict[tuple[str, str], str] = field(default_factory=dict)  # (form, version) → SHA-256
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, TeamData] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    revoked: dict[str, int] = field(default_factory=dict)  # device → when
    manifests: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # device → what it said last
    ledger: dict[str, Entry] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    refs: dict[tuple[str, str], Ref] = field(default_factory=dict)  # op, file
    held: dict[str, Held] = field(default_factory=dict)
    partials: dict[tuple[str, str], Partial] = field(default_factory=dict)  # file, device
    feeds: dict[str, Feed] = field(default_factory=dict)

    def copy(self) -> State:
        """The same values in tables of their own."""
        made = replace(self)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, dict):
                setattr(made, one.name, dict(value))
        return made
