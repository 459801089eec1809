"""What has served its time leaves the phones: old notices, visits long since decided, old tombstones.

Nothing is lost by it: visits and notes stay with the county. It goes in small units, so that nobody who sends
a visit waits for it, and it does not matter if two processes do it at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, select

from server.accounts import queries as accounts
from server.base import db, feeds
from server.base.db import session
from server.base.models import FeedRow
from server.review.models import Note
from server.visits import notices
from server.visits.models import Visit

SHOWN: Final = timedelta(days=45)  # a visit, on its author's phone, once nothing more is to be done with it
BATCH: Final = 200


def tidy(now: datetime) -> None:
    """The round through all counties."""
    with db.reading():
        counties = [org.id for org in accounts.orgs()]
    for org_id in counties:
        while _let_visits_go(org_id, now):
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


def _settled(org_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Visit.org_id == org_id,
        Visit.state.in_(("approved", "withdrawn")),
        Visit.changed_at < now - SHOWN,
    )
