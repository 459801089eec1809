"""Who looks after whom, as a visit began it and whoever reviews the visit sees and changes it.

A visit speaks of its own person and of everybody whom its forms put on the list of its programme. Each of
them is looked after in the visit's team by a volunteer, by the team together, or by nobody. To change that is
no decision on the visit: it may be done before and after one, and again.

Whoever was said at the door to have died or moved away stays on the phones until whoever reviews the visit
has made sure and says that nobody looks after them: a wrong tap must not take somebody off every list. Then
nobody does in any other team either; whoever is given back the same day goes on there as well.

What began with a visit ends when its author takes the visit back, unless somebody was there again meanwhile;
it goes on when she sends the visit once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import audit, policy
from server.base.db import session
from server.base.models import Org
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.entities import queries as entities
from server.entities.models import Entity
from server.programmes.programme import programmes
from server.teams import queries as teams
from server.teams import service as pairs
from server.teams.models import Pair
from server.visits import desk_feeds, notices, queries
from server.visits.models import Visit

By = Literal["volunteer", "team", "nobody"]
GONE: Final = ("moved", "deceased")  # answers at the door after which nobody is to be looked in on there


@dataclass(frozen=True)
class Follower:
    """Who is to look after somebody; ``user`` with ``volunteer`` alone."""

    by: By
    user: str | None = None


def told(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    """Everybody of whom the visit speaks, with who looks after them in its team; the matter that is closed
    among them too. Empty where the programme looks after nobody."""
    whom = _spoken_of(visit)
    if not whom:
        return []
    held = _pairs(visit, [one.id for one in whom])
    gone = _gone(visit)
    members = teams.members(visit.org_id, [visit.team_id], now)[visit.team_id]
    names = accounts.user_names(visit.org_id, [one.user_id for one in held if one.user_id])
    return [
        {
            "entity": one.id,
            "list": one.list,
            "label": one.label,
            "state": one.state,
            "made_here": any(pair.entity_id == one.id and pair.visit_id == visit.id for pair in held),
            "gone": gone if one.id == visit.subject_id else None,
            "followers": [
                {"user": pair.user_id, "name": names.get(pair.user_id or "")}
                for pair in held
                if pair.entity_id == one.id and pair.ended_on is None
            ],
            "members": [{"user": user.id, "name": user.name} for _, user in members],
        }
        for one in whom
    ]


def put(actor: Actor, visit_id: str, entity_id: str, wanted: Follower, now: datetime) -> dict[str, Any]:
    """Let somebody else of the visit's team look after this person, or nobody; as ``told`` reads it then.

    Raises not_found outside of the actor's reach and for somebody of whom the visit does not speak; invalid
    for a volunteer who is not in the team.
    """
    visit = session.get(Visit, (actor.org_id, visit_id), with_for_update=True, populate_existing=True)
    if visit is None:
        raise Problem("not_found")
    policy.require(actor, Permission.VISITS_REVIEW, queries.scope_of(visit))
    if all(one.id != entity_id for one in _spoken_of(visit)):
        raise Problem("not_found")
    if wanted.user is not None and not teams.is_member(visit.org_id, visit.team_id, wanted.user, now):
        raise Problem("invalid", errors=[{"path": "/user", "says": "is not in the team"}])
    today = _today(visit, now)
    _follow(visit, entity_id, wanted, today)
    if entity_id == visit.subject_id and _gone(visit):
        _farewell(actor, visit, entity_id, gone=wanted.by == "nobody", today=today)
    audit.record(actor, "pair.put", "entity", entity_id, visit=visit.id, by=wanted.by, user=wanted.user)
    desk_feeds.bump(visit.org_id, queries.scope_of(visit))
    return next(one for one in told(visit, now) if one["entity"] == entity_id)


def announce(visit: Visit, by: str, people: Sequence[str], now: datetime) -> None:
    """Tell the supervisors of the place that these people were put on the list, and are looked after now."""
    if not people:
        return
    scope = queries.scope_of(visit)
    holders = accounts.holders(visit.org_id, Permission.VISITS_REVIEW, now)
    told = [one.user_id for one in holders if policy.reach(one, Permission.VISITS_REVIEW).holds(scope)]
    words = "、".join(people)
    notices.tell_desks(visit.org_id, told, "registered", now, by=by, visit=visit.id, words=words)


def end(visit: Visit, now: datetime) -> None:
    """Its author took the visit back: what began with it ends, unless another visit was there since."""
    for pair in _begun_by(visit):
        if pair.ended_on is None and not _visited_otherwise(visit, pair.entity_id):
            pairs.end_pair(visit.org_id, pair.id, _today(visit, now))


def resume(visit: Visit) -> None:
    """A visit that was taken back is sent again: what had begun with it goes on."""
    by_person = {pair.entity_id: pair for pair in _begun_by(visit)}  # of several the newest
    for pair in by_person.values():
        if pair.ended_on is not None:
            pairs.resume_pair(visit.org_id, pair.id)


def _follow(visit: Visit, entity_id: str, wanted: Follower, today: date) -> None:
    """The new one begins before the old ones end, so that the person never leaves the team's phones."""
    held = _pairs(visit, [entity_id])
    begun = any(pair.visit_id == visit.id for pair in held)
    goes_on = None
    if wanted.by != "nobody":
        same = [pair for pair in held if pair.user_id == wanted.user]
        goes_on = next((pair for pair in same if pair.ended_on in (None, today)), None)
        if goes_on is None:
            goes_on = pairs.pair(
                visit.org_id,
                visit.team_id,
                wanted.user,
                entity_id,
                today,
                visit_id=visit.id if begun else None,
            )
            _carry_over(goes_on, held)
        elif goes_on.ended_on is not None:
            goes_on = pairs.resume_pair(visit.org_id, goes_on.id)
    for pair in held:
        if pair is not goes_on and pair.ended_on is None:
            pairs.end_pair(visit.org_id, pair.id, today)


def _farewell(actor: Actor, visit: Visit, entity_id: str, *, gone: bool, today: date) -> None:
    """In every other team: what is open ends; or, given back on the day of a slip, what ended goes on."""
    held = [pair for pair in _all_pairs(visit.org_id, entity_id) if pair.team_id != visit.team_id]
    open_in = {pair.team_id for pair in held if pair.ended_on is None}
    for pair in held:
        about = {"visit": visit.id, "entity": entity_id}
        if gone and pair.ended_on is None:
            pairs.end_pair(visit.org_id, pair.id, today)
            audit.record(actor, "pair.end", "pair", pair.id, **about)
        elif not gone and pair.ended_on == today and pair.team_id not in open_in:
            pairs.resume_pair(visit.org_id, pair.id)
            audit.record(actor, "pair.resume", "pair", pair.id, **about)


def _carry_over(pair: Pair, held: Iterable[Pair]) -> None:
    """When the person was last seen does not change with who looks after them."""
    seen = [one for one in held if one.last_seen_on is not None]
    if not seen:
        return
    newest = max(seen, key=lambda one: (one.last_seen_on, one.id))
    pair.last_seen_on, pair.last_seen_how = newest.last_seen_on, newest.last_seen_how
    session.flush()
    pairs.publish_pairs(pair.org_id, [pair.id])


def _spoken_of(visit: Visit) -> list[Entity]:
    programme = programmes().get(visit.programme)
    if programme is None or programme.people_list is None:
        return []
    ids = [*([visit.subject_id] if visit.subject_id else []), *(one.entity_id for one in _begun_by(visit))]
    found = entities.entities(visit.org_id, ids)
    whom = [found[id] for id in dict.fromkeys(ids) if id in found]
    return [one for one in whom if one.list == programme.people_list and one.state != "erased"]


def _gone(visit: Visit) -> str | None:
    """What was said at the door, where that was a farewell."""
    door = queries.at_the_door(visit)
    return door[-1] if door and door[-1] in GONE else None


def _pairs(visit: Visit, people: Sequence[str]) -> list[Pair]:
    """All of these people in the visit's team, the oldest first."""
    rows = select(Pair).where(
        Pair.org_id == visit.org_id, Pair.team_id == visit.team_id, Pair.entity_id.in_(people)
    )
    return list(session.scalars(rows.order_by(Pair.id)))


def _all_pairs(org_id: int, entity_id: str) -> list[Pair]:
    """In every team, open or ended."""
    rows = select(Pair).where(Pair.org_id == org_id, Pair.entity_id == entity_id)
    return list(session.scalars(rows.order_by(Pair.id)))


def _begun_by(visit: Visit) -> list[Pair]:
    rows = select(Pair).where(Pair.org_id == visit.org_id, Pair.visit_id == visit.id)
    return list(session.scalars(rows.order_by(Pair.id)))


def _visited_otherwise(visit: Visit, entity_id: str) -> bool:
    other = select(Visit.id).where(
        Visit.org_id == visit.org_id,
        Visit.subject_id == entity_id,
        Visit.id != visit.id,
        Visit.state != "withdrawn",
    )
    return session.scalars(other.limit(1)).first() is not None


def _today(visit: Visit, now: datetime) -> date:
    return now.astimezone(ZoneInfo(session.get_one(Org, visit.org_id).timezone)).date()
