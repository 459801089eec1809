"""The reference client as a citizen: its own engine, outbox and store, over the run's clocks and network.

Nothing of it is replaced. Its store lies in memory and outlives the app; it can be killed before and after
every transaction, which is where a phone can lose something. The conversation that it holds with the county
is a generator of requests, so the scheduler carries each of them when it likes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from sync.client import File, outbox
from sync.client.answer import Ask, Heard
from sync.client.engine import Waker
from sync.client.loop import Loop
from sync.client.store import OWN, Store
from sync.core import clock, digest, ids
from sync.hub.county import Reply
from sync.ops import At
from sync.versions import VERSION
from tests.simulation import former
from tests.simulation.people import Handset

FIRST_PIECE_BYTES = 1_024  # files are small here, and come in several pieces all the same

RowKey = tuple[str, str, str]  # feed, kind, id


class Crashed(BaseException):
    """The app was killed by the phone's system, the battery, or a person."""


@dataclass
class Clocks:
    """The hardware's: a wall clock that may be set to anything, a monotonic one that only runs."""

    now_ms: Callable[[], int]
    off_ms: int = 0

    def wall_ms(self) -> int:
        return self.now_ms() + self.off_ms


@dataclass(frozen=True)
class Own:
    """An op of this phone, as its store has it."""

    id: str
    n: int
    kind: str
    visit: str
    bytes: bytes
    state: str  # waiting | accepted | refused | deferred | held
    code: str | None
    person: str | None


@dataclass(frozen=True)
class Photo:
    sha256: str
    visit: str
    data: bytes | None
    state: str  # kept | wanted | received | lost


class Phone:
    """``v``: the version of the exchange that its app speaks, until it is updated."""

    def __init__(
        self, handset: Handset, clocks: Clocks, seed: object, v: int = VERSION, copy_of: Phone | None = None
    ) -> None:
        self.handset = handset
        self.v = v
        self.clocks = clocks
        self.crash: tuple[int, str] | None = None  # (at which transaction from now, before | after)
        # What it names must not depend on how often it had to try: hub and server give the same names.
        self._names, self._dice = (random.Random(f"{seed} {handset.name} {of}") for of in ("names", "rest"))
        self.store = Store(":memory:", self._at)
        if copy_of is not None:
            copy_of.store.db.backup(self.store.db)
        self.start()

    def start(self) -> None:
        """The app starts: what was under way is forgotten, what is in the store is not."""
        self._start = ids.uuid7(self.clocks.wall_ms(), self._dice.randbytes(ids.RAND_BYTES))
        self._began_ms = self.clocks.now_ms()
        self.loop = Loop(self.store, self.moment, self._names.randbytes, self._dice.random)
        self.loop.piece = FIRST_PIECE_BYTES
        if self.v == former.VERSION:
            former.speak(self.loop)

    def moment(self) -> At:
        return At(clock.text(self.clocks.wall_ms()), self.clocks.now_ms() - self._began_ms, self._start)

    def at(self) -> dict[str, Any]:
        """This moment, as ops write it."""
        now = self.moment()
        return {"wall": now.wall, "mono": now.mono, "start": now.start}

    def wake(self, by: Waker) -> Generator[Ask, Heard | None, None]:
        return self.loop.wake(by)

    # ------------------------------------------------------------ what its owner does
    def name(self) -> str:
        return self.loop.outbox.new_id()

    def seal(self, kind: str, body: dict[str, Any], base: str | None, files: tuple[File, ...] = ()) -> str:
        """Finish something; the op's id. Kept when this returns."""
        return self.loop.outbox.put(kind, body, base, files)

    def spoil(self, sha256: str) -> None:
        """The phone's storage loses a file."""
        self.store.db.execute("UPDATE files SET data = x'00' WHERE sha256 = ?", (sha256,))

    def rot(self, which: int) -> None:
        """The phone's storage loses a row of a feed."""
        rows = sorted(self.rows())
        if rows:
            self.store.db.execute(
                "DELETE FROM rows WHERE (feed, kind, id) = (?, ?, ?)", rows[which % len(rows)]
            )

    def base_of(self, visit: str) -> str | None:
        return self.loop.outbox.base_of(visit)

    # ------------------------------------------------------------ looked into
    def ops(self) -> list[Own]:
        found = self.store.rows("SELECT id, n, kind, visit, bytes, state, code, person FROM ops ORDER BY n")
        return [Own(*row) for row in found]

    def photos(self) -> list[Photo]:
        found = self.store.rows("SELECT sha256, visit, data, state FROM files ORDER BY rowid")
        return [Photo(*row) for row in found]

    def rows(self) -> dict[RowKey, tuple[str, Any]]:
        """What it was told: (feed, kind, id) → (version, body)."""
        found = self.store.rows("SELECT feed, kind, id, version, body FROM rows WHERE feed <> ?", OWN)
        return {
            (row["feed"], row["kind"], row["id"]): (row["version"], row["body"] and json.loads(row["body"]))
            for row in found
        }

    def kept_for_own(self) -> set[str]:
        """Things that no feed carries any more."""
        return {row["id"] for row in self.store.rows("SELECT id FROM rows WHERE feed = ?", OWN)}

    def sum_of(self, feed: str) -> str:
        return digest.of(
            (kind, id, version) for (of, kind, id), (version, _) in self.rows().items() if of == feed
        )

    @property
    def epoch(self) -> str | None:
        found: str | None = self.store.get("epoch")
        return found

    def _at(self, point: str) -> None:
        """A transaction is about to end, or has ended."""
        side, _, what = point.partition(" ")
        if self.crash is None or what == "deferred":  # that one writes nothing as a rule
            return
        left, wanted = self.crash
        if left > 0:
            self.crash = (left - 1, wanted) if side == "after" else self.crash
        elif side == wanted:
            self.crash = None
            raise Crashed


def heard_of(reply: Reply | None) -> Heard | None:
    return None if reply is None else Heard(reply.status, reply.headers, reply.body)


@contextmanager
def newer_app(v: int) -> Iterator[None]:
    """An app of the future: it writes this version of an op, and kinds that nobody here knows."""
    with (
        mock.patch.object(outbox, "VERSION", v),
        mock.patch.object(outbox, "read_op", lambda raw: raw),
    ):
        yield
