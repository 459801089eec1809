"""A person's hands on one question, in the real page: each kind of answer has its way of being given, and its
way of being seen again.

Words on buttons are the phone's own, in Chinese; what was answered is seen in either language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Geolocation, Locator, Page, expect

from tests.e2e.harness.browsers import PHONE
from tests.forms.cells import answers as said

HERE = PHONE["geolocation"]
THOUSANDTH = 0.001  # of a degree
PLACE_BUTTON = re.compile("^(记下我站的地方|记下现在的位置)$")


class Hands:
    def __init__(self, page: Page, files: dict[str, Path]) -> None:
        self.page = page
        self.files = files

    def answer(self, block: Locator, answer: said.Answer) -> None:
        GIVE[type(answer)](self, block, answer)

    def sees(self, block: Locator, answer: said.Answer) -> bool:
        """Whether the answer stands there."""
        return SEE[type(answer)](block, answer)

    def button(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=words)

    # ---- letters, days, numbers

    def type(self, block: Locator, answer: said.Typed, language: int = 0) -> None:
        box = block.locator("input, textarea").first
        if answer.wrong[language]:
            box.fill(answer.first)
            box.blur()
            if not answer.first:
                self.page.locator(".dock .btn.main").click()
            expect(block).to_contain_text(answer.wrong[language])
        box.fill(answer.text)
        box.blur()

    def pick(self, block: Locator, answer: said.Picked) -> None:
        box = block.locator("input").first
        box.fill(answer.text)
        box.blur()

    def month(self, block: Locator, answer: said.Month) -> None:
        box = block.locator("input").first
        box.fill(answer.year)
        box.blur()
        if answer.month:
            block.locator("select").select_option(answer.month.zfill(2))

    def count(self, block: Locator, answer: said.Counted) -> None:
        for _ in range(answer.taps):
            block.get_by_role("button", name="多一点").click()

    def slide(self, block: Locator, answer: said.Slid) -> None:
        for _ in range(answer.taps):
            block.get_by_role("button", name="多一点").click()

    # ---- choices

    def choose(self, block: Locator, answer: said.Chosen) -> None:
        for value in answer.values:
            box = block.locator(f"input[value='{value}']")
            if answer.goes_on:
                box.click(force=True)
            else:
                box.check(force=True)

    def choose_from_list(self, block: Locator, answer: said.FromList) -> None:
        block.get_by_role("combobox").click()
        sheet = self.page.get_by_role("dialog")
        for words in answer.words:
            sheet.get_by_label(words, exact=True).check(force=True)
        sheet.get_by_role("button", name=re.compile("^就选这")).click()
        expect(sheet).to_have_count(0)

    def rank(self, block: Locator, answer: said.Ranked) -> None:
        for words in answer.words:
            block.get_by_role("button", name=words, exact=True).click()

    def confirm(self, block: Locator, _: said.Confirmed) -> None:
        block.locator("input[type=checkbox]").check(force=True)

    # ---- places

    def stand(self, block: Locator, answer: said.Stood) -> None:
        for east, north in answer.steps:
            self.page.context.set_geolocation(
                Geolocation(
                    latitude=HERE["latitude"] + north * THOUSANDTH,
                    longitude=HERE["longitude"] + east * THOUSANDTH,
                    accuracy=HERE["accuracy"],
                )
            )
            block.get_by_role("button", name=PLACE_BUTTON).click()
            if not answer.by_itself:
                block.get_by_role("button", name="就用这个").click()
        self.page.context.set_geolocation(HERE)

    # ---- pictures, sounds, files

    def photograph(self, block: Locator, answer: said.Photographed) -> None:
        block.locator(".tile.add").click()
        self.button("拍下来").click()
        self.button("用这张").click()
        expect(block.locator(".tile img")).to_be_visible()
        if answer.drawn_on:
            block.get_by_role("button", name="在照片上画").click()
            self._line_across()

    def draw(self, block: Locator, _: said.Drawn) -> None:
        block.locator(".tile.add").click()
        self._line_across()
        expect(block.locator(".tile img")).to_be_visible()

    def _line_across(self) -> None:
        sheet = self.page.get_by_role("dialog")
        paper = sheet.locator("canvas").bounding_box()
        assert paper is not None
        mouse = self.page.mouse
        for number, share in enumerate((0.2, 0.4, 0.6, 0.8)):
            down = 0.3 + 0.3 * (number % 2)
            mouse.move(paper["x"] + paper["width"] * share, paper["y"] + paper["height"] * down)
            if number == 0:
                mouse.down()
        mouse.up()
        sheet.get_by_role("button", name="存下").click()
        expect(sheet).to_have_count(0)

    def speak(self, block: Locator, _: said.Spoken) -> None:
        block.get_by_role("button", name="说一段").click()
        expect(self.page.get_by_text(re.compile("^0:0[1-9]|[1-9] 秒")).first).to_be_visible()
        self.button("说完了").click()
        self.button("用这段").click()
        expect(block.locator(".player")).to_be_visible()

    def give(self, block: Locator, answer: said.Given) -> None:
        add = block.locator(".tile.add, .ways .btn, .attached > .btn").first
        add.click()
        sheet = self.page.get_by_role("dialog")
        sheet.locator("input[type=file]").first.set_input_files(self.files[answer.what])
        expect(block.locator(".recording")).to_be_visible()

    def nothing(self, _block: Locator, _: said.Answer) -> None:
        return


GIVE: dict[type[Any], Callable[[Hands, Locator, Any], None]] = {
    said.Typed: Hands.type,
    said.Picked: Hands.pick,
    said.Month: Hands.month,
    said.Counted: Hands.count,
    said.Chosen: Hands.choose,
    said.FromList: Hands.choose_from_list,
    said.Ranked: Hands.rank,
    said.Slid: Hands.slide,
    said.Confirmed: Hands.confirm,
    said.Stood: Hands.stand,
    said.Photographed: Hands.photograph,
    said.Drawn: Hands.draw,
    said.Spoken: Hands.speak,
    said.Given: Hands.give,
    said.Read: Hands.nothing,
}


def in_box(block: Locator, answer: said.Typed | said.Picked) -> bool:
    return block.locator("input, textarea").first.input_value().startswith(answer.text)


def in_month(block: Locator, answer: said.Month) -> bool:
    month = block.locator("select")
    chosen = month.input_value() if answer.month else ""
    return (block.locator("input").first.input_value(), chosen) == (
        answer.year,
        answer.month.zfill(2) if answer.month else "",
    )


def checked(block: Locator, answer: said.Chosen) -> bool:
    return all(block.locator(f"input[value='{value}']").is_checked() for value in answer.values)


def in_list(block: Locator, _: said.FromList) -> bool:
    opener = block.get_by_role("combobox")
    return opener.inner_text().strip() != "" and opener.locator(".muted").count() == 0


def there(css: str) -> Callable[[Locator, Any], bool]:
    def see(block: Locator, _: Any) -> bool:
        block.locator(css).first.wait_for(timeout=5_000)
        return block.locator(css).first.is_visible()

    return see


SEE: dict[type[Any], Callable[[Locator, Any], bool]] = {
    said.Typed: in_box,
    said.Picked: in_box,
    said.Month: in_month,
    said.Counted: lambda block, answer: block.locator("input").first.input_value() == str(answer.taps),
    said.Chosen: checked,
    said.FromList: in_list,
    said.Ranked: lambda block, answer: block.locator(".ranked.on").count() == len(answer.words),
    said.Slid: lambda block, answer: block.locator("output").inner_text() == answer.shows,
    said.Confirmed: lambda block, _: block.locator("input[type=checkbox]").is_checked(),
    said.Stood: lambda block, _: block.locator(".told, .reading").first.inner_text().strip() != "",
    said.Photographed: there(".tile img"),
    said.Drawn: there(".tile img"),
    said.Spoken: there(".player"),
    said.Given: there(".recording"),
    said.Read: lambda _block, _answer: True,
}
