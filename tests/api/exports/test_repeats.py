"""The rows of a repeat: a sheet of their own, called as the form calls them, by the number of their visit."""

from __future__ import annotations

import io
import zipfile
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
from tests.factories.county import CARE, ORG, converted

OLD = converted("day-care-visit")
VERSION = "2027030101"  # of no other test
MEALS, PILLS = "/data/meals", "/data/pills"


def with_repeats(definition: Definition) -> Definition:
    """Two repeats that are called alike, whatever a person answered above them."""
    like = definition.by_path["/data/care/room_temp"]
    fields = [*definition.fields, _field(like, MEALS, "dish"), _field(like, PILLS, "pill")]
    called = {"zh": "${person}吃了什么/多少", "en": "What was eaten [or not] at this visit"}
    return replace(
        definition,
        version=VERSION,
        fields=tuple(fields),
        groups={**definition.groups, MEALS: called, PILLS: called},
        repeats=(MEALS, PILLS),
    )


def _field(like: Field, repeat: str, name: str) -> Field:
    label = {"zh": "什么", "en": "What"}
    changed: dict[str, Any] = {"path": f"{repeat}/{name}", "name": name, "label": label, "repeat": repeat}
    return replace(like, **changed, type="text", data_class="service", required=False)


@pytest.fixture
def repeating(office: Office) -> Office:
    county = office.county
    new = Converted(
        OLD.xform.replace(OLD.definition.version.encode(), VERSION.encode()), with_repeats(OLD.definition)
    )
    with county.app.app_context(), writing():
        service.publish(ORG, new, county.clock())
    eaten = {
        MEALS: [{f"{MEALS}/dish": "粥"}, {f"{MEALS}/dish": "土豆"}],
        PILLS: [{f"{PILLS}/pill": "降压药"}],
    }
    xml = instance.write("day-care-visit", VERSION, CARE, eaten).decode()
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, version=VERSION, xml=xml)])
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]
    return office


def names(office: Office, **asked: Any) -> list[str]:
    return openpyxl.load_workbook(io.BytesIO(office.file(office.made(**asked)).data)).sheetnames


def test_a_repeat_has_a_sheet_that_is_called_as_the_form_calls_it(repeating: Office) -> None:
    assert names(repeating)[:3] == ["上门照料", "上门照料 · 吃了什么 多少", "上门照料 · 吃了什么 多少 (2)"]
    rows = repeating.sheet("上门照料 · 吃了什么 多少")
    assert [(row["position"], row["dish"]) for row in rows] == [(1, "粥"), (2, "土豆")]
    assert {row["visit_id"] for row in rows} <= {row["visit_id"] for row in repeating.sheet()}
    assert [row["pill"] for row in repeating.sheet("上门照料 · 吃了什么 多少 (2)")] == ["降压药"]


def test_of_a_name_that_is_too_long_the_form_gives_way(repeating: Office) -> None:
    sheets = names(repeating, language="en")[:3]
    assert sheets == ["Care visit", "Care visi… · What was eaten or", "Care visi… · What was eaten (2)"]


def test_each_sheet_is_a_file_of_its_own_in_a_bundle_of_csv(repeating: Office) -> None:
    bundle = zipfile.ZipFile(io.BytesIO(repeating.file(repeating.made(format="csv")).data))
    assert bundle.namelist() == [
        "上门照料.csv",
        "上门照料 · 吃了什么 多少.csv",
        "上门照料 · 吃了什么 多少 (2).csv",
    ]


def test_the_notes_name_the_sheet_as_the_workbook_does(repeating: Office) -> None:
    told = {row["question"]: row["sheet"] for row in repeating.sheet("说明") if row["question"]}
    assert told["pill"] == "上门照料 · 吃了什么 多少 (2)"
