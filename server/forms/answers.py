"""A record's answers, typed by the version of the form that it was filled with.

integer → int; decimal, date, time and dateTime → text in their own notation; one choice → text; several →
list; geopoint → {lat, lon, alt, acc} as text; geotrace and geoshape → as ``lines`` says; image, audio, video
and file → the file's name (whether its bytes have come is for ``server.photos`` to say, and no reason to
refuse); text as it is. Empty is "", not relevant is absent.
Whatever the form could not have produced is refused as a whole: a number that is none, a choice that is not
offered, an answer to a question that this version does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from server.base.problems import Problem
from server.entities.change import EntityChange
from server.forms import lines
from server.forms.definition import Definition, Field
from sync.core import ids, instance
from sync.core.instance import Instance, Unreadable

_INTEGER = re.compile(r"[+-]?[0-9]{1,16}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?([0-9]{1,24}(\.[0-9]{0,24})?|\.[0-9]{1,24})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST_INTEGER = 2**53 - 1  # beyond, JavaScript cannot tell neighbours apart
_MOST_ID = 96
_MOST_FILE_NAME = 200  # as an attachment's name
_TRUE = ("1", "true")


class ReadRecord(NamedTuple):
    """A record that fits its form."""

    values: dict[str, Any]  # path → typed answer, outside repeats
    rows: dict[str, list[dict[str, Any]]]  # repeat → one dict an instance
    instance_id: str
    entity: EntityChange | None


class _DoesNotFit(ValueError):
    """This text is no answer to that question."""


def read(definition: Definition, xml: bytes) -> ReadRecord:
    """Read a record; raises Problem xml_unreadable or answers_do_not_fit."""
    try:
        found = instance.read(xml, definition.repeats)
    except Unreadable as error:
        raise Problem("xml_unreadable", reason=error.reason, where=error.where) from error
    if (found.form, found.version) != (definition.form, definition.version):
        raise Problem("answers_do_not_fit", reason="another_form", form=found.form, version=found.version)
    if not 0 < len(found.instance_id) <= _MOST_ID:
        raise Problem("answers_do_not_fit", reason="no_instance_id")
    return ReadRecord(
        values=_typed(definition, found.values),
        rows={path: [_typed(definition, row) for row in rows] for path, rows in found.rows.items()},
        instance_id=found.instance_id,
        entity=_entity(definition, found),
    )


def _typed(definition: Definition, texts: Mapping[str, str]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if instance.PARENT_ROW in texts:
        answers[instance.PARENT_ROW] = int(texts[instance.PARENT_ROW])
    for path, text in texts.items():
        field = definition.by_path.get(path)
        if field is None:
            if text.strip() and not _is_meta(path):
                raise Problem("answers_do_not_fit", reason="unknown_question", path=path)
        elif not text.strip() and field.type != "text":
            answers[path] = [] if field.many else ""
        else:
            try:
                answers[path] = _answer(definition, field, text)
            except ValueError as error:
                raise Problem("answers_do_not_fit", reason="not_an_answer", path=path) from error
    return answers


def _is_meta(path: str) -> bool:
    return path == instance.PARENT_ROW or "/meta/" in path


def _answer(definition: Definition, field: Field, text: str) -> Any:
    match field.type:
        case "select":  # the most first
            return _chosen(definition, field, text)
        case "text":
            return text
        case "integer":
            return _integer(text)
        case "decimal":
            return _matching(_DECIMAL, text.strip())
        case "date" | "today":
            date.fromisoformat(_matching(_DATE, text.strip()))
            return text.strip()
        case "time":
            time.fromisoformat(text.strip())
            return text.strip()
        case "dateTime" | "start" | "end":
            datetime.fromisoformat(text.strip())
            return text.strip()
        case "geopoint":
            return lines.point(text)
        case "geotrace" | "geoshape":
            return lines.read(field.type, text.strip())
        case "image" | "audio" | "video" | "file":
            return _file_name(text.strip())
        case _:
            return text


def _integer(text: str) -> int:
    number = int(_matching(_INTEGER, text.strip()))
    if abs(number) > _MOST_INTEGER:
        raise _DoesNotFit(text)
    return number


def _chosen(definition: Definition, field: Field, text: str) -> str | list[str]:
    """The choices are the form's own; rows of the county's lists and of repeats were the phone's, so any name
    passes, and the name that somebody wrote into a repeat may have blanks in it."""
    if field.choices is None and not field.many:
        return text.strip()
    offered = definition.labels.get(field.choices) if field.choices else None
    if offered is not None and not field.many and text in offered:
        return text
    chosen = text.split()
    if offered is not None and not set(chosen) <= offered.keys():
        raise _DoesNotFit(" ".join(chosen))
    if field.many:
        return list(dict.fromkeys(chosen))
    if len(chosen) != 1:
        raise _DoesNotFit(" ".join(chosen))
    return chosen[0]


def _file_name(text: str) -> str:
    if len(text) > _MOST_FILE_NAME:
        raise _DoesNotFit(text)
    return text


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise _DoesNotFit(text)
    return text


def _entity(definition: Definition, found: Instance) -> EntityChange | None:
    """What the form's entity block asks for, if its conditions held when the form was finished."""
    rule = definition.entity
    if rule is None:
        return None
    create, update = (
        path is not None and found.values.get(path, "").strip() in _TRUE
        for path in (rule.create_path, rule.update_path)
    )
    if not (create or update):
        return None
    id = found.values.get(rule.id_path, "").strip().removeprefix("uuid:")
    if not ids.is_uuid(id):
        raise Problem("answers_do_not_fit", reason="no_entity_id", path=rule.id_path)
    return EntityChange(
        list=rule.list,
        id=id,
        create=create,
        update=update,
        label=found.values.get(rule.label_path) if rule.label_path else None,
        properties={name: found.values[path] for name, path in rule.saves.items() if path in found.values},
    )
