"""What has served its time leaves the phones: old notices, visits long since decided, matters long since
closed, old tombstones.

Nothing is lost by it: visits, notes and matters stay with the county. It goes in small units, so that nobody
who sends a visit waits for it, and it does not matter if two processes do it at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select

from server.accounts import queries as accounts
from server.base import db, feeds
from server.base.db import session
from server.base.models import FeedRow, Org
from server.entities.models import Entity
from server.review.models import Note
from server.teams import service as teams
from server.teams.models import Pair
from server.visits import notices
from server.visits.models import Visit

SHOWN: Final = timedelta(days=45)  # a visit, on its author's phone, once nothing more is to be done with it
BATCH: Final = 200


def tidy(now: datetime) -> None:
    """The round through all counties."""
    with db.reading():
        counties = [org.id for org in accounts.orgs()]
    for org_id in counties:
        while _let_visits_go(org_id, now) or _let_matters_go(org_id, now):
            pass
        with db.writing():
            notices.forget_old(org_id, now)
        with db.writing():
            feeds.prune(org_id, now - feeds.TOMBSTONE_LIFE)


def _let_visits_go(org_id: int, now: datetime) -> bool:
    """Take some of the visits that have stood settled for long off their authors' phones; True if there were
    any. They are looked for before the unit that writes, which then takes what still stands so."""
    with db.reading():
        shown = (
            select(Visit.id)
            .join(FeedRow, and_(FeedRow.org_id == Visit.org_id, FeedRow.id == Visit.id))
            .where(
                FeedRow.feed == "user:" + Visit.user_id,
                FeedRow.kind == "visit",
                ~FeedRow.tombstone,
                *_settled(org_id, now),
            )
        )
        found = list(session.scalars(shown.limit(BATCH)))
    if not found:
        return False
    with db.writing():
        still = select(Visit).where(Visit.id.in_(found), *_settled(org_id, now))
        leaving = {
            visit.id: f"user:{visit.user_id}"
            for visit in session.scalars(still.order_by(Visit.id).with_for_update())
        }
        for visit_id, feed in leaving.items():
            feeds.stage_gone(org_id, feed, "visit", visit_id)
        for note in session.scalars(select(Note).where(Note.org_id == org_id, Note.visit_id.in_(leaving))):
            feeds.stage_gone(org_id, leaving[note.visit_id], "note", note.id)
    return True


def _let_matters_go(org_id: int, now: datetime) -> bool:
    """End some of the pairs of matters that were closed long ago, with the day of the closing; until then
    whoever followed one finds it among what is done, and may take it up again."""
    closed = (
        select(Pair.id, Entity.changed_at, Org.timezone)
        .join(Entity, and_(Entity.org_id == Pair.org_id, Entity.id == Pair.entity_id))
        .join(Org, Org.id == Pair.org_id)
        .where(
            Pair.org_id == org_id,
            Pair.ended_on.is_(None),
            Entity.state == "closed",
            Entity.changed_at < now - SHOWN,
        )
        .order_by(Pair.id)
        .limit(BATCH)
    )
    with db.reading():
        none = not session.execute(closed).first()
    if none:
        return False
    with db.writing():
        for pair_id, closed_at, timezone in session.execute(closed.with_for_update(of=Entity)).all():
            teams.end_pair(org_id, pair_id, closed_at.astimezone(ZoneInfo(timezone)).date())
    return True


def _settled(org_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Visit.org_id == org_id,
        Visit.state.in_(("approved", "withdrawn")),
        Visit.changed_at < now - SHOWN,
    )
