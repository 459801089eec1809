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

from playwright.sync_api import Page

from deploy.bootstrap.places import PWA

AXE = PWA / "node_modules" / "axe-core" / "axe.min.js"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
SPEAK = "(language) => localStorage.setItem('lx.language', language)"
DRESS = """([theme, text]) => {
  document.documentElement.setAttribute('data-theme', theme);
  document.documentElement.setAttribute('data-text', text);
}"""
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

    def __init__(self, folder: Path, looks: tuple[Look, ...]) -> None:
        self.folder = folder
        self.looks = looks
        self.faults: list[str] = []
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
            for look in looks:
                page.locator(here).first.wait_for()
                page.evaluate(DRESS, [look.theme, look.text])
                self._judge(page, f"{name} {look.name}")
                page.screenshot(path=self.folder / f"{name}.{look.name}.png")
        page.evaluate(DRESS, ["light", "18"])
        if reload:
            self._speak(page, "zh", again)
            page.locator(here).first.wait_for()

    def _speak(self, page: Page, language: str, again: Callable[[], None] | None) -> None:
        page.evaluate(SPEAK, language)
        page.reload()
        if again is not None:
            again()

    def _judge(self, page: Page, name: str) -> None:
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(self._axe)
        found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, rules)", RULES)
        for violation in found["violations"]:
            where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {where}")
        too_wide = page.evaluate(TOO_WIDE)
        if too_wide > 0:
            self.faults.append(f"{name}: the page is {too_wide} px wider than the screen")

    def check(self) -> None:
        """Raises AssertionError with every fault that was found."""
        assert self.faults == [], "\n".join(self.faults)
