"""What two sides say differently, as a supervisor reads it before she settles it: field by field, each value
with the revision that says it, in the words of the form that it was filled with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.accounts import queries as accounts
from server.base import clock, policy
from server.base.db import session
from server.base.models import Org
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Problem
from server.entities.models import Entity
from server.forms import queries as forms
from server.forms.definition import Definition
from server.review import answers_shown
from server.visits import queries, settling, versions
from server.visits.models import Record, Revision, Visit
from server.visits.settling import Choice
from server.visits.versions import Versions
from sync.core import clock as phone_clock
from sync.core import instance, spread
from sync.core.merge import MISSING

Line = dict[str, Any]


def find(actor: Actor, visit_id: str, *, lock: bool = False) -> Visit:
    """The visit, for whoever may decide on it. Raises not_found."""
    visit = session.get(Visit, (actor.org_id, visit_id), with_for_update=lock, populate_existing=lock)
    if visit is None:
        raise Problem("not_found")
    policy.require(actor, Permission.VISITS_REVIEW, queries.scope_of(visit))
    return visit


def preview(actor: Actor, visit_id: str, choices: Sequence[Choice]) -> dict[str, Any]:
    """The merged visit with these choices, as a renderer opens it."""
    visit = find(actor, visit_id)
    return {"body": settling.preview(versions.read(visit), choices)}


def shown(actor: Actor, visit_id: str) -> dict[str, Any]:
    """What there is to settle. Raises already_settled where there is nothing."""
    visit = find(actor, visit_id)
    found = versions.read(visit)
    if not settling.unsettled(visit, found):
        raise Problem("already_settled", state=visit.state)
    lines = _Lines(visit, found)
    fields = [_field(found, lines, path) for path in settling.differing(found)]
    named = {one["revision"] for field in fields for one in field["values"]}
    woven = found.woven()
    return {
        "revision": visit.current_revision,
        "versions": _versions(found, {*named, *found.merged.tips}),
        "fields": sorted(fields, key=lambda field: not field["conflict"]),
        "forms": [_form(visit.org_id, one) for one in woven["records"]],
    }


def _field(found: Versions, lines: _Lines, path: str) -> Line:
    told = [(one.version, lines.of(one.version, path, one.value)) for one in settling.offered(found, path)]
    known = next((line for _, line in told if line is not None), None)
    kind, record = lines.kind(path)
    return {
        "field": path,
        "kind": kind,
        "record": record,
        "label": known["label"] if known and kind == "answer" else None,
        "group": known["group"] if known else None,
        "conflict": path in found.merged.conflicts,
        "values": [{"revision": version, "answer": line} for version, line in told],
    }


def _versions(found: Versions, ids: set[str]) -> list[Line]:
    """The revisions that say something of it, by whom, on which phone, and what they had seen."""
    numbers = {one.id: one.number for one in found.revisions}
    named = [one for one in found.revisions if one.id in ids]
    names = accounts.user_names(found.org_id, [one.user_id for one in named])
    return [
        {
            "id": one.id,
            "number": one.number,
            "by": names.get(one.user_id, ""),
            "received_at": clock.iso(one.received_at),
            "said_at": clock.iso(one.corrected_at),
            "device": _device(one),
            "base": next((numbers[base] for base in versions.bases(one) if base in numbers), None),
        }
        for one in named
    ]


def _device(revision: Revision) -> str | None:
    """What the phone says of itself; null for what was made at a desk."""
    device = accounts.device(revision.org_id, revision.device_id) if revision.device_id else None
    return device.label if device else None


def _form(org_id: int, record: Mapping[str, Any]) -> Line:
    form, version = record["form"], record["version"]
    definition = forms.definition(org_id, form, version)
    return {
        "record": record["record"],
        "form": form,
        "version": version,
        "sha256": forms.sha256_of(org_id, form, version),
        "title": definition.title if definition else {"zh": form, "en": form},
    }


class _Lines:
    """Fields as lines of answers: those of records in the words of their form, facts as they are said."""

    def __init__(self, visit: Visit, found: Versions) -> None:
        self._visit = visit
        self._found = found
        self._zone = ZoneInfo(session.get_one(Org, visit.org_id).timezone)
        self._read: dict[tuple[str, str], dict[str, Line]] = {}

    def kind(self, path: str) -> tuple[str, str | None]:
        """What kind of field it is, and of which record."""
        first, _, rest = path.partition("/")
        if first != "records":
            return ("participant" if first == "participants" else first), None
        record, _, within = rest.partition("/")
        if not within:
            return "record", record
        if within.startswith("@files/"):
            return "file", record
        return ("row" if within.endswith("]") else "answer"), record

    def of(self, version: str, path: str, value: Any) -> Line | None:
        """What this version says there; None where it says that there is nothing."""
        if value is MISSING:
            return None
        kind, record = self.kind(path)
        if record is None:
            return _line(path, self._fact(kind, path, value), value)
        within = path.removeprefix(f"records/{record}")
        lines = self._record(version, record)
        if kind == "answer":
            return lines.get(within)
        if kind == "row":
            beneath = [line for at, line in lines.items() if at.startswith(f"{within}/")]
            return _joined(path, beneath, next((line["group"] for line in beneath), None))
        if kind == "file":
            return _line(path, {"zh": value["name"], "en": value["name"]}, value["name"])
        return _joined(path, list(lines.values()), None)

    def _record(self, version: str, record_id: str) -> dict[str, Line]:
        """The record's lines of answers by the paths of fields."""
        if (version, record_id) not in self._read:
            record = session.get(Record, (self._visit.org_id, version, record_id))
            definition = record and forms.definition(record.org_id, record.form, record.form_version)
            self._read[version, record_id] = _lines(definition, record) if record and definition else {}
        return self._read[version, record_id]

    def _fact(self, kind: str, path: str, value: Any) -> dict[str, str]:
        match kind:
            case "participant":
                user = path.partition("/")[2]
                name = accounts.user_names(self._visit.org_id, [user]).get(user, "")
                out = f"–{self._time(value['out'])}" if value["out"] else ""
                said = f"{name} {self._time(value['in'])}{out}"
            case "check_in" | "check_out":
                said = self._time(value["at"]) if value else ""
            case "subject" | "place":
                said = self._name(value["id"] if isinstance(value, dict) else value)
            case _:
                said = str(value)
        return {"zh": said, "en": said}

    def _time(self, at: Mapping[str, Any]) -> str:
        moment = datetime.fromtimestamp(phone_clock.parse(at["wall"]) / 1000, UTC)
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M}"

    def _name(self, id: str | None) -> str:
        entity = session.get(Entity, (self._visit.org_id, id)) if id else None
        return entity.label if entity else id or ""


def _lines(definition: Definition, record: Record) -> dict[str, Line]:
    lines = {line["path"]: line for line in answers_shown.lines(definition, record)}
    places: dict[str, int] = {}
    for row in spread.rows(instance.read(record.xml, definition.repeats)):
        place = places[row.repeat] = places.get(row.repeat, 0) + 1
        for path in row.answers:
            line = lines.pop(f"{path}[{place}]", None)
            if line is not None:
                lines[row.path + path.removeprefix(row.repeat)] = line
    return lines


def _joined(path: str, lines: Sequence[Line], group: dict[str, str] | None) -> Line:
    """A whole row or record in one line: what somebody answered in it."""
    said = [line["value_text"] for line in lines if not line["calculated"]]
    text = {
        "zh": "；".join(one["zh"] for one in said if one["zh"]),
        "en": "; ".join(one["en"] for one in said if one["en"]),
    }
    return {**_line(path, text, None), "group": group}


def _line(path: str, text: dict[str, str], raw: Any) -> Line:
    return {
        "path": path,
        "label": {"zh": "", "en": ""},
        "value_text": text,
        "raw": raw,
        "class": "none",
        "calculated": False,
        "group": None,
        "attachment": None,
    }
