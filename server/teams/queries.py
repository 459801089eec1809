"""Who is in which team, whom they look after, and how that reads on a phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from server.accounts.models import User
from server.base.asked import Asked
from server.base.db import session
from server.base.versions import Rendered, versioned
from server.teams.models import Membership, Pair, Team, TeamPlace

COUNTY = "county"


def team(org_id: int, id: str) -> Team | None:
    return session.get(Team, (org_id, id))


def teams(org_id: int, programme: str | None = None) -> list[Team]:
    """The county's active teams."""
    found = select(Team).where(Team.org_id == org_id, Team.active)
    if programme is not None:
        found = found.where(Team.programme == programme)
    return list(session.scalars(found.order_by(Team.programme, Team.id)))


def communities(org_id: int, team_id: str) -> list[str]:
    """The places that a team serves."""
    return list(
        session.scalars(
            select(TeamPlace.place_id)
            .where(TeamPlace.org_id == org_id, TeamPlace.team_id == team_id)
            .order_by(TeamPlace.place_id)
        )
    )


def is_member(org_id: int, team_id: str, user_id: str, at: datetime) -> bool:
    """Did this person belong to the team at that moment?"""
    found = select(Membership.id).where(
        Membership.org_id == org_id,
        Membership.team_id == team_id,
        Membership.user_id == user_id,
        _in_force(at),
    )
    return session.scalar(found.limit(1)) is not None


def teams_of(org_id: int, user_id: str, at: datetime | None = None) -> list[str]:
    """The teams that this person is in at a moment, or has ever been in."""
    found = select(Membership.team_id).where(Membership.org_id == org_id, Membership.user_id == user_id)
    if at is not None:
        found = found.where(_in_force(at))
    return sorted(set(session.scalars(found)))


def members(org_id: int, team_ids: Sequence[str], at: datetime) -> dict[str, list[tuple[Membership, User]]]:
    """The members of teams at a moment, leaders first, then by the sound of their names."""
    rows = session.execute(
        select(Membership, User)
        .join(User, and_(User.org_id == Membership.org_id, User.id == Membership.user_id))
        .where(Membership.org_id == org_id, Membership.team_id.in_(team_ids), _in_force(at))
        .order_by(Membership.leads.desc(), User.pinyin, User.id)
    )
    found: dict[str, list[tuple[Membership, User]]] = defaultdict(list)
    for membership, user in rows:
        found[membership.team_id].append((membership, user))
    return found


def feeds_of(org_id: int, user_id: str, now: datetime) -> list[str]:
    """The feeds that this person may read now (rule S5)."""
    held = _TEAMS_NOW(org=org_id, user=user_id, now=now)
    own = [f"team:{team_id}" for team_id in sorted({row.team_id for row in held})]
    return [COUNTY, *own, f"user:{user_id}"]


def audience_of_entity(org_id: int, entity_id: str) -> list[str]:
    """The feeds that carry an entry of a list: those of the teams with an open pair."""
    found = select(Pair.team_id).where(
        Pair.org_id == org_id, Pair.entity_id == entity_id, Pair.ended_on.is_(None)
    )
    return [f"team:{team_id}" for team_id in sorted(set(session.scalars(found)))]


def open_pairs(org_id: int, entity_id: str, programme: str | None = None) -> list[Pair]:
    """The open pairs of a person, in any team or in those of one programme."""
    found = select(Pair).where(Pair.org_id == org_id, Pair.entity_id == entity_id, Pair.ended_on.is_(None))
    if programme is not None:
        found = found.join(Team, and_(Team.org_id == Pair.org_id, Team.id == Pair.team_id)).where(
            Team.programme == programme
        )
    return list(session.scalars(found.order_by(Pair.id)))


def open_pairs_of(org_id: int, entities: Sequence[str] | None = None) -> dict[tuple[str, str], list[Pair]]:
    """Open pairs by person and programme: of these people, or all of the county."""
    if entities is None:
        rows = session.execute(_OPEN_PAIRS, {"org": org_id})
    else:
        rows = session.execute(_OPEN_PAIRS_OF, {"org": org_id, "entities": list(entities)})
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair, programme in rows:
        found[pair.entity_id, programme].append(pair)
    return found


# Asked in every exchange that brings visits: built and compiled once.
_OPEN_PAIRS: Final = (
    select(Pair, Team.programme)
    .join(Team, and_(Team.org_id == Pair.org_id, Team.id == Pair.team_id))
    .where(Pair.org_id == bindparam("org"), Pair.ended_on.is_(None))
    .order_by(Pair.id)
)
_OPEN_PAIRS_OF: Final = _OPEN_PAIRS.where(Pair.entity_id.in_(bindparam("entities", expanding=True)))


def render_team(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``team`` changes, with the members as they are known now."""
    teams = session.scalars(select(Team).where(Team.org_id == org_id, Team.id.in_(ids))).all()
    places: dict[str, list[str]] = defaultdict(list)
    served = select(TeamPlace).where(TeamPlace.org_id == org_id, TeamPlace.team_id.in_(ids))
    for place in session.scalars(served.order_by(TeamPlace.place_id)):
        places[place.team_id].append(place.place_id)
    named = _current_members(org_id, ids)
    return {
        team.id: versioned(
            {
                "id": team.id,
                "programme": team.programme,
                "name": {"zh": team.name_zh, "en": team.name_en},
                "communities": places[team.id],
                "members": named[team.id],
            }
        )
        for team in teams
    }


def render_pair(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``pair`` changes."""
    pairs = session.scalars(select(Pair).where(Pair.org_id == org_id, Pair.id.in_(ids)))
    return {pair.id: versioned(pair_body(pair)) for pair in pairs}


def pair_body(pair: Pair) -> dict[str, Any]:
    """A pair as its team's phones keep it."""
    return {
        "id": pair.id,
        "team": pair.team_id,
        "user": pair.user_id,
        "entity": pair.entity_id,
        "began_on": pair.began_on.isoformat(),
        "ended_on": pair.ended_on and pair.ended_on.isoformat(),
        "last_seen_on": pair.last_seen_on and pair.last_seen_on.isoformat(),
        "last_seen_how": pair.last_seen_how,
    }


def render_me(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``me`` changes: who the phone's owner is, and her teams."""
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = select(Membership).where(
        Membership.org_id == org_id, Membership.user_id.in_(ids), Membership.until.is_(None)
    )
    for membership in session.scalars(rows.order_by(Membership.team_id)):
        own[membership.user_id].append({"team": membership.team_id, "leads": membership.leads})
    users = session.scalars(select(User).where(User.org_id == org_id, User.id.in_(ids)))
    return {
        user.id: versioned(
            {"user": user.id, "name": user.name, "language": user.language, "teams": own[user.id]}
        )
        for user in users
    }


def _current_members(org_id: int, team_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Those whose membership has no end: a rendering must not depend on the hour at which it is made."""
    rows = session.execute(
        select(Membership, User.name)
        .join(User, and_(User.org_id == Membership.org_id, User.id == Membership.user_id))
        .where(Membership.org_id == org_id, Membership.team_id.in_(team_ids), Membership.until.is_(None))
        .order_by(Membership.leads.desc(), User.pinyin, User.id)
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for membership, name in rows:
        found[membership.team_id].append(
            {"user": membership.user_id, "name": name, "leads": membership.leads}
        )
    return found


def _in_force(at: Any) -> ColumnElement[bool]:
    return and_(Membership.since <= at, or_(Membership.until.is_(None), Membership.until > at))


# Asked in every exchange: built and compiled once.
_TEAMS_NOW: Final = Asked(
    select(Membership.team_id).where(
        Membership.org_id == bindparam("org"),
        Membership.user_id == bindparam("user"),
        _in_force(bindparam("now", type_=Membership.since.type)),
    )
)
