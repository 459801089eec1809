"""[S6] One volunteer, two phones: both mend the same visit without a signal, and the office settles it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.visiting import ANSWERS, NOTE_BEGINS

PATIENCE_MS = 60_000
TEMPERATURE, ATE, LAST = "屋里多少度", "今天吃饭", "还有要说的"
NOT_HER_WORDS = re.compile("冲突|版本|同步|conflict", re.IGNORECASE)


@pytest.mark.timeout(420)
def test_two_phones_mend_one_visit_and_the_office_settles_the_one_field_that_both_changed(
    county: County, album: Path, open_browser: Callable[[str, dict[str, Any]], Browser]
) -> None:
    one, other, desk = open_browser("one", PHONE), open_browser("other", PHONE), open_browser("desk", DESK)
    first, second = Phone(one, county.url), Phone(other, county.url)
    office = Desk(desk, county.url, county.password)
    for volunteer in (first, second):
        volunteer.open()
        volunteer.enrol()
        volunteer.keeps_itself()
    name = visit(first)
    first.today()
    first.open_sent()
    first.arrives(name, "县里已收到", PATIENCE_MS)
    office.sign_in("supervisor")
    office.find(name)
    office.open_visit(name, also="上门照料")
    office.give_back({TEMPERATURE: "写的是 2 度，是不是 20 度？", ATE: "真的吃得好吗？"})
    first.arrives(name, "请补一下", PATIENCE_MS)
    second.open_sent()
    second.arrives(name, "请补一下", PATIENCE_MS)

    county.kill()
    with one.watch.away(), other.watch.away(), desk.watch.away():
        mend(first, name, "20", "吃得少")
        mend(second, name, "18", None)
        county.start()
        for volunteer in (first, second):
            volunteer.today()
            volunteer.open_sent()
            volunteer.arrives(name, "县里已收到", PATIENCE_MS)
    first.send_now()
    expect(first.row(name).first).to_contain_text("县里在处理", timeout=PATIENCE_MS)
    first.picture(album / "1-the-county-works-on-it.png")
    assert not NOT_HER_WORDS.search(first.page.locator("body").inner_text())

    settle(office, name, album)
    for volunteer in (first, second):
        volunteer.send_now()
        expect(volunteer.row(name).first).not_to_contain_text("县里在处理", timeout=PATIENCE_MS)
        expect(volunteer.row(name).first).to_contain_text("县里已收到")
        assert not NOT_HER_WORDS.search(volunteer.page.locator("body").inner_text())
    first.picture(album / "5-settled.png")
    check_books(county, name)


def visit(volunteer: Phone) -> str:
    name = volunteer.first_due()
    volunteer.open_person(name)
    volunteer.at_the_door("已见到")
    volunteer.go_on_to(TEMPERATURE, ANSWERS)
    volunteer.question().get_by_role("textbox").fill("2")
    volunteer.go_on_to(LAST, ANSWERS)
    volunteer.write(NOTE_BEGINS)
    volunteer.finish()
    return name


def mend(volunteer: Phone, name: str, degrees: str, ate: str | None) -> None:
    volunteer.open_returned(name)
    volunteer.place(TEMPERATURE).get_by_role("textbox").first.fill(degrees)
    volunteer.place(TEMPERATURE).get_by_text("已改", exact=True).click()
    if ate is None:
        volunteer.place(ATE).get_by_text("原来就对", exact=True).click()
        volunteer.place(ATE).get_by_label("为什么原来就对").fill("问过了")
    else:
        volunteer.place(ATE).get_by_text(ate, exact=True).click()
        volunteer.place(ATE).get_by_text("已改", exact=True).click()
    volunteer.button("补好了，交回去").click()
    expect(volunteer.page.get_by_text("已经存在手机里，可以放心关掉。")).to_be_visible()


def settle(office: Desk, name: str, album: Path) -> None:
    office.page.reload()
    office.button(re.compile("^两边都改过")).click()
    office.open_visit(name)
    expect(office.button("定一份")).to_be_visible()
    expect(office.visit().get_by_role("button", name=re.compile("^通过"))).to_have_count(0)
    office.picture(album / "2-two-versions.png")
    office.page.keyboard.press("s")
    fields = office.page.get_by_role("region", name="说法不同的地方")
    expect(fields.get_by_role("group", name=re.compile(TEMPERATURE))).to_be_visible()
    expect(fields.locator(".settlefield.open")).to_have_count(1)
    preview = office.page.get_by_role("region", name="合起来是这样")
    expect(preview.get_by_text("吃得少").first).to_be_visible(timeout=PATIENCE_MS)
    office.picture(album / "3-to-settle.png")
    office.page.emulate_media(color_scheme="dark")
    office.picture(album / "3-to-settle-dark.png")
    office.page.emulate_media(color_scheme="light")
    fields.get_by_role("radio", name=re.compile("20")).check(force=True)
    expect(fields.locator(".settlefield.open")).to_have_count(0)
    expect(office.page.get_by_text("还有 1 处没选")).to_have_count(0)
    expect(preview.get_by_role("button", name="定下来")).to_be_visible(timeout=PATIENCE_MS)
    office.picture(album / "4-chosen.png")
    office.button("定下来").click()
    dialog = office.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("问过本人")
    dialog.get_by_role("button", name=re.compile("^定下来")).click()
    expect(office.page.get_by_text("定下来了")).to_be_visible(timeout=PATIENCE_MS)
    expect(office.visit().get_by_role("button", name=re.compile("^通过"))).to_be_visible(timeout=PATIENCE_MS)


def check_books(county: County, name: str) -> None:
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        visit, xml, flags = books.execute(
            "SELECT v.id, CAST(r.xml AS TEXT), v.flags FROM records r"
            " JOIN visits v ON v.current_revision = r.revision_id"
            " JOIN entities e ON e.id = v.subject_id WHERE e.label = ? ORDER BY v.received_at DESC LIMIT 1",
            [name],
        ).fetchone()
        assert "<room_temp>20</room_temp>" in xml
        assert "<ate>little</ate>" in xml
        assert "two_versions" not in flags
        whys = books.execute("SELECT why FROM revisions WHERE visit_id = ? ORDER BY number", [visit])
        assert [why for (why,) in whys] == [None, None, None, "merged", "settled"]
