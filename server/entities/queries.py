"""What is in the lists, and how a change of an entry reads on a phone.

The rendering here is that of a team's ordinary feed: without the properties whose class is sensitive. A
list that is sensitive as a whole goes to the team of its programme and to nobody else, and goes there whole.
Places are public and go to every phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from server.base.db import session
from server.entities.models import Entity
from server.programmes.allow_list import allow_list

Rendered = tuple[str, dict[str, Any]]


def entity(org_id: int, id: str) -> Entity | None:
    """An entry by its id, whichever list it is in."""
    return session.get(Entity, (org_id, id))


def entities(org_id: int, ids: Iterable[str]) -> dict[str, Entity]:
    """Entries by id; those that are not there are missing."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = session.scalars(select(Entity).where(Entity.org_id == org_id, Entity.id.in_(wanted)))
    return {each.id: each for each in found}


def labels(org_id: int, ids: Iterable[str | None]) -> dict[str, str]:
    """What entries are called."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    rows = session.execute(
        select(Entity.id, Entity.label).where(Entity.org_id == org_id, Entity.id.in_(wanted))
    )
    return {row.id: row.label for row in rows}


def places(org_id: int, kind: str | None = None) -> list[Entity]:
    """Places of the county that are in use, by name."""
    found = select(Entity).where(Entity.org_id == org_id, Entity.list == "places", Entity.state == "active")
    if kind is not None:
        found = found.where(Entity.kind == kind)
    return list(session.scalars(found.order_by(Entity.pinyin, Entity.id)))


def render_entity(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``entity`` changes."""
    return {each.id: (each.version, entity_body(each)) for each in entities(org_id, ids).values()}


def entity_body(entity: Entity) -> dict[str, Any]:
    """An entry as its team's phones keep it."""
    hidden = allow_list().lists[entity.list].kept_from_teams
    return {
        "id": entity.id,
        "list": entity.list,
        "label": entity.label,
        "properties": {name: text for name, text in entity.properties.items() if name not in hidden},
        "state": entity.state,
    }


def render_place(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``place`` changes."""
    return {each.id: (each.version, place_body(each)) for each in entities(org_id, ids).values()}


def place_body(place: Entity) -> dict[str, Any]:
    """A place as every phone keeps it."""
    return {
        "id": place.id,
        "label": place.label,
        "kind": place.kind,
        "parent": place.parent_id,
        "community": place.id if place.kind == "community" else place.community_id,
    }
