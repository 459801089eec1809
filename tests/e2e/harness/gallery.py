"""Shows a screen in every look (language, theme, text size), keeps its picture, and asks axe-core about it.

Stories walk in Chinese. For the English looks the page is loaded again in English and then again in Chinese,
which is a promise too: whatever is on the screen comes back after a reload, in either language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Page
from playwright.sync_api import TimeoutError as Late

from deploy.bootstrap.places import PWA

AXE = PWA / "node_modules" / "axe-core" / "axe.min.js"
_COMMON = {"resultTypes": ["violations"], "iframes": False}  # each frame is asked by itself
RULES = _COMMON | {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
# A second look in the same language changes colours and sizes, not what stands there: these can tell.
RULES_OF_LOOKS = _COMMON | {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
    "preload": False,
}
SPEAK = "(language) => localStorage.setItem('lx.language', language)"
DRESS = """([theme, text]) => {
  document.documentElement.setAttribute('data-theme', theme);
  document.documentElement.setAttribute('data-text', text);
}"""
# What is tapped is as large as a thumb: 48 px, also where the browser's own box lies over its label.
TOO_SMALL = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.closest('main, .dock, dialog'))
  .map((each) => {
    if (each.matches('.over')) return each.closest('label');
    return (each.matches('input, select, textarea') && each.closest('.box')) || each;
  })
  .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < 47.5 || box.height < 47.5))
  .map(([what, box]) => `${what} ${box.width.toFixed()} x ${box.height.toFixed()}`)"""
OUTSIDE = """() => [...document.querySelectorAll('main *')]
  .filter((each) => each.checkVisibility() && !each.closest('.hidden, .over, svg'))
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((each) => each.outerHTML.slice(0, 120))"""
HEIGHT = """() => {
  const main = document.querySelector('main');
  return innerHeight + Math.max(0, main.scrollHeight - main.clientHeight);
}"""
MOST_HEIGHT = 8_000
TOO_WIDE = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Look:
    language: str  # zh | en
    theme: str  # light | dark
    text: str  # 18 | 22 | 30: the phone's; the desk has one size

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}-{self.text}"


PHONE_LOOKS = (
    Look("zh", "light", "18"),
    Look("zh", "dark", "30"),
    Look("en", "light", "30"),
    Look("en", "dark", "18"),
)
DESK_LOOKS = tuple(Look(language, theme, "18") for language in ("zh", "en") for theme in ("light", "dark"))


class Gallery:
    """The pictures of one walk. `faults` says, screen by screen, what axe-core and the ruler found."""

    def __init__(self, folder: Path, looks: tuple[Look, ...], *, ruler: bool = False) -> None:
        """``ruler``: what is tapped is measured too, and what stands beyond the screen's edge is named."""
        self.folder = folder
        self.looks = looks
        self._ruler = ruler
        self.faults: list[str] = []
        self._judged = 0
        self._axe = AXE.read_text("utf-8")

    def show(
        self,
        page: Page,
        name: str,
        here: str,
        *,
        again: Callable[[], None] | None = None,
        reload: bool = True,
    ) -> None:
        """Look at the screen whose mark is the CSS selector `here`. `again` opens what a reload closes; a
        screen that is there only once (`reload=False`) is looked at in the language that it has."""
        page.emulate_media(reduced_motion="reduce")
        for language, looks in groupby(self.looks, key=lambda look: look.language):
            if language != "zh":
                if not reload:
                    continue
                self._speak(page, language, again)
            for number, look in enumerate(looks):
                _wait_for(page, name, here)
                dress(page, look.theme, look.text)
                self._judge(page, f"{name} {look.name}", RULES_OF_LOOKS if number else RULES)
                page.screenshot(path=self.folder / f"{name}.{look.name}.png")
        dress(page, "light", "18")
        if reload:
            self._speak(page, "zh", again)
            _wait_for(page, name, here)

    def look(self, page: Page, name: str, language: str) -> None:
        """Look at this screen as it stands, in the looks of its own language: the whole of it in one picture,
        as high as it is."""
        was = page.viewport_size
        assert was is not None
        page.emulate_media(reduced_motion="reduce")
        for number, look in enumerate(each for each in self.looks if each.language == language):
            dress(page, look.theme, look.text)
            page.set_viewport_size({"width": was["width"], "height": was["height"]})
            height = min(MOST_HEIGHT, page.evaluate(HEIGHT))
            page.set_viewport_size({"width": was["width"], "height": height})
            self._judge(page, f"{name} {look.name}", RULES_OF_LOOKS if number else RULES)
            page.screenshot(path=self.folder / f"{look.name}.{name}.png")
        dress(page, "light", "18")
        page.set_viewport_size(was)

    def show_within(self, page: Page, name: str, path: str, looks: tuple[Look, ...]) -> None:
        """Look at the page within this one that has this path, in looks that only it knows."""
        (frame,) = (each for each in page.frames if urlsplit(each.url).path == path)
        for look in looks:
            frame.evaluate(DRESS, [look.theme, look.text])
            self._judge_frame(frame, f"{name} within {look.name}", RULES)
            frame.frame_element().screenshot(path=self.folder / f"{name}-within.{look.name}.png")
        frame.evaluate(DRESS, ["light", "18"])

    def _speak(self, page: Page, language: str, again: Callable[[], None] | None) -> None:
        page.evaluate(SPEAK, language)
        page.reload()
        if again is not None:
            again()

    def _judge(self, page: Page, name: str, rules: dict[str, Any]) -> None:
        for frame in page.frames:
            where = name if frame is page.main_frame else f"{name} in {urlsplit(frame.url).path}"
            self._judge_frame(frame, where, rules)
        if self._ruler:
            self.faults += [f"{name}: too small: {each}" for each in page.evaluate(TOO_SMALL)]
            self.faults += [f"{name}: beyond the edge: {each}" for each in page.evaluate(OUTSIDE)]

    def _judge_frame(self, frame: Frame, name: str, rules: dict[str, Any]) -> None:
        self._judged += 1
        if not frame.evaluate("Boolean(window.axe)"):
            frame.evaluate(self._axe)
        found: dict[str, Any] = frame.evaluate("(rules) => axe.run(document, rules)", rules)
        for violation in found["violations"]:
            where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {where}")
        too_wide = frame.evaluate(TOO_WIDE)
        if too_wide > 0:
            self.faults.append(f"{name}: the page is {too_wide} px wider than the screen")

    def check(self) -> None:
        """Raises AssertionError with every fault that was found."""
        assert self._judged > 0, "no screen was looked at"
        assert self.faults == [], "\n".join(self.faults)


def _wait_for(page: Page, name: str, here: str) -> None:
    """Raises AssertionError with the words that stand on the screen instead."""
    try:
        page.locator(here).first.wait_for()
    except Late as late:
        words = page.locator("body").inner_text()[:600]
        raise AssertionError(f"{name}: {page.url} has no {here!r}, but says {words!r}") from late


def dress(page: Page, theme: str, text: str) -> None:
    """The page, and the pages within it."""
    for frame in page.frames:
        frame.evaluate(DRESS, [theme, text])
