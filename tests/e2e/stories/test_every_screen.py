"""Every screen of phone and desk in both languages, light and dark, ordinary and largest text.

What is asked of each: axe-core finds nothing, nothing is wider than the screen, the page does not complain.
The pictures are there to be looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.programmes.programme import form_specs
from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.gallery import DESK_LOOKS, PHONE_LOOKS, Gallery, dress
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.filling import fill_ordinarily
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.everywhere import EVERYWHERE
from tests.e2e.stories.registering import MATTER, PLACE, followed, is_open, register, say_how_far
from tests.e2e.stories.visiting import ANSWERS, LAST, NOTE_BEGINS, PHOTO, VOICE


@pytest.mark.timeout(900)
def test_every_screen_of_the_phone_reads_well(county: County, phone: Browser, album: Path) -> None:
    volunteer = Phone(phone, county.url)
    gallery = Gallery(album, PHONE_LOOKS)
    show_the_beginning(volunteer, gallery)
    show_the_door(volunteer, gallery)
    show_a_form(volunteer, gallery)
    show_what_was_recorded(volunteer, gallery)
    show_what_came_back(volunteer, gallery)
    show_work_at_a_place(volunteer, gallery)
    show_records_of_a_clinic(volunteer, gallery)
    show_a_new_matter(volunteer, gallery, county)
    show_what_was_thrown_away(volunteer, gallery)
    show_what_is_done(volunteer, gallery)
    show_it_without_a_network(volunteer, gallery, county)
    gallery.check()


def show_the_beginning(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    page.goto(f"{volunteer.address}/start?why=in-app")
    gallery.show(page, "01-start", "main")
    volunteer.open()
    gallery.show(page, "02-first-run", ".firstp")
    volunteer.page.get_by_label("卡片上的八位号码").fill("AB")
    volunteer.button("连上").click()
    gallery.show(page, "03-a-short-code", ".firstp", reload=False)
    volunteer.connect()
    gallery.show(page, "04-welcome", "main", reload=False)
    volunteer.begin()
    volunteer.keeps_itself()
    gallery.show(page, "05-today", "main .list")
    page.goto(f"{volunteer.address}/")

    def urgent() -> None:
        page.locator(".sos-round").first.click()

    urgent()
    gallery.show(page, "06-urgent", "dialog[open]", again=urgent)
    page.reload()


def show_the_door(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    volunteer.open_person(volunteer.first_due())
    gallery.show(page, "07-the-door", ".door")
    dress(page, "light", "30")
    for each in page.locator(".door button").all():
        expect(each).to_be_in_viewport(ratio=1)
    dress(page, "light", "18")

    def not_met() -> None:
        page.locator(".door button").nth(1).click()

    not_met()
    gallery.show(page, "08-not-met", "dialog[open]", again=not_met)
    page.keyboard.press("Escape")


def show_a_form(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    volunteer.at_the_door("已见到")
    for number, words in enumerate(("做了哪些", "屋里多少度", "接下来要做什么", LAST)):
        volunteer.go_on_to(words, ANSWERS)
        gallery.show(page, f"09-question-{number}", "main.form .page")
    volunteer.write(NOTE_BEGINS)
    show_photos_and_voice(volunteer, gallery)
    volunteer.go_to_the_end()
    gallery.show(page, "36-summary", "main.form .page")
    volunteer.finish()
    gallery.show(page, "10-saved", "main", reload=False)
    volunteer.today()


def show_photos_and_voice(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    volunteer.next()
    volunteer.go_on_to(PHOTO, {})
    gallery.show(page, "16-no-photo-yet", ".tile.add")
    volunteer.open_camera()
    gallery.show(page, "17-camera", ".shutter", again=lambda: page.locator(".tile.add").click())
    volunteer.button("拍下来").click()
    gallery.show(page, "18-look-at-it", "canvas:not(.away)", reload=False)
    volunteer.button("用这张").click()
    volunteer.has_photo()
    gallery.show(page, "19-a-photo", ".tile img")
    volunteer.go_on_to(VOICE, {})
    volunteer.begin_to_speak()
    gallery.show(page, "20-speaks", "dialog[open]", reload=False)
    volunteer.button("说完了").click()
    gallery.show(page, "21-spoken", "dialog[open]", reload=False)
    volunteer.button("用这段").click()
    gallery.show(page, "22-a-recording", ".recording")


def show_what_came_back(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    page.goto(f"{volunteer.address}/notices")
    gallery.show(page, "23-notices", "main")
    page.goto(f"{volunteer.address}/")
    volunteer.button(re.compile("^请补一下")).click()
    gallery.show(page, "24-asked-back", ".again")
    page.goto(f"{volunteer.address}/")
    volunteer.open_sent()
    page.get_by_role("listitem").get_by_role("link").first.click()
    gallery.show(page, "25-one-visit", "main")
    volunteer.button("撤回").click()
    gallery.show(page, "26-withdraw", "dialog[open]", reload=False)
    page.keyboard.press("Escape")


def show_what_was_recorded(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    volunteer.open_sent()
    gallery.show(page, "11-sent", "main")
    page.goto(f"{volunteer.address}/me")
    gallery.show(page, "12-me", "main")
    page.goto(f"{volunteer.address}/new")
    gallery.show(page, "13-whom", "main")


def show_work_at_a_place(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    page.goto(f"{volunteer.address}/")
    volunteer.choose_work("清理小广告")
    gallery.show(page, "27-where", "main .list")
    volunteer.check_in_at("垂柳家园")
    gallery.show(page, "28-who-is-there", ".choices")
    volunteer.tick_mates(2)
    volunteer.helpers(22)
    gallery.show(page, "29-twenty-five", ".together", reload=False)
    volunteer.button("接着填表").click()
    gallery.show(page, "30-what-is-known", ".told")


def show_records_of_a_clinic(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    page.goto(f"{volunteer.address}/")
    volunteer.choose_work("社区义诊")
    volunteer.check_in_at("垂柳家园")
    volunteer.button("接着填表").click()
    gallery.show(page, "31-only-the-event", "main .records")
    volunteer.button("加一条记录").click()
    gallery.show(page, "32-who-has-come", "main .list")
    volunteer.button(re.compile("不在名单上的人")).click()
    gallery.show(page, "33-somebody-new", "main.form .page")
    volunteer.answer("同意：记录、拍照、转介")
    volunteer.go_on_to("姓名", {})
    volunteer.write("佟玉兰")
    page.get_by_role("button", name="返回").first.click()
    gallery.show(page, "34-two-records", "main .records .away")

    def finish() -> None:
        volunteer.button(re.compile("^(记好了|Done)$")).click()

    finish()
    gallery.show(page, "35-not-whole-yet", ".saved-note.asks", again=finish)


def show_a_new_matter(volunteer: Phone, gallery: Gallery, county: County) -> None:
    """A card or a matter that is begun with nobody chosen, and a visit of which she tells afterwards."""
    page = volunteer.page
    county.python(*EVERYWHERE)
    page.goto(f"{volunteer.address}/sent")
    volunteer.send_now()
    page.goto(f"{volunteer.address}/new")
    expect(page.get_by_role("list", name="登记和新事项")).to_contain_text(MATTER)  # she is of all teams now
    page.goto(f"{volunteer.address}/")
    volunteer.keeps_itself()
    page.goto(f"{volunteer.address}/new")
    volunteer.button("事后补记").click()
    gallery.show(page, "37-afterwards", "main .list", reload=False)
    page.goto(f"{volunteer.address}/new")
    begun = page.get_by_role("list", name="登记和新事项").get_by_role("link").first
    address = begun.get_attribute("href") or ""
    page.goto(f"{volunteer.address}{address}&later=1")
    gallery.show(page, "38-begun-afterwards", "main input")
    page.goto(f"{volunteer.address}{address}")
    volunteer.question().locator("input").first.wait_for()
    gallery.show(page, "39-begun", "main.form .page")


def show_what_was_thrown_away(volunteer: Phone, gallery: Gallery) -> None:
    page = volunteer.page
    page.goto(f"{volunteer.address}/sent")
    answered = page.get_by_role("listitem").filter(has_text=re.compile("答了 [1-9]"))  # others leave nothing
    answered.first.get_by_role("button", name="不要了").click()
    gallery.show(page, "40-really", "dialog[open]", reload=False)
    page.get_by_role("dialog").get_by_role("button", name="丢掉").click()
    volunteer.button("找回来").wait_for()
    gallery.show(page, "41-can-be-had-back", "main")


def show_what_is_done(volunteer: Phone, gallery: Gallery) -> None:
    """A matter that is followed from its first record on, said to be done, found again and taken up again."""
    page = volunteer.page
    page.goto(f"{volunteer.address}/")
    register(volunteer, MATTER)
    gallery.show(page, "42-followed-from-now-on", "main .seal", reload=False)
    volunteer.today()
    number = followed(volunteer).get_by_role("link").first.locator(".name").inner_text()
    followed(volunteer).get_by_role("link").first.click()
    volunteer.button(MATTER).click()
    is_open(volunteer)
    fill_ordinarily(volunteer)
    say_how_far(volunteer, "已解决")
    gallery.show(page, "43-done", "main .seal", reload=False)
    page.goto(f"{volunteer.address}/new")

    def unfold() -> None:
        page.get_by_role("button", name=re.compile("已办结的|matters? done")).click()
        page.get_by_role("link", name=number).scroll_into_view_if_needed()

    unfold()
    gallery.show(page, "44-found-again", "main .list", again=unfold)
    page.get_by_role("link", name=number).click()
    gallery.show(page, "45-the-way-back", ".going-on")


def show_it_without_a_network(volunteer: Phone, gallery: Gallery, county: County) -> None:
    county.kill()
    with volunteer.browser.watch.away():
        volunteer.page.goto(f"{volunteer.address}/")
        gallery.show(volunteer.page, "14-without-a-network", "main .list")
        volunteer.open_person(volunteer.first_due())
        volunteer.at_the_door("电话联系")
        gallery.show(volunteer.page, "15-one-page", "main.form .page")
        volunteer.page.goto(f"{volunteer.address}/")
        register(volunteer, PLACE, "柳荫新棋牌室")
        volunteer.today()
        show_the_new_place(volunteer, gallery, "柳荫新棋牌室")
        volunteer.page.goto("about:blank")  # nobody asks any more


def show_the_new_place(volunteer: Phone, gallery: Gallery, name: str) -> None:
    """In the list of a team's work at once, though the county does not know it yet."""
    volunteer.choose_work("小区巡查")

    def find() -> None:
        volunteer.page.get_by_role("searchbox").fill(name[:3])

    find()
    expect(volunteer.places()).to_contain_text(name)
    gallery.show(volunteer.page, "46-a-place-made-here", "main .list", again=find)


@pytest.mark.timeout(900)
def test_every_screen_of_the_desk_reads_well(
    county: County, desk: Browser, album: Path, tmp_path: Path
) -> None:
    office = Desk(desk, county.url, county.password)
    gallery = Gallery(album, DESK_LOOKS)
    page = desk.page
    desk.watch.expect(r"Failed to load resource.*401")
    page.goto(f"{county.url}/desk")
    gallery.show(page, "01-sign-in", "form")
    page.get_by_label("账号", exact=True).fill("supervisor")
    page.get_by_label("密码", exact=True).fill("not the password")
    office.button(re.compile("^登录")).click()
    gallery.show(page, "02-wrong-password", "[role=alert]", reload=False)

    office.sign_in("supervisor")
    expect(office.visit()).to_be_visible()
    gallery.show(page, "03-review", ".vhead")

    def keys() -> None:
        page.locator(".keysbtn").click()

    keys()
    gallery.show(page, "04-keys", "dialog[open]", again=keys)
    page.keyboard.press("Escape")

    def who_follows() -> None:
        page.locator(".follows").scroll_into_view_if_needed()

    who_follows()
    gallery.show(page, "18-who-follows", ".follows", again=who_follows)
    page.goto(f"{county.url}/desk/review?state=returned&q=没有这个人")
    gallery.show(page, "05-nothing-found", "main")
    page.goto(f"{county.url}/desk/review")

    def give_back() -> None:
        page.locator(".vhead").wait_for()
        page.keyboard.press("r")

    give_back()
    gallery.show(page, "08-give-back", "dialog[open]", again=give_back)
    page.keyboard.press("Escape")
    page.goto(f"{county.url}/desk/notices")
    gallery.show(page, "09-notices", "main")
    page.goto(f"{county.url}/desk/quarantine")
    gallery.show(page, "06-quarantine", "main")
    office.button(re.compile("补正")).click()
    gallery.show(page, "10-mend", "main")
    page.goto(f"{county.url}/desk/components")
    gallery.show(page, "11-components", "main")
    office.go("审核")
    office.sign_out()
    office.sign_in("headquarters")
    office.go("数据表")
    gallery.show(page, "07-data-sheets", "main")
    office.go("表单")
    show_forms(office, gallery, tmp_path)
    gallery.check()


def show_forms(office: Desk, gallery: Gallery, folder: Path) -> None:
    page = office.page
    page.locator(".formrow summary").first.wait_for()
    gallery.show(page, "12-forms", ".formrow")
    table = form_specs()["day-care-visit"].table.read_text("utf-8")
    broken, mended = folder / "broken.md", folder / "mended.md"
    mended.write_text(re.sub(r"\b20\d{8}\b", "2099010101", table), "utf-8")
    broken.write_text(
        mended.read_text("utf-8").replace("| select_one door |", "| select_ome door |"), "utf-8"
    )
    page.goto(f"{office.address}/desk/forms/new")
    gallery.show(page, "13-hand-in", ".firstdrop")
    chooser = page.locator("input[type=file]")

    def hand_in() -> None:
        chooser.first.set_input_files(broken)

    hand_in()
    gallery.show(page, "14-findings", ".found", again=hand_in)

    def try_out() -> None:
        chooser.first.set_input_files(mended)
        page.locator(".found-sum.clean").wait_for()
        page.get_by_role("tab").nth(1).click()
        page.frame_locator("iframe").locator(".page").wait_for()

    try_out()
    gallery.show(page, "15-tried-out", ".tryphone", again=try_out)
    gallery.show_within(page, "15-tried-out", "/preview", PHONE_LOOKS[:2])
    page.get_by_role("tab").nth(2).click()
    gallery.show(page, "16-differences", ".changes", reload=False)
    page.locator(".vact .main").click()
    gallery.show(page, "17-publish", "dialog[open]", reload=False)


def test_the_demo_page_reads_well(county: County, desk: Browser, album: Path) -> None:
    gallery = Gallery(album, DESK_LOOKS)
    desk.page.goto(f"{county.url}/demo")
    gallery.show(desk.page, "01-demo", "iframe")
    gallery.check()
