"""The real server as a citizen: its application, its services and its SQLite database, in this process.

A request goes through the whole WSGI application, from the URL to the bytes of the answer. Only the ES256
signature is not checked, since much of a run's time would go there: the caller stands in a header, and
becomes the same actor. The office's verbs are the services that the desk's routes call, one unit each.

The application is made once a process; a run begins with a copy of a migrated, peopled database in memory.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Request
from sqlalchemy import select

from server import migrations
from server.accounts import queries as accounts
from server.accounts import service as accounts_service
from server.accounts.callers import REVOKED_PUSH
from server.accounts.models import Device
from server.app import CHORES, create_app
from server.backup import epochs, making
from server.backup.manifest import BLOBS, DATABASE
from server.base import clock, db, feeds
from server.base.blobs import Blobs
from server.base.db import session
from server.base.models import FeedRow, LedgerEntry
from server.base.policy import Actor
from server.base.problems import Problem
from server.base.settings import Settings
from server.entities import service as entities
from server.entities.change import EntityChange
from server.photos import places
from server.photos import service as photos
from server.photos.models import Photo
from server.replication.rendering import render
from server.review import notes
from server.review import service as review
from server.review.models import Note
from server.review.queries import render_visit
from server.review.service import Draft
from server.teams import queries as team_queries
from server.teams import service as teams
from server.visits import quarantine, settling, versions
from server.visits.models import QuarantineItem, Revision, Visit
from server.visits.settling import Choice, Opened, Settlement
from sync.hub.county import Aside, Became, Caller, NotNow, Reply, Shown
from tests.factories.county import ORG, County
from tests.simulation.faults import Fault, carries
from tests.simulation.people import BEGINS, HANDSETS
from tests.simulation.points import Killed, Points

SECRET = "a secret that only the simulation knows, long enough"
WHO, SIGNED = "X-Simulated-Device", "X-Simulated-Body"
FILE, BACKUPS = "lianxin.sqlite", "backups"


@dataclass(frozen=True)
class Known:
    """Somebody whose signature we take as checked."""

    actor: Actor
    body_sha256: str

    def covers(self, raw: bytes) -> bool:
        return True


@dataclass(frozen=True)
class Backup:
    folder: Path
    made_at: datetime


class RealCounty:
    """A county served by the real server. One at a time in a process."""

    def __init__(self, seed: object, now: Callable[[], Any]) -> None:
        stage = _stage()
        self._app, self._points, self._data = stage.app, stage.points, stage.data
        self._dice = random.Random(f"{seed} county")
        self._app.config.update(CLOCK=now, CHANCE=self._dice.randbytes)
        self._points.disarm()
        self._points.faults = []
        stage.begin()

    # ------------------------------------------------------------ the door for phones
    def strike(self, fault: Fault | None, meanwhile: int | None, between: Callable[[], None]) -> None:
        self._points.arm(fault, meanwhile, between)

    def answer(
        self, caller: Caller, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> Reply | None:
        fault, struck = self._points.fault, False
        if not carries(method, body):
            self._points.fault = None
        try:
            reply = self._ask(caller, method, path, headers, body)
        except Killed:
            db.close(self._app)
            return None
        finally:
            struck = self._points.struck
            self._points.disarm()
        killed = fault is not None and fault.kind.startswith("killed")
        return None if killed and not struck else reply  # struck, and yet an answer: it was on its way

    def handle(
        self, caller: Caller, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        self._points.disarm()
        return self._ask(caller, method, path, headers, body)

    def _ask(self, caller: Caller, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        said = {**headers, WHO: caller.device, SIGNED: hashlib.sha256(body).hexdigest()}
        answered = self._app.test_client().open(path, method=method, headers=said, data=body)
        return Reply(answered.status_code, dict(answered.headers), answered.data)

    # ------------------------------------------------------------ the office
    def approve(self, by: str, visit: str, revision: str) -> str:
        with self._desk(by) as actor:
            return review.decide(actor, visit, Draft("approve", revision), clock.now()).id

    def send_back(
        self, by: str, visit: str, revision: str, words: str, comments: Sequence[Mapping[str, str]] = ()
    ) -> str:
        asked = [dict(one) for one in comments]
        with self._desk(by) as actor:
            day = (clock.now() + timedelta(days=3)).date()
            return review.decide(actor, visit, Draft("return", revision, words, day, asked), clock.now()).id

    def undo(self, by: str, decision: str) -> str:
        with self._desk(by) as actor:
            return review.undo(actor, decision, clock.now()).id

    def settle(self, by: str, visit: str, revision: str, choices: Mapping[str, str]) -> str:
        """The records as the merge has them: the desk's renderer would write them anew."""
        with self._desk(by) as actor:
            found = self._visit(visit)
            picked = [Choice(field, chosen) for field, chosen in choices.items()]
            body = settling.preview(versions.read(found), picked)
            opened = [Opened(one["record"], one["xml"]) for one in body["records"]]
            draft = Settlement(revision, picked, opened, None)
            made = settling.settle(actor, found, draft, clock.now())
            review.settle(found, clock.now())
            return made.id

    def conflicts(self, visit: str) -> Mapping[str, Sequence[str]]:
        with self._app.app_context(), db.reading():
            found = versions.read(self._visit(visit))
            return {
                path: [said.version for said in settling.offered(found, path)]
                for path in found.merged.conflicts
            }

    def note(self, by: str, visit: str, text: str) -> str:
        with self._desk(by) as actor:
            return notes.add_at_desk(actor, visit, text, clock.now()).id

    def aside(self) -> Sequence[Aside]:
        with self._app.app_context(), db.reading():
            order = select(QuarantineItem).order_by(QuarantineItem.received_at, QuarantineItem.id)
            return [
                Aside(one.id, one.op_id, one.user_id, one.code, one.state, one.raw, one.detail.get("for"))
                for one in session.scalars(order)
            ]

    def release(self, by: str, item: str) -> None:
        with self._desk(by) as actor:
            quarantine.release(actor, self._item(item), clock.now())

    def close(self, by: str, item: str, note: str) -> None:
        with self._desk(by) as actor:
            quarantine.close(actor, self._item(item), note, clock.now())

    def join(self, team: str, user: str) -> None:
        with self._desk():
            if not team_queries.is_member(ORG, team, user, clock.now()):
                teams.join(ORG, team, user, clock.now())

    def leave(self, team: str, user: str) -> None:
        with self._desk():
            teams.leave(ORG, team, user, clock.now())

    def pair(self, team: str, user: str | None, entity: str) -> str:
        with self._desk():
            return teams.pair(ORG, team, user, entity, clock.now().date()).id

    def end_pair(self, pair: str) -> None:
        with self._desk():
            teams.end_pair(ORG, pair, clock.now().date())

    def put_entity(self, list: str, id: str, label: str, properties: Mapping[str, str]) -> None:
        with self._desk() as actor:
            change = EntityChange(
                list=list, id=id, create=True, update=True, label=label, properties=dict(properties)
            )
            entities.apply(actor, change, clock.new_id(), clock.now())

    def erase_entity(self, id: str) -> None:
        """The tombstones that an erasure leaves in the feeds; its list of erasures comes with privacy."""
        with self._desk():
            entity = entities.locked(ORG, id)
            if entity is None or entity.state == "erased":
                return
            for feed in team_queries.audience_of_entity(ORG, id):
                feeds.stage_gone(ORG, feed, "entity", id)
            entity.label, entity.properties, entity.state = "", {}, "erased"
            session.flush()

    def revoke(self, device: str) -> None:
        with self._desk():
            accounts_service.revoke_device(ORG, device, clock.now())

    def tidy(self) -> None:
        self._points.fault = None
        with self._app.app_context():
            for chore in CHORES:
                chore(clock.now())
        self._points.disarm()

    def orphan(self, data: bytes) -> None:
        """A file that nothing refers to any more, as an erasure leaves one."""
        sha256 = hashlib.sha256(data).hexdigest()
        made = self._blobs.scratch()
        made.write_bytes(data)
        with self._desk():
            if session.get(Photo, (ORG, sha256)) is None:
                self._blobs.adopt(places.photo(ORG, sha256), made)
                photos.lock(ORG, [sha256], clock.now())
                photo = session.get_one(Photo, (ORG, sha256))
                photo.state, photo.bytes, photo.landed_at = "here", len(data), clock.now()

    def backup(self) -> Backup:
        with self._app.app_context():
            folder, made = making.make(self._settings, self._data / BACKUPS, clock.now())
        return Backup(folder, made.made_at)

    def restore(self, backup: Backup) -> None:
        """The files are put back by hand; what makes a new beginning of it is the server's own."""
        db.close(self._app)
        blobs = backup.folder / BLOBS
        files = [one for one in blobs.rglob("*") if one.is_file()]
        kept = {one.relative_to(blobs).as_posix(): one.read_bytes() for one in files}
        _lay_out(self._data, (backup.folder / DATABASE).read_bytes(), kept)
        with self._app.app_context():
            epochs.renew(clock.now(), backed_up_to=backup.made_at)

    def shown(self, visit: str) -> Shown | None:
        with self._app.app_context(), db.reading():
            rendered = render_visit(ORG, [visit]).get(visit)
            if rendered is None:
                return None
            body = rendered[1]
            came = select(Revision.id).where(Revision.visit_id == visit).order_by(Revision.number)
            said = select(Note.id).where(Note.visit_id == visit).order_by(Note.id)
            return Shown(
                body["state"], body["revision"], tuple(session.scalars(came)), body["handling"],
                tuple(session.scalars(said)),
            )  # fmt: skip

    def became(self, op: str) -> Became | None:
        with self._app.app_context(), db.reading():
            entry = session.get(LedgerEntry, (ORG, op))
            return Became(entry.outcome, entry.code) if entry else None

    def photo(self, sha256: str) -> bytes | None:
        with self._app.app_context(), db.reading():
            photo = session.get(Photo, (ORG, sha256))
        if photo is None or photo.state != "here":
            return None
        with self._blobs.open(places.photo(ORG, sha256)) as file:
            return file.read()

    # ------------------------------------------------------------ looked into
    def noticed(self) -> list[str]:
        return self._points.faults

    def feeds(self) -> dict[str, dict[tuple[str, str], tuple[str, Any]]]:
        found: dict[str, dict[tuple[str, str], tuple[str, Any]]] = {}
        with self._app.app_context(), db.reading():
            rows = session.scalars(select(FeedRow).where(~FeedRow.tombstone)).all()
            bodies = {
                kind: render(ORG, kind, sorted({row.id for row in rows if row.kind == kind}))
                for kind in {row.kind for row in rows}
            }
        for row in rows:
            body = bodies[row.kind].get(row.id)
            found.setdefault(row.feed, {})[row.kind, row.id] = (row.version, body and body[1])
        return found

    def kept(self) -> dict[str, str]:
        with self._app.app_context(), db.reading():
            return {entry.op_id: entry.sha256 for entry in session.scalars(select(LedgerEntry))}

    def check_ins(self) -> dict[str, tuple[int, bool]]:
        with self._app.app_context(), db.reading():
            rows = session.scalars(select(Revision).where(Revision.mends.is_(None)))
            return {one.id: (int(one.corrected_at.timestamp() * 1000), one.clock_certain) for one in rows}

    def due(self, visit: str) -> str | None:
        with self._app.app_context(), db.reading():
            found = session.get(Visit, (ORG, visit))
            return None if found is None or found.state == "withdrawn" else versions.read(found).shown

    def scope(self, user: str, device: str) -> set[str]:
        with self._app.app_context(), db.reading():
            return {*team_queries.feeds_of(ORG, user, clock.now()), f"device:{device}"}

    @property
    def _settings(self) -> Settings:
        found: Settings = self._app.extensions["lianxin.settings"]
        return found

    @property
    def _blobs(self) -> Blobs:
        return Blobs.of(self._settings)

    @contextmanager
    def _desk(self, by: str | None = None) -> Iterator[Actor]:
        """One writing unit of somebody at a desk; nothing strikes it."""
        self._points.fault = None
        try:
            with self._app.app_context(), db.writing():
                user = accounts.user(ORG, by or HANDSETS[0].user)
                assert user is not None
                yield accounts.actor(user, clock.now())
        except Problem as problem:
            raise NotNow(problem.code) from None

    @staticmethod
    def _visit(id: str) -> Visit:
        found = session.get(Visit, (ORG, id), with_for_update=True)
        if found is None:
            raise Problem("not_found")
        return found

    @staticmethod
    def _item(id: str) -> QuarantineItem:
        found = session.get(QuarantineItem, (ORG, id), with_for_update=True)
        if found is None:
            raise Problem("not_found")
        return found


def authenticate(request: Request) -> Known:
    """Who the header names, as ``accounts.callers`` makes an actor of a device whose signature was right."""
    now = clock.now()
    with db.reading():
        found = accounts.caller(ORG, request.headers[WHO], now)
    if found is None:
        raise Problem("signature_wrong")
    if found.revoked_at is not None and now > found.revoked_at + REVOKED_PUSH:
        raise Problem("device_revoked")
    return Known(found.actor, request.headers[SIGNED])


@dataclass(frozen=True)
class Stage:
    """What every run of this process shares: the application, and the database that a run begins with."""

    app: Flask
    points: Points
    data: Path
    template: bytes

    def begin(self) -> None:
        db.close(self.app)
        shutil.rmtree(self.data / BACKUPS, ignore_errors=True)
        _lay_out(self.data, self.template, {})


@cache
def _stage() -> Stage:
    memory = Path("/dev/shm")
    data = Path(tempfile.mkdtemp(prefix="lianxin-simulation-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    settings = Settings(
        data=data, secret=SECRET, log_level=os.environ.get("LIANXIN_SIMULATION_LOG", "critical")
    )
    migrations.upgrade(settings)
    app = create_app(settings)
    app.extensions["lianxin.authenticate"] = authenticate
    app.config.update(CLOCK=lambda: BEGINS, CHANCE=random.Random(0).randbytes, PROPAGATE_EXCEPTIONS=False)
    County(app, lambda: BEGINS).build()
    with app.app_context(), db.writing():
        session.add_all(
            Device(
                org_id=ORG,
                id=one.device,
                user_id=one.user,
                public_key={},
                thumbprint=one.device,
                label=one.name,
                enrolled_at=BEGINS,
                heard_at=None,
                manifest=None,
                revoked_at=None,
            )
            for one in HANDSETS
        )
    db.close(app)
    with sqlite3.connect(data / FILE) as live, sqlite3.connect(":memory:") as kept:
        live.backup(kept)
        template = kept.serialize()
    return Stage(app, Points(app), data, template)


def _lay_out(data: Path, database: bytes, blobs: Mapping[str, bytes]) -> None:
    """A data folder with this database and these files, and nothing else."""
    for old in data.glob(f"{FILE}*"):
        old.unlink()
    shutil.rmtree(data / "blobs", ignore_errors=True)
    (data / FILE).write_bytes(database)
    for key, content in blobs.items():
        (data / "blobs" / key).parent.mkdir(parents=True, exist_ok=True)
        (data / "blobs" / key).write_bytes(content)
