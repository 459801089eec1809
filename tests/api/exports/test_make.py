"""What a 数据表 holds: what was typed, typed; people as numbers unless a purpose is stated."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl

from tests.api.exports.conftest import NOTE, Office
from tests.factories.county import GUIFEN, LIYAN, OTHER_TEAM


def test_the_workbook_has_the_values_that_were_typed(office: Office) -> None:
    approved = next(row for row in office.sheet() if row["state"] == "通过了")
    assert approved["day"] == datetime(2026, 11, 24)  # noqa: DTZ001
    assert approved["check_in_at"] == datetime(2026, 11, 24, 8, 2, 3)  # noqa: DTZ001
    assert approved["minutes"] == 60
    assert (approved["community"], approved["volunteer"]) == ("柳荫社区", "单秀云")
    assert approved["door"] == "开门，见到本人"
    assert approved["tasks"] == "做饭、打扫"
    assert approved["room_temp"] == 14


def test_without_a_purpose_a_person_is_a_number_and_free_text_stays_away(office: Office) -> None:
    rows = office.sheet()
    assert len({row["person_no"] for row in rows}) == 1
    assert "note" not in rows[0]
    assert "person_name" not in rows[0]
    assert "wellbeing" not in rows[0]


def test_a_person_has_another_number_in_the_next_export(office: Office) -> None:
    assert office.sheet()[0]["person_no"] != office.sheet()[0]["person_no"]


def test_names_and_notes_come_for_a_stated_purpose(office: Office) -> None:
    rows = office.sheet(names=True, purpose="十一月例会核对")
    assert {row["person_name"] for row in rows} == {"朴顺姬"}
    assert NOTE in {row["note"] for row in rows}


def test_names_without_a_purpose_are_refused(office: Office) -> None:
    told = office.ask(status=422, names=True, purpose="")
    assert told["code"] == "purpose_missing"


def test_headquarters_may_not_have_sensitive_answers(office: Office) -> None:
    assert office.ask(status=403, sensitive=True, purpose="十一月例会核对")["code"] == "forbidden"


def test_a_supervisor_may_for_a_purpose(office: Office) -> None:
    office.user = LIYAN
    assert {row["wellbeing"] for row in office.sheet(sensitive=True, purpose="个案讨论")} == {"挺好"}


def test_a_supervisor_of_another_community_gets_no_row(office: Office) -> None:
    office.user = GUIFEN
    book = openpyxl.load_workbook(io.BytesIO(office.file(office.made()).data))
    assert book.sheetnames == ["没有记录", "选项"]


def test_states_teams_and_days_choose_rows(office: Office) -> None:
    assert len(office.sheet()) == 2
    assert len(office.sheet(states=["approved"])) == 1
    for nothing in ({"teams": [OTHER_TEAM]}, {"states": ["withdrawn"]}, {"from": "2026-11-25"}):
        assert office.made(**nothing)["total_rows"] == 0


def test_a_photo_is_in_the_sheet_by_its_files_name(office: Office) -> None:
    assert {row["photo"] for row in office.sheet()} == {None, "0123456789abcdef0123456789abcdef.jpg"}


def test_choices_stand_beside_their_codes(office: Office) -> None:
    doors = [row for row in office.sheet("选项") if row["question"] == "door"]
    assert {
        "form": "上门照料",
        "question": "door",
        "code": "nobody",
        "zh": "敲门没人应",
        "en": "Nobody answered",
    } in doors


def test_the_exact_csv_speaks_in_codes(office: Office) -> None:
    header, *rows = office.csv(format="csv")
    row = dict(zip(header, rows[0], strict=True))
    assert row["door"] == "opened"
    assert row["tasks"] == "meal clean"
    assert row["check_in_at"] == "2026-11-24T08:02:03+08:00"


def test_the_csv_for_spreadsheets_guards_what_could_be_a_formula(office: Office) -> None:
    header, *rows = office.csv(format="csv-excel", names=True, purpose="十一月例会核对")
    assert header[0] == "\ufeff记录编号"
    assert {row[header.index("服务对象")] for row in rows} == {"朴顺姬"}


def test_an_english_workbook_is_english_throughout(office: Office) -> None:
    rows = office.sheet("Care visit", language="en")
    assert {row["door"] for row in rows} == {"Opened, met the person"}
    assert {row["state"] for row in rows} == {"approved", "received"}
