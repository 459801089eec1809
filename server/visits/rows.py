"""What a visit's rows hold, column by column, for the one that comes in and the many of a bulk load. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from server.base.policy import Actor
from server.visits import facts
from server.visits.assessment import Assessed
from server.visits.facts import Times
from server.visits.reading import Filled
from sync.core.review_state import review_state
from sync.ops import Op, VisitPut

Row = dict[str, Any]


def shown(op: Op[VisitPut], filled: Sequence[Filled], when: Times, seen: Assessed, now: datetime) -> Row:
    """Columns of a head that follow from the revision that it shows."""
    return {
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


def head(author: Actor, op: Op[VisitPut], shown: Row) -> Row:
    """The head of a visit that nobody knew until this revision."""
    return {
        **shown,
        "org_id": author.org_id,
        "id": op.body.visit,
        "team_id": op.body.team,
        "programme": op.body.programme,
        "user_id": author.user_id,
        "device_id": author.device_id,
        "state": review_state(op.id),
        "revisions": 1,
    }


def revision(author: Actor, op: Op[VisitPut], when: Times, number: int, now: datetime) -> Row:
    """What this op made of the visit."""
    return {
        "org_id": author.org_id,
        "id": op.id,
        "visit_id": op.body.visit,
        "number": number,
        "base": op.base,
        "user_id": author.user_id,
        "device_id": author.device_id,
        "facts": facts.as_json(op.body),
        "at": facts.at_json(op.at),
        "corrected_at": when.op_at,
        "clock_certain": when.clock.certain,
        "received_at": now,
        "correction": facts.correction_json(op.body.correction) if op.body.correction else None,
        "why": None,
        "reason": None,
        "mends": None,
        "merges": None,
    }


def records(org_id: int, revision_id: str, filled: Sequence[Filled]) -> list[Row]:
    """The filled forms, in their order."""
    return [
        {
            "org_id": org_id,
            "revision_id": revision_id,
            "id": one.form.record,
            "position": position,
            "form": one.form.form,
            "form_version": one.form.version,
            "xml": one.form.xml.encode(),
            "answers": one.read.values,
            "list_rows": {name: list(rows) for name, rows in one.form.list_rows.items()},
            "attachments": [facts.attachment_json(each) for each in one.form.attachments],
            "instance_id": one.read.instance_id,
        }
        for position, one in enumerate(filled)
    ]


def repeats(org_id: int, revision_id: str, filled: Sequence[Filled]) -> Iterator[Row]:
    """One row a repeat instance."""
    for one in filled:
        for repeat, instances in one.read.rows.items():
            for position, answers in enumerate(instances):
                yield {
                    "org_id": org_id,
                    "revision_id": revision_id,
                    "record_id": one.form.record,
                    "repeat": repeat,
                    "position": position,
                    "answers": answers,
                }


def participants(org_id: int, visit_id: str, when: Times) -> list[Row]:
    """Service time is the participants' own."""
    return [
        {"org_id": org_id, "visit_id": visit_id, "user_id": user, "came_at": came, "left_at": left}
        for user, came, left in when.participants
    ]
