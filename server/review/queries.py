"""Decisions as others read them: on the author's phone, and at the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import clock
from server.base.db import session
from server.review.models import Decision
from server.review.service import version
from server.visits.models import Revision, Visit


def render_visit(org_id: int, ids: Sequence[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Own visits for the author's feed: what the county holds, its state, what was decided."""
    rows = session.execute(
        select(Visit, Revision.number)
        .join(Revision, (Revision.org_id == Visit.org_id) & (Revision.id == Visit.current_revision))
        .where(Visit.org_id == org_id, Visit.id.in_(ids))
    ).all()
    decided = decisions_of(org_id, [visit.id for visit, _ in rows])
    names = accounts.user_names(org_id, [one.by_user_id for all in decided.values() for one in all])
    return {
        visit.id: (
            version(visit, len(decided[visit.id])),
            {
                "visit": visit.id,
                "state": visit.state,
                "revision": visit.current_revision,
                "number": number,
                "team": visit.team_id,
                "programme": visit.programme,
                "form": visit.form,
                "subject": {"list": visit.subject_list, "id": visit.subject_id} if visit.subject_id else None,
                "day": visit.day.isoformat(),
                "check_in_at": clock.iso(visit.check_in_at),
                "received_at": clock.iso(visit.received_at),
                "handling": "two_versions" if _two_versions(visit) else None,
                "decisions": [
                    {
                        "kind": one.kind,
                        "at": clock.iso(one.at),
                        "by": names.get(one.by_user_id, ""),
                        "words": one.words,
                    }
                    for one in decided[visit.id]
                ],
            },
        )
        for visit, number in rows
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


def _two_versions(visit: Visit) -> bool:
    return any(flag["code"] == "two_versions" for flag in visit.flags)
