"""Visits and decisions as others read them: on the author's phone, and at the desk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer

from server.accounts import queries as accounts
from server.base import clock
from server.base.db import session
from server.forms import queries as forms
from server.forms.definition import Definition
from server.review.models import Decision, Withdrawal
from server.review.service import version
from server.visits import heads, queries
from server.visits.models import Record, Revision, Visit


def render_visit(org_id: int, ids: Sequence[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Own visits for the author's feed: what the county holds, its state, what was decided and is asked."""
    rows = session.execute(
        select(Visit, Revision)
        .join(Revision, (Revision.org_id == Visit.org_id) & (Revision.id == Visit.current_revision))
        .where(Visit.org_id == org_id, Visit.id.in_(ids))
        .options(defer(Revision.facts), defer(Revision.at), defer(Revision.correction))
    ).all()
    found = [visit.id for visit, _ in rows]
    decided, withdrawn, mended = (
        decisions_of(org_id, found),
        _withdrawn(org_id, found),
        _mended(org_id, [visit for visit, _ in rows]),
    )
    records = records_of(org_id, [visit.current_revision for visit, _ in rows])
    find = cache(forms.definition)  # asked once a version
    names = accounts.user_names(org_id, [one.by_user_id for all in decided.values() for one in all])
    return {
        visit.id: (
            version(visit.current_revision, visit.revisions, len(decided[visit.id]), withdrawn[visit.id]),
            {
                "visit": visit.id,
                "state": visit.state,
                "revision": visit.current_revision,
                "number": revision.number,
                "team": visit.team_id,
                "programme": visit.programme,
                "form": visit.form,
                "subject": {"list": visit.subject_list, "id": visit.subject_id} if visit.subject_id else None,
                "place": visit.place_id,
                "day": visit.day.isoformat(),
                "check_in_at": clock.iso(visit.check_in_at),
                "received_at": clock.iso(visit.received_at),
                "reached": _reached(records[revision.id], find),
                "handling": "two_versions" if heads.disputed(visit) else None,
                "mended": mended[visit.id],
                "decisions": [
                    {
                        "kind": one.kind,
                        "at": clock.iso(one.at),
                        "by": names.get(one.by_user_id, ""),
                        "words": one.words,
                    }
                    for one in decided[visit.id]
                ],
                "returned": _returned(visit, revision, records[revision.id], decided[visit.id], names),
            },
        )
        for visit, revision in rows
    }


def decisions_of(org_id: int, visit_ids: Sequence[str]) -> dict[str, list[Decision]]:
    """The decisions on these visits, oldest first."""
    found: dict[str, list[Decision]] = defaultdict(list)
    rows = session.scalars(
        select(Decision)
        .where(Decision.org_id == org_id, Decision.visit_id.in_(visit_ids))
        .order_by(Decision.at, Decision.id)
    )
    for decision in rows:
        found[decision.visit_id].append(decision)
    return found


def records_of(org_id: int, revision_ids: Sequence[str]) -> dict[str, list[Record]]:
    """The records of these revisions, each in order; what is large is read where somebody asks for it."""
    found: dict[str, list[Record]] = defaultdict(list)
    rows = session.scalars(
        select(Record)
        .where(Record.org_id == org_id, Record.revision_id.in_(revision_ids))
        .order_by(Record.position)
        .options(defer(Record.xml), defer(Record.list_rows), defer(Record.attachments))
    )
    for record in rows:
        found[record.revision_id].append(record)
    return found


def _returned(
    visit: Visit,
    revision: Revision,
    records: Sequence[Record],
    decided: Sequence[Decision],
    names: Mapping[str, str],
) -> dict[str, Any] | None:
    """What is asked, with the whole visit to correct: the phone may have let go of its own."""
    if visit.state != "returned":
        return None
    undone = {one.undoes for one in decided if one.undoes}
    asked = next(
        one
        for one in reversed(decided)
        if one.kind == "return" and one.revision_id == revision.id and one.id not in undone
    )
    return {
        "decision": asked.id,
        "by": names.get(asked.by_user_id, ""),
        "at": clock.iso(asked.at),
        "by_day": asked.by_day.isoformat() if asked.by_day else None,
        "words": asked.words,
        "comments": asked.comments,
        "body": {**revision.facts, "records": [_record(record) for record in records]},
    }


def _record(record: Record) -> dict[str, Any]:
    """A record as visit.put carries it, and the form to open it with."""
    return {
        **queries.as_put(record),
        "sha256": forms.sha256_of(record.org_id, record.form, record.form_version),
    }


def _reached(records: Sequence[Record], find: Callable[..., Definition | None]) -> bool | None:
    """Was somebody met or heard; None where no form asks."""
    said = []
    for record in records:
        definition = find(record.org_id, record.form, record.form_version)
        if definition is not None and definition.doors is not None:
            answer = record.answers.get(definition.doors.question) or ""
            said.append(answer in {*definition.doors.met, *definition.doors.phone})
    return any(said) if said else None


def _withdrawn(org_id: int, visit_ids: Sequence[str]) -> Counter[str]:
    rows = session.execute(
        select(Withdrawal.visit_id, func.count().label("times"))
        .where(Withdrawal.org_id == org_id, Withdrawal.visit_id.in_(visit_ids))
        .group_by(Withdrawal.visit_id)
    )
    return Counter({row.visit_id: row.times for row in rows})


def _mended(org_id: int, visits: Sequence[Visit]) -> dict[str, list[str]]:
    """The ops that the visit has taken otherwise than as what it shows: mended by a supervisor, or merged
    with others. Phones know by it that theirs has been taken, whatever they have heard of it before."""
    shown = {visit.id: visit.current_revision for visit in visits}
    found: dict[str, list[str]] = defaultdict(list)
    of_these = (Revision.org_id == org_id, Revision.visit_id.in_(shown))
    merged = select(Revision.visit_id).where(*of_these, Revision.merges.is_not(None))
    rows = session.execute(
        select(Revision.visit_id, Revision.id, Revision.why, Revision.mends)
        .where(*of_these, or_(Revision.mends.is_not(None), Revision.visit_id.in_(merged)))
        .order_by(Revision.number)
    )
    for visit_id, revision, why, mends in rows:
        if mends is not None:
            found[visit_id].append(mends)
        elif why is None and revision != shown[visit_id]:
            found[visit_id].append(revision)
    return found
