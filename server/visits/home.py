"""Where a person lives, as far as visits know: the base of the distance that a reviewer sees.

The median of three or more approved check-ins; before that, the point of the person's compound. An address
is not geocoded: no third party is asked, and a wrong point would flag honest visits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import aliased

from server.base.asked import Asked
from server.entities.models import Entity
from server.visits.geo import Point, middle, read_geometry
from server.visits.models import Revision, Visit

LEAST_CHECK_INS = 3
MOST_CHECK_INS = 50


def home_of(org_id: int, person_id: str) -> Point | None:
    """The person's home, or None where nothing is known."""
    seen = approved_check_ins(org_id, person_id)
    return middle(seen) if len(seen) >= LEAST_CHECK_INS else compounds_of(org_id, [person_id]).get(person_id)


def compounds_of(org_id: int, people: Iterable[str]) -> dict[str, Point | None]:
    """The points of the compounds that these people live in; who lives in no known one is missing."""
    rows = _COMPOUNDS(org=org_id, people=list(people))
    return {person: read_geometry(geometry or "") for person, geometry in rows}


def approved_check_ins(org_id: int, person_id: str) -> list[Point]:
    """Where approved live visits of this person were checked in, newest first, as many as count."""
    return [point for _, _, point in newest(org_id, person_id) if point]


def newest(org_id: int, person_id: str) -> list[tuple[date, str, Point | None]]:
    """The person's approved live visits, newest first, as many as count: day, visit, check-in."""
    rows = _NEWEST(org=org_id, person=person_id)
    return [(day, id, None if lat is None else Point(lat, lon)) for day, id, lat, lon in rows]


_POSITION: Final = ("check_in", "position")
_NEWEST: Final = Asked(
    select(
        Visit.day,
        Visit.id,
        Revision.facts[(*_POSITION, "lat")].as_integer(),
        Revision.facts[(*_POSITION, "lon")].as_integer(),
    )
    .join(Revision, (Visit.org_id == Revision.org_id) & (Visit.current_revision == Revision.id))
    .where(
        Visit.org_id == bindparam("org"),
        Visit.subject_id == bindparam("person"),
        Visit.state == literal_column("'approved'"),  # said, not bound: as their index says it
        Visit.entry == literal_column("'live'"),
    )
    .order_by(Visit.day.desc(), Visit.id)
    .limit(MOST_CHECK_INS)
)
_PERSON: Final = aliased(Entity)
_COMPOUNDS: Final = Asked(
    select(_PERSON.id, Entity.properties["geometry"].as_string())
    .join(
        _PERSON,
        (_PERSON.org_id == Entity.org_id) & (_PERSON.properties["compound"].as_string() == Entity.id),
    )
    .where(_PERSON.org_id == bindparam("org"), _PERSON.id.in_(bindparam("people", expanding=True)))
)
