"""Two revisions of a visit side by side: each answer in the words of the version that it was filled with.

Answers are joined by their place in the record. Empty and missing differ: the first was asked and left blank,
the second was not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.accounts import queries as accounts
from server.base import clock, policy
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.forms import queries as forms
from server.review import answers_shown
from server.review.models import Decision
from server.review.queries import decisions_of, records_of
from server.review.talk_shown import Answer, Place, answers_to
from server.visits import queries
from server.visits.models import Record, Revision, Visit

Line = dict[str, Any]


def compare(actor: Actor, visit_id: str, from_id: str, to_id: str) -> dict[str, Any]:
    """What two revisions say, field by field. Raises not_found outside of the actor's reach, and for a
    revision of another visit."""
    visit = session.get(Visit, (actor.org_id, visit_id))
    if visit is None:
        raise Problem("not_found")
    policy.require(actor, Permission.VISITS_READ, queries.scope_of(visit))
    made = queries.revisions(visit)
    by_id = {one.id: one for one in made}
    if from_id not in by_id or to_id not in by_id:
        raise Problem("not_found")
    names = accounts.user_names(visit.org_id, [by_id[from_id].user_id, by_id[to_id].user_id])
    asked, answers = _talk(visit, made, by_id[from_id], by_id[to_id])
    records = records_of(visit.org_id, [from_id, to_id])
    return {
        "from": _revision(by_id[from_id], names),
        "to": _revision(by_id[to_id], names),
        "records": [
            {**one, "about": one["about"] if visit.subject_id is None else None}
            for one in _records(records[from_id], records[to_id], asked, answers)
        ],
    }


def _talk(
    visit: Visit, made: Sequence[Revision], older: Revision, newer: Revision
) -> tuple[dict[Place, str], dict[Place, Answer]]:
    """What was asked on the older revision, or on one between the two, and what was answered."""
    numbers = {one.id: one.number for one in made}
    decided = decisions_of(visit.org_id, [visit.id])[visit.id]
    undone = {one.undoes for one in decided if one.undoes}
    asked: dict[Place, str] = {}
    answers: dict[Place, Answer] = {}
    for one in decided:
        if one.id not in undone and older.number <= numbers[one.revision_id] < newer.number:
            asked |= _asked(one)
            answers |= answers_to(one.id, [each for each in made if each.number <= newer.number])
    return asked, answers


def _asked(decision: Decision) -> dict[Place, str]:
    return {(one["record"], one["path"]): one["text"] for one in decision.comments}


def _revision(one: Revision, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "by": names.get(one.user_id, ""),
        "received_at": clock.iso(one.received_at),
    }


def _records(
    before: Sequence[Record],
    after: Sequence[Record],
    asked: Mapping[Place, str],
    answers: Mapping[Place, Answer],
) -> list[dict[str, Any]]:
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    return [
        _record(old.get(record_id), new.get(record_id), asked, answers) for record_id in _in_order(new, old)
    ]


def _record(
    old: Record | None, new: Record | None, asked: Mapping[Place, str], answers: Mapping[Place, Answer]
) -> dict[str, Any]:
    before, after = _lines(old), _lines(new)
    shown = new or old
    if shown is None:
        raise LookupError("a record of neither revision")
    definition = forms.definition(shown.org_id, shown.form, shown.form_version)
    return {
        "record": shown.id,
        "title": definition.title if definition else {"zh": shown.form, "en": shown.form},
        "about": answers_shown.about(definition, shown) if definition else None,
        "rows": [
            _row(before.get(path), after.get(path), asked.get(place), answers.get(place))
            for path in _in_order(after, before)
            for place in [(shown.id, path)]
        ],
    }


def _row(before: Line | None, after: Line | None, asked: str | None, answer: Answer | None) -> dict[str, Any]:
    shown = after or before or {}
    return {
        "path": shown["path"],
        "label": shown["label"],
        "group": shown["group"],
        "before": before,
        "after": after,
        "changed": (before is None) != (after is None)
        or (before is not None and after is not None and before["raw"] != after["raw"]),
        "asked": asked,
        "answer": answer,
    }


def _lines(record: Record | None) -> dict[str, Line]:
    if record is None:
        return {}
    definition = forms.definition(record.org_id, record.form, record.form_version)
    return {line["path"]: line for line in answers_shown.lines(definition, record)} if definition else {}


def _in_order(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The keys of both: those of the first in its order, each other one after its neighbour in the second."""
    order = list(first)
    at = 0
    for key in second:
        if key in first:
            at = order.index(key) + 1
        else:
            order.insert(at, key)
            at += 1
    return order
