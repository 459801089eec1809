"""One visit as a reviewer sees it: facts and presence signals, answers, revisions, decisions, history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import clock, policy
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.forms import queries as forms
from server.forms.definition import Definition
from server.review import answers_shown, consent, notes, queue, talk_shown
from server.review.queries import decisions_of
from server.visits import follows, queries
from server.visits.geo import Point, bearing, distance_m
from server.visits.home import home_of
from server.visits.models import Participant, Record, Revision, Visit
from sync.core import clock as phone_clock

MOST_HISTORY = 8


def detail(actor: Actor, visit_id: str) -> dict[str, Any]:
    """Everything about one visit within the actor's reach. Raises not_found outside of it."""
    row = session.execute(
        queue.items().where(Visit.org_id == actor.org_id, Visit.id == visit_id)
    ).one_or_none()
    if row is None:
        raise Problem("not_found")
    visit: Visit = row.Visit
    policy.require(actor, Permission.VISITS_READ, queries.scope_of(visit))
    made = queries.revisions(visit)
    current = next(one for one in made if one.id == visit.current_revision)
    records = queries.current_records(visit)
    definitions = {
        record.id: found
        for record in records
        if (found := forms.definition(visit.org_id, record.form, record.form_version)) is not None
    }
    decided = decisions_of(visit.org_id, [visit.id])[visit.id]
    names = accounts.user_names(visit.org_id, [one.user_id for one in made])
    return {
        "visit": {
            **queue.told(visit.org_id, [row])[0],
            "entry": visit.entry,
            "participants": _participants(visit),
            "helpers_unnamed": current.facts["helpers_unnamed"],
            "presence": _presence(visit, current, records),
            "consent": consent.agreed(visit, list(definitions.values())),
            "may": {"decide": policy.reach(actor, Permission.VISITS_REVIEW).holds(queries.scope_of(visit))},
        },
        "records": [
            _record(record, definitions.get(record.id), alone=visit.subject_id is not None)
            for record in records
        ],
        "revisions": [
            {
                "id": one.id,
                "number": one.number,
                "by": names.get(one.user_id, ""),
                "received_at": clock.iso(one.received_at),
                "why": one.why,
                "reason": one.reason,
                "merges": _numbers(made, one.merges),
            }
            for one in made
        ],
        "decisions": talk_shown.decisions(visit, made, decided),
        "notes": notes.told(notes.notes_of(visit), actor.user_id),
        "history": _history(actor, visit),
        "follows": follows.told(visit, clock.now()),
    }


def _numbers(made: Sequence[Revision], ids: Sequence[str] | None) -> list[int] | None:
    """The numbers of the revisions that one builds on, where these are several."""
    return None if ids is None else sorted(one.number for one in made if one.id in ids)


def _participants(visit: Visit) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Participant)
        .where(Participant.org_id == visit.org_id, Participant.visit_id == visit.id)
        .order_by(Participant.came_at, Participant.user_id)
    ).all()
    names = accounts.user_names(visit.org_id, [one.user_id for one in rows])
    return [
        {
            "name": names.get(one.user_id, ""),
            "came_at": clock.iso(one.came_at),
            "left_at": clock.iso(one.left_at) if one.left_at else None,
        }
        for one in rows
    ]


def _presence(visit: Visit, revision: Revision, records: Sequence[Record]) -> dict[str, Any]:
    """The independent signals that somebody was there. None of them alone proves anything."""
    check_in = revision.facts["check_in"]
    position = check_in.get("position")
    home = home_of(visit.org_id, visit.subject_id) if visit.subject_id and position else None
    here = Point(position["lat"], position["lon"]) if position else None
    said_ms = phone_clock.parse(check_in["at"]["wall"])
    pictures = [one for record in records for one in record.attachments if one["type"].startswith("image/")]
    return {
        "position": {
            "distance_m": _distance(visit, home, here),
            "accuracy_m": position["accuracy_m"] if position else None,
            "bearing": bearing(home, here) if home and here else None,
            "reason": check_in.get("reason"),
        },
        "door_card": None,
        "photos": len(pictures),
        "minutes": visit.minutes,
        "clock": {
            "certain": revision.clock_certain,
            "offset_ms": round(visit.check_in_at.timestamp() * 1000) - said_ms,
        },
    }


def _distance(visit: Visit, home: Point | None, here: Point | None) -> int | None:
    """As it was on arrival, so that the hint and the drawing say the same; a home that was learnt since tells
    it afterwards."""
    if visit.distance_m is not None or home is None or here is None:
        return visit.distance_m
    return distance_m(home, here)


def _record(record: Record, definition: Definition | None, *, alone: bool) -> dict[str, Any]:
    """``alone``: the visit says itself whom it is about."""
    return {
        "record": record.id,
        "form": record.form,
        "version": record.form_version,
        "title": definition.title if definition else {"zh": record.form, "en": record.form},
        "about": answers_shown.about(definition, record) if definition and not alone else None,
        "answers": answers_shown.lines(definition, record) if definition else [],
    }


def _history(actor: Actor, visit: Visit) -> list[dict[str, Any]]:
    """The same person's other visits that this reviewer may read, newest first."""
    if visit.subject_id is None:
        return []
    reach = policy.reach(actor, Permission.VISITS_READ)
    rows = session.execute(
        queue.items()
        .where(
            Visit.org_id == visit.org_id,
            Visit.subject_id == visit.subject_id,
            Visit.id != visit.id,
            queries.within(reach),
        )
        .order_by(Visit.day.desc(), Visit.check_in_at.desc())
        .limit(MOST_HISTORY)
    ).all()
    return [
        {
            "visit": row.Visit.id,
            "day": row.Visit.day,
            "form_title": {"zh": row.title_zh or row.Visit.form, "en": row.title_en or row.Visit.form},
            "state": row.Visit.state,
            "user_name": row.user_name,
            "how": _how(row.Visit),
        }
        for row in rows
    ]


def _how(visit: Visit) -> dict[str, str] | None:
    """The answer at the door of a visit, in words."""
    door = queries.at_the_door(visit)
    return answers_shown.choice(*door) if door else None
