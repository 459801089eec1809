"""A quarantined item as the desk sees it: what it is, whose, why it stands aside, and what to do next."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import clock, policy
from server.base.catalogue import CATALOGUE
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.entities.models import Entity
from server.forms import queries as forms
from server.forms.models import Form
from server.teams import queries as teams
from server.visits import mending, quarantine, quarantine_why, queries
from server.visits.models import QuarantineItem
from sync.core import clock as phone_clock
from sync.core import ids

MOST_SHOWN_BYTES = 200_000
MOST_WORD = 64


def page(actor: Actor, state: str, after: str | None, limit: int, language: Language) -> dict[str, Any]:
    """Items within reach, newest first; ``after`` is the last one's id (ids are ordered by time)."""
    reach = policy.reach(actor, Permission.QUARANTINE_READ)
    wanted = select(QuarantineItem).where(
        QuarantineItem.org_id == actor.org_id,
        QuarantineItem.state == state,
        queries.quarantine_within(reach),
    )
    if after:
        wanted = wanted.where(QuarantineItem.id < after)
    found = session.scalars(wanted.order_by(QuarantineItem.id.desc()).limit(limit + 1)).all()
    shown = found[:limit]
    return {
        "items": [line(item, language) for item in shown],
        "next": shown[-1].id if len(found) > limit else None,
    }


def find(actor: Actor, item_id: str, permission: Permission, *, lock: bool = False) -> QuarantineItem:
    """One item within reach. Raises not_found outside of it."""
    item = session.get(QuarantineItem, (actor.org_id, item_id), with_for_update=lock or None)
    if item is None:
        raise Problem("not_found")
    policy.require(actor, permission, quarantine.scope_of(item))
    return item


def detail(item: QuarantineItem, language: Language) -> dict[str, Any]:
    """One item with what arrived."""
    names = accounts.user_names(item.org_id, [item.settled_by] if item.settled_by else [])
    op = _op(item)
    body = _member(op, "body")
    first = _first_record(body)
    where = item.detail.get("path") or item.detail.get("where") or None
    return {
        **line(item, language),
        "reason": item.detail.get("reason"),
        "why": quarantine_why.words_of(item, language),
        "mendable": mending.can(item),
        "note": item.note,
        "where": where,
        "question": _question(item.org_id, first, where),
        "form_version": _text(first.get("version")),
        "said_at": _moment(_member(_member(body, "check_in"), "at").get("wall")),
        "op": op,
        "visit": item.visit_id,
        "settled_at": clock.iso(item.settled_at) if item.settled_at else None,
        "settled_by": names.get(item.settled_by or ""),
    }


def line(item: QuarantineItem, language: Language) -> dict[str, Any]:
    """One item in a list."""
    words = Problem(item.code if item.code in CATALOGUE else "malformed", **item.detail).words(language)
    team = teams.team(item.org_id, item.team_id) if item.team_id else None
    names = accounts.user_names(item.org_id, [item.user_id] if item.user_id else [])
    op = _op(item)
    body = _member(op, "body")
    return {
        "id": item.id,
        "state": item.state,
        "code": item.code,
        "kind": _text(op.get("kind")) if isinstance(op, dict) else None,
        "title": words.title,
        "next": words.next,
        "subject_label": _person(item.org_id, _member(body, "subject").get("id")),
        "form_title": _form(item.org_id, _first_record(body).get("form")),
        "team_name": {"zh": team.name_zh, "en": team.name_en} if team else None,
        "user_name": names.get(item.user_id or ""),
        "bytes": item.bytes,
        "received_at": clock.iso(item.received_at),
    }


def _op(item: QuarantineItem) -> Any:
    """What came, as a browser can read it: fractions as they were spelled, a half of a letter as a mark."""
    if item.bytes > MOST_SHOWN_BYTES:
        return None
    try:
        read = json.loads(item.raw, parse_float=str, parse_constant=str)
        return mending.readable(read) if b"\\ud" in item.raw.lower() else read
    except (ValueError, RecursionError):
        return None


def _member(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _first_record(body: dict[str, Any]) -> dict[str, Any]:
    records = body.get("records")
    first = records[0] if isinstance(records, list) and records else None
    return first if isinstance(first, dict) else {}


def _text(value: Any) -> str | None:
    """A short word out of an op that may hold anything."""
    fits = isinstance(value, str) and 0 < len(value) <= MOST_WORD and value.isprintable()
    return value if fits else None


def _moment(value: Any) -> str | None:
    try:
        return value if isinstance(value, str) and phone_clock.parse(value) else None
    except ValueError:
        return None


def _question(org_id: int, record: dict[str, Any], path: str | None) -> dict[str, str] | None:
    """What the form asks where the answer does not fit."""
    form, version = _text(record.get("form")), _text(record.get("version"))
    if path is None or form is None or version is None:
        return None
    definition = forms.definition(org_id, form, version)
    field = definition.by_path.get(path) if definition else None
    return field.label if field else None


def _person(org_id: int, entity_id: Any) -> str | None:
    entity = session.get(Entity, (org_id, entity_id)) if ids.is_uuid(entity_id) else None
    return entity.label if entity else None


def _form(org_id: int, key: Any) -> dict[str, str] | None:
    if not isinstance(key, str) or len(key) > 64 or "\0" in key or not key.isascii():
        return None
    form = session.get(Form, (org_id, key))
    return {"zh": form.title_zh, "en": form.title_en} if form else None
