"""What happens to entries of lists: made, changed by a form, closed.

Two volunteers may change the same person offline. Each property keeps the op that last wrote it; the greater
op id stays, so the result does not depend on which phone came into the net first. Properties that an op does
not name are left alone. Upper concerns that publish entries hear of each change through ``on_changed``.
Whether a matter is closed follows from what its properties say (``closes`` in ``fields.yaml``), and so does
not depend on that order either; the next word opens it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, select

from server.base import audit
from server.base.db import insert_if_absent, session
from server.base.pinyin import pinyin
from server.base.policy import Actor
from server.entities.change import EntityChange
from server.entities.models import Entity
from server.programmes.allow_list import allow_list

LABEL = "label"
PLACES = "places"

on_changed: list[Callable[[Entity], None]] = []


def apply(actor: Actor, change: EntityChange, op_id: str, now: datetime) -> Entity | None:
    """Carry out what a form says about an entry; None where there is nothing to change.

    An update of an entry that nobody knows makes none: the visit says so with a flag, its answers are kept.
    """
    made = change.create and put(
        actor.org_id, change.list, change.id, change.label or "", change.properties, op_id, now
    )
    entity = locked(actor.org_id, change.id)
    if entity is None or entity.list != change.list or entity.state == "erased":
        return None
    if not made and not _write(entity, change, op_id, now):
        return None
    action = "entity.create" if made else "entity.update"
    audit.record(actor, action, "entity", entity.id, list=entity.list, properties=sorted(change.properties))
    _tell(entity)
    return entity


def put(
    org_id: int,
    list: str,
    id: str,
    label: str,
    properties: dict[str, str],
    op_id: str,
    now: datetime,
) -> bool:
    """Make an entry unless it is there already; True if it was made. Does not tell of it: see ``tell``."""
    return insert_if_absent(
        Entity, _values(org_id, list, NewEntry(id, label, properties, op_id), now, _is_there(org_id))
    )


@dataclass(frozen=True)
class NewEntry:
    """An entry of a list, and the op that makes it."""

    id: str
    label: str
    properties: dict[str, str]
    op_id: str


def put_all(org_id: int, list: str, made: Sequence[NewEntry], now: datetime) -> None:
    """Make many entries that are not there yet, in one statement. Does not tell of them."""
    held = select(Entity.id).where(Entity.org_id == org_id, Entity.list == PLACES)
    places = set(session.scalars(held))
    rows = [_values(org_id, list, one, now, places.__contains__) for one in made]
    if rows:
        session.execute(insert(cast("SqlTable", Entity.__table__)), rows)


def _values(
    org_id: int, list: str, one: NewEntry, now: datetime, is_there: Callable[[str], bool]
) -> dict[str, Any]:
    return {
        "org_id": org_id,
        "id": one.id,
        "list": list,
        "label": one.label,
        "properties": one.properties,
        "written": dict.fromkeys([*one.properties, LABEL], one.op_id),
        "version": one.op_id,
        "created_at": now,
        "changed_at": now,
        **_derived(list, one.label, one.properties, is_there),
    }


def locked(org_id: int, id: str) -> Entity | None:
    """The entry, locked until the unit's end and as the database has it now."""
    return session.get(Entity, (org_id, id), with_for_update=True, populate_existing=True)


def tell(entity: Entity) -> None:
    """Let upper concerns publish an entry that was made by ``put``."""
    _tell(entity)


def _write(entity: Entity, change: EntityChange, op_id: str, now: datetime) -> bool:
    """Write what this op says last; False when later ops have written all of it already."""
    said = dict(change.properties)
    if change.label:
        said[LABEL] = change.label
    newer = {name: text for name, text in said.items() if op_id >= entity.written.get(name, "")}
    if not newer:
        return False
    label = newer.get(LABEL, entity.label)
    entity.written = {**entity.written, **dict.fromkeys(newer, op_id)}
    entity.properties = {**entity.properties, **{k: v for k, v in newer.items() if k != LABEL}}
    entity.label = label
    for name, value in _derived(entity.list, label, entity.properties, _is_there(entity.org_id)).items():
        setattr(entity, name, value)
    entity.version = op_id
    entity.changed_at = now
    session.flush()
    return True


def _is_there(org_id: int) -> Callable[[str], bool]:
    return lambda id: session.get(Entity, (org_id, id)) is not None


def _derived(
    list: str, label: str, properties: dict[str, str], is_there: Callable[[str], bool]
) -> dict[str, Any]:
    """What the row keeps beside the properties, so that selects need not look into them."""
    place = list == PLACES
    community = properties.get("community") or None
    if community is not None and not is_there(community):
        community = None
    return {
        "pinyin": pinyin(label),
        "community_id": community,
        "parent_id": (properties.get("parent") or None) if place else None,
        "kind": (properties.get("kind") or None) if place else None,
        "state": allow_list().lists[list].state(properties),
    }


def _tell(entity: Entity) -> None:
    for hear in on_changed:
        hear(entity)
