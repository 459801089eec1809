"""Phones that run the reference client (``sync.client``), each over its own file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sync.client import File as Carried
from sync.client import NotEnrolled, Phone
from sync.client.answer import Ask, Heard
from tests.factories.pictures import File, preview
from tests.simulation.live.citizens import Made, Report

FORM, PROGRAMME = "daily-contact", "day-care"


class Killed(BaseException):
    """The phone's process is no more: nothing that runs in it may catch this."""


class PythonCitizen:
    kind = "python"

    def __init__(self, folder: Path, name: str, url: str, code: str) -> None:
        self.name = name
        self._file = folder / f"{name}.db"
        self._phone = self._at_once(enrolled(url, code, self._file, name))
        self.device: str = self._phone.store.get("who")["device"]

    def visit(self, note: str, person: int, photos: Sequence[File]) -> Made:
        return self._put(note, self._person(person), photos, None)

    def edit(self, made: Made, note: str) -> str:
        person = json.loads(self._bytes_of(made.op))["body"]["subject"]["id"]
        return self._put(note, person, made.photos, made.visit).op

    def withdraw(self, visit: str) -> None:
        self._phone.withdraw(visit)

    def note(self, visit: str, text: str) -> None:
        self._phone.note(visit, text)

    def sync(self) -> None:
        self._phone.sync(patience_s=1.0)

    def die_in_the_middle(self, after: int) -> None:
        carry, left = self._phone.carry, after

        def dies(ask: Ask) -> Heard | None:
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            return carry(ask)

        self._phone.carry = dies
        with suppress(Killed):
            self._phone.sync()
        self._phone.carry = carry
        self._phone.close()
        self._phone = self._at_once(Phone.open(self._file))

    def report(self) -> Report:
        standing, world = self._phone.standing(), self._phone.loop.world
        owed = self._phone.store.rows("SELECT sha256 FROM files WHERE state <> 'received'")
        return Report(
            waiting=standing.waiting,
            aside=dict(standing.refused),
            unreceived=tuple(str(row["sha256"]) for row in owed),
            visits=self._phone.things("visit"),
            feeds=len(world.feeds()),
            ready=FORM in self._phone.things("form") and bool(self._pairs()),
            mismatched=tuple(world.mismatched()),
            trouble=standing.trouble.code if standing.trouble else None,
        )

    def close(self) -> None:
        self._phone.close()

    def _put(self, note: str, person: str, photos: Sequence[File], visit: str | None) -> Made:
        answers = {
            "person": person,
            "contact": "seen",
            "wellbeing": "unwell",
            "need": "revisit",
            "note": note,
        }
        team = next(pair["team"] for pair in self._pairs() if pair["entity"] == person)
        files = [Carried(file.name, file.type, file.data, preview().data) for file in photos]
        put = self._phone.put_visit(
            team, PROGRAMME, FORM, {f"/data/{name}": said for name, said in answers.items()},
            person=person, visit=visit, files=files,
        )  # fmt: skip
        newest = self._phone.store.row("SELECT id FROM ops WHERE visit = ? ORDER BY n DESC LIMIT 1", put)
        assert newest is not None
        return Made(put, newest["id"], tuple(photos))

    def _pairs(self) -> list[dict[str, str]]:
        me = self._phone.store.get("who")["user"]
        pairs = self._phone.things("pair").values()
        teams = {id for id, team in self._phone.things("team").items() if team["programme"] == PROGRAMME}
        return [
            pair for pair in pairs if pair["user"] == me and pair["team"] in teams and not pair["ended_on"]
        ]

    def _person(self, number: int) -> str:
        hers = sorted(pair["entity"] for pair in self._pairs())
        return hers[number % len(hers)]

    def _bytes_of(self, op: str) -> bytes:
        return self._phone.loop.outbox.bytes_of(op)

    def _at_once(self, phone: Phone) -> Phone:
        """Failures are tried again at once, as Node's phones do."""
        phone.loop.chance = lambda: 0.0
        return phone


def enrolled(url: str, code: str, file: Path, name: str) -> Phone:
    """Asks again with the same code and the same file: an answer can be lost."""
    for _ in range(20):
        try:
            return Phone.enrol(url, code, file, name)
        except NotEnrolled as no:
            if no.code != "no_answer":
                raise
    raise NotEnrolled("no_answer")
