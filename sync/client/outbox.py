"""What is to be told to the county: ops as sealed bytes, in their order, with their files (rules S1, S2, S7).

An op is written once, as its canonical bytes, and sent as these for ever. It leaves the queue when the county
has said what became of it; its bytes stay for 35 days longer, since a restored county may ask for them again
(rule S14).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec.structs import asdict

from sync.client.batch import Batch, pick
from sync.client.engine import MOST_FAILS
from sync.client.store import Store
from sync.core import clock
from sync.core.clock import Anchor
from sync.core.ids import RAND_BYTES, uuid7
from sync.messages import MOST_PREVIEW_BYTES, Result
from sync.ops import VERSION, At, canonical_op, read_op

KEPT_MS: Final = 35 * 86_400_000
DEFERRED_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """An op that is to be sent."""

    id: str
    bytes: bytes
    fails: int

    @property
    def size(self) -> int:
        return len(self.bytes)


@dataclass(frozen=True, slots=True)
class File:
    """A photo or a recording of a record. ``preview``: a JPEG or WebP of at most 24,576 bytes."""

    name: str
    type: str
    data: bytes
    preview: bytes | None = None
    preview_type: str = "image/jpeg"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def attachment(self) -> dict[str, Any]:
        """As a record names it."""
        return {"name": self.name, "sha256": self.sha256, "bytes": len(self.data), "type": self.type}


class Outbox:
    """Makes ops and keeps them. ``moment`` are the phone's clocks now, ``rand`` so many random bytes."""

    def __init__(self, store: Store, moment: Callable[[], At], rand: Callable[[int], bytes]) -> None:
        self.store = store
        self.moment = moment
        self.rand = rand

    def new_id(self) -> str:
        """A fresh name for a visit, a record or an op."""
        return uuid7(clock.parse(self.moment().wall), self.rand(RAND_BYTES))

    def put(
        self, kind: str, body: Mapping[str, Any], base: str | None = None, files: Sequence[File] = ()
    ) -> str:
        """Make an op and keep it with its files; its id. Raises BadOp for one that no county could read."""
        at = self.moment()
        id = self.new_id()
        with self.store.writing("op"):
            n = (self.store.get("n") or 0) + 1
            op = {"v": VERSION, "id": id, "kind": kind, "n": n, "at": asdict(at), "base": base, "body": body}
            sealed = canonical_op(op)
            read_op(json.loads(sealed))
            subject = body.get("subject")
            person = subject["id"] if subject else None
            refers = [one for one in (body["visit"], body.get("team"), body.get("place"), person) if one]
            self.store.db.execute(
                "INSERT INTO ops (id, n, kind, visit, bytes, refers, starts, wall, person)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    id,
                    n,
                    kind,
                    body["visit"],
                    sealed,
                    json.dumps(refers),
                    json.dumps(_starts(op)),
                    at.wall,
                    person,
                ),
            )
            for file in files:
                self._keep(body["visit"], file)
            self.store.put("n", n)
        return id

    def _keep(self, visit: str, file: File) -> None:
        small = file.preview is not None and len(file.preview) <= MOST_PREVIEW_BYTES
        self.store.db.execute(
            "INSERT INTO files (sha256, visit, type, bytes, data, preview, preview_type)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (sha256) DO UPDATE SET data = coalesce(data, excluded.data)",
            (
                file.sha256,
                visit,
                file.type,
                len(file.data),
                file.data,
                file.preview if small else None,
                file.preview_type if small else None,
            ),
        )

    # ------------------------------------------------------------ sending
    def waiting(self) -> list[Waiting]:
        """What is to be sent, in its order; what the county stumbles over lets the others pass (rule S3)."""
        found = self.store.rows(
            "SELECT id, bytes, fails FROM ops WHERE state = 'waiting' ORDER BY fails >= ?, n", MOST_FAILS
        )
        return [Waiting(row["id"], row["bytes"], row["fails"]) for row in found]

    def batch(self, batch: Batch) -> list[Waiting]:
        """The ops of the next exchange."""
        return pick(self.waiting(), batch)

    def bytes_of(self, op: str) -> bytes:
        """An op as it was sealed. Raises LookupError."""
        found = self.store.row("SELECT bytes FROM ops WHERE id = ?", op)
        if found is None:
            raise LookupError(op)
        return bytes(found["bytes"])

    def note_failure(self, op: str) -> int:
        """The county stumbled over it, alone; how often by now."""
        with self.store.writing("failure") as db:
            db.execute("UPDATE ops SET fails = fails + 1 WHERE id = ?", (op,))
        return self.store.count("SELECT coalesce(max(fails), 0) FROM ops WHERE id = ?", op)

    def note_handed_in(self, op: str) -> None:
        """Its bytes are in quarantine: it is not sent again by itself."""
        with self.store.writing("hand in") as db:
            db.execute("UPDATE ops SET state = 'refused', code = 'handed_in' WHERE id = ?", (op,))

    # ------------------------------------------------------------ what became of them
    def settle(self, results: Sequence[Result], now_ms: int) -> int:
        """Note what became of ops, inside a transaction; how many have left the queue."""
        left = 0
        for one in results:
            changed = self.store.db.execute(
                "UPDATE ops SET state = ?, code = ?, title = ?, next = ?, settled_ms = ?, fails = 0"
                " WHERE id = ? AND state <> 'accepted'",
                (one.outcome, one.code, one.title, one.next, now_ms, one.id),
            )
            left += changed.rowcount
        return left

    def taken_after_all(self, ops: Sequence[str], now_ms: int) -> None:
        """The county shows these as revisions, or as mended: they have been taken."""
        for op in ops:
            self.store.db.execute(
                "UPDATE ops SET state = 'accepted', code = NULL, title = NULL, next = NULL, settled_ms = ?"
                " WHERE id = ? AND state IN ('refused', 'deferred', 'held')",
                (now_ms, op),
            )

    def offer_again(self) -> None:
        """Another epoch: the county may have forgotten what it had said of any op that is still held here,
        also of one that it refused long ago (rule S14)."""
        self.store.db.execute(
            "UPDATE ops SET state = 'waiting', code = NULL, title = NULL, next = NULL, fails = 0,"
            " settled_ms = NULL WHERE state <> 'waiting'"
        )

    def ask_again(self, now_ms: int) -> None:
        """What was deferred or held may have been taken by now: asked again after a day."""
        with self.store.writing("deferred") as db:
            db.execute(
                "UPDATE ops SET state = 'waiting' WHERE state IN ('deferred', 'held') AND settled_ms < ?",
                (now_ms - DEFERRED_MS,),
            )

    def prune(self, now_ms: int) -> None:
        """Let go of the bytes of what was accepted long ago."""
        self.store.db.execute(
            "DELETE FROM ops WHERE state = 'accepted' AND settled_ms < ?", (now_ms - KEPT_MS,)
        )

    # ------------------------------------------------------------ looking
    def anchors_for(self, ops: Sequence[str]) -> list[Anchor]:
        """The anchors of the starts that these ops name, at most 20, the newest first (rule S9)."""
        named = {
            start
            for op in ops
            for row in self.store.rows("SELECT starts FROM ops WHERE id = ?", op)
            for start in json.loads(row["starts"])
        }
        found = self.store.rows("SELECT * FROM anchors ORDER BY rowid DESC")
        return [Anchor(**dict(row)) for row in found if row["start"] in named][:20]

    def base_of(self, visit: str) -> str | None:
        """The newest of the visit that this phone knows: an own op on its way, else what the county shows,
        else an own op that it took."""
        own = self.store.row(
            "SELECT id, state FROM ops WHERE visit = ? AND kind = 'visit.put' ORDER BY n DESC LIMIT 1", visit
        )
        if own is not None and own["state"] != "accepted":
            return str(own["id"])
        shown = self.store.row("SELECT body FROM rows WHERE kind = 'visit' AND id = ?", visit)
        revision = json.loads(shown["body"]).get("revision") if shown and shown["body"] else None
        return revision or (str(own["id"]) if own else None)


def _starts(op: Mapping[str, Any]) -> list[str]:
    """Every start of the app that the op's moments name."""
    found: set[str] = set()
    open_values: list[Any] = [op]
    while open_values:
        value = open_values.pop()
        if isinstance(value, dict):
            if isinstance(value.get("start"), str):
                found.add(value["start"])
            open_values += value.values()
        elif isinstance(value, list):
            open_values += value
    return sorted(found)
