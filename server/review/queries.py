"""Visits and decisions as others read them: on the author's phone, and at the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, exists, func, or_, select
from sqlalchemy.orm import defer

from server.accounts import queries as accounts
from server.base import clock
from server.base.asked import Asked
from server.base.db import session
from server.forms import queries as forms
from server.review.models import Decision, Withdrawal
from server.review.service import version
from server.visits import queries
from server.visits.first import First
from server.visits.heads import disputed
from server.visits.models import Record, Revision, Visit

Rendered = tuple[str, dict[str, Any]]  # version, body


def render_visit(org_id: int, ids: Sequence[str]) -> dict[str, Rendered]:
    """Own visits for the author's feed: what the county holds, its state, what was decided and is asked.

    A phone hears of each of its visits at least once, most of them just made: what only few have is read for
    those few.
    """
    heads = _HEADS(org=org_id, ids=list(ids))
    return _rendered(org_id, heads, _reached(org_id, [head.current_revision for head in heads]))


def render_first(org_id: int, firsts: Sequence[First]) -> dict[str, Rendered]:
    """The same of visits that nobody knew, as they were written: nothing is read back."""
    heads = [SimpleNamespace(**one.head, number=1, mends=None, decided=False, withdrawn=0) for one in firsts]
    reached = {one.op.id: one.reached for one in firsts if one.reached is not None}
    return _rendered(org_id, heads, reached)


def _rendered(org_id: int, heads: Sequence[Any], reached: Mapping[str, bool]) -> dict[str, Rendered]:
    decided = decisions_of(org_id, [head.id for head in heads if head.decided])
    mended = _mended(org_id, {head.id: head.current_revision for head in heads if head.revisions > 1})
    names = accounts.user_names(org_id, [one.by_user_id for all in decided.values() for one in all])
    return {
        head.id: (
            version(head.current_revision, head.revisions, len(decided[head.id]), head.withdrawn),
            {
                "visit": head.id,
                "state": head.state,
                "revision": head.current_revision,
                "number": head.number,
                "team": head.team_id,
                "programme": head.programme,
                "form": head.form,
                "subject": {"list": head.subject_list, "id": head.subject_id} if head.subject_id else None,
                "place": head.place_id,
                "day": head.day.isoformat(),
                "check_in_at": clock.iso(head.check_in_at),
                "received_at": clock.iso(head.received_at),
                "reached": reached.get(head.current_revision),
                "handling": "two_versions" if disputed(head.flags) else None,
                "mended": mended[head.id] or ([head.mends] if head.mends else []),
                "decisions": [
                    {
                        "kind": one.kind,
                        "at": clock.iso(one.at),
                        "by": names.get(one.by_user_id, ""),
                        "words": one.words,
                    }
                    for one in decided[head.id]
                ],
                "returned": _returned(org_id, head, decided[head.id], names),
            },
        )
        for head in heads
    }


def decisions_of(org_id: int, visit_ids: Sequence[str]) -> dict[str, list[Decision]]:
    """The decisions on these visits, oldest first."""
    found: dict[str, list[Decision]] = defaultdict(list)
    if not visit_ids:
        return found
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
    org_id: int, head: Any, decided: Sequence[Decision], names: Mapping[str, str]
) -> dict[str, Any] | None:
    """What is asked, with the whole visit to correct: the phone may have let go of its own."""
    if head.state != "returned":
        return None
    undone = {one.undoes for one in decided if one.undoes}
    asked = next(
        one
        for one in reversed(decided)
        if one.kind == "return" and one.revision_id == head.current_revision and one.id not in undone
    )
    revision = session.get_one(Revision, (org_id, head.current_revision))
    records = records_of(org_id, [revision.id])[revision.id]
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


def _reached(org_id: int, revisions: Sequence[str]) -> dict[str, bool]:
    """Was somebody met or heard, by revision; those of which no form asks are missing."""
    find = cache(forms.definition)  # asked once a version
    found: dict[str, bool] = {}
    for row in _ANSWERS(org=org_id, ids=list(revisions)):
        definition = find(org_id, row.form, row.form_version)
        if definition is not None and definition.doors is not None:
            answer = row.answers.get(definition.doors.question) or ""
            reached = answer in {*definition.doors.met, *definition.doors.phone}
            found[row.revision_id] = found.get(row.revision_id, False) or reached
    return found


def _mended(org_id: int, shown: Mapping[str, str]) -> dict[str, list[str]]:
    """Of visits and the revisions that they show: the ops that were taken otherwise, mended by a supervisor
    or merged with others. Phones know by it that theirs has been taken, whatever they have heard before."""
    found: dict[str, list[str]] = defaultdict(list)
    if not shown:
        return found
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


_ORG: Final[BindParameter[int]] = bindparam("org")
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_HEADS: Final = Asked(
    select(
        Visit.id,
        Visit.state,
        Visit.current_revision,
        Visit.revisions,
        Visit.team_id,
        Visit.programme,
        Visit.form,
        Visit.subject_list,
        Visit.subject_id,
        Visit.place_id,
        Visit.day,
        Visit.check_in_at,
        Visit.received_at,
        Visit.flags,
        Revision.number,
        Revision.mends,
        exists().where(Decision.org_id == Visit.org_id, Decision.visit_id == Visit.id).label("decided"),
        select(func.count())
        .where(Withdrawal.org_id == Visit.org_id, Withdrawal.visit_id == Visit.id)
        .scalar_subquery()
        .label("withdrawn"),
    )
    .join(Revision, (Revision.org_id == Visit.org_id) & (Revision.id == Visit.current_revision))
    .where(Visit.org_id == _ORG, Visit.id.in_(_IDS))
)
_ANSWERS: Final = Asked(
    select(Record.revision_id, Record.form, Record.form_version, Record.answers).where(
        Record.org_id == _ORG, Record.revision_id.in_(_IDS)
    )
)
