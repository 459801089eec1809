"""What changes in teams: who is in them, whom they look after, and when that person was last reached.

Every change is published to the phones that it concerns: the team's feed carries the team and its pairs, each
member's own feed the member.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from server.base import clock, feeds
from server.base.db import session
from server.entities import service as entities
from server.teams import queries
from server.teams.models import Membership, Pair, Team, TeamPlace


def found_team(org_id: int, team_id: str, programme: str, name: dict[str, str], serves: list[str]) -> Team:
    """Found a team of a programme that serves these places."""
    made = Team(
        org_id=org_id, id=team_id, programme=programme, name_zh=name["zh"], name_en=name["en"], active=True
    )
    session.add(made)
    session.flush()
    session.add_all(TeamPlace(org_id=org_id, team_id=team_id, place_id=place) for place in serves)
    session.flush()
    publish_team(org_id, team_id)
    return made


def join(org_id: int, team_id: str, user_id: str, since: datetime, *, leads: bool = False) -> Membership:
    """Take a volunteer into a team from a moment on."""
    made = Membership(
        org_id=org_id,
        id=clock.new_id(since),
        team_id=team_id,
        user_id=user_id,
        leads=leads,
        since=since,
        until=None,
    )
    session.add(made)
    session.flush()
    publish_team(org_id, team_id)
    publish_me(org_id, user_id)
    return made


def look_after(
    org_id: int, team_id: str, user_id: str | None, entity_id: str, began_on: date, pair_id: str
) -> Pair:
    """Pair a volunteer (or, without one, the whole team) with a person."""
    made = Pair(
        org_id=org_id,
        id=pair_id,
        team_id=team_id,
        user_id=user_id,
        entity_id=entity_id,
        began_on=began_on,
        ended_on=None,
        last_seen_on=None,
        last_seen_how=None,
    )
    session.add(made)
    session.flush()
    publish_pair(made)
    entities.publish(org_id, entity_id, [f"team:{team_id}"])
    return made


def note_contact(org_id: int, entity_id: str, programme: str, day: date, how: str, *, reached: bool) -> None:
    """A visit told how it went at the door: the pairs of that programme's teams hear when she was last seen.

    An older visit that arrives late changes nothing, and a door that stayed shut is not having seen her.
    """
    if not reached:
        return
    mine = (
        select(Pair)
        .join(Team, (Team.org_id == Pair.org_id) & (Team.id == Pair.team_id))
        .where(
            Pair.org_id == org_id,
            Pair.entity_id == entity_id,
            Pair.ended_on.is_(None),
            Team.programme == programme,
        )
        .order_by(Pair.id)
        .with_for_update(of=Pair)
    )
    for pair in session.scalars(mine):
        if pair.last_seen_on is None or pair.last_seen_on <= day:
            pair.last_seen_on, pair.last_seen_how = day, how
            session.flush()
            publish_pair(pair)


def publish_team(org_id: int, team_id: str) -> None:
    version, _ = queries.render_team(org_id, [team_id])[team_id]
    feeds.stage(org_id, f"team:{team_id}", "team", team_id, version)


def publish_pair(pair: Pair) -> None:
    version, _ = queries.render_pair(pair.org_id, [pair.id])[pair.id]
    feeds.stage(pair.org_id, f"team:{pair.team_id}", "pair", pair.id, version)


def publish_me(org_id: int, user_id: str) -> None:
    version, _ = queries.render_me(org_id, [user_id])[user_id]
    feeds.stage(org_id, f"user:{user_id}", "me", user_id, version)
