"""One visit, the whole way: from a tap without a signal to a row in headquarters' workbook."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.visiting import NOTE, visit_somebody

SENT_WITHIN_MS = 60_000


def test_one_visit_from_a_tap_without_a_signal_to_the_workbooks_row(
    county: County, phone: Browser, desk: Browser, album: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.picture(album / "01-first-run.png")
    volunteer.enrol()
    volunteer.picture(album / "02-today.png")
    volunteer.keeps_itself()

    county.kill()
    with phone.watch.away():
        name = visit_somebody(volunteer, album)
        volunteer.today()
        expect(volunteer.page.get_by_text("1 条存在手机里")).to_be_visible()
        volunteer.picture(album / "08-waits.png")
        county.start()
        volunteer.open_sent()
        volunteer.arrives(name, "县里已收到", SENT_WITHIN_MS)
    volunteer.picture(album / "09-received.png")

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.find(name)
    office.open_visit(name)
    expect(office.visit()).to_contain_text(NOTE)
    expect(office.visit()).to_contain_text("电线插座")
    expect(office.visit()).to_contain_text("时钟准")
    office.picture(album / "10-review.png")
    office.approve()
    expect(desk.page.get_by_text(f"通过了：{name}")).to_be_visible()
    office.picture(album / "11-approved.png")
    office.sign_out()

    volunteer.arrives(name, "通过了", SENT_WITHIN_MS)
    volunteer.picture(album / "12-passed.png")

    office.sign_in("headquarters")
    office.go("数据表")
    file = office.make_workbook(album / "month.xlsx", purpose="十一月走访情况汇总")
    office.picture(album / "13-workbook.png")
    (row,) = [row for row in workbook.rows(file, "上门照料") if row.get("note") == NOTE]
    assert row["state"] == "通过了"
    assert row["hazard"] == "电线插座"
    assert row["tasks"] == "陪聊"
