"""A record's answers as a reviewer reads them: the questions and choices of the version that was filled.

A choice from a list shows the row that the phone read then (``list_rows``), so that a person who was renamed
or moved since still reads as the volunteer saw her.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from server.base.db import session
from server.entities.models import Entity
from server.forms import lines as lines_read
from server.forms.definition import Definition, Field
from server.review.attachments_shown import attach
from server.visits.models import Record, RecordRow

Both = dict[str, str]
_HIDDEN = frozenset({"start", "end", "today"})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Names = Callable[[str], str | None]  # id of a list entry → its label today


def lines(definition: Definition, record: Record) -> list[dict[str, Any]]:
    """``shown`` with the record's repeats, today's names of lists, and the files behind the answers."""
    rows = session.scalars(
        select(RecordRow)
        .where(
            RecordRow.org_id == record.org_id,
            RecordRow.revision_id == record.revision_id,
            RecordRow.record_id == record.id,
        )
        .order_by(RecordRow.repeat, RecordRow.position)
    ).all()
    told = shown(definition, record, list(rows), lambda id: _label(record.org_id, id))
    attach(definition, record, told)
    return told


def shown(
    definition: Definition, record: Record, rows: list[RecordRow], names: Names
) -> list[dict[str, Any]]:
    """One line an answer, in the order of the form; what was not asked is left out."""
    labels = _labels(record.list_rows, names)
    lines = [
        _line(definition, field, field.path, record.answers[field.path], None, labels)
        for field in definition.fields
        if field.path in record.answers and field.type not in _HIDDEN
    ]
    for row in rows:
        lines += [
            _line(
                definition, field, f"{field.path}[{row.position + 1}]", row.answers[field.path], row, labels
            )
            for field in definition.fields
            if field.repeat == row.repeat and field.path in row.answers
        ]
    return lines


def about(definition: Definition, record: Record) -> str | None:
    """Whom a record at an event names: as the phone read it then, or as the record puts it on the list."""
    path = definition.binds.get("subject")
    named = str(record.answers.get(path) or "") if path else ""
    if named:
        return _labels(record.list_rows, lambda id: _label(record.org_id, id))(named)
    saves = definition.entity.saves if definition.entity else {}
    return str(record.answers.get(saves.get("full_name", "")) or "") or None


def choice(definition: Definition, path: str, value: str) -> Both:
    """The words of one choice of the question at this path."""
    return dict(choices(definition, path).get(value) or {"zh": value, "en": value})


def choices(definition: Definition, path: str) -> Mapping[str, Both]:
    """The choices of the question at this path, by name."""
    field = definition.by_path.get(path)
    return definition.labels.get(field.choices or "", {}) if field else {}


def _label(org_id: int, entity_id: str) -> str | None:
    entity = session.get(Entity, (org_id, entity_id)) if len(entity_id) == 36 else None
    return entity.label if entity else None


def _labels(list_rows: Mapping[str, Any], names: Names) -> Names:
    then = {
        row["name"]: row["label"]
        for rows in list_rows.values()
        for row in rows
        if "name" in row and row.get("label")
    }
    return lambda value: then.get(value) or names(value)


def _line(
    definition: Definition, field: Field, path: str, value: Any, row: RecordRow | None, labels: Names
) -> dict[str, Any]:
    group: Both | None = definition.groups.get(field.group) if field.group else None
    if row is not None:
        group = _numbered(definition.groups.get(row.repeat), row.position + 1)
    return {
        "path": path,
        "label": field.label,
        "value_text": _text(definition, field, value, labels),
        "raw": value,
        "class": field.data_class,
        "calculated": field.calculated,
        "group": group,
    }


def _numbered(group: Both | None, number: int) -> Both:
    return {lang: f"{(group or {}).get(lang, '')} {number}".strip() for lang in ("zh", "en")}


def _text(definition: Definition, field: Field, value: Any, labels: Names) -> Both:
    if isinstance(value, list):
        parts = [_text(definition, field, one, labels) for one in value]
        return {"zh": "、".join(part["zh"] for part in parts), "en": ", ".join(part["en"] for part in parts)}
    if lines_read.is_line(value):
        return lines_read.words(value)
    if isinstance(value, dict):
        said = " ".join(str(value[name]) for name in ("lat", "lon", "alt", "acc") if name in value)
        return {"zh": said, "en": said}
    said = str(value)
    if field.type == "date" and said:
        return _day(said)
    if field.type == "select" and said:
        known = definition.labels.get(field.choices or "", {}).get(said)
        if known:
            return dict(known)
        said = labels(said) or said
    return {"zh": said, "en": said}


def _day(said: str) -> Both:
    """A day as it is said. Answers were checked on arrival, so it is one."""
    day = date.fromisoformat(said)
    month = _MONTHS[day.month - 1]
    return {"zh": f"{day.year}年{day.month}月{day.day}日", "en": f"{day.day} {month} {day.year}"}
