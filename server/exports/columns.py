"""Which columns a form's sheet has: the visit's own facts first, then the form's questions in their order.

Versions of one form are joined by field name: the newest version's order, then what only older ones asked. A
record is read by its own version, which may have the question elsewhere, of another class, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.base.sheets.sheet import Column, Kind, joined_name
from server.exports.asked import Asked
from server.forms.definition import Definition, Field

_KINDS = {
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "today": Kind.DATE,
    "dateTime": Kind.MOMENT,
    "start": Kind.MOMENT,
    "end": Kind.MOMENT,
}

# key, zh, en, kind, width
_FACTS: list[tuple[str, str, str, Kind, float]] = [
    ("visit_id", "记录编号", "Visit", Kind.TEXT, 12),
    ("state", "状态", "State", Kind.TEXT, 10),
    ("day", "服务日期", "Day", Kind.DATE, 12),
    ("check_in_at", "签到", "Check-in", Kind.MOMENT, 17),
    ("check_out_at", "签退", "Check-out", Kind.MOMENT, 17),
    ("minutes", "分钟", "Minutes", Kind.INTEGER, 8),
    ("community", "社区", "Community", Kind.TEXT, 12),
    ("team", "小队", "Team", Kind.TEXT, 18),
    ("volunteer", "志愿者", "Volunteer", Kind.TEXT, 10),
    ("person_no", "服务对象编号", "Person number", Kind.TEXT, 14),
    ("person_name", "服务对象", "Person", Kind.TEXT, 12),
    ("place", "地点", "Place", Kind.TEXT, 14),
    ("participants", "参加的人", "Participants", Kind.TEXT, 20),
    ("helpers_unnamed", "未记名帮手", "Helpers without a name", Kind.INTEGER, 10),
    ("volunteers", "志愿者人数", "Volunteers present", Kind.INTEGER, 10),
    ("entry", "记录方式", "Entry", Kind.TEXT, 10),
    ("distance_m", "离家（米）", "Metres from home", Kind.INTEGER, 10),
    ("flags", "提示", "Hints", Kind.TEXT, 16),
    ("revision", "第几版", "Revision", Kind.INTEGER, 8),
    ("form_version", "表单版本", "Form version", Kind.TEXT, 13),
    ("received_at", "县里收到", "Received", Kind.MOMENT, 17),
]
# Names are shown to whoever may have them, and those only who said what for.
_NAMES = ("person_name", "participants")
# What a visit's own facts say is not said again by the answers that came from them.
_SAID_BY_FACTS = ("subject", "place", "volunteers")
_ROW_FACTS = [("visit_id", "记录编号", "Visit", 12.0), ("position", "第几行", "Row", 8.0)]


# Version → name → the question as that version has it; None: the asker may not have it. A name that is
# missing was not asked then.
Own = Mapping[str, Mapping[str, Field | None]]


@dataclass(frozen=True)
class FormColumns:
    """A form's sheet: its columns, and for each question the newest field that fills it."""

    form: str
    title: str
    facts: tuple[Column, ...]
    fields: tuple[Field, ...]
    own: Own
    columns: tuple[Column, ...]
    people: tuple[str, ...]  # where a record says whom it is about, of each version


@dataclass(frozen=True)
class RepeatColumns:
    """The sheet of one repeat of a form."""

    form: str
    repeats: tuple[str, ...]  # its path in each version
    title: str
    fields: tuple[Field, ...]
    own: Own
    columns: tuple[Column, ...]


def for_form(definitions: Sequence[Definition], asked: Asked) -> FormColumns:
    """The sheet of a form, given its versions, newest first."""
    newest = definitions[0]
    facts = tuple(
        Column(key, zh if asked.language == "zh" else en, kind, width)
        for key, zh, en, kind, width in _FACTS
        if key not in _NAMES or asked.names
    )
    fields = _joined(definitions, asked, repeats={None})
    taken = {fact.key for fact in facts}
    questions = tuple(_column(field, asked, taken) for field in fields)
    title = newest.title[asked.language]
    people = {path for definition in definitions if (path := definition.binds.get("subject"))}
    own = _own(definitions, asked, repeats={None})
    return FormColumns(newest.form, title, facts, fields, own, facts + questions, tuple(sorted(people)))


def for_repeats(definitions: Sequence[Definition], asked: Asked) -> list[RepeatColumns]:
    """The sheets of a form's repeats; answers join to their visit by its number."""
    repeats: dict[str, set[str | None]] = {}
    for definition in definitions:
        for path in (field.repeat for field in definition.fields if field.repeat):
            repeats.setdefault(path.rsplit("/", 1)[-1], set()).add(path)
    facts = tuple(
        Column(
            key, zh if asked.language == "zh" else en, Kind.INTEGER if key == "position" else Kind.TEXT, width
        )
        for key, zh, en, width in _ROW_FACTS
    )
    sheets = []
    for name, of_it in repeats.items():
        fields = _joined(definitions, asked, of_it)
        columns = facts + tuple(_column(field, asked, {fact.key for fact in facts}) for field in fields)
        said = next(each.groups[path] for each in definitions for path in each.repeats if path in of_it)
        title = joined_name(definitions[0].title[asked.language], _plain(said[asked.language]) or name)
        paths = tuple(sorted(path for path in of_it if path))
        own = _own(definitions, asked, of_it)
        sheets.append(RepeatColumns(definitions[0].form, paths, title, fields, own, columns))
    return sheets


def _plain(label: str) -> str:
    """A label without the answers that it quotes: a sheet is of many records."""
    return " ".join(re.sub(r"\$\{[^}]*\}", " ", label).split())


def _own(definitions: Sequence[Definition], asked: Asked, repeats: set[str | None]) -> Own:
    return {
        definition.version: {
            field.name: field if _allowed(field, asked) else None
            for field in definition.fields
            if field.repeat in repeats
        }
        for definition in definitions
    }


def _joined(definitions: Sequence[Definition], asked: Asked, repeats: set[str | None]) -> tuple[Field, ...]:
    by_name: dict[str, Field] = {}
    for definition in definitions:
        for field in definition.fields:
            if field.repeat in repeats and not field.calculated and _allowed(field, asked):
                by_name.setdefault(field.name, field)
    said = {definition.binds.get(fact) for definition in definitions for fact in _SAID_BY_FACTS}
    return tuple(field for field in by_name.values() if field.path not in said)


def _allowed(field: Field, asked: Asked) -> bool:
    if field.data_class == "sensitive":
        return asked.sensitive
    if field.data_class == "personal" and _may_name(field):
        return asked.names
    return True


def _may_name(field: Field) -> bool:
    """Free text, or an entry of a list of people: both can tell who somebody is."""
    return field.type == "text" or (field.type == "select" and field.choices is None)


def _column(field: Field, asked: Asked, taken: set[str]) -> Column:
    key = field.name if field.name not in taken else f"{field.name}_answer"
    chosen = field.many or field.choices is not None
    kind = Kind.TEXT if chosen else _KINDS.get(field.type, Kind.TEXT)
    return Column(key, field.label.get(asked.language, ""), kind, 22 if kind is Kind.TEXT else 12)
