"""Its author takes a sent visit back, while nobody has decided on it.

The record stays, with who took it back, when and why; it leaves the queue and the exports, and the service
time of those who took part. What its answers changed elsewhere stays changed: that is known now, however it
came to be known. Only who was registered by it is looked after no longer: that was a slip, or is done anew.
Putting the visit again brings all of it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from server.base import audit
from server.base.db import session
from server.base.policy import Actor
from server.base.problems import Problem
from server.review import notes, service
from server.review.models import Withdrawal
from server.visits import commands, follows, notices, reading
from server.visits.models import Participant, Visit
from server.visits.reading import Prepared
from sync.core.clock import Anchor
from sync.core.review_state import in_force
from sync.ops import VisitWithdraw


def withdraw(
    author: Actor, prepared: Prepared, anchors: Sequence[Anchor], now: datetime, *, vouched: bool = False
) -> Visit:
    """The op ``visit.withdraw``. Raises already_decided, also where a supervisor lets it in: she undoes the
    decision first."""
    del anchors, vouched
    op = reading.op_of(prepared, VisitWithdraw)
    visit = commands.own_visit(author, op.body.visit)
    if in_force(service.decided(visit)):
        raise Problem("already_decided")
    session.add(
        Withdrawal(
            org_id=visit.org_id,
            id=op.id,
            visit_id=visit.id,
            revision_id=visit.current_revision,
            user_id=author.user_id,
            reason=op.body.reason or None,
            at=now,
        )
    )
    session.execute(
        delete(Participant).where(Participant.org_id == visit.org_id, Participant.visit_id == visit.id)
    )
    session.flush()
    follows.end(visit, now)
    audit.record(author, "visit.withdraw", "visit", visit.id, revision=visit.current_revision)
    notices.tell_desks(
        visit.org_id,
        notes.reviewers(visit),
        "withdrawn",
        now,
        by=author.user_id,
        visit=visit.id,
        words=op.body.reason or None,
    )
    service.settle(visit, now)
    return visit
