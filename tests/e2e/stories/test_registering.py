"""Whoever registers somebody looks after them, until a supervisor says otherwise; what is done comes back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.filling import fill_ordinarily
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.everywhere import open_everywhere
from tests.e2e.stories.registering import (
    CARE,
    MATTER,
    PERSON,
    followed,
    is_open,
    look_into,
    open_matter,
    register,
    say_how_far,
)  # fmt: skip

NEW, OTHER = "佟玉兰", "关雅琴"
SENT_WITHIN_MS = 60_000


def test_somebody_registered_offline_is_looked_after_at_once_until_the_supervisor_gives_her_to_another(
    county: County, phone: Browser, desk: Browser, album: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()
    look_into(volunteer, PERSON, CARE)  # its form has come

    county.kill()
    with phone.watch.away():
        register(volunteer, PERSON, NEW, CARE)
        expect(volunteer.page.get_by_text("从现在起由您跟进")).to_be_visible()
        volunteer.picture(album / "1-hers-now.png")
        volunteer.today()
        hers = volunteer.page.get_by_role("list", name="今天联系过的人")
        expect(hers).to_contain_text(NEW)
        volunteer.picture(album / "2-hers-without-a-network.png")
        volunteer.open_sent()
        county.start()
        volunteer.arrives(NEW, "县里已收到", SENT_WITHIN_MS)

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.open_visit(NEW, PERSON)
    panel = follows(office)
    expect(panel).to_contain_text("登记时就开始跟进了")
    office.picture(album / "3-followed-from-the-beginning.png")
    panel.get_by_label(f"{NEW}由谁跟进").select_option(label=OTHER)
    expect(office.page.get_by_text(f"{NEW}以后由{OTHER}跟进")).to_be_visible()
    expect(panel.get_by_role("combobox").locator("option:checked")).to_have_text(OTHER)
    office.picture(album / "4-given-to-another.png")

    volunteer.page.goto(f"{county.url}/")
    expect(volunteer.due_list()).to_be_visible()
    expect(volunteer.page.get_by_text(NEW)).to_have_count(0)
    volunteer.page.get_by_role("link", name="记服务").click()
    expect(volunteer.page.get_by_role("list", name="小队的", exact=True)).to_contain_text(NEW)
    volunteer.picture(album / "5-the-teams.png")


def follows(office: Desk) -> Locator:
    return office.visit().get_by_role("region", name="跟进")


def test_a_matter_that_is_done_is_due_no_more_and_comes_back_by_one_tap(
    county: County, phone: Browser, album: Path
) -> None:
    volunteer = open_everywhere(county, phone)
    number = open_matter(volunteer)

    followed(volunteer).get_by_role("link", name=re.compile(number)).click()
    volunteer.button(MATTER).click()
    is_open(volunteer)
    fill_ordinarily(volunteer)
    say_how_far(volunteer, "已解决")
    expect(volunteer.page.get_by_text("不再列在要跟进的里面")).to_be_visible()
    volunteer.picture(album / "1-done.png")
    volunteer.today()
    expect(volunteer.due_list()).to_be_visible()
    expect(volunteer.page.get_by_text(number)).to_have_count(0)

    volunteer.page.get_by_role("link", name="记服务").click()
    expect(volunteer.page.get_by_text(number)).to_have_count(0)
    volunteer.button("已办结的 1 件").click()
    volunteer.picture(album / "2-found-again.png")
    volunteer.page.get_by_role("list", name="已办结").get_by_role("link", name=re.compile(number)).click()
    volunteer.picture(album / "3-the-way-back.png")
    volunteer.button("点错了，还没办结").click()
    is_open(volunteer)
    say_how_far(volunteer, "还在办")
    volunteer.today()
    expect(followed(volunteer)).to_contain_text(number)
    volunteer.picture(album / "4-back.png")
