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
from server.visits import assessment, facts
from server.visits.facts import Times
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.reading import Filled, Prepared, op_of
from sync.core.clock import Anchor
from sync.core.review_state import review_state
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
    derived = {
        "form": filled[0].form.form,
        "subject_list": op.body.subject.list if op.body.subject else None,
        "subject_id": op.body.subject.id if op.body.subject else None,
        "place_id": op.body.place,
        "community_id": seen.community_id,
        "day": when.day,
        "check_in_at": when.check_in_at,
        "check_out_at": when.check_out_at,
        "minutes": when.minutes,
        "entry": op.body.entry,
        "current_revision": op.id,
        "distance_m": seen.distance_m,
        "flags": seen.flags,
        "urgent": seen.urgent,
        "received_at": now,
        "changed_at": now,
    }
    if visit is not None:
        for name, value in derived.items():
            setattr(visit, name, value)
        visit.revisions += 1
        return visit, True
    made = {
        **derived,
        "org_id": author.org_id,
        "id": op.body.visit,
        "team_id": op.body.team,
        "programme": op.body.programme,
        "user_id": author.user_id,
        "device_id": author.device_id,
        "state": review_state(op.id),
        "revisions": 1,
    }
    db.insert_if_absent(Visit, made)
    visit = session.get_one(
        Visit, (author.org_id, op.body.visit), populate_existing=True, with_for_update=True
    )
    if visit.current_revision != op.id:  # another phone made it between our look and our insert
        return _head(author, op, filled, when, seen, visit, True, now)
    return visit, True


def _revision(
    author: Actor, op: Op[VisitPut], when: Times, visit: Visit, mending: Mending | None, now: datetime
) -> Revision:
    revision = Revision(
        org_id=author.org_id,
        id=op.id,
        visit_id=visit.id,
        number=visit.revisions,
        base=op.base,
        user_id=mending.by.user_id if mending else author.user_id,
        device_id=None if mending else author.device_id,
        facts=facts.as_json(op.body),
        at={"wall": op.at.wall, "mono": op.at.mono, "start": op.at.start},
        corrected_at=when.op_at,
        clock_certain=when.clock.certain,
        received_at=now,
        correction=facts.correction_json(op.body.correction) if op.body.correction else None,
        why="mended" if mending else None,
        reason=mending.reason if mending else None,
        mends=mending.op_id if mending else None,
    )
    session.add(revision)
    session.flush()
    return revision


def _records(org_id: int, revision: Revision, filled: Sequence[Filled]) -> None:
    for position, one in enumerate(filled):
        session.add(
            Record(
                org_id=org_id,
                revision_id=revision.id,
                id=one.form.record,
                position=position,
                form=one.form.form,
                form_version=one.form.version,
                xml=one.form.xml.encode(),
                answers=one.read.values,
                list_rows={name: list(rows) for name, rows in one.form.list_rows.items()},
                attachments=[facts.attachment_json(each) for each in one.form.attachments],
                instance_id=one.read.instance_id,
            )
        )
    session.flush()
    for one in filled:
        for repeat, rows in one.read.rows.items():
            session.add_all(
                RecordRow(
                    org_id=org_id,
                    revision_id=revision.id,
                    record_id=one.form.record,
                    repeat=repeat,
                    position=position,
                    answers=row,
                )
                for position, row in enumerate(rows)
            )


def _participants(org_id: int, visit: Visit, when: Times) -> None:
    """Service time is the participants' own: those of the current revision."""
    session.execute(delete(Participant).where(Participant.org_id == org_id, Participant.visit_id == visit.id))
    session.add_all(
        Participant(org_id=org_id, visit_id=visit.id, user_id=user, came_at=came, left_at=left)
        for user, came, left in when.participants
    )


def _consequences(
    author: Actor, op: Op[VisitPut], filled: Sequence[Filled], visit: Visit, now: datetime
) -> None:
    """What the answers change elsewhere: entries of lists, and when the person was last seen."""
    for one in filled:
        if one.read.entity is not None:
            entities.apply(author, one.read.entity, op.id, now)
        door = assessment.door_of(one.definition, one.read)
        if visit.subject_id is not None and door is not None:
            pairs.note_contact(
                author.org_id,
                visit.subject_id,
                visit.programme,
                visit.day,
                door.answer,
                reached=door.met or door.phone,
            )
