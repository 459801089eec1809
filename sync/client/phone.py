"""A phone for scripts: enrolled by a code from a paper card, with one file that holds everything of it.

phone = Phone.enrol("https://county.example", "ABCD-EFGH", "phone.db")
phone.sync()
visit = phone.put_visit("team…", "day-care", "daily-contact", {"/data/contact": "phone"}, person="…")
standing = phone.sync()
"""

from __future__ import annotations

import json
import os
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx

from sync.client import compose
from sync.client.answer import Ask, Heard, problem_in
from sync.client.engine import Trouble, Waker
from sync.client.loop import Loop
from sync.client.outbox import File
from sync.client.signing import Identity, new_key, public_jwk
from sync.client.store import Store
from sync.client.transport import TIMEOUT_S, Transport, send
from sync.core import clock
from sync.ops import At

Carry = Callable[[Ask], Heard | None]
LABEL: Final = "python"


class NotEnrolled(Exception):
    """The county did not take the code, or could not be asked. ``code`` is a problem's, or ``no_answer``."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this phone is. ``refused``: what the county keeps aside, with its code."""

    waiting: int
    refused: Mapping[str, str]  # op → code
    originals: int  # files that the county does not hold
    offline: bool
    trouble: Trouble | None

    @property
    def is_done(self) -> bool:
        return self.waiting == 0 and self.originals == 0 and not self.offline and self.trouble is None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The machine's own: a wall clock, one that only runs, and the name of this start."""

    start: str

    def __call__(self) -> At:
        wall = datetime.now(UTC)
        return At(clock.text(int(wall.timestamp() * 1000)), time.monotonic_ns() // 1_000_000, self.start)


class Phone:
    """One volunteer's phone over its file."""

    def __init__(self, store: Store, carry: Carry | None = None) -> None:
        self.store = store
        self.loop = Loop(store, Clocks(str(uuid4())), secrets.token_bytes, random.random)
        self.carry = carry or self._transport()

    @classmethod
    def enrol(cls, url: str, code: str, path: str | Path, label: str = LABEL) -> Phone:
        """Become somebody's. The same file with the same code may ask again: an answer can be lost. Raises
        NotEnrolled."""
        _private(path)
        store = Store(path)
        with store.writing("key"):
            pem = store.get("key") or new_key()
            store.put("key", pem)
        with httpx.Client(timeout=TIMEOUT_S) as client:
            said = {"code": code, "label": label, "public_key": public_jwk(pem)}
            body = json.dumps(said).encode()
            where = url.rstrip("/") + "/api/enrolments"
            heard = send(client, "POST", where, {"Content-Type": "application/json"}, body)
        try:
            _enrolled(store, url, heard)
        except NotEnrolled:
            store.close()
            raise
        return cls(store)

    @classmethod
    def open(cls, path: str | Path) -> Phone:
        """A phone that was enrolled before. Raises NotEnrolled."""
        store = Store(path)
        if store.get("who") is None:
            store.close()
            raise NotEnrolled("not_enrolled")
        return cls(store)

    # ------------------------------------------------------------ what is told
    def put_visit(
        self,
        team: str,
        programme: str,
        form: str,
        answers: Mapping[str, str],
        *,
        person: str | None = None,
        place: str | None = None,
        visit: str | None = None,
        files: Sequence[File] = (),
    ) -> str:
        """A visit with one record, finished now, by the version of the form that the county fills; its id.
        ``visit``: puts that one again. It is kept before this returns. Raises LookupError for an unknown
        form, BadOp for what no county could read."""
        head = self.things("form")[form]
        id = visit or self.loop.outbox.new_id()
        row = self.things("entity").get(person or "")
        rows = {"people": [{"name": row["id"], "label": row["label"]}]} if row else {}
        record = compose.filled_form(self._record_of(id), form, head["version"], answers, rows, files)
        now = self.loop.outbox.moment()
        body = compose.visit(id, team, programme, [record], now, now, person=person, place=place)
        self.put("visit.put", body, files)
        return id

    def put(self, kind: str, body: Mapping[str, Any], files: Sequence[File] = ()) -> str:
        """Any op, on the newest that this phone knows of its visit; the op's id."""
        return self.loop.outbox.put(kind, body, self.loop.outbox.base_of(body["visit"]), files)

    def withdraw(self, visit: str, reason: str | None = None) -> str:
        """Take a visit back that nobody has decided on."""
        return self.put("visit.withdraw", {"visit": visit, **({"reason": reason} if reason else {})})

    def note(self, visit: str, text: str) -> str:
        """A word in the talk about a visit."""
        return self.put("note.add", {"visit": visit, "text": text})

    def sync(self, patience_s: float = 0) -> Standing:
        """Exchange until there is nothing more to do now; with patience, until nothing waits any more."""
        until = time.monotonic() + patience_s
        self._converse("user")
        while not (standing := self.standing()).is_done:
            at_ms = self.loop.state.next_try_ms
            wait_s = ((at_ms or 0) - self.loop.now_ms()) / 1000
            if at_ms is None or time.monotonic() + wait_s > until:
                break
            time.sleep(max(0.0, wait_s))
            self._converse("timer")
        return standing

    # ------------------------------------------------------------ what is known
    def standing(self) -> Standing:
        aside = self.store.rows("SELECT id, code FROM ops WHERE state IN ('refused', 'deferred', 'held')")
        return Standing(
            waiting=len(self.loop.outbox.waiting()),
            refused={row["id"]: row["code"] or "" for row in aside},
            originals=self.loop.photos.owed(),
            offline=self.loop.state.offline,
            trouble=self.loop.state.trouble,
        )

    def things(self, kind: str) -> dict[str, Any]:
        """What the county has told of one kind (``entity``, ``form``, ``visit`` …), by id."""
        return self.loop.world.things(kind)

    def close(self) -> None:
        """Let go of the file and the line."""
        if isinstance(self.carry, Transport):
            self.carry.close()
        self.store.close()

    def _record_of(self, visit: str) -> str:
        """The record of a visit of one record keeps its name over revisions."""
        found = self.store.row(
            "SELECT bytes FROM ops WHERE visit = ? AND kind = 'visit.put' ORDER BY n DESC LIMIT 1", visit
        )
        if found is None:
            return self.loop.outbox.new_id()
        return str(json.loads(found["bytes"])["body"]["records"][0]["record"])

    def _converse(self, by: Waker) -> None:
        conversation = self.loop.wake(by)
        with suppress(StopIteration):
            ask = next(conversation)
            while True:
                ask = conversation.send(self.carry(ask))

    def _transport(self) -> Transport:
        who = Identity(**self.store.get("who"))
        return Transport(self.store.get("url"), self.store.get("key"), who, self.loop.server_now_ms)


def _enrolled(store: Store, url: str, heard: Heard | None) -> None:
    """Keep who the phone is from now on."""
    said = heard.json() if heard is not None and heard.status == 201 else None
    if heard is None or not isinstance(said, dict):
        problem = problem_in(heard) if heard is not None else None
        raise NotEnrolled(problem.code if problem else "no_answer", problem.title if problem else "")
    with store.writing("enrolment"):
        store.put("url", url)
        store.put("who", {"org": said["org"]["id"], "user": said["user"]["id"], "device": said["device"]})
        store.put("epoch", said["epoch"])


def _private(path: str | Path) -> None:
    """The file holds the key: nobody else on this machine reads it."""
    Path(path).touch(mode=0o600)
    os.chmod(path, 0o600)
