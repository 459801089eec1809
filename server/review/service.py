"""What reviewers decide. Decisions are appended; a visit's state follows from them by one function.

``settle`` is the only writer of ``visits.state``. It is called in the transaction of whatever moved it: a
decision, an undo, a withdrawal, a revision that came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from server.base import audit, clock, feeds, policy
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.review import returns
from server.review.models import Decision, Withdrawal
from server.visits import desk_feeds, heads, notices, queries
from server.visits.intake import Received
from server.visits.models import Visit
from server.visits.rows import Row
from sync.core.review_state import Decided, in_force, review_state


@dataclass(frozen=True)
class Draft:
    """What a reviewer is about to decide, on the revision that stood on the screen."""

    kind: str  # approve | return
    revision: str
    words: str | None = None
    by_day: date | None = None
    comments: list[dict[str, str]] = field(default_factory=list)  # [{record, path, text}]
    id: str | None = None  # of the decision, where it is told from elsewhere; else a new one


@dataclass(frozen=True)
class Approval:
    """One of many that a reviewer approves as they stand on the screen."""

    visit: str
    revision: str
    id: str | None = None  # of the decision, where it is told from elsewhere


@dataclass(frozen=True)
class Settled:
    """One of many: decided, or why not."""

    visit: str
    decision: Decision | None = None
    problem: dict[str, str] | None = None


def decide(actor: Actor, visit_id: str, draft: Draft, now: datetime) -> Decision:
    """Record a decision on the visit's current revision.

    Raises revision_moved when a newer one has come meanwhile, or somebody else has decided; unsettled for an
    approval of what two sides say differently: nobody has said yet which of it is right.
    """
    visit = _locked(actor, visit_id)
    if draft.revision != visit.current_revision or visit.state != "received":
        raise Problem("revision_moved", current=visit.current_revision, state=visit.state)
    if draft.kind == "approve" and heads.disputed(visit.flags):
        raise Problem("unsettled")
    if draft.kind == "return":
        returns.check(visit, draft.words, draft.by_day, draft.comments, now)
    elif draft.comments or draft.by_day:
        raise Problem("invalid", errors=[{"path": "/comments", "says": "only a return asks"}])
    decision = _append(actor, visit, draft, now)
    told = "approved" if draft.kind == "approve" else "returned"
    notices.tell_phone(
        visit.org_id, visit.user_id, told, now, by=actor.user_id, visit=visit.id, words=draft.words,
        id=decision.id,
    )  # fmt: skip
    return decision


def undo(actor: Actor, decision_id: str, now: datetime) -> Decision:
    """Take a decision back by another one; both stay in the history."""
    undone = session.get(Decision, (actor.org_id, decision_id))
    if undone is None:
        raise Problem("not_found")
    visit = _locked(actor, undone.visit_id)
    standing = in_force(decided(visit))
    newest = standing[-1] if standing else None
    if newest is None or newest.id != undone.id or undone.revision_id != visit.current_revision:
        raise Problem("revision_moved", current=visit.current_revision, state=visit.state)
    notices.take_back(visit.org_id, undone.id)
    return _append(actor, visit, Draft("undo", undone.revision_id), now, undoes=undone.id)


def approve_many(
    actor: Actor, approvals: Sequence[Approval], now: datetime, language: Language
) -> list[Settled]:
    """Approve each visit that still stands so; say of the others why not."""
    settled = []
    for one in sorted(approvals, key=lambda each: (each.visit, each.revision)):
        try:
            with feeds.savepoint():
                decision = decide(actor, one.visit, Draft("approve", one.revision, id=one.id), now)
            settled.append(Settled(one.visit, decision))
        except Problem as problem:
            words = problem.words(language)
            told = {"code": problem.code, "title": words.title, "detail": words.next}
            settled.append(Settled(one.visit, problem=told))
    return settled


def received(event: Received) -> None:
    """A revision came in: a decided visit waits for its reviewer again, who is told."""
    if event.visit.revisions > 1:
        _tell_deciders(event)
    settle(event.visit, event.now)


def arrived(heads: Sequence[Row]) -> None:
    """Visits that nobody knew came in, in the state of a first revision: told of as ``settle`` does."""
    for head in heads:
        feed, read_as = f"user:{head['user_id']}", version(head["current_revision"], 1, 0, 0)
        feeds.stage(head["org_id"], feed, "visit", head["id"], read_as)
    lies = {(head["org_id"], head["community_id"], head["team_id"], head["programme"]) for head in heads}
    for org_id, community, team, programme in lies:
        desk_feeds.bump(org_id, queries.scope(community, team, programme))


def _tell_deciders(event: Received) -> None:
    """Whoever decided on the visit, as far as that stands or this revision answers it."""
    visit = event.visit
    standing = {one.id for one in in_force(decided(visit))}
    correction = event.revision.correction
    asked = {correction["decision"]} if correction else set()
    deciders = select(Decision.by_user_id).where(
        Decision.org_id == visit.org_id, Decision.visit_id == visit.id, Decision.id.in_(standing | asked)
    )
    notices.tell_desks(
        visit.org_id,
        session.scalars(deciders),
        "corrected",
        event.now,
        by=event.revision.user_id,
        visit=visit.id,
    )


def settle(visit: Visit, now: datetime) -> None:
    """Derive the state anew, and tell the author's phones and the desks that watch."""
    made, withdrawn = decided(visit), withdrawals(visit)
    visit.state = review_state(visit.current_revision, made, {one.revision_id for one in withdrawn})
    visit.changed_at = now
    session.flush()
    read_as = version(visit.current_revision, visit.revisions, len(made), len(withdrawn))
    feeds.stage(visit.org_id, f"user:{visit.user_id}", "visit", visit.id, read_as)
    desk_feeds.bump(visit.org_id, queries.scope_of(visit))


def version(revision: str, revisions: int, decisions: int, withdrawn: int) -> str:
    """What a phone holds of a visit is told apart by this."""
    return f"{revision}.{revisions}.{decisions}.{withdrawn}"


def withdrawals(visit: Visit) -> list[Withdrawal]:
    """How often its author took it back, oldest first."""
    rows = select(Withdrawal).where(Withdrawal.org_id == visit.org_id, Withdrawal.visit_id == visit.id)
    return list(session.scalars(rows.order_by(Withdrawal.at, Withdrawal.id)))


def decided(visit: Visit) -> list[Decided]:
    """Every decision on it, oldest first, as the state depends on them."""
    rows = session.execute(
        select(Decision.id, Decision.revision_id, Decision.kind, Decision.undoes)
        .where(Decision.org_id == visit.org_id, Decision.visit_id == visit.id)
        .order_by(Decision.at, Decision.id)
    )
    return [Decided(*row) for row in rows]


def _locked(actor: Actor, visit_id: str) -> Visit:
    visit = session.get(Visit, (actor.org_id, visit_id), with_for_update=True, populate_existing=True)
    if visit is None:
        raise Problem("not_found")
    policy.require(actor, Permission.VISITS_REVIEW, queries.scope_of(visit))
    return visit


def _append(
    actor: Actor, visit: Visit, draft: Draft, now: datetime, *, undoes: str | None = None
) -> Decision:
    newest = session.scalar(
        select(func.max(Decision.at)).where(Decision.org_id == visit.org_id, Decision.visit_id == visit.id)
    )
    if newest is not None and newest >= now:  # the order of decisions is the order in which they were made
        now = newest + timedelta(microseconds=1)
    decision = Decision(**decision_values(actor, visit.id, draft, now, undoes=undoes))
    session.add(decision)
    session.flush()
    audit.record(actor, f"visit.{draft.kind}", "visit", visit.id, revision=visit.current_revision)
    settle(visit, now)
    return decision


def decision_values(
    actor: Actor, visit_id: str, draft: Draft, now: datetime, *, undoes: str | None = None
) -> dict[str, Any]:
    """A decision by columns."""
    return {
        "org_id": actor.org_id,
        "id": draft.id or clock.new_id(now),
        "visit_id": visit_id,
        "revision_id": draft.revision,
        "kind": draft.kind,
        "undoes": undoes,
        "comments": draft.comments,
        "words": draft.words,
        "by_day": draft.by_day,
        "by_user_id": actor.user_id,
        "at": now,
    }
