"""The hub over real HTTP: the oracle behind the same line as the real county, asked by the same phones.

What stands before its door is here: codes and enrolment, the signature (PROTOCOL.md §2), inflating. It is a
model and no server, so it takes one request at a time. Its facts (programmes, forms, places) are those that
the tests' own county tells its phones, so that phones find in it what they find there.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from jwt.algorithms import ECAlgorithm
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from server.base import db
from server.base.db import session
from server.base.models import FeedRow
from server.replication.rendering import render
from sync.core import clock, ids
from sync.hub.county import Caller, Reply
from tests.factories import oracle
from tests.factories.county import ORG, SHOUYI, XIUYUN
from tests.factories.served import Served
from tests.simulation.live.county import Held, Place

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
WHOM = (XIUYUN, SHOUYI)  # who looks after somebody, in this county
Start = Callable[..., Any]


@dataclass(frozen=True)
class Enrolled:
    user: str
    key: Mapping[str, str]
    code: str


class HubPlace:
    """One hub, its door, and who was given a code."""

    def __init__(self, facts: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        self._hub = oracle.hub(now_ms, facts=facts)
        self._lock = threading.Lock()
        self._codes: dict[str, str] = {}
        self._devices: dict[str, Enrolled] = {}
        self._server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_port

    def codes(self, phones: int) -> list[str]:
        made = ["".join(secrets.choice(LETTERS) for _ in range(8)) for _ in range(phones)]
        self._codes.update({code: WHOM[number % len(WHOM)] for number, code in enumerate(made)})
        return made

    def held(self, devices: Collection[str]) -> Held:
        """All of it: nobody else has ever asked this hub."""
        state = self._hub.state
        return Held(
            {id: visit.state for id, visit in state.visits.items()},
            {
                id: [one.id for one in visit.revisions if one.made_by == "phone"]
                for id, visit in state.visits.items()
            },
            len(state.notes),
            {device: state.manifests.get(device, {}).get("drafts", 0) for device in devices},
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # ------------------------------------------------------------ the door
    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """WSGI."""
        request = Request(environ)
        try:
            reply = self._answer(request, request.get_data())  # what broke off on its way raises
        except HTTPException as broken:
            return broken(environ, start)
        return Response(reply.body, reply.status, dict(reply.headers))(environ, start)

    def _answer(self, request: Request, sent: bytes) -> Reply:
        body = gzip.decompress(sent) if request.headers.get("Content-Encoding") == "gzip" else sent
        with self._lock:
            if (request.method, request.path) == ("POST", "/api/enrolments"):
                return self._enrol(json.loads(body))
            caller = self._caller(request, body)
            if caller is None:
                return said(401, {"code": "signature_wrong"})
            if request.method == "GET" and request.path.startswith("/api/visits/"):
                return self._photo(request.path.rpartition("/")[2])
            return self._hub.handle(caller, request.method, request.path, dict(request.headers), body)

    def _enrol(self, asked: dict[str, Any]) -> Reply:
        """The same code with the same key is answered alike: an answer can be lost."""
        code, key = asked["code"], asked["public_key"]
        if code not in self._codes:
            return said(404, {"code": "code_unknown"})
        before = [id for id, one in self._devices.items() if one.code == code]
        device = before[0] if before else ids.uuid7(now_ms(), secrets.token_bytes(ids.RAND_BYTES))
        if before and self._devices[device].key != key:
            return said(404, {"code": "code_unknown"})
        self._devices[device] = Enrolled(self._codes[code], key, code)
        person = self._hub.state.people[self._codes[code]]
        org = next(body for (kind, _), body in self._hub.state.facts.items() if kind == "org")
        named = {name: org[name] for name in ("code", "name", "timezone", "demo")}
        return said(201, {
            "device": device,
            "user": {"id": person.id, "name": person.name, "language": person.language},
            "org": {"id": ORG, **named},
            "epoch": self._hub.state.epoch, "server_time": clock.text(now_ms()),
        })  # fmt: skip

    def _caller(self, request: Request, body: bytes) -> Caller | None:
        """Who signed this request; None: nobody known, or another one. Its phones' clocks are all right."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            device = jwt.get_unverified_header(token).get("kid", "")
            known = self._devices[device]
            claims = jwt.decode(token, ECAlgorithm.from_jwk(dict(known.key)), algorithms=["ES256"])
        except (jwt.InvalidTokenError, KeyError):
            return None
        signed = {"sub": known.user, "org": ORG, "htm": request.method, "htu": request.path}
        signed["bsh"] = hashlib.sha256(body).hexdigest()
        whole = all(claims.get(name) == value for name, value in signed.items())
        return Caller(ORG, known.user, device) if whole else None

    def _photo(self, sha256: str) -> Reply:
        data = self._hub.photo(sha256)
        return said(404, {"code": "not_found"}) if data is None else Reply(200, {}, data)


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def hub(folder: Path) -> Iterator[Place]:
    """The oracle, founded with what the tests' own county tells."""
    place = HubPlace(facts_of(folder))
    try:
        yield place
    finally:
        place.close()


def facts_of(folder: Path) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Whatever the tests' own county tells everybody, as it is told."""
    app = Served(folder / "model").county.app
    try:
        with app.app_context(), db.reading():
            rows = session.scalars(select(FeedRow).where(FeedRow.feed == "county", ~FeedRow.tombstone)).all()
            found: dict[tuple[str, str], Mapping[str, Any]] = {}
            for kind in sorted({row.kind for row in rows}):
                bodies = render(ORG, kind, sorted({row.id for row in rows if row.kind == kind}))
                found.update({(kind, id): told[1] for id, told in bodies.items() if told is not None})
            return found
    finally:
        db.close(app)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def said(status: int, body: Mapping[str, Any]) -> Reply:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Reply(status, {"Content-Type": kind}, json.dumps(body, ensure_ascii=False).encode())
