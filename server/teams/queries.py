"""Who is in which team, whom the teams look after, and which feeds a volunteer may read now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from server.accounts.models import User
from server.base.db import session
from server.teams.models import Membership, Pair, Team, TeamPlace
from sync.core.canonical import sha256

Rendered = dict[str, tuple[str, dict[str, Any]]]  # id → version, body


def team(org_id: int, team_id: str) -> Team | None:
    return session.get(Team, (org_id, team_id))


def teams_by_id(org_id: int, ids: Sequence[str]) -> dict[str, Team]:
    """Teams by id, for lists that show their names."""
    found = session.scalars(select(Team).where(Team.org_id == org_id, Team.id.in_(set(ids))))
    return {each.id: each for each in found}


def communities(org_id: int, team_id: str) -> list[str]:
    """The places that a team serves, by id."""
    served = select(TeamPlace.place_id).where(TeamPlace.org_id == org_id, TeamPlace.team_id == team_id)
    return list(session.scalars(served.order_by(TeamPlace.place_id)))


def is_member(org_id: int, team_id: str, user_id: str, at: datetime) -> bool:
    """Was this person in the team at that moment?"""
    found = select(Membership.id).where(
        Membership.org_id == org_id,
        Membership.team_id == team_id,
        Membership.user_id == user_id,
        _in_force(at),
    )
    return session.scalars(found.limit(1)).first() is not None


def teams_of(org_id: int, user_id: str, at: datetime | None = None) -> list[str]:
    """The teams of a person, by id: at a moment, or those that have not ended."""
    held = _in_force(at) if at else Membership.until.is_(None)
    found = select(Membership.team_id).where(Membership.org_id == org_id, Membership.user_id == user_id, held)
    return sorted(set(session.scalars(found)))


def feeds_of(org_id: int, user_id: str, now: datetime) -> list[str]:
    """S5: the feeds that this person may read now."""
    return ["county", *(f"team:{each}" for each in teams_of(org_id, user_id, now)), f"user:{user_id}"]


def open_pairs_of(org_id: int, entity_id: str) -> list[Pair]:
    """Who looks after this person now."""
    found = select(Pair).where(Pair.org_id == org_id, Pair.entity_id == entity_id, Pair.ended_on.is_(None))
    return list(session.scalars(found.order_by(Pair.id)))


def audience_of_entity(org_id: int, entity_id: str) -> list[str]:
    """The team feeds that carry this person: those with an open pair."""
    return sorted({f"team:{pair.team_id}" for pair in open_pairs_of(org_id, entity_id)})


def render_team(org_id: int, ids: Sequence[str]) -> Rendered:
    """Teams as their members' phones hold them: where they serve, and who is in them."""
    return {each.id: _versioned(_team_body(org_id, each)) for each in teams_by_id(org_id, ids).values()}


def render_pair(org_id: int, ids: Sequence[str]) -> Rendered:
    found = session.scalars(select(Pair).where(Pair.org_id == org_id, Pair.id.in_(set(ids))))
    return {pair.id: _versioned(_pair_body(pair)) for pair in found}


def render_me(org_id: int, ids: Sequence[str]) -> Rendered:
    """A volunteer as her own phone holds her."""
    users = session.scalars(select(User).where(User.org_id == org_id, User.id.in_(set(ids))))
    return {user.id: _versioned(_me_body(user)) for user in users}


def _team_body(org_id: int, each: Team) -> dict[str, Any]:
    members = session.execute(
        select(User.id, User.name, Membership.leads)
        .join(User, and_(User.org_id == Membership.org_id, User.id == Membership.user_id))
        .where(Membership.org_id == org_id, Membership.team_id == each.id, Membership.until.is_(None))
        .order_by(User.pinyin, User.id)
    )
    return {
        "id": each.id,
        "programme": each.programme,
        "name": {"zh": each.name_zh, "en": each.name_en},
        "communities": communities(org_id, each.id),
        "members": [{"user": row.id, "name": row.name, "leads": row.leads} for row in members],
    }


def _pair_body(pair: Pair) -> dict[str, Any]:
    return {
        "id": pair.id,
        "team": pair.team_id,
        "user": pair.user_id,
        "entity": pair.entity_id,
        "began_on": pair.began_on.isoformat(),
        "ended_on": pair.ended_on.isoformat() if pair.ended_on else None,
        "last_seen_on": pair.last_seen_on.isoformat() if pair.last_seen_on else None,
        "last_seen_how": pair.last_seen_how,
    }


def _me_body(user: User) -> dict[str, Any]:
    held = session.execute(
        select(Membership.team_id, Membership.leads)
        .where(Membership.org_id == user.org_id, Membership.user_id == user.id, Membership.until.is_(None))
        .order_by(Membership.team_id)
    )
    return {
        "user": user.id,
        "name": user.name,
        "language": user.language,
        "teams": [{"team": row.team_id, "leads": row.leads} for row in held],
    }


def _versioned(body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A body has no row of its own whose version could be counted: what it says is its version."""
    return sha256(body)[:16], body


def _in_force(at: datetime) -> ColumnElement[bool]:
    return and_(Membership.since <= at, or_(Membership.until.is_(None), Membership.until > at))
