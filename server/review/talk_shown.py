"""What was decided on a visit and what its author answered, as the desk shows it: in the order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import clock
from server.base.db import session
from server.forms import queries as forms
from server.review import returns, service
from server.review.models import Decision, Withdrawal
from server.visits.models import Record, Revision, Visit

Place = tuple[str, str]  # record, path
Answer = dict[str, Any]  # {said, reason}


def decisions(
    visit: Visit, revisions: Sequence[Revision], decided: Sequence[Decision]
) -> list[dict[str, Any]]:
    """Decisions, and withdrawals as decisions of the author's own."""
    withdrawn = service.withdrawals(visit)
    undone = {one.undoes for one in decided if one.kind == "undo"}
    names = accounts.user_names(
        visit.org_id, [one.by_user_id for one in decided] + [one.user_id for one in withdrawn]
    )
    lines = {
        (one.at, one.id): {
            "id": one.id,
            "kind": one.kind,
            "by": names.get(one.by_user_id, ""),
            "at": clock.iso(one.at),
            "words": one.words,
            "undone": one.id in undone,
            "by_day": one.by_day,
            "comments": _comments(one, answers_to(one.id, revisions)),
        }
        for one in decided
    } | {(one.at, one.id): _withdrawal(one, names) for one in withdrawn}
    return [lines[at] for at in sorted(lines)]


def answers_to(decision_id: str, revisions: Sequence[Revision]) -> dict[Place, Answer]:
    """What the author said to each field that this decision asked about; the newest revision's counts."""
    found: dict[Place, Answer] = {}
    for revision in revisions:
        correction = revision.correction
        if correction and correction["decision"] == decision_id:
            for one in correction["answers"]:
                found[one["record"], one["path"]] = {"said": one["said"], "reason": one.get("reason")}
    return found


def _comments(decision: Decision, answers: Mapping[Place, Answer]) -> list[dict[str, Any]]:
    records = {
        record.id: record
        for record in session.scalars(
            select(Record).where(Record.org_id == decision.org_id, Record.revision_id == decision.revision_id)
        )
        if decision.comments
    }
    return [
        {
            "record": one["record"],
            "path": one["path"],
            "label": _label(records.get(one["record"]), one["path"]),
            "text": one["text"],
            "answer": answers.get((one["record"], one["path"])),
        }
        for one in decision.comments
    ]


def _label(record: Record | None, path: str) -> dict[str, str]:
    definition = forms.definition(record.org_id, record.form, record.form_version) if record else None
    field = returns.field_at(definition, path) if definition else None
    return field.label if field else {"zh": path, "en": path}


def _withdrawal(one: Withdrawal, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": "withdraw",
        "by": names.get(one.user_id, ""),
        "at": clock.iso(one.at),
        "words": one.reason,
        "undone": False,
        "by_day": None,
        "comments": [],
    }
