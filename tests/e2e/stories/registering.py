"""Putting somebody, or some place, on a list of the county: what stories and the gallery share."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.pages.filling import fill_ordinarily
from tests.e2e.pages.phone import Phone

CARE = "柳荫日间照料小队"
PERSON, PLACE, MATTER = "服务对象登记", "地点登记", "上门法律帮助"


def begin(volunteer: Phone, form: str, team: str = "") -> None:
    """A card or a new matter, with nobody chosen; ``team``: of several the one that is named so."""
    volunteer.page.get_by_role("link", name="记服务").click()
    new = volunteer.page.get_by_role("list", name="登记和新事项").get_by_role("listitem")
    new.filter(has_text=form).filter(has_text=team).first.get_by_role("link").click()
    is_open(volunteer)


def is_open(volunteer: Phone) -> None:
    volunteer.question().locator(".asked").first.wait_for()


def look_into(volunteer: Phone, form: str, team: str = "") -> None:
    """A form that is left as it was opened leaves nothing."""
    begin(volunteer, form, team)
    volunteer.page.get_by_role("banner").get_by_role("button", name="返回").click()
    expect(volunteer.page.get_by_role("link", name="记服务")).to_be_visible()


def register(volunteer: Phone, form: str, name: str = "", team: str = "") -> None:
    begin(volunteer, form, team)
    fill_ordinarily(volunteer, {"姓名": name, "名称": name} if name else {})
    volunteer.finish()


def open_matter(volunteer: Phone) -> str:
    """A legal matter is begun, and followed from then on; its number."""
    register(volunteer, MATTER)
    volunteer.today()
    return followed(volunteer).get_by_role("link").first.locator(".name").inner_text()


def followed(volunteer: Phone) -> Locator:
    """Today, below those who are due."""
    return volunteer.page.get_by_role("list", name="您跟进的人和事")


def say_how_far(volunteer: Phone, state: str) -> None:
    """In the form of a matter: on its last page, the first time or again."""
    done = volunteer.button(re.compile("^(记好了|改好了)$"))
    while not done.is_visible():
        volunteer.next()
    volunteer.answer(state)
    done.click()
