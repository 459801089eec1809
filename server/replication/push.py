"""The way up: a batch of ops in one transaction (rules S1 to S3, S5).

Ops are read and, where they bring visits that nobody knew, decided before the write lock is asked for. Such
first revisions are written together, a statement a table; nothing of them can be refused by then. Every other
op is carried out alone in its savepoint, in the order in which they came.

Only a named refusal rolls back to its op's savepoint. Anything else (a full disk, a lock, a bug) abandons the
whole batch, because a database may have dropped the whole transaction by then: going on would acknowledge
what is lost. Results are made after the commit has returned. Locks are taken in one order everywhere: the
device's row, ledger claims sorted, visits and entities sorted, the heads of feeds last (``base.feeds``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from server.base import clock, db, feeds, ledger
from server.base.ledger import Claim
from server.base.models import LedgerEntry
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.forms import queries as forms
from server.photos import service as photos
from server.replication import devices, numbers, rendering
from server.replication.rendering import Fresh
from server.visits import commands, first, quarantine, reading
from server.visits.first import Bundle, First
from server.visits.reading import Prepared
from sync.core import ids
from sync.core.clock import Anchor
from sync.messages import Request, Result
from sync.versions import retired


@dataclass(frozen=True)
class Pushed:
    """What became of the ops, in their order, the files that those of them that could be read name, and what
    the phone will hear of the visits that came in."""

    results: tuple[Result, ...] = ()
    files: tuple[str, ...] = ()
    fresh: Fresh = field(default_factory=dict)


class Became(NamedTuple):
    """What became of an op, in codes; the words come after the commit."""

    op_id: str
    outcome: str
    code: str | None = None
    params: dict[str, Any] | None = None


def push(author: Actor, request: Request, now: datetime, language: Language) -> Pushed:
    """Carry the ops out and say what became of each, in the order in which they came; keep the previews."""
    if any(not isinstance(raw, dict) or not ids.is_uuid7(raw.get("id")) for raw in request.ops):
        raise Problem("malformed", reason="an op has no id, so nobody could be told what became of it")
    anchors = (
        *request.anchors,
        Anchor(request.clock.start, request.clock.mono, request.clock.wall, clock.iso(now)),
    )
    served_no_more = retired(request.v, now)
    manifest = devices.manifest_of(request)
    previews = photos.usable(request.previews)
    with db.reading():
        if not request.ops and not previews and not devices.is_news(author, manifest, now):
            return Pushed()
        find = cache(forms.definition)  # asked once a version
        prepared = [reading.prepare(author.org_id, raw, find) for raw in request.ops]
        firsts = {} if served_no_more or author.revoked else first.ready(author, prepared, anchors, now)
        bundle = first.bundle(list(firsts.values()))
    batch = _Batch(author, prepared, bundle, anchors, now, served_no_more)
    with db.writing():
        devices.hear(author, manifest, now)
        became = batch.carry_out()
        photos.keep_previews(author, previews, now)
        if manifest is not None:
            numbers.check(author, manifest, now)
    return Pushed(
        results=tuple(_in_words(one, language) for one in became),
        files=_files(prepared),
        fresh=rendering.fresh(author.org_id, batch.written),
    )


class _Batch:
    """The ops of one exchange on their way through. Made before the lock is asked for."""

    def __init__(
        self,
        author: Actor,
        prepared: Sequence[Prepared],
        bundle: Bundle,
        anchors: Sequence[Anchor],
        now: datetime,
        retired: bool,
    ) -> None:
        self._author, self._anchors, self._now = author, anchors, now
        self._prepared, self._bundle, self._retired = prepared, bundle, retired
        self._firsts = {one.op.id: one for one in bundle.firsts}
        self._arrivals = [reading.arrival(one) for one in prepared]
        self._run: list[Prepared] = []  # first revisions, one after the other, that are written together
        self._became: list[Became] = []
        self.written: list[First] = []

    def carry_out(self) -> list[Became]:
        """Claim, lock, and carry out in order. Inside a writing unit."""
        author = self._author
        first_of = {one.op_id: one for one in reversed(self._arrivals)}
        claims = ledger.claim(
            author.org_id, author.user_id, author.device_id or "", list(first_of.values()), self._now
        )
        if not author.revoked:
            by_id = {one.raw["id"]: one for one in reversed(self._prepared)}
            late = [id for id, one in claims.items() if not one.new and one.entry.outcome == "deferred"]
            following = quarantine.behind(author, late)
            reading.lock(author.org_id, [*by_id.values(), *following], self._now)
        done: set[str] = set()
        for one, arrival in zip(self._prepared, self._arrivals, strict=True):
            claim, op_id = claims[arrival.op_id], arrival.op_id
            known = first_of[op_id].sha256 if claim.new else claim.entry.sha256
            same, again = arrival.sha256 == known, op_id in done
            done.add(op_id)
            if same and claim.new and not again and op_id in self._firsts:
                self._run.append(one)
                continue
            self._write_run()
            if not same:
                self._became.append(_reused(author, one, self._anchors, self._now))
            elif again or not self._is_ours(claim, one):
                self._became.append(Became(op_id, claim.entry.outcome, claim.entry.code))
            else:
                self._became.append(self._one(one, claim))
        self._write_run()
        return self._became

    def _write_run(self) -> None:
        """All at once; one by one those whose visit somebody else has made since the look."""
        ids = [one.raw["id"] for one in self._run]
        whole = len(ids) == len(self._firsts)
        run = self._bundle if whole else first.bundle([self._firsts[op_id] for op_id in ids])
        written = first.write(run)
        self.written += [self._firsts[op_id] for op_id in ids if op_id in written]
        for one, op_id in zip(self._run, ids, strict=True):
            taken = Became(op_id, "accepted")
            claim = Claim(True, self._author.org_id, op_id)
            self._became.append(taken if op_id in written else self._one(one, claim))
        self._run.clear()

    def _is_ours(self, claim: Claim, one: Prepared) -> bool:
        """A new op is; so is one that was deferred and that this server has learnt to read, or that comes in
        a version that is served (rule S11)."""
        if claim.new or claim.entry.outcome != "deferred" or self._retired:
            return claim.new
        return not one.deferred or claim.entry.code == "version_retired"

    def _one(self, one: Prepared, claim: Claim) -> Became:
        """One op, alone in its savepoint."""
        author, anchors, now, entry = self._author, self._anchors, self._now, claim.entry
        if author.revoked:
            return _aside(author, one, entry, "refused", Problem("device_revoked"), anchors, now)
        if self._retired:
            return _aside(author, one, entry, "deferred", Problem("version_retired"), anchors, now)
        if one.deferred:
            why = one.problem or Problem("unknown_kind")
            return _aside(author, one, entry, "deferred", why, anchors, now)
        base = ledger.entry(author.org_id, one.op.base) if one.op and one.op.base else None
        if base and base.outcome != "accepted" and quarantine.stands_aside(author.org_id, base.op_id):
            return _aside(author, one, entry, "held", Problem("waits"), anchors, now, **{"for": base.op_id})
        try:
            with feeds.savepoint():
                commands.carry(author, one, anchors, now)
        except Problem as problem:
            if problem.code not in reading.REFUSALS:
                raise
            return _aside(author, one, entry, "refused", problem, anchors, now)
        if not claim.new:
            ledger.settle(entry, "accepted")
            quarantine.taken_after_all(author, entry.op_id, now)
        return Became(entry.op_id, "accepted")


def _aside(
    author: Actor,
    one: Prepared,
    entry: LedgerEntry,
    outcome: ledger.Outcome,
    problem: Problem,
    anchors: Sequence[Anchor],
    now: datetime,
    **detail: str,
) -> Became:
    """Keep the op in quarantine and say so in the ledger."""
    quarantine.keep(author, one, problem.code, now, anchors, **{**problem.params, **detail})
    ledger.settle(entry, outcome, problem.code)
    return Became(entry.op_id, outcome, problem.code, problem.params)


def _reused(author: Actor, one: Prepared, anchors: Sequence[Anchor], now: datetime) -> Became:
    """Another op under a known id. The known one stays what it is; this one is kept beside it."""
    quarantine.keep(author, one, "op_id_reused", now, anchors)
    return Became(one.raw["id"], "refused", "op_id_reused")


def _files(prepared: Sequence[Prepared]) -> tuple[str, ...]:
    bodies = [one.op.body for one in prepared if one.op]
    return tuple(
        each.sha256 for body in bodies for record in reading.records_of(body) for each in record.attachments
    )


def _in_words(one: Became, language: Language) -> Result:
    if one.code is None:
        return Result(one.op_id, one.outcome)
    words = Problem(one.code, **(one.params or {})).words(language)
    return Result(one.op_id, one.outcome, one.code, words.title, words.next)
