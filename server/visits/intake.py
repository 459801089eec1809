"""The one door for a visit, whether it comes from a phone or is let in from quarantine by the desk.

``put`` makes the revision and the head of the visit out of what was read (``reading``), and tells the upper
concerns; what other kinds of ops do is said in ``commands``. It refuses with a Problem of ``REFUSALS``.

A base that is not the current revision is no refusal: both versions are kept whole, the head stays with the
one that it shows, and the reviewer sees a hint (rules S3, S6). A withdrawn visit shows nothing that could be
overwritten: whatever is put next brings it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from server.base import audit, db
from server.base.db import session
from server.base.models import Org
from server.base.policy import Actor
from server.base.problems import Problem
from server.entities import service as entities
from server.photos import service as photos
from server.teams import queries as teams
from server.teams import service as pairs
from server.visits import assessment, facts, rows
from server.visits.facts import Times
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.reading import Filled, Prepared, op_of
from sync.core.clock import Anchor
from sync.ops import Op, VisitPut


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
    moved = visit is not None and visit.state != "withdrawn" and op.base != visit.current_revision
    seen = assessment.assess(
        author.org_id, op, prepared.filled, when, now, member_now=member_now, moved=moved
    )
    visit, current = _head(author, op, prepared.filled, when, seen, visit, moved, now)
    revision = _revision(author, op, when, visit, mending, now)
    _records(author.org_id, revision, prepared.filled)
    photos.refer(author, op.id, visit.id, op.body.records, now)
    if current:
        _participants(author.org_id, visit, when)
        _consequences(author, op, prepared.filled, visit, now)
    session.flush()
    action = "visit.mend" if mending else "visit.put"
    by = mending.by if mending else author
    audit.record(by, action, "visit", visit.id, revision=revision.id, number=revision.number)
    for hear in on_visit_received:
        hear(Received(author, visit, revision, current, now))
    return visit


def _head(
    author: Actor,
    op: Op[VisitPut],
    filled: Sequence[Filled],
    when: Times,
    seen: assessment.Assessed,
    visit: Visit | None,
    moved: bool,
    now: datetime,
) -> tuple[Visit, bool]:
    """Make or move the head. A head whose current revision the author did not see stays as it is."""
    if visit is not None and moved:
        visit.revisions += 1
        visit.changed_at = now
        if not any(flag["code"] == "two_versions" for flag in visit.flags):
            visit.flags = [*visit.flags, {"code": "two_versions", "detail": {}}]
        return visit, False
    derived = rows.shown(op, filled, when, seen, now)
    if visit is not None:
        for name, value in derived.items():
            setattr(visit, name, value)
        visit.revisions += 1
        return visit, True
    db.insert_if_absent(Visit, rows.head(author, op, derived))
    visit = session.get_one(
        Visit, (author.org_id, op.body.visit), populate_existing=True, with_for_update=True
    )
    if visit.current_revision != op.id:  # another phone made it between our look and our insert
        return _head(author, op, filled, when, seen, visit, True, now)
    return visit, True


def _revision(
    author: Actor, op: Op[VisitPut], when: Times, visit: Visit, mending: Mending | None, now: datetime
) -> Revision:
    revision = Revision(**rows.revision(author, op, when, visit.revisions, now))
    if mending:
        revision.user_id, revision.device_id = mending.by.user_id, None
        revision.why, revision.reason, revision.mends = "mended", mending.reason, mending.op_id
    session.add(revision)
    session.flush()
    return revision


def _records(org_id: int, revision: Revision, filled: Sequence[Filled]) -> None:
    session.add_all(Record(**row) for row in rows.records(org_id, revision.id, filled))
    session.flush()
    session.add_all(RecordRow(**row) for row in rows.repeats(org_id, revision.id, filled))


def _participants(org_id: int, visit: Visit, when: Times) -> None:
    """Service time is the participants' own: those of the current revision."""
    session.execute(delete(Participant).where(Participant.org_id == org_id, Participant.visit_id == visit.id))
    session.add_all(Participant(**row) for row in rows.participants(org_id, visit.id, when))


def _consequences(
    author: Actor, op: Op[VisitPut], filled: Sequence[Filled], visit: Visit, now: datetime
) -> None:
    """What the answers change elsewhere: entries of lists, and when the person was last seen."""
    for one in filled:
        if one.read.entity is not None:
            entities.apply(author, one.read.entity, op.id, now)
        door, person = assessment.door_of(one.definition, one.read), assessment.person_of(op.body, one)
        if person is not None and door is not None:
            pairs.note_contact(
                author.org_id,
                person,
                visit.programme,
                visit.day,
                door.answer,
                reached=door.met or door.phone,
            )
