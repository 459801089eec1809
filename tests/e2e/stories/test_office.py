"""The office: a supervisor reviews, headquarters downloads. What a volunteer did is already there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk


def test_a_supervisor_approves_and_takes_it_back(county: County, desk: Browser, album: Path) -> None:
    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    expect(office.visit()).to_be_visible()
    office.picture(album / "1-queue.png")
    waiting = office.button(re.compile("^等我看的"))
    before = int(re.findall(r"\d+", waiting.inner_text())[0])
    office.open_visit("李德全", also="每日联系")
    office.approve()
    expect(waiting).to_contain_text(str(before - 1))
    office.button("撤销").first.click()
    expect(waiting).to_contain_text(str(before))
    office.picture(album / "2-taken-back.png")


def test_what_could_not_be_taken_stands_aside_whole_with_its_reason(
    county: County, desk: Browser, album: Path
) -> None:
    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.go("待处理")
    expect(desk.page.get_by_text("原文一个字都没有动")).to_be_visible()
    office.picture(album / "1-quarantine.png")


def test_headquarters_downloads_the_data_sheet(county: County, desk: Browser, album: Path) -> None:
    office = Desk(desk, county.url, county.password)
    office.sign_in("headquarters")
    office.go("数据表")
    office.button("上月").click()  # this one may have begun today
    file = office.make_workbook(album / "month.xlsx")
    office.picture(album / "1-made.png")
    rows = workbook.rows(file, "上门照料")
    assert rows
    assert all(row["day"] is not None for row in rows)


def test_no_page_of_the_desk_hides_that_it_is_a_demo(county: County, desk: Browser) -> None:
    office = Desk(desk, county.url, county.password)
    desk.page.goto(f"{county.url}/desk")
    expect(desk.page.get_by_text("演示数据").first).to_be_visible()
    office.sign_in("supervisor")
    for page in ("审核", "待处理", "数据表"):
        office.go(page)
        expect(desk.page.get_by_text("演示数据").first).to_be_visible()
