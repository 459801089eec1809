"""The way up: a batch of ops in one unit, each alone in its savepoint (rules S1 to S3, S5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sync.core.clock import Anchor
from sync.hub import quarantine
from sync.hub.county import Caller
from sync.hub.founding import Refused
from sync.hub.quarantine import Work
from sync.hub.reading import Prepared
from sync.hub.state import Entry
from sync.messages import Result


def take(
    work: Work,
    author: Caller,
    prepared: Sequence[Prepared],
    anchors: Sequence[Anchor],
    at: Callable[[str], None],
) -> tuple[Result, ...]:
    """What became of each op, in order. ``at`` is told before each."""
    results = []
    done: set[str] = set()
    for index, one in enumerate(prepared):
        at(f"op {index}")
        results.append(_take(work, author, one, anchors, again=one.id in done))
        done.add(one.id)
    return tuple(results)


def _take(work: Work, author: Caller, one: Prepared, anchors: Sequence[Anchor], *, again: bool) -> Result:
    ledger = work.unit.state.ledger
    known = ledger.get(one.id)
    if known is not None and known.sha256 != one.sha256:
        quarantine.keep(work, author, one, "op_id_reused", anchors)
        return Result(one.id, "refused", "op_id_reused")
    learnt = known is not None and known.outcome == "deferred" and not one.deferred and not again
    if known is not None and not learnt:
        return Result(one.id, known.outcome, known.code)
    if author.device in work.unit.state.revoked:
        return _aside(work, author, one, "refused", "device_revoked", anchors)
    if one.deferred:
        return _aside(work, author, one, "deferred", "unknown_kind", anchors)
    base = ledger.get(one.op.base) if one.op and one.op.base else None
    if base is not None and base.outcome != "accepted":
        return _aside(work, author, one, "held", "waits", anchors, base.op)
    try:
        with work.unit.savepoint():
            quarantine.carry_out(work, author, one, anchors)
    except Refused as refused:
        return _aside(work, author, one, "refused", refused.code, anchors)
    work.unit.state.ledger[one.id] = Entry(one.id, one.sha256, "accepted", None)
    if learnt:
        quarantine.taken_after_all(work, author, one.id)
    return Result(one.id, "accepted")


def _aside(
    work: Work,
    author: Caller,
    one: Prepared,
    outcome: str,
    code: str,
    anchors: Sequence[Anchor],
    waits_for: str | None = None,
) -> Result:
    """Keep the op in quarantine and say so in the ledger."""
    quarantine.keep(work, author, one, code, anchors, waits_for)
    work.unit.state.ledger[one.id] = Entry(one.id, one.sha256, outcome, code)
    return Result(one.id, outcome, code)
