"""The one door for a visit, whether it comes from a phone or is let in from quarantine by the desk.

``put`` makes the revision and the head of the visit out of what was read (``reading``), and tells the upper
concerns; what other kinds of ops do is said in ``commands``. It refuses with a Problem of ``REFUSALS``.

A base that is not the current revision is no refusal: both versions are kept whole, and the visit shows what
they come to (``merging``, rules S3, S6). A single line of revisions never pays for that. A withdrawn visit
shows nothing that could be overwritten: whatever is put next brings it back, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.base import audit, db
from server.base.db import session
from server.base.models import Org
from server.base.policy import Actor
from server.base.problems import Problem
from server.photos import service as photos
from server.teams import queries as teams
from server.visits import assessment, facts, heads, merging, rows
from server.visits.heads import Told
from server.visits.models import Revision, Visit
from server.visits.reading import Prepared, op_of
from sync.core.clock import Anchor
from sync.ops import VisitPut


@dataclass(frozen=True)
class Mending:
    """A supervisor mended what an op brought: a revision of her own in the author's visit."""

    by: Actor
    reason: str
    op_id: str  # the op that could not be taken


@dataclass(frozen=True)
class Received:
    """What upper concerns hear of a visit that came in."""

    author: Actor
    visit: Visit
    revision: Revision
    current: bool  # the head shows this revision
    now: datetime


on_visit_received: list[Callable[[Received], None]] = []  # upper concerns, wired by the app


def put(
    author: Actor,
    prepared: Prepared,
    anchors: Sequence[Anchor],
    now: datetime,
    *,
    vouched: bool = False,
    mending: Mending | None = None,
) -> Visit:
    """Make the visit, or its next revision. ``vouched``: a supervisor stands in for the author's membership.

    Raises a Problem of ``REFUSALS``; the caller's savepoint takes back what was written until then.
    """
    op = op_of(prepared, VisitPut)
    org = session.get_one(Org, author.org_id)
    when = facts.times(op, anchors, org.timezone)
    team = teams.team(author.org_id, op.body.team)
    if team is None or team.programme != op.body.programme:
        raise Problem("not_your_team")
    member_now = teams.is_member(author.org_id, team.id, author.user_id, now)
    if not (
        vouched or member_now or teams.is_member(author.org_id, team.id, author.user_id, when.check_in_at)
    ):
        raise Problem("not_your_team")

    visit = session.get(Visit, (author.org_id, op.body.visit))
    if visit is not None and visit.team_id != team.id:
        raise Problem("not_your_team")
    told = Told(op, prepared.filled, when)
    seen = assessment.assess(
        author.org_id, op, prepared.filled, when, now, member_now=member_now, moved=False
    )
    merges = [visit.current_revision] if visit is not None and visit.state == "withdrawn" else None
    visit, current = _head(author, told, seen, visit, now)
    revision = _revision(author, told, visit, mending, now, merges)
    photos.refer(author, op.id, visit.id, op.body.records, now)
    if current:
        heads.follow(author, visit, told, now)
    else:
        merging.reconcile(author, visit, anchors, now)
    session.flush()
    action = "visit.mend" if mending else "visit.put"
    by = mending.by if mending else author
    audit.record(by, action, "visit", visit.id, revision=revision.id, number=revision.number)
    for hear in on_visit_received:
        hear(Received(author, visit, revision, current, now))
    return visit


def _head(
    author: Actor, told: Told, seen: assessment.Assessed, visit: Visit | None, now: datetime
) -> tuple[Visit, bool]:
    """Make the head, or move it to a revision whose author had seen all others: the second says so. Else it
    stays until the revisions are merged."""
    if visit is not None:
        visit.revisions += 1
        visit.changed_at = now
        follows = told.op.base == visit.current_revision and not heads.disputed(visit.flags)
        if not follows and visit.state != "withdrawn":
            return visit, False
        heads.move(visit, told, seen, now)
        return visit, True
    op = told.op
    derived = rows.shown(op, told.filled, told.when, seen, now)
    db.insert_if_absent(Visit, rows.head(author, op, derived))
    visit = session.get_one(
        Visit, (author.org_id, op.body.visit), populate_existing=True, with_for_update=True
    )
    if visit.current_revision != op.id:  # another phone made it between our look and our insert
        return _head(author, told, seen, visit, now)
    return visit, True


def _revision(
    author: Actor, told: Told, visit: Visit, mending: Mending | None, now: datetime, merges: list[str] | None
) -> Revision:
    row = {**rows.revision(author, told.op, told.when, visit.revisions, now), "merges": merges}
    if mending:
        row |= {
            "user_id": mending.by.user_id,
            "device_id": None,
            "why": "mended",
            "reason": mending.reason,
            "mends": mending.op_id,
        }
    return heads.add_revision(row, told.filled)
