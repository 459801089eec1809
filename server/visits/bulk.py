"""Many finished visits of the past at once: the rows that intake would have made, written by the thousand.

For histories whose every op fits: the demo's, a benchmark's, one from another system. Every visit is a first
revision, decided and written as those of an exchange are (``first``), but with all of the county in memory.
A visit comes once, is new, and nobody else writes meanwhile. An op that intake would refuse ends the load:
there is no phone that could be told. Whom a form puts on a list is looked after as intake says; no desk is
told of it, since it is past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, update

from server.accounts import service as accounts
from server.base import audit, ledger
from server.base.db import session
from server.base.models import AuditRow, LedgerEntry
from server.base.policy import Actor
from server.photos import service as photos
from server.teams import service as pairs
from server.teams.models import Pair
from server.visits import cases, first, reading
from server.visits.first import First
from server.visits.models import Visit
from server.visits.picture import Picture
from server.visits.rows import Row
from sync.core.clock import Anchor


@dataclass
class Batch:
    """What one writing unit will write. Photos and entries of lists are written at once: they are few."""

    picture: Picture
    firsts: list[First] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    audit: list[Row] = field(default_factory=list)
    heads: dict[str, Row] = field(default_factory=dict)  # visits of this unit, whose state may still change
    seen: dict[str, Pair] = field(default_factory=dict)
    heard: dict[str, datetime] = field(default_factory=dict)  # device → when

    def put(self, author: Actor, raw: Mapping[str, Any], anchors: Sequence[Anchor], now: datetime) -> First:
        """One ``visit.put`` of the past. Raises the Problem that intake would."""
        prepared = reading.prepare(author.org_id, raw, self.picture.definition)
        if prepared.problem:
            raise prepared.problem
        made = first.decide(author, prepared, self.picture, anchors, now)
        op = made.op
        if op.base is not None:
            raise ValueError("a bulk load brings each visit once")
        self.heads[op.body.visit] = made.head
        arrival = reading.arrival(prepared)
        self.ledger.append(ledger.values(author.org_id, author.user_id, author.device_id or "", arrival, now))
        self.firsts.append(made)
        self.audit += first.notes(author, [made])
        photos.refer(author, op.id, op.body.visit, op.body.records, now)
        self._consequences(made)
        if author.device_id:
            self.heard[author.device_id] = now
        return made

    def note(self, actor: Actor, action: str, visit: str, **detail: Any) -> None:
        """The audit's row about a visit."""
        made = audit.values(
            actor.org_id, action, "visit", visit,
            user_id=actor.user_id, device_id=actor.device_id, detail=detail,
        )  # fmt: skip
        self.audit.append(made)

    def write(self) -> None:
        """Write all of it, many rows a statement, and begin anew."""
        first.insert_all(LedgerEntry, self.ledger)
        first.insert_all(Visit, self.heads.values())
        for table, made in first.behind_heads(self.firsts).items():
            first.insert_all(table, made)
        first.insert_all(AuditRow, self.audit)
        moved = [
            {"id_": one.id, "org": one.org_id, "day": one.last_seen_on, "how": one.last_seen_how}
            for one in self.seen.values()
        ]
        if moved:
            pairs_table = cast("SqlTable", Pair.__table__)
            session.execute(
                update(pairs_table)
                .where(pairs_table.c.org_id == bindparam("org"), pairs_table.c.id == bindparam("id_"))
                .values(last_seen_on=bindparam("day"), last_seen_how=bindparam("how")),
                moved,
            )
        for device, at in self.heard.items():
            accounts.heard(self.picture.org_id, device, at)
        for written in (self.firsts, self.ledger, self.audit, self.heads, self.seen, self.heard):
            written.clear()

    def _consequences(self, made: First) -> None:
        body = made.op.body
        of = cases.Of(body.visit, body.team, body.programme, made.when.day)
        for one in made.filled:
            if one.read.entity is not None:
                changed = cases.change(made.author, of, one.read.entity, made.op.id, made.now)
                if changed.entity is not None:
                    self.picture.learn(changed.entity)
                if changed.pair is not None:
                    self.picture.began(changed.pair, body.programme)
        for person, answer in made.contacts:
            held = self.picture.pairs(person, body.programme)
            for pair in pairs.saw(held, made.when.day, answer):
                self.seen[pair.id] = pair
                pairs.stage_pair(pair)
