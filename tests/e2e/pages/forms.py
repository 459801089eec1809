"""The office's page for forms, by its words: a workbook is handed in, tried out and published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

LOOKED_WITHIN_MS = 60_000  # a process of its own runs the form


class Forms:
    def __init__(self, page: Page) -> None:
        self.page = page

    def begin(self) -> None:
        self.page.get_by_role("link", name="检查、发布表单").click()
        expect(self.page.get_by_role("heading", name="把表格拖到这里")).to_be_visible()

    def hand_in(self, *files: Path, button: str = "选文件") -> None:
        with self.page.expect_file_chooser() as chosen:
            self.page.get_by_role("button", name=button).click()
        chosen.value.set_files(list(files))

    def replace(self, *files: Path) -> None:
        self.hand_in(*files, button="换改好的文件")

    def looked_over(self) -> Locator:
        """What was found, once it has been looked over."""
        found = self.page.get_by_role("region", name="要改的、要留意的")
        expect(found).to_be_visible(timeout=LOOKED_WITHIN_MS)
        return found

    def finding(self, place: str) -> Locator:
        return self.looked_over().get_by_role("button", name=re.compile(re.escape(place)))

    def cell(self) -> Locator:
        """The cell of the sheet where one is."""
        return self.page.get_by_role("grid").locator("[aria-selected=true]")

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=re.compile(f"^{name}")).click()

    def phone(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title=试填的手机]")

    def publish(self) -> dict[str, Any]:
        """Publish it; what the county says."""
        self.page.get_by_role("button", name="发布", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        with self.page.expect_response(re.compile("/api/desk/forms/publish$")) as answered:
            dialog.get_by_role("button", name=re.compile("^发布")).click()
        said: dict[str, Any] = answered.value.json()
        expect(self.page.get_by_role("heading", name="发布好了")).to_be_visible()
        return said
