"""What a volunteer does with her phone: visits, corrections, withdrawals, notes; photos get lost."""

from __future__ import annotations

import json
import random
from contextlib import nullcontext
from typing import Any

from sync.client import File
from tests.simulation import bodies
from tests.simulation.history import History, Sealed
from tests.simulation.phone import Own, Phone, newer_app

FUTURE = {"future": ("visit.dance", 1), "future_version": ("visit.put", 9)}


class Volunteer:
    def __init__(self, phone: Phone, history: History) -> None:
        self._phone = phone
        self._history = history
        self._quality = "good"

    def does(self, what: str, args: tuple[Any, ...]) -> None:
        if what == "finish":
            self._finish(*args)
        elif what == "correct":
            self._correct(args[0])
        else:
            self._about(what, args[0])

    def note(self, now_ms: int) -> None:
        """Write down what lies in the store by now: an op is finished when its transaction has ended, also if
        the phone was killed right behind it."""
        owner, history = self._phone.handset, self._history
        for own in self._phone.ops():
            if own.id not in history.sealed:
                op = json.loads(own.bytes)
                quality = self._quality if own.kind != "photo.lost" else "good"
                history.sealed[own.id] = Sealed(
                    own.id, owner.name, owner.user, owner.device, own.n, own.kind, own.visit, op["base"],
                    bytes(own.bytes), op, now_ms, quality,
                )  # fmt: skip
            if own.state == "accepted":
                history.accepted.setdefault(own.id, now_ms)
        for photo in self._phone.photos():
            if photo.state == "received":
                history.receipts.setdefault(photo.sha256, now_ms)
            elif photo.state == "lost":
                history.lost_files.add(photo.sha256)

    def _finish(self, which: int, kind: str, photos: int) -> None:
        phone = self._phone
        dice = random.Random(f"{phone.handset.name} {which}")
        files = tuple(bodies.file(bodies.file_name(phone.handset.name, which, one)) for one in range(photos))
        body = bodies.visit(phone, kind, files, dice)
        name, v = FUTURE.get(kind, ("visit.put", 1))
        self._history.files.update({file.sha256: file.data for file in files})
        with newer_app(v) if kind in FUTURE else nullcontext():
            self._seal(kind, name, body, None, files)

    def _correct(self, which: int) -> None:
        """Answer a return. The county's word brings the whole visit, so it need not be this phone's own."""
        shown = [body for (_, kind, _), (_, body) in self._phone.rows().items() if kind == "visit" and body]
        asked = [one for one in shown if one["returned"]]
        if not asked:
            return
        visit = asked[which % len(asked)]
        told, dice = visit["returned"], random.Random(f"{self._phone.handset.name} correct {which}")
        answers = [
            {"record": one["record"], "path": one["path"], "said": "changed"} for one in told["comments"]
        ]
        body = bodies.again(bodies.opened(told["body"]), dice)
        correction = {"decision": told["decision"], "answers": answers}
        self._seal("good", "visit.put", {**body, "correction": correction}, visit["revision"])

    def _about(self, what: str, which: int) -> None:
        """Something about a visit of hers that the phone knows."""
        puts = [own for own in self._phone.ops() if own.kind == "visit.put"]
        if not puts:
            return
        found: Own = puts[which % len(puts)]
        body, dice = (
            json.loads(found.bytes)["body"],
            random.Random(f"{self._phone.handset.name} {what} {which}"),
        )
        base = self._phone.base_of(found.visit)
        match what:
            case "revise":
                self._seal("good", "visit.put", bodies.again(body, dice), base)
            case "withdraw":
                self._seal("good", "visit.withdraw", {"visit": found.visit, "reason": "记错人了"}, base)
            case "note":
                self._seal("good", "note.add", {"visit": found.visit, "text": "她女儿在家"}, base)
            case "spoil":
                for photo in self._phone.photos():
                    if photo.visit == found.visit and photo.state in ("kept", "wanted"):
                        self._phone.spoil(photo.sha256)

    def _seal(
        self, quality: str, kind: str, body: dict[str, Any], base: str | None, files: tuple[File, ...] = ()
    ) -> None:
        self._quality = quality
        self._phone.seal(kind, body, base, files)
