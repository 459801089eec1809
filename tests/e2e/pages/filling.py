"""Filling any form of the county: the first answer to whatever must be answered, until it is whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.e2e.pages.phone import Phone

END = re.compile("^记好了$|^这条填好了$")
MOST_PAGES = 40
MAY_STAY_BLANK = "可不填"
HERE = "柳荫社区"  # where its supervisor sits


def fill_ordinarily(volunteer: Phone, numbers: Mapping[str, str] | None = None) -> None:
    """To the button that ends the form; what may stay blank does. ``numbers``: by the words of a question."""
    done: set[str] = set()
    for _ in range(MOST_PAGES):
        answer_page(volunteer, done, numbers or {})
        if volunteer.button(END).is_visible():
            return
        volunteer.next()
    raise AssertionError(f"the form does not end: {volunteer.asked()}")


def answer_page(volunteer: Phone, done: set[str], numbers: Mapping[str, str]) -> None:
    """What is asked may bring more: until nothing that must be answered is open."""
    for _ in range(MOST_PAGES):
        asked = next((one for one in questions(volunteer) if one not in done and must(volunteer, one)), None)
        if asked is None:
            return
        done.add(asked)
        answer(volunteer, volunteer.question().locator(f'[data-path="{asked}"]').first, numbers)
    raise AssertionError(f"the page does not end: {volunteer.asked()}")


def questions(volunteer: Phone) -> list[str]:
    """The questions on the page, by their paths."""
    found: list[str] = (
        volunteer.question().locator(".asked").evaluate_all("asked => asked.map((each) => each.dataset.path)")
    )
    return found


def must(volunteer: Phone, path: str) -> bool:
    return MAY_STAY_BLANK not in volunteer.question().locator(f'[data-path="{path}"]').first.inner_text()


def answer(volunteer: Phone, question: Locator, numbers: Mapping[str, str]) -> None:
    """Leaves what is answered already as it is, unless a number is given."""
    given = next((number for words, number in numbers.items() if words in question.inner_text()), None)
    boxes = question.locator("input[type=radio], input[type=checkbox]")
    if boxes.count():
        if not question.locator("input:checked").count():
            boxes.first.check(force=True)
    elif question.get_by_role("combobox").count():
        choose(volunteer, question.get_by_role("combobox").first)
    else:
        box = question.get_by_role("textbox").first
        if given is not None or box.input_value() == "":
            box.fill(given or ("1" if box.get_attribute("inputmode") == "numeric" else "还好"))
            box.blur()


def choose(volunteer: Phone, listed: Locator) -> None:
    listed.click()
    sheet = volunteer.page.get_by_role("dialog")
    here = sheet.get_by_label(HERE)
    (here if here.count() else sheet.locator("input[type=radio]").first).check(force=True)
    sheet.get_by_role("button", name="就选这个").click()
    expect(sheet).not_to_be_visible()
