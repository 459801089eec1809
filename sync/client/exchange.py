"""One exchange: the request's bytes, and its answer taken in as one transaction (S2, S4, S12 to S14)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from msgspec import structs

from sync.client.answer import Heard, odd_changes
from sync.client.batch import Batch, pick_previews
from sync.client.outbox import Outbox, Waiting
from sync.client.photos import Photos, Preview
from sync.client.store import Store
from sync.client.world import World
from sync.core import canonical, clock
from sync.core.clock import Anchor
from sync.messages import Change, Response
from sync.ops import At
from sync.versions import VERSION

APP: Final = "python"
MOST_ITEMS: Final = 200
ANCHORS_A_START: Final = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """What goes in one exchange."""

    ops: Sequence[Waiting]
    previews: Sequence[Preview]
    have: Sequence[str]
    manifest: str  # its hash
    body: bytes
    asked: At


@dataclass(frozen=True, slots=True)
class Applied:
    """What an answer came to. ``moved``: it brought or settled something."""

    more: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """Writes requests and takes answers in. ``v``: the version of the exchange that it speaks."""

    store: Store
    outbox: Outbox
    world: World
    photos: Photos
    v: int = VERSION

    def offer(self, batch: Batch, *, probe: bool, previews: bool = True) -> Offer:
        """The next request: ops first, then previews as long as there is room (rule S8). A ``probe`` has
        neither."""
        ops = [] if probe else self.outbox.batch(batch)
        small: list[Preview] = []
        if previews and not probe:
            waiting = self.photos.previews([one.id for one in ops])
            small = pick_previews(waiting, batch, sum(one.size + 1 for one in ops))
        have = self.photos.have()
        manifest = self._manifest({one.id for one in ops})
        known = self.store.get("manifest") == manifest["hash"]
        asked = self.outbox.moment()
        head: dict[str, Any] = {
            "v": self.v,
            "app": APP,
            "epoch": self.store.get("epoch"),
            "clock": structs.asdict(asked),
            "anchors": [asdict(one) for one in self.outbox.anchors_for([one.id for one in ops])],
            "manifest": {"hash": manifest["hash"]} if known else manifest,
            "cursor": self.store.get("cursor"),
            "budget": batch.bytes,
            "previews": [one.json() for one in small],
            "have": have,
            **self.compared(),
        }
        return Offer(ops, small, have, manifest["hash"], _written(head, ops), asked)

    def compared(self) -> dict[str, Any]:
        """What this version of the exchange says of feeds that are doubted (rule S12)."""
        return {"parts": self.world.parts()}

    def _manifest(self, going: set[str]) -> dict[str, Any]:
        """What the county lacks once it has taken this request (rule S13)."""
        unsettled = self.store.rows(
            "SELECT id, visit, person, wall, state FROM ops WHERE state <> 'accepted' ORDER BY n"
        )
        staying = [row for row in unsettled if row["id"] not in going]
        waiting = [row for row in staying if row["state"] == "waiting"]
        mismatched = self.world.mismatched()
        whole: dict[str, Any] = {
            "drafts": 0,
            "waiting": len(waiting),
            "refused": len(staying) - len(waiting),
            "photos": self.photos.owed(),
            "oldest_wall": min((row["wall"] for row in waiting), default=None),
            "items": [{"visit": row["visit"], "person": row["person"], "at": row["wall"]} for row in waiting],
            **({"mismatched": mismatched} if mismatched else {}),
        }
        return {**whole, "items": whole["items"][:MOST_ITEMS], "hash": canonical.sha256(whole)}

    def take_in(self, offer: Offer, answer: Response, heard: Heard) -> Applied:
        """All of an answer, or nothing; taken in twice, it changes nothing the second time."""
        now_ms = clock.parse(answer.server_time)
        with self.store.writing("answer"):
            restored = self.store.get("epoch") not in (None, answer.epoch)
            if restored:
                self.outbox.offer_again()
                self.photos.offer_again()
                self.world.read_all_again()
            settled = self.outbox.settle(answer.results, now_ms)
            self.photos.note_sent([one.sha256 for one in offer.previews], offer.have)
            self.photos.told(answer.wanted, answer.receipts, now_ms)
            self._keep_odd(odd_changes(heard), now_ms)
            self._take_changes(answer, now_ms)
            self._note(offer, answer, restored=restored)
            self.outbox.prune(now_ms)
            backed_up_to_ms = clock.parse(answer.backed_up_to) if answer.backed_up_to else None
            self.photos.free(backed_up_to_ms, now_ms)
        left = len(self.outbox.waiting()) + len(self.photos.previews([]))
        doubted = bool(self.world.doubted())
        moved = settled or restored or answer.changes or doubted or offer.previews
        return Applied(answer.more or doubted or left > 0, bool(moved))

    def _take_changes(self, answer: Response, now_ms: int) -> None:
        for feed in answer.left:
            self.world.leave(feed)
        for feed in answer.reset:
            self.world.read_again(feed)
        self.world.apply(answer.changes)
        self.world.drop_missing(answer.parts, answer.changes)
        self.outbox.taken_after_all([op for one in answer.changes for op in _taken(one)], now_ms)
        if answer.cursor is not None:
            written = structs.asdict(answer.cursor)
            self.store.put("cursor", written if written["walks"] else {**written, "walks": {}})
            if not answer.more:
                self.world.sweep()
                self.world.compare(answer.feeds or {}, answer.parts, now_ms)
        self.world.drop_kept()

    def _note(self, offer: Offer, answer: Response, *, restored: bool) -> None:
        """What the next exchange begins with."""
        self.store.put("epoch", answer.epoch)
        self.store.put("manifest", None if restored else offer.manifest)
        anchor = anchor_of(offer.asked, self.outbox.moment(), answer.server_time)
        self.store.db.execute(
            "INSERT INTO anchors VALUES (?, ?, ?, ?)", (anchor.start, anchor.mono, anchor.wall, anchor.server)
        )
        self.store.db.execute(  # of each start the first, and the newest
            "DELETE FROM anchors WHERE rowid IN (SELECT rowid FROM anchors WHERE start = ?"
            " ORDER BY rowid DESC LIMIT -1 OFFSET ?) AND rowid > (SELECT min(rowid) FROM anchors"
            " WHERE start = ?)",
            (anchor.start, ANCHORS_A_START, anchor.start),
        )

    def _keep_odd(self, odd: Sequence[Any], now_ms: int) -> None:
        for one in odd:
            raw = json.dumps(one, ensure_ascii=True)
            self.store.db.execute("INSERT INTO odd VALUES (?, ?)", (now_ms, raw))


def anchor_of(asked: At, heard: At, server_time: str) -> Anchor:
    """The county looked at its clock about half-way between asking and hearing."""
    half_ms = (heard.mono - asked.mono) // 2 if heard.start == asked.start else 0
    wall = clock.text(clock.parse(heard.wall) - half_ms)
    return Anchor(heard.start, heard.mono - half_ms, wall, server_time)


def _written(head: dict[str, Any], ops: Sequence[Waiting]) -> bytes:
    """Ops go as the bytes that they were sealed as: written again they could differ from what went before."""
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return written[:-1] + b',"ops":[' + b",".join(one.bytes for one in ops) + b"]}"


def _taken(change: Change) -> list[str]:
    """The ops that this change shows to have been taken."""
    body = change.body or {}
    if change.kind == "note":
        return [change.id]
    if change.kind != "visit":
        return []
    mended = body.get("mended")
    return [one for one in (body.get("revision"), *(mended or ())) if isinstance(one, str)]
