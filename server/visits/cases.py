"""What a visit's form makes of an entry of a list, and who looks after it from then on.

Whoever puts somebody on a list looks after them from that moment, so that nobody who has just been registered
falls between two visits: she herself, or her team where a programme looks after people together. A matter (a
request for help, a dispute, a jobseeker) goes to nobody but that team anyway. People of the county are many
teams' affair: whom they are paired with a supervisor says in the end, who reads it with the visit
(``follows``). A form of a team whose programme looks after nobody of that list begins nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from server.base.policy import Actor
from server.entities import queries
from server.entities import service as entities
from server.entities.change import EntityChange
from server.entities.models import Entity
from server.forms.answers import ReadRecord
from server.programmes.programme import programmes
from server.teams import queries as teams
from server.teams import service as pairs
from server.teams.models import Pair

PEOPLE = "people"


@dataclass(frozen=True)
class Of:
    """The visit whose form it is."""

    visit: str
    team: str
    programme: str
    day: date


@dataclass(frozen=True)
class Changed:
    """What became of it: the entry, where something of it changed, and the pair that began with it."""

    entity: Entity | None = None
    pair: Pair | None = None


class Read(Protocol):
    """One record, read."""

    @property
    def read(self) -> ReadRecord: ...


def change(author: Actor, of: Of, said: EntityChange, op_id: str, now: datetime) -> Changed:
    """Carry out what a form says about an entry; one that it makes is looked after from then on."""
    new = said.create and queries.entity(author.org_id, said.id) is None
    changed = entities.apply(author, said, op_id, now)
    if changed is None or not new:
        return Changed(changed)
    return Changed(changed, _look_after(author, of, changed, now))


def _look_after(author: Actor, of: Of, made: Entity, now: datetime) -> Pair | None:
    programme = programmes().get(of.programme)
    if programme is None or programme.pairs is None or programme.people_list != made.list:
        return None
    hers = programme.pairs == "volunteer" and teams.is_member(author.org_id, of.team, author.user_id, now)
    user = author.user_id if hers else None  # whoever has left the team meanwhile leaves it to the others
    return pairs.pair(author.org_id, of.team, user, made.id, of.day, visit_id=of.visit)


def community_said(org_id: int, filled: Iterable[Read]) -> str | None:
    """The community of an entry that a record makes, where it says one that is there."""
    for one in filled:
        said = one.read.entity
        community = said.properties.get("community") if said is not None and said.create else None
        place = queries.entity(org_id, community) if community else None
        if place is not None and place.list == entities.PLACES:
            return place.id
    return None
