"""One visit, the whole way: from a tap without a signal to a row in headquarters' workbook."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone

NOTE_BEGINS = "老人今天气色不错，早饭喝了粥，吃了半个馒头。"
NOTE_ENDS = "灯绳断了，已经接好；下次带两节电池来换钟。"
ANSWERS = {
    "是否同意登记": "同意记录和转介，不拍照",
    "做了哪些": "陪聊",
    "今天吃饭": "吃得好",
    "今天吃药": "忘了，已提醒",
    "家里有没有隐患": "电线插座",
    "屋里多少度": None,
    "人怎么样": "挺好",
    "接下来要做什么": "没有",
}
LAST = "还有要说的"
SENT_WITHIN_MS = 60_000
OPENS_WITHIN_MS = 30_000


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
        volunteer.send_now()
        expect(volunteer.row(name).first).to_contain_text("县里已收到", timeout=SENT_WITHIN_MS)
    volunteer.picture(album / "09-received.png")

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.find(name)
    office.open_visit(name)
    expect(office.visit()).to_contain_text(NOTE_BEGINS + NOTE_ENDS)
    expect(office.visit()).to_contain_text("电线插座")
    office.picture(album / "10-review.png")
    office.approve()
    expect(desk.page.get_by_text(f"通过了：{name}")).to_be_visible()
    office.picture(album / "11-approved.png")
    office.sign_out()

    volunteer.send_now()
    expect(volunteer.row(name).first).to_contain_text("通过了", timeout=SENT_WITHIN_MS)
    volunteer.picture(album / "12-passed.png")

    office.sign_in("headquarters")
    office.go("数据表")
    file = office.make_workbook(album / "month.xlsx", purpose="十一月走访情况汇总")
    office.picture(album / "13-workbook.png")
    (row,) = [row for row in workbook.rows(file, "上门照料") if row.get("note") == NOTE_BEGINS + NOTE_ENDS]
    assert row["state"] == "通过了"
    assert row["hazard"] == "电线插座"
    assert row["tasks"] == "陪聊"


def visit_somebody(volunteer: Phone, album: Path) -> str:
    """Visit whoever has waited longest; the tab is killed twice on the way. The name of the person."""
    name = volunteer.first_due()
    volunteer.open_person(name)
    volunteer.picture(album / "03-at-the-door.png")
    volunteer.at_the_door("已见到")
    volunteer.picture(album / "04-first-question.png")
    volunteer.go_on_to("家里有没有隐患", ANSWERS)
    volunteer.answer("电线插座")
    volunteer.saved()

    volunteer.browser.kill_tab()
    volunteer.is_asked("家里有没有隐患", OPENS_WITHIN_MS)
    expect(volunteer.question().get_by_label("电线插座")).to_be_checked()
    volunteer.picture(album / "05-the-same-question.png")
    volunteer.next()
    volunteer.go_on_to(LAST, ANSWERS)
    volunteer.write(NOTE_BEGINS)
    volunteer.saved()

    volunteer.browser.kill_tab()
    box = volunteer.question().get_by_role("textbox")
    expect(box).to_have_value(NOTE_BEGINS, timeout=OPENS_WITHIN_MS)
    volunteer.write(NOTE_ENDS)
    expect(box).to_have_value(NOTE_BEGINS + NOTE_ENDS)
    volunteer.picture(album / "06-note.png")
    volunteer.finish()
    volunteer.picture(album / "07-saved.png")
    return name
