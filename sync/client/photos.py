"""Originals and their small pictures: what is owed, how it goes, when it may be let go (S7, S8, S14).

A piece begins at 256 KiB, halves when the link breaks, and doubles when a whole one went through. What
arrived is the county's to say, by its offset. An original that is refused for itself rests for an hour and
lets the others pass; it is given up (``photo.lost``) only when this phone cannot read it, or no county can
take it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sync.client.answer import Heard, read_receipt
from sync.client.store import Store
from sync.messages import MOST_HAVE, Receipt, Wanted

FIRST_PIECE: Final = 256 * 1024
LEAST_PIECE: Final = 64 * 1024
MOST_PIECE: Final = 2 * 1024 * 1024
REST_MS: Final = 60 * 60_000
KEPT_MS: Final = 35 * 86_400_000  # an original that no backup is told of
MOST_GAPS: Final = 3


@dataclass(frozen=True, slots=True)
class Original:
    """A file that the county asks for, from this byte on."""

    sha256: str
    visit: str
    type: str
    data: bytes
    start: int

    @property
    def is_whole(self) -> bool:
        return hashlib.sha256(self.data).hexdigest() == self.sha256

    def piece(self, size: int) -> tuple[int, bytes]:
        """The next piece and where it begins; the last byte where only the county's word is missing."""
        first = min(self.start, max(0, len(self.data) - 1))
        return first, self.data[first : first + size]


@dataclass(frozen=True, slots=True)
class Preview:
    sha256: str
    type: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def json(self) -> dict[str, str]:
        return {"of": self.sha256, "type": self.type, "base64": base64.b64encode(self.data).decode()}


def smaller(piece: int) -> int:
    """After a cut."""
    return max(LEAST_PIECE, piece // 2)


def larger(piece: int) -> int:
    """After a whole piece went through."""
    return min(MOST_PIECE, piece * 2)


def offset_in(heard: Heard) -> int | None:
    """The offset that an answer to a piece names."""
    said: Any = heard.json()
    found = said.get("offset") if isinstance(said, dict) else None
    return found if type(found) is int and found >= 0 else None


def receipt_in(heard: Heard) -> Receipt | None:
    """The receipt that an answer to a piece is."""
    return read_receipt(heard.json()) if heard.status in (200, 201) else None


class Photos:
    """The table of files. What writes inside the caller's transaction says so."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def have(self) -> list[str]:
        """Files without a receipt, or with one that is pending; those that were named least come first."""
        found = self.store.rows(
            "SELECT sha256 FROM files WHERE (state IN ('kept', 'wanted') AND data IS NOT NULL) OR pending = 1"
            " ORDER BY asked, sha256 LIMIT ?",
            MOST_HAVE,
        )
        return [row["sha256"] for row in found]

    def previews(self, ops: Sequence[str]) -> list[Preview]:
        """Small pictures that have not gone: of files whose ops go now or are known to the county."""
        found = self.store.rows(
            "SELECT sha256, preview, preview_type FROM files WHERE preview IS NOT NULL AND preview_sent = 0"
            " AND state <> 'lost' AND visit NOT IN (SELECT visit FROM ops WHERE state = 'waiting'"
            " AND kind = 'visit.put' AND id NOT IN (SELECT value FROM json_each(?))) ORDER BY rowid",
            json.dumps(list(ops)),
        )
        return [Preview(row["sha256"], row["preview_type"], bytes(row["preview"])) for row in found]

    def owed(self) -> int:
        """How many originals the county does not hold."""
        return self.store.count("SELECT count(*) FROM files WHERE state IN ('kept', 'wanted')")

    def wanted(self, now_ms: int) -> list[str]:
        """Files that the county asks for and that do not rest."""
        found = self.store.rows(
            "SELECT sha256 FROM files WHERE state = 'wanted' AND data IS NOT NULL AND rests_until_ms <= ?"
            " ORDER BY rowid",
            now_ms,
        )
        return [row["sha256"] for row in found]

    def original(self, sha256: str) -> Original | None:
        """The file, if the county still asks for it."""
        row = self.store.row(
            "SELECT * FROM files WHERE sha256 = ? AND state = 'wanted' AND data IS NOT NULL", sha256
        )
        if row is None:
            return None
        return Original(
            sha256, row["visit"], row["type"], bytes(row["data"]), min(row["start"], row["bytes"])
        )

    # ------------------------------------------------------------ inside the transaction of an answer
    def note_sent(self, previews: Iterable[str], have: Iterable[str]) -> None:
        """These went with an exchange that was answered."""
        for sha256 in previews:
            self.store.db.execute("UPDATE files SET preview_sent = 1 WHERE sha256 = ?", (sha256,))
        for sha256 in have:
            self.store.db.execute("UPDATE files SET asked = asked + 1 WHERE sha256 = ?", (sha256,))

    def told(self, wanted: Iterable[Wanted], receipts: Iterable[Receipt], now_ms: int) -> None:
        """What the county lacks and holds of this phone's files."""
        for one in wanted:
            self.store.db.execute(
                "UPDATE files SET state = 'wanted', start = ?, received_ms = NULL, pending = 0"
                " WHERE sha256 = ? AND state <> 'lost'",
                (one.offset, one.sha256),
            )
        for receipt in receipts:
            self._receive(receipt)
        # a receipt of a piece came without a time: it is no later than this answer
        self.store.db.execute(
            "UPDATE files SET received_ms = ? WHERE state = 'received' AND received_ms IS NULL", (now_ms,)
        )

    def offer_again(self) -> None:
        """Another epoch: no receipt counts any more (rule S14)."""
        self.store.db.execute(
            "UPDATE files SET state = CASE WHEN state = 'lost' THEN 'lost' ELSE 'kept' END, start = 0,"
            " received_ms = NULL, pending = 0, preview_sent = 0 WHERE data IS NOT NULL"
        )

    def free(self, backed_up_to_ms: int | None, now_ms: int) -> None:
        """Let go of originals that are in a finished backup by now, or were received long ago."""
        self.store.db.execute(
            "UPDATE files SET data = NULL WHERE state = 'received' AND received_ms < ?",
            (max(backed_up_to_ms or 0, now_ms - KEPT_MS),),
        )

    def _receive(self, one: Receipt) -> None:
        self.store.db.execute(
            "UPDATE files SET state = 'received', aside = ?, pending = ? WHERE sha256 = ? AND bytes = ?",
            (one.aside, int(one.pending is True), one.sha256, one.bytes),
        )

    # ------------------------------------------------------------ each a transaction of its own
    def receive(self, one: Receipt) -> None:
        with self.store.writing("receipt"):
            self._receive(one)

    def move(self, sha256: str, start: int) -> None:
        """The county holds it up to here."""
        self._set("offset", sha256, "start = ?", start)

    def rest(self, sha256: str, until_ms: int) -> None:
        """It lets the others pass."""
        self._set("rest", sha256, "rests_until_ms = ?", until_ms)

    def forget_wanted(self, sha256: str) -> None:
        """No op of this user names it yet: the op goes first."""
        self._set("forget", sha256, "state = ?", "kept")

    def lose(self, sha256: str) -> None:
        """It cannot be read any more, or never be taken."""
        self._set("lose", sha256, "state = ?", "lost")

    def _set(self, what: str, sha256: str, change: str, value: Any) -> None:
        with self.store.writing(what) as db:
            db.execute(f"UPDATE files SET {change} WHERE sha256 = ?", (value, sha256))  # noqa: S608  ours
