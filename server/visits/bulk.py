"""Many finished visits of the past at once: the rows that intake would have made, written by the thousand.

For histories whose every op fits: the demo's, a benchmark's, one from another system. What looks things up
one by one there is asked of a picture in memory here; what decides is the same code (``facts``, ``answers``,
``assessment``, ``rows``). A visit comes once, is new, and nobody else writes meanwhile. An op that intake
would refuse ends the load: there is no phone that could be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, insert, update

from server.accounts import service as accounts
from server.base import audit, ledger
from server.base.db import session
from server.base.models import AuditRow, LedgerEntry
from server.base.policy import Actor
from server.base.problems import Problem
from server.base.tables import Table
from server.entities import service as entities
from server.photos import service as photos
from server.teams import service as pairs
from server.teams.models import Pair
from server.visits import assessment, facts, reading, rows
from server.visits.geo import Point
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.picture import Picture
from server.visits.reading import Filled
from server.visits.rows import Row
from sync.core.clock import Anchor
from sync.ops import Op, VisitPut

# In the order in which foreign keys want them
TABLES: tuple[type[Table], ...] = (LedgerEntry, Visit, Revision, Record, RecordRow, Participant, AuditRow)


@dataclass
class Batch:
    """What one writing unit will write. Photos and entries of lists are written at once: they are few."""

    picture: Picture
    rows: dict[type[Table], list[Row]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[str, Row] = field(default_factory=dict)  # visits of this unit, whose state may still change
    seen: dict[str, Pair] = field(default_factory=dict)
    heard: dict[str, datetime] = field(default_factory=dict)  # device → when

    def put(self, author: Actor, raw: Mapping[str, Any], anchors: Sequence[Anchor], now: datetime) -> Row:
        """One ``visit.put`` of the past; gives the visit's head. Raises the Problem that intake would."""
        prepared = reading.prepare(author.org_id, raw, self.picture.definition)
        if prepared.problem:
            raise prepared.problem
        op = reading.op_of(prepared, VisitPut)
        if op.base is not None:
            raise ValueError("a bulk load brings each visit once")
        when = facts.times(op, anchors, self.picture.timezone)
        seen = self._assessed(author, op, prepared.filled, when, now)
        head = rows.head(author, op, rows.shown(op, prepared.filled, when, seen, now))
        self.heads[op.body.visit] = head
        arrival = reading.arrival(prepared)
        self.rows[LedgerEntry].append(
            ledger.values(author.org_id, author.user_id, author.device_id or "", arrival, now)
        )
        self.rows[Visit].append(head)
        self.rows[Revision].append(rows.revision(author, op, when, 1, now))
        self.rows[Record] += rows.records(author.org_id, op.id, prepared.filled)
        self.rows[RecordRow] += rows.repeats(author.org_id, op.id, prepared.filled)
        self.rows[Participant] += rows.participants(author.org_id, op.body.visit, when)
        photos.refer(author, op.id, op.body.visit, op.body.records, now)
        self._consequences(author, op, prepared.filled, head, now)
        self.note(author, "visit.put", op.body.visit, revision=op.id, number=1)
        if author.device_id:
            self.heard[author.device_id] = now
        return head

    def note(self, actor: Actor, action: str, visit: str, **detail: Any) -> None:
        """The audit's row about a visit."""
        made = audit.values(
            actor.org_id, action, "visit", visit,
            user_id=actor.user_id, device_id=actor.device_id, detail=detail,
        )  # fmt: skip
        self.rows[AuditRow].append(made)

    def write(self) -> None:
        """Write all of it, many rows a statement, and begin anew."""
        for table in TABLES:
            insert_all(table, self.rows.pop(table, []))
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
        self.rows.clear()
        self.heads.clear()
        self.seen.clear()
        self.heard.clear()

    def _assessed(
        self, author: Actor, op: Op[VisitPut], filled: Sequence[Filled], when: facts.Times, now: datetime
    ) -> assessment.Assessed:
        team, user = op.body.team, author.user_id
        member_now = self.picture.is_member(team, user, now)
        member = member_now or self.picture.is_member(team, user, when.check_in_at)
        if self.picture.programmes.get(team) != op.body.programme or not member:
            raise Problem("not_your_team")
        known = self.picture.known(op, member_now=member_now)
        return assessment.judge(op, filled, when, now, known, moved=False)

    def _consequences(
        self, author: Actor, op: Op[VisitPut], filled: Sequence[Filled], head: Row, now: datetime
    ) -> None:
        for one in filled:
            if one.read.entity is not None:
                changed = entities.apply(author, one.read.entity, op.id, now)
                if changed is not None:
                    self.picture.learn(changed)
            door = assessment.door_of(one.definition, one.read)
            person = assessment.person_of(op.body, one)
            if person is None or door is None or not (door.met or door.phone):
                continue
            held = self.picture.pairs(person, head["programme"])
            for pair in pairs.saw(held, head["day"], door.answer):
                self.seen[pair.id] = pair
                pairs.stage_pair(pair)


def point_of(raw: Mapping[str, Any]) -> Point | None:
    """Where an op's check-in was."""
    position = raw["body"]["check_in"].get("position")
    return Point(position["lat"], position["lon"]) if position else None


def insert_all(table: type[Table], made: Iterable[Row]) -> None:
    """Rows beside the statement: the driver runs it for each, without making objects."""
    listed = list(made)
    if listed:
        session.execute(insert(cast("SqlTable", table.__table__)), listed)
