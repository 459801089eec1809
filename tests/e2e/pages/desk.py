"""The office, by its words: signing in, the review queue, the data sheets."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.harness.browsers import Browser

MADE_WITHIN_MS = 60_000


class Desk:
    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self.browser = browser
        self.address = address
        self.password = password

    @property
    def page(self) -> Page:
        return self.browser.page

    def button(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=words)

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.address}/desk")
        self.page.get_by_label("账号", exact=True).fill(username)
        self.page.get_by_label("密码", exact=True).fill(self.password)
        self.button(re.compile("^登录")).click()
        expect(self.page.get_by_role("navigation", name="页面")).to_be_visible()

    def sign_out(self) -> None:
        self.page.wait_for_load_state("networkidle")  # what is still being asked for would be refused
        self.page.locator("details.me summary").click()
        self.button("退出登录").click()
        expect(self.page.get_by_label("账号", exact=True)).to_be_visible()

    def go(self, page: str) -> None:
        self.page.get_by_role("navigation", name="页面").get_by_role("link", name=page).click()

    # ---- review

    def queue(self) -> Locator:
        return self.page.get_by_role("complementary", name="等着看的记录")

    def find(self, name: str) -> None:
        search = self.page.get_by_role("searchbox", name="按姓名、地点查找")
        search.fill(name)
        search.press("Enter")
        search.blur()

    def open_visit(self, name: str, also: str = "") -> None:
        """The first in the list that says this name, and this word if one is given."""
        row = self.queue().get_by_role("listitem").filter(has_text=name).filter(has_text=also)
        row.first.get_by_role("link").first.click()

    def visit(self) -> Locator:
        return self.page.get_by_role("region", name="这一条记录")

    def approve(self) -> None:
        self.visit().get_by_role("button", name=re.compile("^通过")).click()

    def give_back(self, asked: dict[str, str]) -> None:
        """Ask about these answers, each with words of its own."""
        self.visit().get_by_role("button", name=re.compile("^请补一下")).click()
        dialog = self.page.get_by_role("dialog")
        for label, words in asked.items():
            dialog.get_by_role("checkbox", name=re.compile(f"^{label}")).check(force=True)
            dialog.get_by_role("textbox", name=re.compile(f"^{label}")).fill(words)
        dialog.get_by_role("button", name=re.compile("^发给")).click()
        expect(dialog).not_to_be_visible()

    # ---- data sheets

    def make_workbook(
        self, file: Path, *, purpose: str | None = None, within_ms: int = MADE_WITHIN_MS
    ) -> Path:
        """Ask for this month's data sheet, wait until it is made, and download it."""
        if purpose is not None:
            self.page.get_by_label("带姓名、地址").check()
            self.page.get_by_label("用来做什么").fill(purpose)
        self.button("做一份").click()
        download = self.button("下载").first
        expect(download).to_be_visible(timeout=within_ms)
        with self.page.expect_download() as fetched:
            download.click()
        fetched.value.save_as(file)
        return file

    def picture(self, file: Path) -> None:
        self.page.screenshot(path=file)
