"""Headquarters publishes a form: what is wrong is shown in the sheet, the mended one is tried out, and phones
get it at their next exchange, while what is half filled in keeps the version that it was begun with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.programmes.programme import form_specs
from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.forms import LOOKED_WITHIN_MS, Forms
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.visiting import ANSWERS

OLD_WORDS, NEW_WORDS = "今天吃饭", "今天胃口好不好"
NEW_VERSION = "2099010101"


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """The care visit with one question in other words."""
    table = form_specs()["day-care-visit"].table.read_text("utf-8")
    assert OLD_WORDS in table
    return keep(
        tmp_path / "mended.md", re.sub(r"\b20\d{8}\b", NEW_VERSION, table).replace(OLD_WORDS, NEW_WORDS)
    )


@pytest.fixture
def broken(tmp_path: Path, mended: Path) -> Path:
    """The same, with a type that is none and a name that nothing has."""
    table = mended.read_text("utf-8")
    table = table.replace("| select_one door |", "| select_ome door |").replace(
        "${met} = 1 and (", "${mett} = 1 and ("
    )
    return keep(tmp_path / "broken.md", table)


def keep(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


@pytest.mark.timeout(300)
def test_a_form_is_mended_tried_out_and_published_and_a_draft_keeps_its_version(
    county: County, phone: Browser, desk: Browser, album: Path, broken: Path, mended: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    first = volunteer.first_due()
    half_filled = begin_a_visit(volunteer, first)

    office = Desk(desk, county.url, county.password)
    office.sign_in("headquarters")
    office.go("表单")
    forms = Forms(desk.page)
    forms.begin()
    look_at_what_is_wrong(forms, broken)
    office.picture(album / "1-findings.png")
    put_the_mended_one_in_its_place(forms, mended)
    try_it_out(forms)
    office.picture(album / "2-tried-out.png")
    forms.tab("和现在的版本比")
    expect(desk.page.get_by_text(f"“{OLD_WORDS}”改成“{NEW_WORDS}”")).to_be_visible()
    said = forms.publish()
    office.picture(album / "3-published.png")
    assert (said["version"], said["new"]) == (NEW_VERSION, True)

    get_the_new_version(volunteer, said["sha256"])
    second = (
        volunteer.due_list()
        .get_by_role("listitem")
        .nth(1)
        .locator(".name")
        .inner_text()
        .split("\n")[0]
        .strip()
    )
    begin_a_visit(volunteer, second)
    volunteer.next()
    expect(volunteer.question()).to_contain_text(NEW_WORDS)
    volunteer.picture(album / "4-a-new-visit.png")
    volunteer.page.goto(half_filled)
    expect(volunteer.question().get_by_label("陪聊")).to_be_checked()
    volunteer.next()
    expect(volunteer.question()).to_contain_text(OLD_WORDS)
    volunteer.picture(album / "5-the-draft.png")


def begin_a_visit(volunteer: Phone, name: str) -> str:
    """As far as what was done; the address of the draft."""
    volunteer.open_person(name)
    volunteer.at_the_door("已见到")
    volunteer.go_on_to("做了哪些", ANSWERS)
    volunteer.answer("陪聊")
    volunteer.saved()
    return volunteer.page.url


def look_at_what_is_wrong(forms: Forms, broken: Path) -> None:
    forms.hand_in(broken)
    expect(forms.looked_over()).to_contain_text("要改 2 处")
    forms.finding("calculation").click()
    expect(forms.cell()).to_contain_text("${mett}")
    expect(forms.cell()).to_contain_text("要改")
    forms.finding("type").click()
    expect(forms.cell()).to_contain_text("select_ome door")
    forms.page.keyboard.press("ArrowRight")
    expect(forms.cell()).to_have_text("door")
    forms.page.get_by_role("button", name="发布", exact=True).click()  # leads to the first that is in its way
    expect(forms.cell()).to_contain_text("select_ome door")


def put_the_mended_one_in_its_place(forms: Forms, mended: Path) -> None:
    forms.replace(mended)
    expect(forms.looked_over()).to_contain_text("没有要改的", timeout=LOOKED_WITHIN_MS)
    expect(forms.looked_over()).to_contain_text("这次已经改好 2 处")
    expect(forms.cell()).to_have_text("select_one door")  # where she was


def try_it_out(forms: Forms) -> None:
    forms.tab("试填")
    phone = forms.phone()
    phone.get_by_role("combobox").click()
    phone.get_by_role("radio").first.check(force=True)  # a row that was invented
    phone.get_by_role("dialog").locator(".btn.main").click()
    expect(phone.get_by_role("combobox")).to_contain_text("1")
    forms.page.get_by_role("radio", name="English").check(force=True)
    expect(phone.get_by_role("button", name="Next")).to_be_visible()
    forms.page.get_by_role("radio", name="中文").check(force=True)
    phone.get_by_role("button", name="下一题").click()
    expect(phone.locator(".page")).to_contain_text("门口情况")


def get_the_new_version(volunteer: Phone, sha256: str) -> None:
    page = volunteer.page
    new = volunteer.browser.context.expect_event(
        "response", lambda answer: answer.url.endswith(f"/api/forms/{sha256}"), timeout=LOOKED_WITHIN_MS
    )
    with new:  # an opened page exchanges by itself, too
        page.goto(f"{volunteer.address}/")
        volunteer.open_sent()
        volunteer.send_now()
    page.goto(f"{volunteer.address}/")
    expect(volunteer.due_list()).to_be_visible()
