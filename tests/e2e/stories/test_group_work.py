"""Work at a place: a clean-up of twenty-five, counted once; a clinic morning with three people's checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

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


CLINIC, CHECK = "社区义诊", "健康检查"
EVENT = {"来了几名医护": "2", "义诊人次": "46", "65 岁以上": "38"}
PRESSURE = {"收缩压": "132", "舒张压": "84"}
CHECKED = {
    "是否同意登记": "同意：记录、拍照、转介",
    "自理情况": "能自理",
    "三个月里摔过吗": "否",
    "药吃得怎么样": "按时吃",
    "健康档案": "更新了",
    "人怎么样": "挺好",
    "接下来要做什么": "没有",
}
NEW = "佟玉兰"
OPENS_WITHIN_MS = 60_000
ASKED = ["一百三十二是坐下歇过以后量的吗？", "再看一下写的数。"]


@pytest.mark.timeout(600)
def test_a_clinic_morning_is_one_visit_with_three_checks_and_two_of_them_are_mended(
    county: County, phone: Browser, desk: Browser, album: Path, tmp_path: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()
    people = volunteer.due_list().locator(".name").all_inner_texts()
    first, second = (name.split("\n")[0].strip() for name in people[:2])

    volunteer.choose_work(CLINIC)
    county.kill()
    with phone.watch.away():
        hold_a_clinic(volunteer, album)
        measure(volunteer, first)
        volunteer.record_is_good(CHECKED)
        measure(volunteer, second)
        volunteer.saved()
        phone.kill_tab()
        expect(pressure(volunteer, "收缩压")).to_have_value(PRESSURE["收缩压"], timeout=OPENS_WITHIN_MS)
        volunteer.picture(album / "14-after-the-kill.png")
        volunteer.record_is_good(CHECKED)
        somebody_new(volunteer, photo(tmp_path / "cuff.jpg"))
        expect(volunteer.records().get_by_role("listitem")).to_have_count(4)
        take_one_away_and_back(volunteer, second, album)
        volunteer.button("记好了").click()
        expect(volunteer.page.get_by_text("已经存在手机里，可以放心关掉。")).to_be_visible()
        volunteer.picture(album / "17-saved.png")
        volunteer.today()
        volunteer.open_sent()
        county.start()
        volunteer.arrives(PLACE, "县里已收到", SENT_WITHIN_MS)

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.find(PLACE)
    office.open_visit(PLACE, CLINIC)
    for who in (first, second, NEW):
        expect(office.visit()).to_contain_text(f"{CHECK} · {who}")
    office.picture(album / "18-desk.png")
    ask_in_two_records(office, album)

    volunteer.arrives(PLACE, "请补一下", SENT_WITHIN_MS)
    mend_both(volunteer, (first, second), album)
    volunteer.today()
    volunteer.open_sent()
    volunteer.arrives(PLACE, "县里已收到", SENT_WITHIN_MS)
    office.open_visit(PLACE, "补回来的")
    expect(office.visit()).to_contain_text("128")
    office.picture(album / "23-mended-at-the-desk.png")
    office.approve()
    expect(desk.page.get_by_text(f"通过了：{PLACE}")).to_be_visible()
    volunteer.arrives(PLACE, "通过了", SENT_WITHIN_MS)


def hold_a_clinic(volunteer: Phone, album: Path) -> None:
    volunteer.check_in_at(PLACE)
    volunteer.tick_mates(2)
    volunteer.button("接着填表").click()
    expect(volunteer.records().get_by_role("listitem")).to_have_count(1)
    volunteer.picture(album / "11-only-the-event.png")
    volunteer.open_record(CLINIC)
    expect(volunteer.question()).to_be_visible()
    for words, number in EVENT.items():
        volunteer.go_on_to(words, {})
        volunteer.question().get_by_role("textbox").fill(number)
        volunteer.next()
    volunteer.record_is_good()
    expect(volunteer.record(CLINIC)).to_contain_text("填好了")


def pressure(volunteer: Phone, words: str) -> Locator:
    return volunteer.question().get_by_label(re.compile(words))


def measure(volunteer: Phone, name: str) -> None:
    volunteer.add_record(name)
    volunteer.go_on_to("收缩压", CHECKED)
    for words, number in PRESSURE.items():
        pressure(volunteer, words).fill(number)


def somebody_new(volunteer: Phone, taken: Path) -> None:
    """Who is on no list is asked for a name and a compound, and agrees to a photo."""
    volunteer.button("加一条记录").click()
    volunteer.button(re.compile("不在名单上的人")).click()
    expect(volunteer.question()).to_be_visible()
    volunteer.go_on_to("姓名", CHECKED)
    volunteer.write(NEW)
    volunteer.next()
    volunteer.question().get_by_role("combobox").click()
    picker = volunteer.page.get_by_role("dialog")
    picker.get_by_label(PLACE).check(force=True)
    picker.get_by_role("button", name="就选这个").click()
    volunteer.next()
    for words, number in PRESSURE.items():
        pressure(volunteer, words).fill(number)
    volunteer.go_on_to("照片", CHECKED)
    volunteer.photo_from_album(taken)
    volunteer.record_is_good()
    expect(volunteer.record(NEW)).to_contain_text("填好了")


def take_one_away_and_back(volunteer: Phone, name: str, album: Path) -> None:
    volunteer.picture(album / "15-all-records.png")
    volunteer.record(name).get_by_role("button", name=re.compile("^去掉")).click()
    expect(volunteer.records().get_by_role("listitem")).to_have_count(3)
    volunteer.picture(album / "16-one-taken-away.png")
    volunteer.button("撤销").click()
    expect(volunteer.record(name)).to_contain_text("填好了")


def ask_in_two_records(office: Desk, album: Path) -> None:
    """The same answer in two people's checks."""
    office.visit().get_by_role("button", name=re.compile("^请补一下")).click()
    dialog = office.page.get_by_role("dialog")
    boxes = dialog.get_by_role("checkbox", name=re.compile("^收缩压"))
    for number, words in enumerate(ASKED):
        boxes.nth(number).check(force=True)
        dialog.get_by_role("textbox", name=re.compile("^收缩压")).nth(number).fill(words)
    office.picture(album / "19-asking.png")
    dialog.get_by_role("button", name=re.compile("^发给")).click()
    expect(dialog).not_to_be_visible()


def mend_both(volunteer: Phone, names: tuple[str, str], album: Path) -> None:
    volunteer.open_returned(PLACE)
    expect(volunteer.records().locator(".end", has_text="请补 1 处")).to_have_count(2)
    volunteer.picture(album / "20-asked-in-two.png")
    for name, words in zip(names, ASKED, strict=True):
        volunteer.open_record(name)
        expect(volunteer.place("收缩压")).to_contain_text(words)
        volunteer.place("收缩压").get_by_role("textbox").first.fill("128")
        volunteer.place("收缩压").get_by_text("已改", exact=True).click()
        volunteer.picture(album / "21-one-of-two.png")
        volunteer.button("这条填好了").click()
        expect(volunteer.record(name)).to_contain_text("填好了")
    volunteer.picture(album / "22-both-mended.png")
    volunteer.button("补好了，交回去").click()
    expect(volunteer.page.get_by_text("已经存在手机里，可以放心关掉。")).to_be_visible()
