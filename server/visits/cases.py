"""What a visit's form makes of an entry of a list, and who looks after it from then on.

A matter that a team takes up (a request for help, a dispute, a jobseeker) stands on the list of its programme
and goes to nobody but that team. So it begins with somebody who looks after it: whoever wrote it down, or the
team where a programme looks after people together. People of the county are many teams' affair: whom they are
paired with a supervisor says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from server.base.policy import Actor
from server.entities import queries
from server.entities import service as entities
from server.entities.change import EntityChange
from server.forms.answers import ReadRecord
from server.programmes.programme import programmes
from server.teams import service as pairs
from server.visits.models import Visit

PEOPLE = "people"


class Read(Protocol):
    """One record, read."""

    @property
    def read(self) -> ReadRecord: ...


def change(author: Actor, visit: Visit, said: EntityChange, op_id: str, now: datetime) -> None:
    """Carry out what a form says about an entry; one that it makes is looked after from then on."""
    new = said.create and queries.entity(author.org_id, said.id) is None
    if entities.apply(author, said, op_id, now) is not None and new:
        _look_after(author, visit, said)


def _look_after(author: Actor, visit: Visit, made: EntityChange) -> None:
    programme = programmes().get(visit.programme)
    if programme is None or made.list == PEOPLE or programme.people_list != made.list:
        return
    user = author.user_id if programme.pairs == "volunteer" else None
    pairs.pair(author.org_id, visit.team_id, user, made.id, visit.day)


def community_said(org_id: int, filled: Iterable[Read]) -> str | None:
    """The community of an entry that a record makes, where it says one that is there."""
    for one in filled:
        said = one.read.entity
        community = said.properties.get("community") if said is not None and said.create else None
        place = queries.entity(org_id, community) if community else None
        if place is not None and place.list == entities.PLACES:
            return place.id
    return None
