"""Bulk loading of visits with what reviewers decided on them: the same rows as phones and desks make.

A history is a row of exchanges and sittings in the order of time. Each is told to ``Bulk`` inside one writing
unit of many, with the app's clock moved to its moment; feeds move as if each had been a unit of its own.
Only first revisions and approvals: what is asked back or disputed goes through the doors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, delete, select, update

from server.base import db, feeds, policy
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor, Scope
from server.review import service
from server.review.models import Decision
from server.review.service import Approval, Draft
from server.visits import bulk, desk_feeds, first, notices, queries
from server.visits.geo import Point
from server.visits.models import Notice, Visit
from server.visits.picture import Picture
from server.visits.rows import Row
from sync.core.clock import Anchor
from sync.core.review_state import Decided, review_state


@dataclass(frozen=True)
class _Waiting:
    """A visit that nobody has decided on."""

    author: str
    revision: str
    scope: Scope
    person: str | None
    day: date
    point: Point | None
    live: bool


class Bulk:
    """Loads one county's history. Nobody else may write to it meanwhile."""

    def __init__(self, org_id: int) -> None:
        self._org_id = org_id
        self._batch = bulk.Batch(Picture.whole(org_id))
        self._waiting: dict[str, _Waiting] = {}
        self._told: dict[str, deque[tuple[datetime, str]]] = {}  # a phone's notices, oldest first
        self._decisions: list[Row] = []
        self._notices: dict[str, Row] = {}
        self._settled: list[Row] = []  # heads of earlier units
        self._forgotten: list[str] = []

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One large unit."""
        with db.writing():
            yield
            self._write()

    def exchange(
        self, author: Actor, ops: Sequence[Mapping[str, Any]], anchors: Sequence[Anchor], now: datetime
    ) -> None:
        """What one phone brought."""
        for raw in ops:
            made = self._batch.put(author, raw, anchors, now)
            head, position = made.head, made.op.body.check_in.position
            waiting = _Waiting(
                author.user_id,
                head["current_revision"],
                queries.scope(head["community_id"], head["team_id"], head["programme"]),
                head["subject_id"],
                head["day"],
                Point(position.lat, position.lon) if position else None,
                head["entry"] == "live",
            )
            self._waiting[head["id"]] = waiting
            self._publish(head["id"], waiting, 0)
        feeds.part()

    def sitting(self, actor: Actor, approvals: Sequence[Approval], now: datetime) -> None:
        """What one reviewer approved. Raises LookupError for a visit that does not wait as it was seen."""
        for one in sorted(approvals, key=lambda each: (each.visit, each.revision)):
            waiting = self._waiting.pop(one.visit, None)
            if waiting is None or waiting.revision != one.revision:
                raise LookupError(one.visit)
            policy.require(actor, Permission.VISITS_REVIEW, waiting.scope)
            self._approve(actor, one, waiting, now)
        feeds.part()

    def _approve(self, actor: Actor, one: Approval, waiting: _Waiting, now: datetime) -> None:
        decision = service.decision_values(actor, one.visit, Draft("approve", one.revision, id=one.id), now)
        self._decisions.append(decision)
        self._batch.note(actor, "visit.approve", one.visit, revision=one.revision)
        state = review_state(one.revision, [Decided(decision["id"], one.revision, "approve")])
        head = self._batch.heads.get(one.visit)
        if head is not None:
            head["state"], head["changed_at"] = state, now
        else:
            self._settled.append({"id_": one.visit, "state": state, "changed_at": now})
        self._publish(one.visit, waiting, 1)
        self._tell(actor, decision["id"], one.visit, waiting.author, now)
        if waiting.live and waiting.person:
            self._batch.picture.approved(waiting.person, waiting.day, one.visit, waiting.point)

    def _publish(self, visit: str, waiting: _Waiting, decisions: int) -> None:
        """As ``service.settle`` does: the author's phones, and the desks that watch."""
        version = service.version(waiting.revision, 1, decisions, 0)
        feeds.stage(self._org_id, f"user:{waiting.author}", "visit", visit, version)
        desk_feeds.bump(self._org_id, waiting.scope)

    def _tell(self, actor: Actor, id: str, visit: str, author: str, now: datetime) -> None:
        """As ``notices.tell_phone`` does: old ones go, the new one comes."""
        feed, held = f"user:{author}", self._notices_of(author)
        old = []
        while held and held[0][0] < now - notices.KEPT:
            old.append(held.popleft()[1])
        for gone in sorted(old):
            if self._notices.pop(gone, None) is None:
                self._forgotten.append(gone)
            feeds.stage_gone(self._org_id, feed, "notice", gone)
        self._notices[id] = notices.phone_values(
            self._org_id, id, author, "approved", now, by=actor.user_id, visit=visit, words=None
        )
        held.append((now, id))
        feeds.stage(self._org_id, feed, "notice", id, notices.VERSION)

    def _notices_of(self, user: str) -> deque[tuple[datetime, str]]:
        if user not in self._told:
            rows = session.execute(
                select(Notice.at, Notice.id)
                .where(Notice.org_id == self._org_id, Notice.user_id == user)
                .order_by(Notice.at, Notice.id)
            )
            self._told[user] = deque((row.at, row.id) for row in rows)
        return self._told[user]

    def _write(self) -> None:
        self._batch.write()
        visits = cast("SqlTable", Visit.__table__)
        if self._settled:
            session.execute(
                update(visits)
                .where(visits.c.org_id == self._org_id, visits.c.id == bindparam("id_"))
                .values(state=bindparam("state"), changed_at=bindparam("changed_at")),
                self._settled,
            )
        first.insert_all(Decision, self._decisions)
        for start in range(0, len(self._forgotten), _CHUNK):
            gone = self._forgotten[start : start + _CHUNK]
            session.execute(delete(Notice).where(Notice.org_id == self._org_id, Notice.id.in_(gone)))
        first.insert_all(Notice, self._notices.values())
        self._decisions.clear()
        self._notices.clear()
        self._settled.clear()
        self._forgotten.clear()


_CHUNK = 400
