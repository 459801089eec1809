"""A clean-up: the place, who is there, twenty-two more without a name, before and after; counted once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.pictures import photo
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone

WORK = "清理小广告"
PLACE = "垂柳家园"
HELPERS = 22
ANSWERS = {"哪种清理": "集中清理", "清了哪些地方": "楼道", "哪几种": "粘贴的", "还剩多少": "清干净了"}
NUMBERS = {"大约清了多少张": "180", "居民来了几位": "6"}
SENT_WITHIN_MS = 60_000


def test_twenty_five_people_clean_a_compound_and_are_counted_once(
    county: County, phone: Browser, desk: Browser, album: Path, tmp_path: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()

    volunteer.choose_work(WORK)
    volunteer.picture(album / "01-where.png")
    volunteer.check_in_at(PLACE)
    mates = volunteer.tick_mates(2)
    volunteer.helpers(HELPERS)
    expect(volunteer.page.get_by_text("一共 25 人")).to_be_visible()
    volunteer.picture(album / "02-who.png")
    volunteer.button("接着填表").click()

    expect(volunteer.page.get_by_text(f"还有 {HELPERS} 位帮手")).to_be_visible()
    volunteer.picture(album / "03-told.png")
    volunteer.go_on_to("清理前照片", ANSWERS)
    volunteer.photo_from_album(photo(tmp_path / "wall.jpg"))
    volunteer.picture(album / "04-before.png")
    volunteer.next()
    for words, number in NUMBERS.items():
        volunteer.go_on_to(words, ANSWERS)
        volunteer.question().get_by_role("textbox").fill(number)
        volunteer.next()
    assert "来了几名志愿者" not in volunteer.asked()
    volunteer.finish()
    expect(volunteer.page.get_by_text(PLACE).first).to_be_visible()
    volunteer.picture(album / "05-saved.png")
    volunteer.today()
    volunteer.open_sent()
    volunteer.arrives(PLACE, "县里已收到", SENT_WITHIN_MS)
    volunteer.picture(album / "06-received.png")

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.find(PLACE)
    office.open_visit(PLACE)
    expect(office.visit()).to_contain_text(f"还有 {HELPERS} 位帮手，共 25 人")
    for name in mates:
        expect(office.visit()).to_contain_text(name)
    office.picture(album / "07-desk.png")
    office.sign_out()

    office.sign_in("headquarters")
    office.go("数据表")
    file = office.make_workbook(album / "month.xlsx", purpose="十一月活动情况汇总")
    (row,) = [row for row in workbook.rows(file, WORK) if row.get("helpers_unnamed") == HELPERS]
    assert (row["place"], row["volunteers"]) == (PLACE, 25)
    assert str(row["participants"]).count("、") == len(mates)
