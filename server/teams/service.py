"""What happens to teams and pairs: founded, joined, left, paired, ended, seen.

Each change is staged in the feeds that carry it. A team's feed carries the people of its open pairs; so a
pair that opens brings its person, and the last one that ends takes the person away again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from server.base import clock, feeds
from server.base.db import session
from server.base.versions import versioned
from server.entities import queries as entities
from server.entities import service as entity_service
from server.entities.models import Entity
from server.teams import queries
from server.teams.models import Membership, Pair, Team, TeamPlace


def found_team(
    org_id: int, programme: str, name_zh: str, name_en: str, places: Sequence[str], *, id: str | None = None
) -> Team:
    """Found a team that serves these places."""
    team = Team(
        org_id=org_id,
        id=id or clock.new_id(),
        programme=programme,
        name_zh=name_zh,
        name_en=name_en,
        active=True,
    )
    session.add(team)
    session.flush()
    session.add_all(TeamPlace(org_id=org_id, team_id=team.id, place_id=place) for place in places)
    session.flush()
    publish_team(org_id, team.id)
    return team


def join(
    org_id: int, team_id: str, user_id: str, now: datetime, *, leads: bool = False, id: str | None = None
) -> Membership:
    """Somebody joins a team."""
    membership = Membership(
        org_id=org_id,
        id=id or clock.new_id(now),
        team_id=team_id,
        user_id=user_id,
        leads=leads,
        since=now,
        until=None,
    )
    session.add(membership)
    session.flush()
    publish_team(org_id, team_id)
    publish_me(org_id, user_id)
    return membership


@dataclass(frozen=True)
class NewMember:
    """Somebody who joins a team."""

    id: str  # of the membership
    team: str
    user: str
    leads: bool = False


def join_all(org_id: int, members: Sequence[NewMember], now: datetime) -> None:
    """Many people join many teams; each team and each of them is told of once."""
    session.add_all(
        Membership(
            org_id=org_id, id=one.id, team_id=one.team, user_id=one.user, leads=one.leads, since=now,
            until=None,
        )
        for one in members
    )  # fmt: skip
    session.flush()
    publish_team(org_id, *sorted({one.team for one in members}))
    publish_me(org_id, *sorted({one.user for one in members}))


def leave(org_id: int, team_id: str, user_id: str, now: datetime) -> None:
    """Somebody leaves a team: her phone drops the team's feed at its next exchange."""
    session.execute(
        update(Membership)
        .where(
            Membership.org_id == org_id,
            Membership.team_id == team_id,
            Membership.user_id == user_id,
            Membership.until.is_(None),
        )
        .values(until=now)
    )
    publish_team(org_id, team_id)
    publish_me(org_id, user_id)


def pair(
    org_id: int,
    team_id: str,
    user_id: str | None,
    entity_id: str,
    began_on: date,
    *,
    id: str | None = None,
    visit_id: str | None = None,
) -> Pair:
    """A volunteer, or the whole team, begins to look after a person. ``visit_id``: of the visit that put the
    person on the list, where that is why."""
    made = Pair(
        org_id=org_id,
        id=id or clock.new_id(),
        team_id=team_id,
        user_id=user_id,
        entity_id=entity_id,
        began_on=began_on,
        ended_on=None,
        last_seen_on=None,
        last_seen_how=None,
        visit_id=visit_id,
    )
    session.add(made)
    session.flush()
    _publish_open(made)
    return made


def resume_pair(org_id: int, pair_id: str) -> Pair:
    """A pair that ended goes on as if it had not."""
    resumed = session.get_one(Pair, (org_id, pair_id), with_for_update=True)
    resumed.ended_on = None
    session.flush()
    _publish_open(resumed)
    return resumed


def _publish_open(pair: Pair) -> None:
    """An open pair brings its person to the team's phones."""
    publish_pairs(pair.org_id, [pair.id])
    person = entities.entity(pair.org_id, pair.entity_id)
    if person is not None:
        feeds.stage(pair.org_id, f"team:{pair.team_id}", "entity", person.id, person.version)


def end_pair(org_id: int, pair_id: str, ended_on: date) -> None:
    """A pair ends; the person leaves the team's phones unless another pair keeps them there."""
    ended = session.get_one(Pair, (org_id, pair_id), with_for_update=True)
    ended.ended_on = ended_on
    session.flush()
    feed = f"team:{ended.team_id}"
    feeds.stage_gone(org_id, feed, "pair", pair_id)
    if feed not in queries.audience_of_entity(org_id, ended.entity_id):
        feeds.stage_gone(org_id, feed, "entity", ended.entity_id)


def note_contact(org_id: int, entity_id: str, programme: str, day: date, how: str, *, reached: bool) -> None:
    """A visit reached the person, or did not: the newest day on which somebody did stands on the pair."""
    if not reached:
        return
    seen = saw(queries.open_pairs(org_id, entity_id, programme), day, how)
    session.flush()
    publish_pairs(org_id, [pair.id for pair in seen])


def saw(pairs: Iterable[Pair], day: date, how: str) -> list[Pair]:
    """Write down on these pairs that their person was reached; those that it is news to."""
    seen = [pair for pair in pairs if _is_news(pair, day, how)]
    for pair in seen:
        pair.last_seen_on, pair.last_seen_how = day, how
    return seen


def _is_news(pair: Pair, day: date, how: str) -> bool:
    if pair.last_seen_on is None or pair.last_seen_on < day:
        return True
    return pair.last_seen_on == day and pair.last_seen_how != how


def publish_team(org_id: int, *team_ids: str) -> None:
    """Stage these teams as they now read."""
    for id, (version, _) in queries.render_team(org_id, team_ids).items():
        feeds.stage(org_id, f"team:{id}", "team", id, version)


def publish_me(org_id: int, *user_ids: str) -> None:
    """Stage what these people's phones read of their owners."""
    for id, (version, _) in queries.render_me(org_id, user_ids).items():
        feeds.stage(org_id, f"user:{id}", "me", id, version)


def publish_pairs(org_id: int, ids: Iterable[str]) -> None:
    """Stage pairs as they now read."""
    for id, (version, body) in queries.render_pair(org_id, list(ids)).items():
        feeds.stage(org_id, f"team:{body['team']}", "pair", id, version)


def stage_pair(pair: Pair) -> None:
    """Stage a pair as this object has it."""
    version, body = versioned(queries.pair_body(pair))
    feeds.stage(pair.org_id, f"team:{body['team']}", "pair", pair.id, version)


def publish_entity(entity: Entity) -> None:
    """Stage a changed entry of a list for those who carry it."""
    if entity.list == entity_service.PLACES:
        feeds.stage(entity.org_id, queries.COUNTY, "place", entity.id, entity.version)
    for feed in queries.audience_of_entity(entity.org_id, entity.id):
        feeds.stage(entity.org_id, feed, "entity", entity.id, entity.version)


# Entities stand below teams and cannot know them; they tell whoever listens.
entity_service.on_changed.append(publish_entity)
