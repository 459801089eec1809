"""The way up: a batch of ops in one transaction, each alone in its savepoint (rules S1 to S3, S5).

Only a named refusal rolls back to its op's savepoint. Anything else (a full disk, a lock, a bug) abandons the
whole batch, because a database may have dropped the whole transaction by then: going on would acknowledge
what is lost. Results are made after the commit has returned. Locks are taken in one order everywhere: the
device's row, ledger claims sorted, visits and entities sorted, the heads of feeds last (``base.feeds``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.base import clock, db, feeds, ledger
from server.base.ledger import Claim
from server.base.models import LedgerEntry
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.photos import service as photos
from server.replication import devices
from server.visits import commands, quarantine, reading
from server.visits.reading import Prepared
from sync.core import ids
from sync.core.clock import Anchor
from sync.messages import Request, Result
from sync.versions import retired


@dataclass(frozen=True)
class Pushed:
    """What became of the ops, in their order, and the files that those of them that could be read name."""

    results: tuple[Result, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Became:
    """What became of an op, in codes; the words come after the commit."""

    op_id: str
    outcome: str
    code: str | None = None
    params: dict[str, Any] | None = None


def push(author: Actor, request: Request, now: datetime, language: Language) -> Pushed:
    """Carry the ops out and say what became of each, in the order in which they came; keep the previews."""
    if any(not isinstance(raw, dict) or not ids.is_uuid7(raw.get("id")) for raw in request.ops):
        raise Problem("malformed", reason="an op has no id, so nobody could be told what became of it")
    with db.reading():
        seen = devices.seen(author)
        prepared = [reading.prepare(author.org_id, raw) for raw in request.ops]
    manifest = devices.manifest_of(request)
    previews = photos.usable(request.previews)
    if not prepared and not previews and not devices.is_news(seen, manifest, now):
        return Pushed()
    anchors = (
        *request.anchors,
        Anchor(request.clock.start, request.clock.mono, request.clock.wall, clock.iso(now)),
    )
    with db.writing():
        devices.hear(author, manifest, now)
        became = _carry_out(author, prepared, anchors, now, retired=retired(request.v, now))
        photos.keep_previews(author, previews, now)
    return Pushed(tuple(_in_words(one, language) for one in became), _files(prepared))


def _carry_out(
    author: Actor, prepared: Sequence[Prepared], anchors: Sequence[Anchor], now: datetime, *, retired: bool
) -> list[Became]:
    first = {op_id: one for one in reversed(prepared) if (op_id := one.raw["id"])}
    arrivals = {op_id: reading.arrival(one) for op_id, one in first.items()}
    claims = ledger.claim(author.org_id, author.user_id, author.device_id or "", list(arrivals.values()), now)
    if not author.revoked:
        reading.lock(author.org_id, list(first.values()), now)
    done: set[str] = set()
    became = []
    for one in prepared:
        op_id = one.raw["id"]
        claim = claims[op_id]
        sha256 = reading.arrival(one).sha256
        if sha256 != claim.entry.sha256:
            became.append(_reused(author, one, anchors, now))
        elif op_id in done or not _is_ours(claim, one, retired=retired):
            became.append(Became(op_id, claim.entry.outcome, claim.entry.code))
        elif retired and not author.revoked:
            problem = Problem("version_retired")
            became.append(_aside(author, one, claim.entry, "deferred", problem, anchors, now))
        else:
            became.append(_one(author, one, claim, anchors, now))
        done.add(op_id)
    return became


def _is_ours(claim: Claim, one: Prepared, *, retired: bool) -> bool:
    """A new op is; so is one that was deferred and that this server has learnt to read, or that comes in a
    version that is served (rule S11)."""
    return claim.new or (claim.entry.outcome == "deferred" and not one.deferred and not retired)


def _one(author: Actor, one: Prepared, claim: Claim, anchors: Sequence[Anchor], now: datetime) -> Became:
    entry = claim.entry
    if author.revoked:
        return _aside(author, one, entry, "refused", Problem("device_revoked"), anchors, now)
    if one.deferred:
        return _aside(author, one, entry, "deferred", one.problem or Problem("unknown_kind"), anchors, now)
    base = ledger.entry(author.org_id, one.op.base) if one.op and one.op.base else None
    if base is not None and base.outcome != "accepted":
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
