"""What a thing reads like on a phone: the bodies of changes (PROTOCOL.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.core import clock
from sync.core.review_state import Decided, in_force
from sync.hub.state import Revision, State, Visit

Body = Mapping[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def render(state: State, kind: str, id: str) -> Body | None:
    """The body, or None for what is not there."""
    return _RENDER[kind](state, id) if kind in _RENDER else state.facts.get((kind, id))


def local_day(ms: int, timezone: str) -> str:
    """The day there at that moment. Raises OverflowError beyond every calendar."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(timezone)).date().isoformat()


def decided(visit: Visit) -> list[Decided]:
    """The visit's decisions as its state depends on them."""
    return [Decided(one.id, one.revision, one.kind, one.undoes) for one in visit.decisions]


def current(visit: Visit) -> Revision:
    """The revision that is shown."""
    return next(one for one in visit.revisions if one.id == visit.current)


def _team(state: State, id: str) -> Body | None:
    team = state.teams.get(id)
    if team is None:
        return None
    now = [one for one in state.members.values() if one.team == id and one.until_ms is None]
    members = [{"user": one.user, "name": _name(state, one.user), "leads": one.leads} for one in now]
    return {
        "id": id,
        "programme": team.programme,
        "name": dict(team.name),
        "communities": sorted(team.communities),
        "members": sorted(members, key=lambda one: (not one["leads"], str(one["user"]))),
    }


def _me(state: State, id: str) -> Body | None:
    person = state.people.get(id)
    if person is None:
        return None
    own = [one for one in state.members.values() if one.user == id and one.until_ms is None]
    teams = [{"team": one.team, "leads": one.leads} for one in sorted(own, key=lambda one: one.team)]
    return {"user": id, "name": person.name, "language": person.language, "teams": teams}


def _pair(state: State, id: str) -> Body | None:
    pair = state.pairs.get(id)
    return {name: getattr(pair, name) for name in pair.__slots__} if pair else None


def _entity(state: State, id: str) -> Body | None:
    entity = state.entities.get(id)
    if entity is None:
        return None
    return {
        "id": id,
        "list": entity.list,
        "label": entity.label,
        "properties": dict(entity.properties),
        "state": entity.state,
    }


def _note(state: State, id: str) -> Body | None:
    note = state.notes.get(id)
    if note is None:
        return None
    return {
        "id": id,
        "visit": note.visit,
        "by": _name(state, note.by),
        "at": clock.text(note.at_ms),
        "text": note.text,
        "mine": note.by == state.visits[note.visit].author,
    }


def _notice(state: State, id: str) -> Body | None:
    notice = state.notices.get(id)
    if notice is None:
        return None
    return {
        "id": id,
        "kind": notice.kind,
        "at": clock.text(notice.at_ms),
        "visit": notice.visit,
        "by": _name(state, notice.by),
        "words": notice.words,
    }


def _visit(state: State, id: str) -> Body | None:
    visit = state.visits.get(id)
    if visit is None:
        return None
    shown = current(visit)
    body = shown.op.body
    said = [one.reached for one in shown.answers if one.reached is not None]
    return {
        "visit": id,
        "state": visit.state,
        "revision": visit.current,
        "number": shown.number,
        "team": visit.team,
        "programme": visit.programme,
        "form": body.records[0].form,
        "subject": shown.raw["subject"],
        "place": body.place,
        "day": local_day(visit.check_in_ms, state.timezone),
        "check_in_at": clock.text(visit.check_in_ms),
        "received_at": clock.text(visit.shown_ms),
        "reached": any(said) if said else None,
        "handling": "two_versions" if visit.two_versions else None,
        "mended": _taken_otherwise(visit),
        "decisions": [
            {
                "kind": one.kind,
                "at": clock.text(one.at_ms),
                "by": _name(state, one.by),
                "words": one.words,
            }
            for one in visit.decisions
        ],
        "returned": _returned(state, visit, shown),
    }


def _taken_otherwise(visit: Visit) -> list[str]:
    """Ops that the visit has taken otherwise than as what it shows: merged with others."""
    if all(one.how == "edit" for one in visit.revisions):
        return []
    return [one.id for one in visit.revisions if one.made_by == "phone" and one.id != visit.current]


def _returned(state: State, visit: Visit, shown: Revision) -> Body | None:
    if visit.state != "returned":
        return None
    standing = {one.id for one in in_force(decided(visit))}
    asked = next(
        one
        for one in reversed(visit.decisions)
        if one.id in standing and one.kind == "return" and one.revision == shown.id
    )
    return {
        "decision": asked.id,
        "by": _name(state, asked.by),
        "at": clock.text(asked.at_ms),
        "by_day": None,
        "words": asked.words,
        "comments": [dict(one) for one in asked.comments],
        "body": _whole(state, shown),
    }


def _whole(state: State, shown: Revision) -> Body:
    """The revision's ``visit.put`` with the form of each record, to open it with."""
    records = [
        {**record, "sha256": _form_sha256(state, record["form"], record["version"])}
        for record in shown.raw["records"]
    ]
    facts = {name: value for name, value in shown.raw.items() if name not in ("records", "correction")}
    return {**facts, "records": records}


def _form_sha256(state: State, form: str, version: str) -> str | None:
    return state.forms_by_version.get((form, version))


def _name(state: State, user: str) -> str:
    person = state.people.get(user)
    return person.name if person else ""


_RENDER: dict[str, Callable[[State, str], Body | None]] = {
    "team": _team,
    "me": _me,
    "pair": _pair,
    "entity": _entity,
    "visit": _visit,
    "note": _note,
    "notice": _notice,
}
