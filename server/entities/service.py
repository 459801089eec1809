"""What happens to entries of lists: made, changed by a form, closed.

Two volunteers may change the same person offline. Each property keeps the op that last wrote it; the greater
op id stays, so the result does not depend on which phone came into the net first. Properties that an op does
not name are left alone. Upper concerns that publish entries hear of each change through ``on_changed``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from server.base import audit
from server.base.db import insert_if_absent, session
from server.base.pinyin import pinyin
from server.base.policy import Actor
from server.entities.change import EntityChange
from server.entities.models import Entity

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
    values: dict[str, Any] = {
        "org_id": org_id,
        "id": id,
        "list": list,
        "label": label,
        "properties": properties,
        "written": dict.fromkeys([*properties, LABEL], op_id),
        "version": op_id,
        "state": "active",
        "created_at": now,
        "changed_at": now,
        **_derived(org_id, list, label, properties),
    }
    return insert_if_absent(Entity, values)


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
    for name, value in _derived(entity.org_id, entity.list, label, entity.properties).items():
        setattr(entity, name, value)
    entity.version = op_id
    entity.changed_at = now
    session.flush()
    return True


def _derived(org_id: int, list: str, label: str, properties: dict[str, str]) -> dict[str, Any]:
    """What the row keeps beside the properties, so that selects need not look into them."""
    place = list == PLACES
    community = properties.get("community") or None
    if community is not None and session.get(Entity, (org_id, community)) is None:
        community = None
    return {
        "pinyin": pinyin(label),
        "community_id": community,
        "parent_id": (properties.get("parent") or None) if place else None,
        "kind": (properties.get("kind") or None) if place else None,
    }


def _tell(entity: Entity) -> None:
    for hear in on_changed:
        hear(entity)
