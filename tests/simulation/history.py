"""What happened in a run, as only somebody who sees both sides can know it: the checks judge by it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sync.client.answer import Ask
from sync.hub.county import Reply


@dataclass(frozen=True)
class Sealed:
    """An op as its phone sealed it, and what nobody else knows: the true moment."""

    id: str
    phone: str
    user: str
    device: str
    n: int
    kind: str
    visit: str
    base: str | None
    bytes: bytes
    op: dict[str, Any]
    at_ms: int
    quality: str  # what was wrong with it on purpose; "good": nothing


@dataclass(frozen=True)
class Sent:
    """One request of a phone."""

    phone: str
    ask: Ask
    said: dict[str, Any]  # of an exchange

    @property
    def stream(self) -> str:
        """What it carries: ``ops``, a ``piece``, or nothing (``pull``)."""
        if self.ask.method == "PUT":
            return "piece"
        return "ops" if self.ops or self.ask.path != "/api/sync" else "pull"

    @property
    def ops(self) -> list[str]:
        return [op["id"] for op in self.said.get("ops", [])]


@dataclass(frozen=True)
class Told:
    """One request, and what its phone heard."""

    sent: Sent
    reply: Reply
    at_ms: int  # when the request arrived
    revoked_ms: int | None  # since when, as it arrived

    @property
    def answer(self) -> dict[str, Any] | None:
        """The answer to an exchange that went well."""
        if self.sent.ask.path != "/api/sync" or self.reply.status != 200:
            return None
        said: dict[str, Any] = json.loads(self.reply.body)
        return said


@dataclass
class History:
    sealed: dict[str, Sealed] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)  # in the order in which they left
    told: list[Told] = field(default_factory=list)
    accepted: dict[str, int] = field(default_factory=dict)  # op → when a phone first heard it accepted
    receipts: dict[str, int] = field(default_factory=dict)  # file → when a phone first heard a receipt
    files: dict[str, bytes] = field(default_factory=dict)
    lost_files: set[str] = field(default_factory=set)
    orphans: set[str] = field(default_factory=set)  # files that lay in the county before any op named them
    restored_ms: list[int] = field(default_factory=list)
    revoked: dict[str, int] = field(default_factory=dict)  # device → when
    cloned: set[str] = field(default_factory=set)  # devices of which there are two
    reused: list[tuple[str, bytes]] = field(default_factory=list)  # bytes that came under another op's id
    rotten: set[str] = field(default_factory=set)  # phones whose storage lost a row
    moderated: set[str] = field(default_factory=set)  # ops that the desk released or closed
    faults: list[str] = field(default_factory=list)  # what was seen to go wrong on the way
