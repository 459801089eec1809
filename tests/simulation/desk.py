"""The office in a run: each event picks its thing by a number, among what is there at that moment."""

from __future__ import annotations

import json
from typing import Any

from sync.hub.county import NotNow
from tests.factories.county import LIYAN, TEAM
from tests.simulation import bodies
from tests.simulation.faults import Testable
from tests.simulation.history import History, Sealed
from tests.simulation.people import HANDSETS, REVIEWER


class Desk:
    def __init__(self, county: Testable, history: History) -> None:
        self._county = county
        self._history = history
        self._decisions: list[tuple[str, str]] = []  # who, which
        self._backup: Any = None

    def does(self, what: str, args: tuple[Any, ...], now_ms: int) -> None:
        """Raises NotNow where it cannot be done as things stand."""
        match what:
            case "approve" | "send_back" | "note" | "settle":
                self._of_a_visit(what, args[0])
            case "undo":
                if self._decisions:
                    self._county.undo(*self._decisions[args[0] % len(self._decisions)])
            case "release" | "close":
                self._of_an_item(what, args[0])
            case "join" | "leave":
                (self._county.join if what == "join" else self._county.leave)(*args[0])
            case "pair":
                self._county.pair(TEAM, HANDSETS[0].user, args[1])
            case "end_pair":
                pairs = self._open_pairs(args[1])
                if pairs:
                    self._county.end_pair(pairs[args[0] % len(pairs)])
            case "put_entity":
                self._county.put_entity("people", args[1], "改过的名字", {"note": str(args[0])})
            case "erase":
                self._county.erase_entity(args[1])
            case "revoke":
                device = next(one.device for one in HANDSETS if one.name == args[0])
                self._county.revoke(device)
                self._history.revoked.setdefault(device, now_ms)
            case "tidy":
                self._county.tidy()
            case "orphan":
                lying = bodies.file(args[0])
                self._county.orphan(lying.data)
                self._history.orphans.add(lying.sha256)
            case "backup":
                self._backup = (self._county.backup(), dict(self._history.revoked))
            case "restore":
                self._restore(now_ms)

    def _restore(self, now_ms: int) -> None:
        if self._backup is None:
            return
        backup, revoked = self._backup
        self._county.restore(backup)
        self._history.restored_ms.append(now_ms)
        self._history.revoked = dict(revoked)
        self._decisions = []

    def _open_pairs(self, person: str) -> list[str]:
        """Oldest first."""
        found = [
            (body["began_on"], id)
            for rows in self._county.feeds().values()
            for (kind, id), (_, body) in rows.items()
            if kind == "pair" and body["entity"] == person
        ]
        return [id for _, id in sorted(found)]

    def _of_a_visit(self, what: str, which: int) -> None:
        puts = [one for one in self._history.sealed.values() if one.kind == "visit.put"]
        if not puts:
            return
        put = puts[which % len(puts)]
        shown = self._county.shown(put.visit)
        if shown is None:
            return
        by = _reviewer_of(put)
        if what == "note":
            self._county.note(by, put.visit, "请再看一下")
        elif what == "settle":
            disputed = self._county.conflicts(put.visit)
            chosen = {field: said[which % len(said)] for field, said in disputed.items()}
            if chosen:
                self._county.settle(by, put.visit, shown.revision, chosen)
        elif what == "approve":
            self._decisions.append((by, self._county.approve(by, put.visit, shown.revision)))
        else:
            asked = self._asked(put, shown.revision)
            self._decisions.append(
                (by, self._county.send_back(by, put.visit, shown.revision, "请补一下", asked))
            )

    def _asked(self, put: Sealed, revision: str) -> list[dict[str, str]]:
        known = self._history.sealed.get(revision, put)
        (record,) = known.op["body"]["records"]
        return [{"record": record["record"], "path": "/data/contact", "text": "怎么联系的？"}]

    def _of_an_item(self, what: str, which: int) -> None:
        open_ones = [one for one in self._county.aside() if one.state == "open"]
        if not open_ones:
            return
        item = open_ones[which % len(open_ones)]
        if item.op is not None:
            self._history.moderated.add(item.op)
        try:
            if what == "release":
                self._county.release(self._reviewer(item.raw), item.id)
            else:
                self._county.close(self._reviewer(item.raw), item.id, "不用了")
        except NotNow:
            pass

    @staticmethod
    def _reviewer(raw: bytes) -> str:
        try:
            return REVIEWER.get(json.loads(raw)["body"]["team"], LIYAN)
        except (ValueError, KeyError, TypeError):
            return LIYAN


def _reviewer_of(put: Sealed) -> str:
    """Whose visit it is lies where its author's people live, also when it names another team."""
    return next(REVIEWER[one.team] for one in HANDSETS if one.device == put.device)
