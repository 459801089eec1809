"""A form is published anew while a phone fills the version before: it is taken, and read as it was then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.base.db import writing
from server.forms import service
from server.forms.convert import Converted
from tests.factories.county import ORG, County, converted

OLD = converted("day-care-visit")
NEW = "2027030101"  # of no other test: a version that was read once stays in memory
ATE = "/data/care/ate"


def renamed() -> Converted:
    """The next version: the same question in other words, a choice called otherwise, and no note any more."""
    definition = OLD.definition
    fields = tuple(
        replace(field, label={"zh": "吃了没有", "en": "Ate or not"}) if field.path == ATE else field
        for field in definition.fields
        if field.name != "note"
    )
    list_name = str(definition.by_path[ATE].choices)
    rows = tuple((value, f"{zh}（新）", en) for value, zh, en in definition.choices[list_name])
    changed = replace(definition, version=NEW, fields=fields, choices={**definition.choices, list_name: rows})
    return Converted(OLD.xform.replace(OLD.definition.version.encode(), NEW.encode()), changed)


@pytest.fixture
def county(app: Any, county: County, clock: Any) -> County:
    with app.app_context(), writing():
        service.publish(ORG, renamed(), clock())
    return county


def test_a_draft_of_the_version_before_is_taken_as_that_version(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]
    (record,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["records"]
    assert record["version"] == OLD.definition.version


def test_it_reads_by_the_labels_of_its_own_version(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    phone.send(op)
    (record,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["records"]
    told = {line["path"]: line for line in record["answers"]}
    asked = OLD.definition.by_path[ATE]
    assert told[ATE]["label"] == asked.label
    assert told[ATE]["value_text"] == OLD.definition.labels[str(asked.choices)]["well"]
    assert "/data/note" in told
