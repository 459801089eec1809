"""The volunteer's app, by its words: what she taps and what she reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import httpx
from playwright.sync_api import Frame, Locator, Page, expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.hands import type_chinese

ASK_AGAIN_MS = 5_000
FORMS_COME_WITHIN_MS = 120_000  # forty of them, one after the other
SHELL_IS_KEPT = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
FORMS_ON_THEIR_WAY = re.compile("张表在路上|on (its|their) way")


class Phone:
    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address

    @property
    def page(self) -> Page:
        return self.browser.page

    def button(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=words)

    def open(self) -> None:
        self.page.goto(f"{self.address}/")
        expect(self.page.get_by_label("卡片上的八位号码")).to_be_visible()

    def enrol(self) -> None:
        self.connect()
        self.begin()

    def connect(self) -> None:
        """With a code from the demo, as it stands on a team leader's card."""
        code = (
            httpx.post(f"{self.address}/api/demo/enrolment", trust_env=False, timeout=60)
            .raise_for_status()
            .json()["code"]
        )
        self.page.get_by_label("卡片上的八位号码").fill(code)
        self.button("连上").click()
        expect(self.button("开始")).to_be_visible()

    def begin(self) -> None:
        self.button("开始").click()
        expect(self.due_list()).to_be_visible()

    def keeps_itself(self) -> None:
        """Wait until the app is on the phone whole, forms and all: from now on it needs no network."""
        self.page.wait_for_function(SHELL_IS_KEPT)
        expect(self.due_list()).to_be_visible()  # what is on its way stands below it
        expect(self.page.get_by_text(FORMS_ON_THEIR_WAY)).to_have_count(0, timeout=FORMS_COME_WITHIN_MS)

    def due_list(self) -> Locator:
        return self.page.get_by_role("list", name="今天要联系的人")

    def first_due(self) -> str:
        """The name of the person who has waited longest."""
        row = self.due_list().get_by_role("listitem").first
        return row.locator(".name").inner_text().split("\n")[0].strip()

    def open_person(self, name: str) -> None:
        self.due_list().get_by_role("link", name=re.compile(re.escape(name))).click()
        expect(self.page.get_by_text("门口怎么样？")).to_be_visible()

    def at_the_door(self, words: str) -> None:
        self.button(re.compile(words)).click()
        expect(self.question()).to_be_visible()

    # ---- work at a place

    def choose_work(self, name: str) -> None:
        self.page.get_by_role("link", name="记服务").click()
        self.page.get_by_role("list", name="小队的活动").get_by_role("link", name=re.compile(name)).click()
        expect(self.places()).to_be_visible()

    def places(self) -> Locator:
        return self.page.get_by_role("list", name="在哪里")

    def check_in_at(self, name: str) -> None:
        self.page.get_by_role("searchbox", name="找地点").fill(name)
        self.places().get_by_role("button", name=re.compile(name)).click()
        expect(self.mates().first).to_be_attached()

    def mates(self) -> Locator:
        return self.page.get_by_role("group", name="名单上的，来了就点上").get_by_role("checkbox")

    def tick_mates(self, how_many: int) -> list[str]:
        """The names of those who are ticked."""
        for number in range(how_many):
            self.mates().nth(number).check(force=True)
        ticked = self.page.locator("label.choice").filter(has=self.page.locator("input:checked"))
        return [name.strip() for name in ticked.all_inner_texts()]

    def helpers(self, how_many: int) -> None:
        self.page.get_by_label("没有名字的帮手").fill(str(how_many))

    # ---- several records under one check-in

    def records(self) -> Locator:
        return self.page.get_by_role("list", name=re.compile("今天的记录|这次的记录"))

    def record(self, name: str) -> Locator:
        return self.records().get_by_role("listitem").filter(has_text=name)

    def open_record(self, name: str) -> None:
        self.record(name).get_by_role("button").first.click()

    def add_record(self, name: str) -> None:
        """Somebody on the list has come."""
        self.button("加一条记录").click()
        self.page.get_by_role("searchbox").fill(name)
        self.page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        expect(self.question()).to_be_visible()

    def record_is_good(self, answers: Mapping[str, str | None] | None = None) -> None:
        """Answer what is asked, leave whatever else may be as it is, and go back to all records."""
        while not self.button("这条填好了").is_visible():
            asked = self.asked()
            choice = next((given for words, given in (answers or {}).items() if words in asked), None)
            if choice is not None:
                self.answer(choice)
            self.next()
        self.button("这条填好了").click()
        expect(self.records()).to_be_visible()

    # ---- the form, one question after the other

    def question(self) -> Locator:
        return self.page.locator("main.form .page")

    def asked(self) -> str:
        """The words of the questions on the screen."""
        return " ".join(self.labels().all_inner_texts())

    def labels(self) -> Locator:
        return self.question().locator("legend, label.label, p.label")

    def next(self) -> None:
        before = self.labels().first.inner_text()
        self.button("下一题").click()
        expect(self.labels().first).not_to_have_text(before)

    def is_asked(self, words: str, within_ms: int) -> None:
        expect(self.labels().first).to_contain_text(words, timeout=within_ms)

    def answer(self, choice: str) -> None:
        box = self.question().get_by_label(choice, exact=True)
        box.check(force=True)
        expect(box).to_be_checked()

    def saved(self) -> None:
        """What was answered is on the disk."""
        expect(self.page.get_by_text("已存好")).to_be_visible()

    def go_on_to(self, last: str, answers: Mapping[str, str | None]) -> None:
        """Answer each question that comes until `last` is asked; None leaves one as it is."""
        while last not in self.asked():
            asked = self.asked()
            choice = next((given for words, given in answers.items() if words in asked), None)
            if choice is not None:
                self.answer(choice)
            self.next()

    def write(self, words: str) -> None:
        type_chinese(self.page, self.question().get_by_role("textbox"), words)

    # ---- photos and a voice

    def open_camera(self) -> None:
        self.question().get_by_role("button", name="拍照").click()
        expect(self.button("拍下来")).to_be_visible()

    def take_photo(self) -> None:
        self.open_camera()
        self.button("拍下来").click()
        self.button("用这张").click()
        self.has_photo()

    def photo_from_album(self, file: Path) -> None:
        tab = self.page.page if isinstance(self.page, Frame) else self.page
        with tab.expect_file_chooser() as chosen:
            self.question().get_by_role("button", name="从相册选").click()
        chosen.value.set_files(file)
        self.has_photo()

    def film_from_album(self, file: Path) -> None:
        self.question().get_by_role("button", name="拍一段录像").click()
        self.page.get_by_role("dialog").locator("input[type=file]").last.set_input_files(file)
        expect(self.film()).to_be_visible()

    def film(self) -> Locator:
        return self.question().locator("video.film")

    def has_photo(self) -> None:
        expect(self.question().get_by_role("button", name="重拍")).to_be_visible()
        self.saved()

    def begin_to_speak(self) -> None:
        self.question().get_by_role("button", name="说一段").click()
        expect(self.button("说完了")).to_be_visible()

    # ---- what was asked back

    def open_returned(self, name: str) -> None:
        self.row(name).first.get_by_role("link").click()
        self.button(re.compile("去补|接着补")).click()

    def place(self, label: str) -> Locator:
        """The card of one thing that the reviewer asked about."""
        return self.page.locator(".again").filter(has_text=label)

    def go_to_the_end(self) -> None:
        """Leave whatever else may be asked as it is."""
        while not self.button("记好了").is_visible():
            self.next()

    def finish(self) -> None:
        self.go_to_the_end()
        self.button("记好了").click()
        expect(self.page.get_by_text("已经存在手机里，可以放心关掉。")).to_be_visible()

    # ---- what was recorded, and where it is

    def today(self) -> None:
        self.button("回到今天").click()

    def open_sent(self) -> None:
        """By the line above the tabs, which always says where the work is."""
        self.page.get_by_role("contentinfo").get_by_role("button").first.click()
        expect(self.button("现在送")).to_be_visible()

    def row(self, name: str) -> Locator:
        """What was recorded about this person, newest first."""
        return self.page.get_by_role("listitem").filter(has_text=name)

    def arrives(self, name: str, state: str, within_ms: int) -> None:
        """Ask for an exchange until the newest record of this person stands so."""
        for _ in range(max(1, within_ms // ASK_AGAIN_MS)):
            if self.button("现在送").is_enabled():
                self.send_now()
            try:
                return expect(self.row(name).first).to_contain_text(state, timeout=ASK_AGAIN_MS)
            except AssertionError:
                continue
        expect(self.row(name).first).to_contain_text(state)

    def send_now(self) -> None:
        self.button("现在送").click()

    def picture(self, file: Path) -> None:
        self.page.screenshot(path=file)
