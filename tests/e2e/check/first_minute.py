"""The first minute, headless: what `./deploy/run --check` walks on a running demo, and a story of ours.

    python -m tests.e2e.check.first_minute http://localhost:8000 [picture.png]

It looks at what the demo county shows, then does what the four lines of /demo ask for, each by the words that
a person reads. Prints a line for each step, then PASS or what failed; exits 1 when something did. The picture
shows phone and desk when the visit has arrived: it is the one in README.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Frame, Locator, Page, Playwright, expect, sync_playwright

from server.demo.album import Shot
from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.visiting import ANSWERS, PHOTO
from tests.runner import chromium

PATIENCE_MS = 60_000
REASON = "县里没有这个版本的表单"
Tell = Callable[[str], None]


@dataclass
class Inside:
    """A page in a frame, driven like a browser's page in front."""

    page: Frame


class Stage:
    """The demo page: phone at the left, desk at the right, the switch and the lines above."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.goto(f"{address}/demo")

    def frame(self, title: str) -> Frame:
        handle = self.page.locator(f'iframe[title="{title}"]').element_handle()
        found = handle.content_frame()
        assert found is not None, f"nothing in the frame {title}"
        return found

    def phone(self) -> Phone:
        return Phone(Inside(self.frame("志愿者的手机")), self.address)  # type: ignore[arg-type]

    def line(self, words: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=words)

    def ticks(self, words: str) -> None:
        expect(self.line(words).get_by_role("img", name="做过了")).to_be_visible(timeout=PATIENCE_MS)

    def turn_the_switch(self) -> None:
        self.page.get_by_role("switch", name=re.compile("断网")).click()


def walk(page: Page, address: str, tell: Tell, picture: Callable[[str], object] = lambda _: None) -> None:
    """Raises AssertionError or Playwright's error where the demo is not what it says."""
    stage = Stage(page, address)
    phone = stage.phone()
    phone.begin()
    picture("1-opened")
    look_round(phone)
    tell("手机：五位要联系，一位昨天没联系上，一条请补一下，一条没填完 · due, overdue, returned, a draft")
    look_at_what_waits(stage)
    picture("1-quarantine")
    tell("电脑：一条待处理，写着原因 · one in quarantine, with its reason")
    phone.keeps_itself()
    stage.turn_the_switch()
    stage.ticks("断开网络")
    tell("1 断开网络 · the network is cut")
    name = record_with_a_photo(phone)
    stage.ticks("在左边记一次上门")
    picture("2-recorded-offline")
    tell("2 记一次上门，带照片 · a visit with a photo, without a network")
    stage.turn_the_switch()
    stage.ticks("接上网络")
    tell("3 接上网络，送到了 · restored, and it arrived")
    visit = find(stage, name)
    picture("3-arrived")
    visit.get_by_role("button", name=re.compile("^通过")).click()
    stage.ticks("在右边点")
    expect(page.get_by_role("status").filter(has_text="四步都做完了")).to_be_visible()
    phone.today()
    phone.open_sent()
    phone.arrives(name, "通过了", PATIENCE_MS)
    expect(phone.page.get_by_role("button", name="接着填")).to_have_count(1)
    picture("4-approved")
    tell("4 通过 · approved, and the phone says so")


def look_round(phone: Phone) -> None:
    """What the demo promises to show."""
    expect(phone.due_list().get_by_role("listitem")).to_have_count(5)
    expect(phone.due_list().get_by_role("listitem").filter(has_text="昨天没联系上")).to_have_count(1)
    expect(phone.button(re.compile("^请补一下")).first).to_be_visible(timeout=PATIENCE_MS)
    expect(phone.due_list().get_by_role("listitem").filter(has_text="没填完")).to_have_count(
        1, timeout=PATIENCE_MS
    )


def look_at_what_waits(stage: Stage) -> None:
    """What could not be taken stands on the desk, with its reason."""
    desk = stage.frame("督导员的电脑")
    pages = desk.get_by_role("navigation", name="页面")
    pages.get_by_role("link", name="待处理").click()
    kept = desk.get_by_role("main")
    expect(kept.get_by_role("button", name=re.compile("补正"))).to_have_count(1, timeout=PATIENCE_MS)
    expect(kept.get_by_text(REASON).first).to_be_visible()
    pages.get_by_role("link", name="审核").click()
    expect(desk.get_by_role("searchbox", name="按姓名、地点查找")).to_be_visible()


def record_with_a_photo(phone: Phone) -> str:
    name = phone.first_due()
    phone.open_person(name)
    phone.at_the_door("已见到")
    phone.go_on_to(PHOTO, ANSWERS)
    with TemporaryDirectory() as album:
        for number, scene in enumerate(("stove", "bowl")):
            drawn = Path(album) / f"{scene}.jpg"
            drawn.write_bytes(Shot("", scene, number, "").draw())
            phone.photo_from_album(drawn)
            phone.next()
    phone.finish()
    return name


def find(stage: Stage, name: str) -> Locator:
    """The visit on the desk, with its photo."""
    desk = stage.frame("督导员的电脑")
    search = desk.get_by_role("searchbox", name="按姓名、地点查找")
    search.fill(name)
    search.press("Enter")
    row = desk.get_by_role("complementary", name="等着看的记录").get_by_role("link")
    row.filter(has_text=name).filter(has_text="上门照料").first.click()
    visit = desk.get_by_role("region", name="这一条记录")
    expect(visit.locator("img").first).to_be_visible()
    expect(visit.get_by_text("等原图")).to_have_count(0)
    return visit


def check(playwright: Playwright, address: str, picture: Path | None) -> None:
    kind = {**DESK, "permissions": PHONE["permissions"], "geolocation": PHONE["geolocation"]}

    def keep(name: str) -> None:
        if picture is not None and name == "3-arrived":
            browser.page.screenshot(path=picture)

    with TemporaryDirectory() as profile:
        browser = Browser(playwright, Path(profile), kind)
        browser.context.set_default_timeout(PATIENCE_MS)
        try:
            walk(browser.page, address, lambda line: print(f"✓ {line}", flush=True), keep)
        finally:
            browser.close()


def main(address: str, picture: Path | None = None) -> int:
    expect.set_options(timeout=PATIENCE_MS)
    try:
        os.environ[chromium.VARIABLE] = str(chromium.ensure())
        with sync_playwright() as playwright:
            check(playwright, address, picture)
    except Exception as error:  # whatever it was, the person who ran the check wants it in words
        print(f"FAIL {type(error).__name__}: {error}", flush=True)
        return 1
    print("PASS", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(Path, sys.argv[2:3])))
