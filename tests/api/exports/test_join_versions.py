"""Versions of one form in one sheet: joined by name, each record read and worded by its own version."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from server.base.db import writing
from server.forms import service
from server.forms.convert import Converted
from server.forms.definition import Definition, Field
from sync.core import instance
from tests.api.exports.conftest import Office
from tests.factories.county import CARE, LIYAN, ORG, converted

OLD = converted("day-care-visit")
# Of no other test: a version never changes, so one that was read once stays in memory.
NEW, OPEN = "2027020101", "2027020102"
MOVED = "/data/care/note"


def later(definition: Definition) -> Definition:
    """The next version: the room's temperature is asked no more, the note moved, a choice is called
    otherwise, and the stove is new."""
    kept = [field for field in definition.fields if field.name != "room_temp"]
    fields = [replace(field, path=MOVED) if field.name == "note" else field for field in kept]
    hazard = definition.by_path["/data/care/hazard"]
    choices = {**definition.choices, str(hazard.choices): _renamed(definition.choices[str(hazard.choices)])}
    return replace(definition, version=NEW, fields=(*fields, _stove(hazard)), choices=choices)


def _stove(like: Field) -> Field:
    label = {"zh": "炉子烧了几次", "en": "Times the stove was lit"}
    changed: dict[str, Any] = {"path": "/data/stove", "name": "stove", "type": "integer", "label": label}
    return replace(like, **changed, choices=None, many=False, group=None, required=False)


def _renamed(rows: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((value, f"{zh}（新）", en) if value == "none" else (value, zh, en) for value, zh, en in rows)


@pytest.fixture
def joined(office: Office) -> Office:
    """Two visits by the version of before, one by the next."""
    county = office.county
    new = Converted(OLD.xform.replace(OLD.definition.version.encode(), NEW.encode()), later(OLD.definition))
    with county.app.app_context(), writing():
        service.publish(ORG, new, county.clock())
    left_out = ("/data/care/room_temp", "/data/note")
    values = {path: text for path, text in CARE.items() if path not in left_out}
    xml = instance.write("day-care-visit", NEW, {**values, MOVED: "新版写的", "/data/stove": "3"}).decode()
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, version=NEW, xml=xml)])
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]
    return office


def by_version(rows: list[dict[str, Any]], newest: str = NEW) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    (new,) = (row for row in rows if row["form_version"] == newest)
    return [row for row in rows if row["form_version"] != newest], new


def test_what_a_version_did_not_ask_is_told_from_what_was_left_empty(joined: Office) -> None:
    old, new = by_version(joined.sheet())
    assert new["room_temp"] == "（当时没问）"
    assert {row["room_temp"] for row in old} == {14, 21}
    assert {row["stove"] for row in old} == {"（当时没问）"}
    assert new["stove"] == 3
    assert {row["hazard_photo"] for row in [*old, new]} == {None}


def test_a_question_that_moved_stays_one_column(joined: Office) -> None:
    old, new = by_version(joined.sheet(names=True, purpose="十一月例会核对"))
    assert new["note"] == "新版写的"
    assert old
    assert all(row["note"] not in (None, "（当时没问）") for row in old)


def test_a_choice_reads_as_its_own_version_called_it(joined: Office) -> None:
    old, new = by_version(joined.sheet())
    assert new["hazard"] == f"{old[0]['hazard']}（新）"
    choices = joined.sheet("选项")
    called = [row["zh"] for row in choices if (row["question"], row["code"]) == ("hazard", "none")]
    assert sorted(called) == sorted([old[0]["hazard"], new["hazard"]])


def test_an_answer_that_was_sensitive_then_stays_away_although_it_is_not_any_more(office: Office) -> None:
    shown = replace(OLD.definition.by_path["/data/wellbeing"], data_class="service")
    fields = tuple(shown if field.path == shown.path else field for field in OLD.definition.fields)
    definition = replace(OLD.definition, version=OPEN, fields=fields)
    county = office.county
    with county.app.app_context(), writing():
        new = OLD.xform.replace(OLD.definition.version.encode(), OPEN.encode())
        service.publish(ORG, Converted(new, definition), county.clock())
    xml = instance.write("day-care-visit", OPEN, CARE).decode()
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, version=OPEN, xml=xml)])
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]
    old, later_one = by_version(office.sheet(), OPEN)
    assert later_one["wellbeing"] == "挺好"
    assert {row["wellbeing"] for row in old} == {None}
    office.user = LIYAN
    old, _ = by_version(office.sheet(sensitive=True, purpose="个案讨论"), OPEN)
    assert {row["wellbeing"] for row in old} == {"挺好"}


def test_the_marks_are_explained_with_the_versions_that_asked(joined: Office) -> None:
    rows = joined.sheet("说明")
    assert [row["words"] for row in rows[:2]] == ["（当时没问）", "（空着）"]
    told = {row["question"]: row["meaning"] for row in rows[2:]}
    assert told == {
        "stove": f"这几版问了：{NEW}",
        "room_temp": f"这几版问了：{OLD.definition.version}",
    }


def test_a_workbook_of_one_version_needs_no_explanation(office: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(office.file(office.made()).data))
    assert "说明" not in book.sheetnames


def test_the_exact_csv_leaves_blank_what_was_not_asked(joined: Office) -> None:
    header, *rows = joined.csv(format="csv")
    stove, version = header.index("stove"), header.index("form_version")
    assert {row[version]: row[stove] for row in rows} == {OLD.definition.version: "", NEW: "3"}


def test_an_english_workbook_marks_in_english(joined: Office) -> None:
    _, new = by_version(joined.sheet("Care visit", language="en"))
    assert new["room_temp"] == "(not asked then)"
