"""The county of the live simulation, served by real gunicorn: whom phones are given to, and what it holds
afterwards, read from its database and by other phones of the same volunteers."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from server.accounts import service as accounts
from server.app import create_app
from server.base import clock, db
from server.base.db import session
from server.base.settings import Settings
from server.review.models import Note
from server.teams.models import Pair, Team
from server.visits.models import Revision, Visit
from sync.client import Phone
from sync.client.answer import Ask
from tests.e2e.harness import county as counties
from tests.e2e.harness.county import County
from tests.factories.served import SECRET, Served

DAYS = "14"
PROGRAMME = "day-care"
LOOK_S = 30.0


@dataclass(frozen=True)
class Place:
    """Where it is, and how its own application opens it."""

    port: int
    settings: Settings

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def demo(folder: Path) -> Iterator[Place]:
    """The demo county: three thousand people, eleven who look after somebody in day care."""
    counties.fill(folder / "template", "--days", DAYS)
    county = County(folder / "template", folder / "county", folder)
    county.start()
    try:
        yield Place(county.port, Settings(data=county.data))
    finally:
        county.stop()


@contextmanager
def small(folder: Path) -> Iterator[Place]:
    """The tests' own county, which is there at once."""
    made = Served(folder / "county")
    server = made.serve(workers=2)
    try:
        yield Place(server.port, Settings(data=made.data, secret=SECRET))
    finally:
        server.stop()


def codes(place: Place, phones: int) -> list[str]:
    """One for each phone: those who look after somebody in day care, in turn, so that some have
    several phones."""
    app = create_app(place.settings)
    try:
        with app.app_context(), db.writing():
            paired = select(Pair.org_id, Pair.user_id).join(
                Team, (Team.org_id == Pair.org_id) & (Team.id == Pair.team_id)
            )
            whom = session.execute(
                paired.where(Team.programme == PROGRAMME, Pair.user_id.is_not(None), Pair.ended_on.is_(None))
                .distinct().order_by(Pair.user_id)
            ).all()  # fmt: skip
            now = clock.now()
            turns = [whom[number % len(whom)] for number in range(phones)]
            return [accounts.issue_code(org, user, now, 1).code for org, user in turns]
    finally:
        db.close(app)


@dataclass(frozen=True)
class Held:
    """What the county has of some phones."""

    visits: dict[str, str]  # id → state
    revisions: dict[str, list[str]]  # visit → its revisions, oldest first
    notes: int


def held(place: Place, devices: Collection[str]) -> Held:
    app = create_app(place.settings)
    try:
        with app.app_context(), db.reading():
            visits = dict(
                session.execute(select(Visit.id, Visit.state).where(Visit.device_id.in_(devices))).all()
            )
            rows = session.execute(
                select(Revision.visit_id, Revision.id)
                .where(Revision.device_id.in_(devices))
                .order_by(Revision.number)
            )
            revisions: dict[str, list[str]] = {}
            for visit, revision in rows:
                revisions.setdefault(visit, []).append(revision)
            notes = session.execute(select(Note.id).where(Note.visit_id.in_(visits))).all()
            return Held(visits, revisions, len(notes))
    finally:
        db.close(app)


class Reader:
    """One more phone of a volunteer, on a good line: it reads a photo through her own visit."""

    def __init__(self, place: Place, code: str, file: Path) -> None:
        self._phone = Phone.enrol(place.url, code, file, "reader")

    def photo(self, visit: str, sha256: str) -> bytes | None:
        """Its bytes; it is looked over a moment after it has come. None: nobody is shown it."""
        until = time.monotonic() + LOOK_S
        while time.monotonic() < until:
            heard = self._phone.carry(Ask("GET", f"/api/visits/{visit}/photos/{sha256}", "", b""))
            if heard is not None and heard.status == 200:
                return heard.body
            time.sleep(0.1)
        return None

    def close(self) -> None:
        self._phone.close()
