"""The counties of the live simulation: real gunicorn over SQLite or PostgreSQL. Whom phones are given to, and
what is held afterwards, is read from its database, and by other phones of the same volunteers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select

from deploy.bootstrap.options import DEMO_PASSWORD
from server.accounts import service as accounts
from server.accounts.models import Device
from server.app import create_app
from server.base import clock, db
from server.base.db import session
from server.base.settings import Settings
from server.review.models import Note
from server.teams.models import Pair, Team
from server.visits.models import Revision, Visit
from sync.client import Phone
from sync.client.answer import Ask
from tests.factories import postgres
from tests.factories.served import ROOT, SECRET, Gunicorn, Served

DAYS = "14"
ZONE = ZoneInfo("Asia/Shanghai")
PROGRAMME = "day-care"
LOOK_S = 30.0


@dataclass(frozen=True)
class Held:
    """What the county has of some phones."""

    visits: dict[str, str]  # id → state
    revisions: dict[str, list[str]]  # visit → its revisions, oldest first
    notes: int
    drafts: dict[str, int]  # device → how many visits it says are begun and not finished


class Place(Protocol):
    """Where the county is, and how it is looked into."""

    @property
    def port(self) -> int: ...

    def codes(self, phones: int) -> list[str]:
        """One for each phone: those who look after somebody in day care, in turn, so that some have several
        phones."""
        ...

    def held(self, devices: Collection[str]) -> Held: ...


@dataclass(frozen=True)
class RealPlace:
    """Real gunicorn, and how its own application opens its database."""

    port: int
    settings: Settings

    def codes(self, phones: int) -> list[str]:
        app = create_app(self.settings)
        try:
            with app.app_context(), db.writing():
                paired = select(Pair.org_id, Pair.user_id).join(
                    Team, (Team.org_id == Pair.org_id) & (Team.id == Pair.team_id)
                )
                hers = (Team.programme == PROGRAMME, Pair.user_id.is_not(None), Pair.ended_on.is_(None))
                whom = session.execute(paired.where(*hers).distinct().order_by(Pair.user_id)).all()
                now = clock.now()
                turns = [whom[number % len(whom)] for number in range(phones)]
                return [accounts.issue_code(org, user, now, 1).code for org, user in turns]
        finally:
            db.close(app)

    def held(self, devices: Collection[str]) -> Held:
        app = create_app(self.settings)
        try:
            with app.app_context(), db.reading():
                return _held(devices)
        finally:
            db.close(app)


def _held(devices: Collection[str]) -> Held:
    visits = dict(session.execute(select(Visit.id, Visit.state).where(Visit.device_id.in_(devices))).all())
    rows = session.execute(
        select(Revision.visit_id, Revision.id)
        .where(Revision.device_id.in_(devices))
        .order_by(Revision.number)
    )
    revisions: dict[str, list[str]] = {}
    for visit, revision in rows:
        revisions.setdefault(visit, []).append(revision)
    notes = session.execute(select(Note.id).where(Note.visit_id.in_(visits))).all()
    told = session.execute(select(Device.id, Device.manifest).where(Device.id.in_(devices))).all()
    drafts = {device: (manifest or {}).get("drafts", 0) for device, manifest in told}
    return Held(visits, revisions, len(notes), drafts)


@contextmanager
def demo(folder: Path, database_url: str = "") -> Iterator[Place]:
    """The demo county: three thousand people, eleven who look after somebody in day care."""
    settings = Settings(data=folder / "county", secret=SECRET, database_url=database_url)
    until = datetime.now(ZONE).date().isoformat()
    _tool(settings, "db", "upgrade")
    _tool(settings, "demo", "--until", until, "--password", DEMO_PASSWORD, "--days", DAYS)
    server = Gunicorn(settings.data, {"workers": 2, "demo": True, "database_url": database_url}).start()
    try:
        yield RealPlace(server.port, settings)
    finally:
        server.stop()


@contextmanager
def demo_on_postgresql(folder: Path) -> Iterator[Place]:
    """The same county in a real PostgreSQL."""
    with postgres.server() as make, demo(folder, make("simulated")) as place:
        yield place


@contextmanager
def small(folder: Path, database_url: str = "") -> Iterator[Place]:
    """The tests' own county, which is there at once."""
    made = Served(folder / "county", database_url)
    server = made.serve(workers=2)
    try:
        yield RealPlace(server.port, Settings(data=made.data, secret=SECRET, database_url=database_url))
    finally:
        server.stop()


@contextmanager
def small_on_postgresql(folder: Path) -> Iterator[Place]:
    with postgres.server() as make, small(folder, make("simulated")) as place:
        yield place


def _tool(settings: Settings, *arguments: str) -> None:
    """``lianxin ARGS…`` over this county."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
    told = {"DATA": str(settings.data), "SECRET": settings.secret, "DATABASE_URL": settings.database_url}
    environment = kept | {f"LIANXIN_{name}": value for name, value in told.items()}
    command = [sys.executable, "-m", "server.cli", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


class Reader:
    """One more phone of a volunteer, on a good line: it reads a photo through her own visit."""

    def __init__(self, place: Place, code: str, file: Path) -> None:
        self._phone = Phone.enrol(f"http://127.0.0.1:{place.port}", code, file, "reader")

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
