"""The way up: a batch of ops in one unit, each alone in its savepoint (rules S1 to S3, S5, S11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.core.clock import Anchor
from sync.hub import quarantine
from sync.hub.county import Caller
from sync.hub.founding import Refused
from sync.hub.quarantine import Work
from sync.hub.reading import Prepared
from sync.hub.state import Entry
from sync.messages import Result


@dataclass(frozen=True, slots=True)
class Taking:
    """Takes the ops of one exchange. ``retired``: its version is only listened to."""

    work: Work
    author: Caller
    anchors: Sequence[Anchor]
    retired: bool

    def take(self, prepared: Sequence[Prepared], at: Callable[[str], None]) -> tuple[Result, ...]:
        """What became of each op, in order. ``at`` is told before each."""
        results = []
        done: set[str] = set()
        for index, one in enumerate(prepared):
            at(f"op {index}")
            results.append(self._take(one, again=one.id in done))
            done.add(one.id)
        return tuple(results)

    def _take(self, one: Prepared, *, again: bool) -> Result:
        known = self.work.unit.state.ledger.get(one.id)
        if known is not None and known.sha256 != one.sha256:
            quarantine.keep(self.work, self.author, one, "op_id_reused", self.anchors)
            return Result(one.id, "refused", "op_id_reused")
        if known is not None and not self._has_learnt(known, one, again=again):
            return Result(one.id, known.outcome, known.code)
        if self.author.device in self.work.unit.state.revoked:
            return self._aside(one, "refused", "device_revoked")
        if self.retired:
            return self._aside(one, "deferred", "version_retired")
        if one.deferred:
            return self._aside(one, "deferred", "unknown_kind")
        return self._carry_out(one, deferred_before=known is not None)

    def _has_learnt(self, known: Entry, one: Prepared, *, again: bool) -> bool:
        """It was deferred, and can be taken by now, or at least comes in a version that is served."""
        if known.outcome != "deferred" or self.retired or again:
            return False
        return not one.deferred or known.code == "version_retired"

    def _carry_out(self, one: Prepared, *, deferred_before: bool) -> Result:
        ledger = self.work.unit.state.ledger
        base = ledger.get(one.op.base) if one.op and one.op.base else None
        if base is not None and base.outcome != "accepted" and quarantine.stands_aside(self.work, base.op):
            return self._aside(one, "held", "waits", base.op)
        try:
            with self.work.unit.savepoint():
                quarantine.carry_out(self.work, self.author, one, self.anchors)
        except Refused as refused:
            return self._aside(one, "refused", refused.code)
        self.work.unit.state.ledger[one.id] = Entry(one.id, one.sha256, "accepted", None)
        if deferred_before:
            quarantine.taken_after_all(self.work, self.author, one.id)
        return Result(one.id, "accepted")

    def _aside(self, one: Prepared, outcome: str, code: str, waits_for: str | None = None) -> Result:
        """Keep the op in quarantine and say so in the ledger."""
        quarantine.keep(self.work, self.author, one, code, self.anchors, waits_for)
        self.work.unit.state.ledger[one.id] = Entry(one.id, one.sha256, outcome, code)
        return Result(one.id, outcome, code)
