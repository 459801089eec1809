"""Two revisions side by side: what changed is marked, what was asked and answered stands beside."""

from __future__ import annotations

from typing import Any

import pytest

from sync.core import instance
from tests.factories.county import CARE, GUIFEN, LEADER, LIYAN, WENLAN, County, version, xml
from tests.factories.talk import ATE, TEMP, answered, give_back, next_revision, record_of


def compared(
    county: County, op: dict[str, Any], to: dict[str, Any], user: str = LIYAN, status: int = 200
) -> Any:
    desk = county.desk(user)
    return desk.get(f"/api/desk/visits/{op['body']['visit']}/compare?from={op['id']}&to={to['id']}", status)


def rows(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (record,) = found["records"]
    return {row["path"]: row for row in record["rows"]}


def without(*paths: str, **answers: str) -> str:
    """The care visit's instance without these nodes."""
    values = {path: text for path, text in CARE.items() if path not in paths}
    for name, text in answers.items():
        values[f"/data/care/{name}"] = text
    return instance.write("day-care-visit", version(), values).decode()


def test_what_changed_is_marked_with_the_words_of_both(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    decision = give_back(county, op, ATE, TEMP)
    correction = answered(op, decision["id"], ATE)
    second = next_revision(phone, op, xml(ate="little"), correction=correction)
    phone.sync(second)
    found = compared(county, op, second)
    assert [(found[side]["number"], found[side]["by"]) for side in ("from", "to")] == [
        (1, "单秀云"),
        (2, "单秀云"),
    ]
    assert found["records"][0]["record"] == record_of(op)
    ate, temperature = rows(found)[ATE], rows(found)[TEMP]
    assert (ate["before"]["raw"], ate["after"]["raw"], ate["changed"]) == ("well", "little", True)
    assert ate["before"]["value_text"]["zh"] != ate["after"]["value_text"]["zh"]
    assert (ate["asked"], ate["answer"]) == (f"请看 {ATE}", {"said": "changed", "reason": None})
    assert (temperature["changed"], temperature["asked"], temperature["answer"]) == (
        False,
        f"请看 {TEMP}",
        None,
    )
    assert [path for path, row in rows(found).items() if row["changed"]] == [ATE]


def test_empty_and_missing_differ(county: County, op: dict[str, Any]) -> None:
    """[S6]"""
    phone = county.phone()
    second = next_revision(phone, op, without(TEMP, ate=""))
    phone.sync(second)
    found = rows(compared(county, op, second))
    assert (found[ATE]["after"]["raw"], found[ATE]["changed"]) == ("", True)
    assert (found[TEMP]["after"], found[TEMP]["changed"]) == (None, True)
    third = next_revision(phone, second, without(ate=""))
    phone.sync(third)
    again = rows(compared(county, second, third))
    assert (again[ATE]["changed"], again[TEMP]["before"], again[TEMP]["changed"]) == (False, None, True)


def test_a_record_that_only_one_of_them_has_is_shown(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    added = county.record(phone, "daily-contact")
    second = phone.op({**op["body"], "records": [*op["body"]["records"], added]}, base=op["id"])
    phone.sync(second)
    found = compared(county, op, second)
    assert [one["record"] for one in found["records"]] == [record_of(op), added["record"]]
    new = found["records"][1]["rows"]
    assert new
    assert all(row["before"] is None and row["changed"] for row in new)


def test_a_revision_of_another_visit_is_not_found(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    other = county.visit(phone)
    phone.sync(other)
    assert compared(county, op, other, status=404)["code"] == "not_found"


@pytest.mark.parametrize(("user", "status"), [(GUIFEN, 404), (WENLAN, 403), (LEADER, 200)])
def test_who_may_not_read_the_visit_compares_nothing(
    county: County, op: dict[str, Any], user: str, status: int
) -> None:
    compared(county, op, op, user, status)
