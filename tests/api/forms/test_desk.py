"""Forms at the desk: a workbook is looked over and published by those who may, and everybody hears of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, Engine, event, select
from werkzeug.test import TestResponse

from server.base.db import reading, session, writing
from server.base.models import AuditRow
from server.forms import service
from server.forms.convert import convert_file
from server.programmes.programme import form_specs
from tests.factories.county import ADMIN, LIYAN, ORG, WENLAN, County

TABLE = form_specs()["daily-contact"].table.read_text(encoding="utf-8")
NEWER = TABLE.replace("2026112401", "2027010101")


def hand_in(
    county: County,
    where: str,
    table: str | bytes,
    *,
    user: str = WENLAN,
    name: str = "form.md",
    media: dict[str, bytes] | None = None,
) -> TestResponse:
    content = table.encode() if isinstance(table, str) else table
    parts: dict[str, Any] = {
        "workbook": (io.BytesIO(content), name),
        "media": [(io.BytesIO(data), file) for file, data in (media or {}).items()],
    }
    client = county.app.test_client()
    return client.post(f"/api/desk/forms/{where}", data=parts, headers=county.desk(user).headers())


def told(response: TestResponse) -> dict[str, Any]:
    said: dict[str, Any] = response.get_json()
    return said


def test_a_good_workbook_is_looked_over_and_nothing_of_it_is_kept(county: County) -> None:
    response = hand_in(county, "check", NEWER)
    assert response.status_code == 200
    said = told(response)
    assert (said["form"], said["version"], said["publishable"]) == ("daily-contact", "2027010101", True)
    assert said["title"] == {"zh": "每日联系", "en": "Daily contact"}
    assert said["findings"] == []
    assert said["xform"].startswith("<?xml")
    assert said["lists"]["people"].startswith("name,label,full_name")
    assert {each["code"] for each in said["changed"]} == {"counts", "deprecated_id"}
    assert said["sizes"]["questions"] > 3
    assert said["diff"]["against"]["version"] == "2026112401"
    assert said["diff"]["changes"] == []
    assert [each["version"] for each in of(county, "daily-contact")["versions"]] == ["2026112401"]


def test_a_finding_points_at_its_cell_in_the_sheets_that_come_with_it(county: County) -> None:
    said = told(hand_in(county, "check", NEWER.replace("${need} = 'revisit'", "${nead} = 'revisit'")))
    [finding] = said["findings"]
    [sheet] = [each for each in said["sheets"] if each["name"] == finding["sheet"]]
    row = sheet["rows"][finding["row"] - 2]
    assert (finding["code"], finding["severity"]) == ("question_unknown", "error")
    assert row[sheet["header"].index(finding["column"])] == "${nead} = 'revisit'"
    assert "nead" in finding["zh"]
    assert "nead" in finding["en"]
    assert (said["publishable"], said["xform"]) == (False, None)


def test_what_a_new_version_changes_comes_with_what_it_means(county: County) -> None:
    said = told(hand_in(county, "check", NEWER.replace("In hospital |", "At the hospital |")))
    [change] = said["diff"]["changes"]
    assert (change["code"], change["name"], change["attention"]) == ("choice_label", "contact", True)
    assert "At the hospital" in change["en"]
    assert change["meaning_zh"].startswith("以前的记录")


def test_publishing_is_heard_by_phones_kept_with_its_workbook_and_noted(county: County) -> None:
    response = hand_in(county, "publish", NEWER)
    assert response.status_code == 201
    said = told(response)
    assert (said["form"], said["version"], said["new"], said["findings"]) == (
        "daily-contact",
        "2027010101",
        True,
        [],
    )
    phone = county.phone()
    phone.sync_all()
    assert phone.bodies("form")["daily-contact"]["sha256"] == said["sha256"]
    listed = of(county, "daily-contact")
    assert listed["current_version"] == "2027010101"
    newest, older = listed["versions"]
    assert (newest["version"], newest["current"], newest["workbook"]) == ("2027010101", True, True)
    assert newest["published_by"] == "盛文澜"
    assert (older["version"], older["current"], older["workbook"]) == ("2026112401", False, False)
    with county.app.app_context(), reading():
        noted = session.scalars(select(AuditRow).where(AuditRow.user_id == WENLAN)).all()
    assert ("form.publish", "daily-contact") in [(each.action, each.target_id) for each in noted]


def test_the_workbook_comes_back_as_it_was_or_as_excel(county: County) -> None:
    sha256 = told(hand_in(county, "publish", NEWER))["sha256"]
    fetched = county.app.test_client().get(
        f"/api/desk/forms/{sha256}/workbook", headers=county.desk(ADMIN).headers()
    )
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="daily-contact-2027010101.xlsx"'
    sheets = load_workbook(io.BytesIO(fetched.data))
    assert sheets["settings"]["C2"].value or sheets["settings"]["D2"].value
    again = hand_in(county, "publish", fetched.data, name="daily-contact-2027010101.xlsx", user=ADMIN)
    assert (again.status_code, told(again)["new"]) == (201, False)


def test_a_version_without_a_workbook_has_none_to_fetch(county: County) -> None:
    [version] = of(county, "daily-contact")["versions"]
    fetched = county.app.test_client().get(
        f"/api/desk/forms/{version['sha256']}/workbook", headers=county.desk(WENLAN).headers()
    )
    assert fetched.status_code == 404


def test_what_cannot_be_published_is_refused_with_every_finding(county: County) -> None:
    worse = NEWER.replace("${need} = 'revisit'", "/data/nead = 'revisit'")
    response = hand_in(county, "publish", worse)
    assert response.status_code == 422
    said = told(response)
    assert (said["code"], [each["code"] for each in said["findings"]]) == ("form_refused", ["path_nowhere"])


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (TABLE.replace("In hospital |", "At the hospital |"), "version_taken"),
        (TABLE.replace("2026112401", "2025010101"), "version_older"),
    ],
)
def test_a_version_never_changes_and_goes_upwards(county: County, table: str, code: str) -> None:
    response = hand_in(county, "publish", table)
    assert response.status_code == 422
    [finding] = told(response)["findings"]
    assert (finding["code"], finding["sheet"], finding["column"]) == (code, "settings", "version")


def test_a_field_of_the_forms_own_is_kept_with_its_purpose_and_never_guarded_less(county: County) -> None:
    def with_field(data_class: str, version: str) -> str:
        header = TABLE.splitlines()
        at = next(n for n, line in enumerate(header) if line.startswith("| survey"))
        columns = [cell.strip() for cell in header[at].strip("| ").split("|")][1:]
        cells = {"type": "text", "name": "sky", "data_class": data_class, "purpose": "look-in"}
        cells |= {name: "天气 Weather" for name in columns if name.startswith("label")}
        header[at] += " purpose |"
        header.insert(
            at + 1, "|  | " + " | ".join(cells.get(name, "") for name in [*columns, "purpose"]) + " |"
        )
        return "\n".join(header).replace("2026112401", version)

    assert hand_in(county, "publish", with_field("personal", "2027010101")).status_code == 201
    weaker = hand_in(county, "publish", with_field("none", "2027010102"))
    [finding] = told(weaker)["findings"]
    assert (finding["code"], finding["row"], finding["column"]) == ("class_weaker", 2, "data_class")
    stronger = hand_in(county, "check", with_field("sensitive", "2027010102"))
    assert told(stronger)["publishable"]


def test_the_list_reads_what_it_shows_and_no_definition(county: County) -> None:
    of(county, "daily-contact")  # whatever is read once
    asked: list[str] = []

    def hear(_: Connection, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    versions = [f"20270101{number:02d}" for number in range(1, 9)]
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        before, few = of(county, "daily-contact"), len(asked)
        with county.app.app_context(), writing():
            for version in versions:
                table = TABLE.replace("2026112401", version)
                service.publish(ORG, convert_file(table.encode(), ".md"), county.clock())
        asked.clear()
        listed = of(county, "daily-contact")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert len(asked) == few
    assert not any("definition" in statement or "xform" in statement for statement in asked)
    assert [each["version"] for each in listed["versions"]] == [*reversed(versions), "2026112401"]
    assert {each["questions"] for each in listed["versions"]} == {before["versions"][0]["questions"]} != {0}


def test_every_form_of_the_programmes_is_listed_published_or_not(county: County) -> None:
    listed = {each["form"]: each for each in county.desk(WENLAN).get("/api/desk/forms")["items"]}
    assert listed.keys() == form_specs().keys()
    assert listed["day-care-visit"]["programme"]["key"] == "day-care"
    unpublished = listed["flyer-cleanup"]
    assert (unpublished["current_version"], unpublished["versions"]) == (None, [])


def test_whoever_reviews_visits_does_not_publish_forms(county: County) -> None:
    assert hand_in(county, "check", NEWER, user=LIYAN).status_code == 403


def test_without_a_workbook_there_is_nothing_to_look_over(county: County) -> None:
    client = county.app.test_client()
    response = client.post(
        "/api/desk/forms/check",
        data={"media": (io.BytesIO(b"x"), "a.png")},
        headers=county.desk(WENLAN).headers(),
        content_type="multipart/form-data",
    )
    assert (response.status_code, told(response)["code"]) == (422, "workbook_missing")


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"nonsense"])
def test_a_body_that_is_cut_off_is_refused_in_words(county: County, body: bytes) -> None:
    headers = {**county.desk(WENLAN).headers(), "Content-Type": "multipart/form-data; boundary=x"}
    response = county.app.test_client().post("/api/desk/forms/check", data=body, headers=headers)
    assert response.status_code in (400, 422)
    assert told(response)["code"] in ("malformed_json", "workbook_missing")


def test_a_body_that_is_no_form_data_is_refused(county: County) -> None:
    response = county.app.test_client().post(
        "/api/desk/forms/check", json={}, headers=county.desk(WENLAN).headers()
    )
    assert (response.status_code, told(response)["code"]) == (415, "wrong_type")


def test_what_is_no_workbook_is_told_and_so_is_one_that_would_fill_the_memory(county: County) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 101_000_000)
    for content in (b"\x89PNG", packed.getvalue()):
        said = told(hand_in(county, "check", content, name="form.xlsx"))
        assert [each["code"] for each in said["findings"]] == ["not_a_workbook"]
        assert (said["form"], said["sheets"], said["sizes"], said["diff"]) == (None, [], None, None)


def of(county: County, form: str) -> dict[str, Any]:
    listed = county.desk(WENLAN).get("/api/desk/forms")["items"]
    return next(each for each in listed if each["form"] == form)
