"""Where a person lives, as far as visits know: the base of the distance that a reviewer sees.

The median of three or more approved check-ins; before that, the point of the person's compound. An address
is not geocoded: no third party is asked, and a wrong point would flag honest visits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select

from server.base.db import session
from server.entities.models import Entity
from server.visits.geo import Point, middle, read_geometry
from server.visits.models import Revision, Visit

LEAST_CHECK_INS = 3
MOST_CHECK_INS = 50


def home_of(org_id: int, person_id: str) -> Point | None:
    """The person's home, or None where nothing is known."""
    seen = approved_check_ins(org_id, person_id)
    return middle(seen) if len(seen) >= LEAST_CHECK_INS else compound_of(org_id, person_id)


def compound_of(org_id: int, person_id: str) -> Point | None:
    """The point of the compound that the person lives in."""
    person = session.get(Entity, (org_id, person_id))
    compound = person and person.properties.get("compound")
    place = session.get(Entity, (org_id, compound)) if compound else None
    return read_geometry(place.properties.get("geometry", "")) if place else None


def approved_check_ins(org_id: int, person_id: str) -> list[Point]:
    """Where approved live visits of this person were checked in, newest first, as many as count."""
    return points(session.scalars(approved_live(org_id, person_id, Revision.facts)))


def approved_live(org_id: int, person_id: str, *columns: Any) -> Select[Any]:
    """These columns of the person's approved live visits, newest first, as many as count."""
    return (
        select(*columns)
        .select_from(Visit)
        .join(Revision, (Visit.org_id == Revision.org_id) & (Visit.current_revision == Revision.id))
        .where(
            Visit.org_id == org_id,
            Visit.subject_id == person_id,
            Visit.state == "approved",
            Visit.entry == "live",
        )
        .order_by(Visit.day.desc(), Visit.id)
        .limit(MOST_CHECK_INS)
    )


def points(facts: Iterable[Mapping[str, Any]]) -> list[Point]:
    """The check-ins of these revisions that have a position."""
    positions = (fact["check_in"].get("position") for fact in facts)
    return [Point(found["lat"], found["lon"]) for found in positions if found]
