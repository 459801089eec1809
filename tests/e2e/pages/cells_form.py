"""The form of all cells on a phone: screen by screen forwards, answered by hand; backwards, seen again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect

from server.forms.support import support
from tests.e2e.harness.gallery import Gallery
from tests.e2e.harness.outcomes import Outcome
from tests.e2e.pages.widgets import Hands
from tests.forms.cells import pages as cells
from tests.forms.cells.answers import Chosen, Read, Typed

PATIENCE_MS = 60_000
SOON_MS = 10_000
MOST_SCREENS = 200
PATHS = "(all) => all.map((each) => each.dataset.path)"
ADD = "加一个：{}"


class CellsForm:
    def __init__(self, page: Page, gallery: Gallery, files: dict[str, Path]) -> None:
        self.page = page
        self.gallery = gallery
        self.pages = cells.pages(support())
        self.outcomes = {
            question.name: Outcome(question, rows=one.rows)
            for one in self.pages
            for question in one.questions
        }
        self._to_add = {one.label[0]: one.rows - 1 for one in self.pages if one.rows > 1}
        self._hands = Hands(page, files)

    def fill(self) -> None:
        """Answer every question from the first screen to the last."""
        self._before()
        for number in range(1, MOST_SCREENS):
            step = self._step()
            self._each_question(self._answer)
            if self._step() != step:
                continue  # it went on by itself
            self._notes("zh")
            self.gallery.look(self.page, f"{number:02}-{self._called()}", "zh")
            if self._is_last():
                return
            self._on()
        raise AssertionError("the form has no end")

    def is_seen_again(self) -> None:
        """From the last screen, in English, back to the first."""
        self._before()
        for number in range(1, MOST_SCREENS):
            self._each_question(self._see_again)
            self._notes("en")
            self.gallery.look(self.page, f"{number:02}-{self._called()}", "en")
            back = self.page.locator(".dock .back2")
            if not back.is_visible():
                return
            self._go(back)
        raise AssertionError("the form has no beginning")

    def finish(self) -> None:
        while not self._is_last():
            self._go(self._next())
        self._next().click()
        expect(self.page.locator("main.form")).to_have_count(0, timeout=PATIENCE_MS)

    # ---- one question

    def _answer(self, outcome: Outcome, block: Locator) -> None:
        how = outcome.question.how
        block.scroll_into_view_if_needed()
        if how.alone and isinstance(how.answer, Chosen):  # goes on by itself: it is looked at before
            self.gallery.look(self.page, f"quick-{outcome.question.name}", "zh")
            outcome.shown["zh"] = True
            step = self._step()
            self._hands.answer(block, how.answer)
            self._has_gone_on(step)
            outcome.answered = True
            return
        self._hands.answer(block, how.answer)
        outcome.answered = self._hands.sees(block, how.answer)
        outcome.shown["zh"] = self._stands_with(outcome, block, 0)

    def _see_again(self, outcome: Outcome, block: Locator) -> None:
        how = outcome.question.how
        block.scroll_into_view_if_needed()
        outcome.kept = self._hands.sees(block, how.answer)
        outcome.shown["en"] = self._stands_with(outcome, block, 1)
        if isinstance(how.answer, Typed) and how.answer.wrong[1]:
            self._hands.type(block, how.answer, language=1)

    def _stands_with(self, outcome: Outcome, block: Locator, language: int) -> bool:
        how = outcome.question.how
        if how.holds:
            block.locator(how.holds).first.wait_for(state="attached", timeout=SOON_MS)
        return how.shows[language] in (block.text_content() or "")

    def _notes(self, language: str) -> None:
        """What is only read has no block of its own."""
        said = self._page().inner_text()
        for outcome in self.outcomes.values():
            how = outcome.question.how
            words = how.shows[("zh", "en").index(language)]
            if isinstance(how.answer, Read) and words and words in said:
                outcome.answered = outcome.kept = outcome.shown[language] = True

    # ---- one screen

    def _before(self) -> None:
        expect(self._page()).to_be_visible(timeout=PATIENCE_MS)

    def _page(self) -> Locator:
        return self.page.locator("main.form .page")

    def _next(self) -> Locator:
        return self.page.locator(".dock .btn.main")

    def _paths(self) -> list[str]:
        paths: list[str] = self._page().locator("[data-path]").evaluate_all(PATHS)
        return paths

    def _called(self) -> str:
        paths = self._paths()
        return re.sub(r"[^a-z0-9_]+", "-", paths[0].split("/")[-1]) if paths else "end"

    def _each_question(self, do: Callable[[Outcome, Locator], None]) -> None:
        """What cannot be done is a fault of that question alone."""
        for path in self._paths():
            outcome = self.outcomes.get(path.split("/")[-1])
            if outcome is None:
                continue
            try:
                do(outcome, self._page().locator(f"[data-path='{path}']"))
            except (AssertionError, Error) as error:
                self.gallery.faults.append(f"{path}: {str(error)[:300]}")
                self.page.keyboard.press("Escape")

    def _step(self) -> str:
        """Which screen of how many, as the form says it."""
        return self.page.locator("main.form .qprog").get_attribute("aria-label") or ""

    def _is_last(self) -> bool:
        now, most = re.findall(r"\d+", self._step())
        return bool(now == most)

    def _on(self) -> None:
        for label, left in self._to_add.items():
            add = self.page.get_by_role("button", name=ADD.format(label), exact=True)
            if left > 0 and add.is_visible():
                self._to_add[label] -= 1
                return self._go(add)
        self._go(self._next())

    def _go(self, way: Locator) -> None:
        step = self._step()
        way.click()
        self._has_gone_on(step)

    def _has_gone_on(self, step: str) -> None:
        self.page.wait_for_function(
            "(step) => ![null, step].includes(document.querySelector('main.form .qprog')?.ariaLabel ?? null)",
            arg=step,
        )
