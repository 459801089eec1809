"""The hub's door for phones: what ``POST /api/sync`` and its neighbours answer, from tables in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError

from sync import versions
from sync.core import clock, ids
from sync.core.clock import Anchor
from sync.hub import parts, photos, pulling, pushing, quarantine
from sync.hub.county import Caller, Reply
from sync.hub.founding import Founding
from sync.hub.office import Office
from sync.hub.photos import No
from sync.hub.pulling import Page, Pulled
from sync.hub.quarantine import Work
from sync.hub.reading import Prepared, Reader
from sync.hub.state import Feed, Member, State
from sync.hub.unit import DAY_MS, Unit
from sync.messages import Request, RequestSchema, Response, ResponseSchema
from sync.ops import VisitPut

REVOKED_PUSH_MS = 90 * DAY_MS
MOST_BODY_BYTES = 2_000_000
MOST_RAW_BYTES = 4_194_304


class Busy(Exception):
    """Disk, locks or the database: raised by whoever watches the points, to see that nothing was taken."""


class Hub(Office):
    """One county. ``now`` gives milliseconds since 1970, ``rand`` so many random bytes; ``at`` is told of
    every point at which a machine could stop (``op 0``, ``before commit``, ``committed``) and may raise."""

    def __init__(
        self,
        founding: Founding,
        *,
        now: Callable[[], int],
        rand: Callable[[int], bytes],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.now = now
        self.rand = rand
        self.at = at
        self.org = founding.org
        self.look = founding.look
        self.reader = Reader({(one.form, one.version): one for one in founding.forms}, founding.judge)
        self.state = State(founding.epoch, founding.timezone)
        self._found(founding)

    def handle(
        self, caller: Caller, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """One signed request. What ``at`` raises beside Busy is not caught: the machine stopped there."""
        said = {name.lower(): value for name, value in headers.items()}
        try:
            self._let_in(caller)
            return self._route(caller, method, path, said, body)
        except No as no:
            return _problem(no.status, no.code, **no.said)
        except Busy:
            return _problem(503, "busy", retry_after=1)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit of work: committed as a whole at its end, by one assignment."""
        unit = Unit(self.state, self.now())
        yield unit
        state = unit.closed()
        self.at("before commit")
        self.state = state
        self.at("committed")

    def _found(self, founding: Founding) -> None:
        with self.unit() as unit:
            state = unit.state
            state.facts.update(founding.facts)
            state.forms.update({one.sha256: one.bytes for one in founding.forms})
            state.forms_by_version.update({(one.form, one.version): one.sha256 for one in founding.forms})
            state.people.update({one.id: one for one in founding.people})
            state.teams.update({one.id: one for one in founding.teams})
            for number, (team, user) in enumerate(founding.members):
                state.members[number] = Member(team, user, unit.now_ms)
            for kind, id in founding.facts:
                unit.touch("county", kind, id)
            for team in state.teams:
                unit.touch(f"team:{team}", "team", team)
            for person in state.people:
                unit.touch(f"user:{person}", "me", person)

    def _let_in(self, caller: Caller) -> None:
        since = self.state.revoked.get(caller.device)
        if since is not None and self.now() > since + REVOKED_PUSH_MS:
            raise No(403, "device_revoked")

    def _route(self, caller: Caller, method: str, path: str, said: dict[str, str], body: bytes) -> Reply:
        _, _, name, *rest = path.split("/")
        if (method, name, rest) == ("POST", "sync", []):
            return self._sync(caller, body)
        if (method, name, rest) == ("POST", "quarantine", []):
            return self._hand_in(caller, body)
        if (method, name, len(rest)) == ("PUT", "photos", 1):
            return self._piece(caller, rest[0], said.get("content-range"), body)
        if (method, name, len(rest)) == ("GET", "forms", 1):
            return self._form(caller, rest[0])
        raise No(404, "not_found")

    # ------------------------------------------------------------ the exchange
    def _sync(self, caller: Caller, body: bytes) -> Reply:
        asked = _read(body)
        prepared = [self.reader.prepare(raw) for raw in asked.ops]
        anchor = Anchor(asked.clock.start, asked.clock.mono, asked.clock.wall, clock.text(self.now()))
        with self.unit() as unit:
            work = Work(unit, self.reader, self.new_id)
            taking = pushing.Taking(work, caller, (*asked.anchors, anchor), retired=self._retired(asked.v))
            results = taking.take(prepared, self.at)
            if asked.manifest is not None and len(asked.manifest) > 1:
                unit.state.manifests[caller.device] = asked.manifest
        wanted, receipts = photos.told(self.state, caller, [*_files(prepared), *asked.have])
        pulled = self._pulled(caller, asked)
        repaired = self._mended(pulled, asked)
        response = Response(
            results=results,
            wanted=wanted,
            receipts=receipts,
            changes=pulled.changes,
            cursor=pulled.cursor,
            more=pulled.more,
            feeds=pulled.feeds,
            left=pulled.left,
            reset=pulled.reset,
            parts=repaired,
            epoch=self.state.epoch,
            server_time=clock.text(self.now()),
            backed_up_to=pulling.backed_up_to(self.state),
            v=asked.v,
        )
        return _json(200, ResponseSchema().dump(response))

    def _pulled(self, caller: Caller, asked: Request) -> Pulled:
        if caller.device in self.state.revoked or self._retired(asked.v):
            return Pulled(Page(0))
        return pulling.pull(self.state, caller, asked.cursor, asked.budget, self.now())

    def _mended(self, pulled: Pulled, asked: Request) -> dict[str, tuple[int, ...]]:
        """Once the phone lacks nothing else, what differs of the feeds that it doubts."""
        feeds = {name: self.state.feeds.get(name, Feed()) for name in pulled.feeds or {}}
        return parts.mend(pulled.page, feeds, asked.parts)

    def _retired(self, v: int) -> bool:
        return versions.retired(v, datetime.fromtimestamp(self.now() / 1000, UTC))

    # ------------------------------------------------------------ beside it
    def _hand_in(self, caller: Caller, raw: bytes) -> Reply:
        if len(raw) > MOST_RAW_BYTES:
            raise No(413, "too_large")
        with self.unit() as unit:
            code = "device_revoked" if caller.device in unit.state.revoked else "malformed"
            work = Work(unit, self.reader, self.new_id)
            id = quarantine.keep_bytes(work, caller, quarantine.op_id_in(raw), raw, code)
        return _json(201, {"id": id})

    def _piece(self, caller: Caller, sha256: str, content_range: str | None, data: bytes) -> Reply:
        piece = photos.read_piece(content_range, data)
        wrong: No | None = None
        with self.unit() as unit:
            try:
                status, said = photos.receive(unit, caller, sha256, piece, self.look)
            except No as no:  # what had come of a wrong file is forgotten all the same
                wrong = no
        if wrong is not None:
            raise wrong
        return _json(status, said)

    def _form(self, caller: Caller, sha256: str) -> Reply:
        found = self.state.forms.get(sha256)
        if caller.device in self.state.revoked:
            raise No(403, "device_revoked")
        if found is None:
            raise No(404, "not_found")
        return Reply(200, {"Content-Type": "application/xml"}, found)


def _read(body: bytes) -> Request:
    """The request. Raises No: nothing of it is taken."""
    if len(body) > MOST_BODY_BYTES:
        raise No(413, "too_large")
    try:
        value = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise No(400, "malformed_json") from None
    try:
        asked: Request = RequestSchema().load(value)
    except ValidationError as error:
        raise No(422, "invalid", errors=[{"path": "", "says": str(error.messages)}]) from None
    if any(not isinstance(raw, dict) or not ids.is_uuid7(raw.get("id")) for raw in asked.ops):
        raise No(400, "malformed")
    return asked


def _files(prepared: list[Prepared]) -> list[str]:
    return [
        file.sha256
        for one in prepared
        if one.op is not None and isinstance(one.op.body, VisitPut)
        for record in one.op.body.records
        for file in record.attachments
    ]


def _json(status: int, said: Any, kind: str = "application/json") -> Reply:
    return Reply(status, {"Content-Type": kind}, json.dumps(said, ensure_ascii=False).encode())


def _problem(status: int, code: str, **said: Any) -> Reply:
    body = {**said, "type": f"urn:lianxin:problem:{code}", "code": code, "status": status}
    reply = _json(status, body, "application/problem+json")
    after = {"Retry-After": str(said["retry_after"])} if "retry_after" in said else {}
    return Reply(status, {**reply.headers, **after}, reply.body)
