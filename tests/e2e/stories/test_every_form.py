"""All forms of the county on one phone: each opens as it is begun, one of each kind reaches the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.programmes.programme import FormSpec, form_specs, programmes
from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.filling import fill_ordinarily
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.everywhere import OPENS_WITHIN_MS, open_everywhere

AT_PLACES = {"activity", "lecture", "patrol", "inspection"}
ALL_FORMS = 39
SENT_WITHIN_MS = 90_000
# One of each kind is filled to its end; a case twice, with one that is there and as a new one.
FILLED = (
    "performance", "school-talk", "patrol", "notice-board-check", "pair-visit", "corrections-support-visit",
    "rights-case", "person-card",
)  # fmt: skip
NUMBERS = {"发现几处隐患": "1"}  # a row of its own in the form, and in the workbook
# Whom a form with a list is about, by what the demo county calls them.
ABOUT = {
    "jobseekers": "范海涛", "youth": "GA-07", "corrections_clients": "BF-12", "resettlement_clients": "AZ-05",
}  # fmt: skip


@pytest.mark.timeout(600)
def test_every_form_opens_and_one_of_each_kind_reaches_the_desk(
    county: County, phone: Browser, desk: Browser, album: Path, tmp_path: Path
) -> None:
    volunteer = open_everywhere(county, phone)
    person = volunteer.first_due()
    told = []
    for spec in form_specs().values():
        begin(volunteer, spec, person)
        expect(volunteer.labels().first, spec.key).to_be_visible(timeout=OPENS_WITHIN_MS)
        told.append(f"{spec.kind:13} {spec.key:28} {volunteer.labels().first.inner_text().splitlines()[0]}")
        if spec.key in FILLED:
            fill_ordinarily(volunteer, NUMBERS)
            volunteer.picture(album / f"{spec.kind}-{spec.key}.png")
            volunteer.finish()
            volunteer.today()
        else:
            leave(volunteer)
    print("\n".join(told))
    assert len(told) >= ALL_FORMS
    volunteer.open_sent()
    all_arrive(volunteer, len(FILLED))
    volunteer.picture(album / "sent.png")
    read_at_the_desk(county, desk, album)
    read_in_the_workbook(county, desk, tmp_path)


# ---- the ways in


def begin(volunteer: Phone, spec: FormSpec, person: str) -> None:
    way: Callable[[Phone, FormSpec, str], None]
    if spec.kind in AT_PLACES:
        way = at_a_place
    elif spec.kind == "home_visit":
        way = at_the_door
    elif spec.list in ABOUT and spec.kind == "case":
        way = with_an_entry
    else:
        way = with_nobody
    way(volunteer, spec, person)


def choose_page(volunteer: Phone) -> None:
    volunteer.page.get_by_role("link", name="记服务").click()
    expect(volunteer.page.get_by_role("searchbox")).to_be_visible()


def at_a_place(volunteer: Phone, spec: FormSpec, _person: str) -> None:
    choose_page(volunteer)
    work = volunteer.page.get_by_role("list", name="小队的活动")
    work.get_by_role("link", name=re.compile(f"^{spec.title.zh}")).click()
    volunteer.places().get_by_role("button").first.click()
    volunteer.button("接着填表").click()
    if spec.key == "clinic-day":
        volunteer.open_record(spec.title.zh)


def at_the_door(volunteer: Phone, spec: FormSpec, person: str) -> None:
    volunteer.page.get_by_role("link", name=re.compile(person)).click()  # whether seen today or not
    expect(volunteer.page.get_by_text("门口怎么样？")).to_be_visible()
    programme = programmes()[spec.programme]
    short = programme.name.zh.removesuffix("服务小队")
    chosen = volunteer.button(re.compile("^替.*记，换一个$"))
    if short not in chosen.inner_text():
        chosen.click()
        volunteer.page.locator("label.choice").filter(has_text=short).click()
    doors = programme.doors or {}
    if doors["seen"]["form"] == spec.key:
        volunteer.button(re.compile("已见到")).click()
    elif doors.get("brief", {}).get("form") == spec.key:
        volunteer.button(re.compile("只是见一面")).click()
    else:
        volunteer.button(spec.title.zh).click()


def with_an_entry(volunteer: Phone, spec: FormSpec, _person: str) -> None:
    choose_page(volunteer)
    called = ABOUT[str(spec.list)]
    volunteer.page.get_by_role("searchbox").fill(called)
    volunteer.page.get_by_role("link", name=re.compile(called)).first.click()
    volunteer.button(spec.title.zh).click()


def with_nobody(volunteer: Phone, spec: FormSpec, _person: str) -> None:
    choose_page(volunteer)
    new = volunteer.page.get_by_role("list", name="登记和新事项")
    new.get_by_role("link", name=re.compile(f"^{spec.title.zh}")).first.click()  # of several teams the first


def leave(volunteer: Phone) -> None:
    """Back to today, by the person's page where she came from it; a form without an answer leaves nothing."""
    back = volunteer.page.get_by_role("banner").get_by_role("button", name="返回")
    back.click()
    volunteer.page.wait_for_function("() => !location.pathname.startsWith('/visit/')")
    if not volunteer.page.evaluate("() => location.pathname === '/'"):
        back.click()
    expect(volunteer.due_list()).to_be_visible()


# ---- what became of them


def all_arrive(volunteer: Phone, how_many: int) -> None:
    waiting = volunteer.page.get_by_role("listitem").filter(has_text="等信号")
    for _ in range(SENT_WITHIN_MS // 5_000):
        if volunteer.button("现在送").is_enabled():
            volunteer.send_now()
        try:
            expect(waiting).to_have_count(0, timeout=5_000)
            break
        except AssertionError:
            continue
    received = volunteer.page.get_by_role("listitem").filter(has_text="县里已收到")
    assert received.count() >= how_many


def read_at_the_desk(county: County, desk: Browser, album: Path) -> None:
    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    for key in FILLED:
        spec = form_specs()[key]
        row = office.queue().get_by_role("listitem").filter(has_text=spec.title.zh)
        expect(row.first).to_be_visible()
        row.first.get_by_role("link").first.click()
        expect(office.visit()).to_contain_text(spec.title.zh)
        office.picture(album / f"desk-{key}.png")
    office.sign_out()


def read_in_the_workbook(county: County, desk: Browser, folder: Path) -> None:
    """Headquarters have the open programmes' answers and no row of a sensitive one."""
    office = Desk(desk, county.url, county.password)
    office.sign_in("headquarters")
    office.go("数据表")
    file = office.make_workbook(folder / "month.xlsx")
    for key in FILLED:
        spec = form_specs()[key]
        guarded = spec.programme in programmes() and programmes()[spec.programme].sensitive
        found = workbook.rows_or_none(file, spec.title.zh)
        assert bool(found) is not guarded, key
    assert workbook.rows_or_none(file, form_specs()["patrol"].title.zh + " · 隐患"), "each hazard is a row"
