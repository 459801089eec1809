"""The reference client as a citizen of tests: it talks to a hub, or whatever answers, on the tests' clock."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.client import compose
from sync.client.answer import Ask, Heard
from sync.client.engine import Waker
from sync.client.loop import Loop
from sync.client.outbox import File
from sync.client.store import Store
from sync.core import clock
from sync.hub import Caller, County
from sync.ops import At
from tests.factories import county

START = "0193a000-0000-4000-8000-0000000057a7"
DEVICE = "0193a000-0000-7000-8000-000000000901"
Line = Callable[[Ask], Heard | None]


def line_to(county: County, caller: Caller) -> Line:
    """A line on which nothing is lost."""

    def carry(ask: Ask) -> Heard | None:
        headers = {"Content-Type": ask.type, **({"Content-Range": ask.range} if ask.range else {})}
        reply = county.handle(caller, ask.method, ask.path, headers, ask.body)
        return Heard(reply.status, reply.headers, reply.body)

    return carry


@dataclass
class Citizen:
    """A phone over its store; ``now`` is its wall clock in milliseconds."""

    now: Callable[[], int]
    line: Line
    store: Store = field(default_factory=lambda: Store(":memory:"))
    seed: int = 0

    def __post_init__(self) -> None:
        self.born_ms = self.now()
        self.dice = random.Random(self.seed)
        self.loop = Loop(self.store, self.moment, self.dice.randbytes, self.dice.random)

    def moment(self) -> At:
        return At(clock.text(self.now()), self.now() - self.born_ms + 10_000, START)

    def visit(self, files: tuple[File, ...] = (), **more: object) -> str:
        """A visit at 朴顺姬's, kept; the op's id."""
        made = self.loop.outbox
        record = {
            "record": made.new_id(),
            "form": "day-care-visit",
            "version": county.version(),
            "xml": county.xml("day-care-visit"),
            "list_rows": {},
            "attachments": [file.attachment() for file in files],
        }
        body = compose.visit(
            made.new_id(), county.TEAM, "day-care", [record], self.moment(), person=county.PIAO
        )
        return made.put("visit.put", {**body, **more}, files=files)

    def wake(self, by: Waker = "user") -> list[tuple[Ask, Heard | None]]:
        """Talk until there is nothing more to do now; what was asked and heard."""
        said: list[tuple[Ask, Heard | None]] = []
        conversation = self.loop.wake(by)
        ask = next(conversation, None)
        while ask is not None:
            assert len(said) < 1000, "it never ends"
            heard = self.line(ask)
            said.append((ask, heard))
            try:
                ask = conversation.send(heard)
            except StopIteration:
                ask = None
        return said

    def state_of(self, op: str) -> tuple[str, str | None]:
        row = self.store.row("SELECT state, code FROM ops WHERE id = ?", op)
        assert row is not None
        return row["state"], row["code"]
