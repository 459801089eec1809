"""The talk about a visit: between whoever made it and those who review it.

A note never changes a visit. It stands at the desk beside the visit, and in the feed of the visit's author;
everybody else who has a part in the talk is told of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import audit, clock, feeds, policy
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.review.models import Decision, Note
from server.visits import commands, desk_feeds, notices, queries, reading
from server.visits.models import Visit
from server.visits.reading import Prepared
from sync.core.clock import Anchor
from sync.ops import NoteAdd

VERSION = "1"  # a note never changes


def add(
    author: Actor, prepared: Prepared, anchors: Sequence[Anchor], now: datetime, *, vouched: bool = False
) -> Visit:
    """The op ``note.add``: from the phone of the visit's author, or of somebody who took part; also where a
    supervisor lets it in."""
    del anchors, vouched
    op = reading.op_of(prepared, NoteAdd)
    visit = commands.own_visit(author, op.body.visit, shared=True)
    _write(author, visit, op.id, op.body.text, now)
    return visit


def add_at_desk(actor: Actor, visit_id: str, text: str, now: datetime) -> Note:
    """A note of somebody who may read the visit. Raises not_found outside of her reach."""
    visit = session.get(Visit, (actor.org_id, visit_id), with_for_update=True, populate_existing=True)
    if visit is None:
        raise Problem("not_found")
    policy.require(actor, Permission.VISITS_READ, queries.scope_of(visit))
    return _write(actor, visit, clock.new_id(now), text, now)


def notes_of(visit: Visit) -> list[Note]:
    """The notes on a visit, oldest first."""
    rows = select(Note).where(Note.org_id == visit.org_id, Note.visit_id == visit.id)
    return list(session.scalars(rows.order_by(Note.at, Note.id)))


def told(notes: Sequence[Note], reader: str) -> list[dict[str, Any]]:
    """Notes as somebody reads them."""
    names = accounts.user_names(notes[0].org_id, [one.user_id for one in notes]) if notes else {}
    return [
        {
            "id": one.id,
            "by": names.get(one.user_id, ""),
            "at": clock.iso(one.at),
            "text": one.text,
            "mine": one.user_id == reader,
        }
        for one in notes
    ]


def render(org_id: int, ids: Sequence[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """``note`` changes: they are in the feed of the visit's author alone."""
    rows = session.execute(
        select(Note, Visit.user_id.label("author"))
        .join(Visit, (Visit.org_id == Note.org_id) & (Visit.id == Note.visit_id))
        .where(Note.org_id == org_id, Note.id.in_(ids))
    ).all()
    return {
        row.Note.id: (VERSION, {**told([row.Note], row.author)[0], "visit": row.Note.visit_id})
        for row in rows
    }


def reviewers(visit: Visit) -> set[str]:
    """Who has a part in the visit at a desk: whoever decided on it or wrote a note, save its author."""
    deciders = select(Decision.by_user_id).where(
        Decision.org_id == visit.org_id, Decision.visit_id == visit.id
    )
    writers = select(Note.user_id).where(Note.org_id == visit.org_id, Note.visit_id == visit.id)
    return {*session.scalars(deciders), *session.scalars(writers)} - {visit.user_id}


def _write(actor: Actor, visit: Visit, note_id: str, text: str, now: datetime) -> Note:
    note = Note(org_id=visit.org_id, id=note_id, visit_id=visit.id, user_id=actor.user_id, text=text, at=now)
    session.add(note)
    session.flush()
    audit.record(actor, "note.add", "visit", visit.id, note=note.id)
    feeds.stage(visit.org_id, f"user:{visit.user_id}", "note", note.id, VERSION)
    said = {"by": actor.user_id, "visit": visit.id, "words": text}
    if actor.user_id != visit.user_id:
        notices.tell_phone(visit.org_id, visit.user_id, "noted", now, **said)
    notices.tell_desks(visit.org_id, reviewers(visit), "noted", now, **said)
    desk_feeds.bump(visit.org_id, queries.scope_of(visit))
    return note
