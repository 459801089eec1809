"""The harness itself: a listener that is deaf, or a killed tab that was not killed, would prove nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.e2e.harness.browsers import PHONE, Browser
from tests.e2e.harness.hands import leave_composing, type_chinese

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>x</title>
<link rel="icon" href="data:,">
<textarea aria-label="note"></textarea><ol></ol><script src="/page.js"></script>"""
SCRIPT = """
const field = document.querySelector('textarea');
field.value = localStorage.note ?? '';
field.addEventListener('input', (event) => {
  if (event.isComposing) document.querySelector('ol').append(field.value + '|');
  localStorage.note = field.value;
});
"""
POLICY = "default-src 'none'; script-src 'self'; img-src data:"


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = SCRIPT if self.path == "/page.js" else PAGE
        if self.path == "/wrong":
            body = PAGE.replace("<ol>", '<ol style="color: red">')
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", "text/javascript" if self.path == "/page.js" else "text/html")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[Browser]:
    opened = Browser(playwright, tmp_path / "profile", PHONE)
    yield opened
    opened.close()


def test_a_violation_of_the_policy_is_always_heard(browser: Browser, address: str) -> None:
    browser.page.goto(f"{address}/wrong")
    browser.page.wait_for_timeout(200)
    with browser.watch.away(), pytest.raises(AssertionError, match="CSP violation"):
        browser.watch.check()


def test_a_quiet_page_passes(browser: Browser, address: str) -> None:
    browser.page.goto(address)
    browser.watch.check()


def test_an_error_that_nobody_caught_is_heard(browser: Browser, address: str) -> None:
    browser.page.goto(address)
    browser.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    browser.page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match="broken"):
        browser.watch.check()


def test_a_failed_request_is_a_complaint_only_while_the_server_should_be_there(
    browser: Browser, address: str
) -> None:
    with browser.watch.away():
        browser.page.goto(f"{address}/missing")
        browser.page.wait_for_timeout(200)
    browser.watch.check()
    browser.page.goto(f"{address}/missing")
    browser.page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match="404"):
        browser.watch.check()


def test_chinese_arrives_through_compositions(browser: Browser, address: str) -> None:
    browser.page.goto(address)
    field = browser.page.get_by_label("note")
    type_chinese(browser.page, field, "今天气色不错，药按时吃。")
    assert field.input_value() == "今天气色不错，药按时吃。"
    seen = browser.page.locator("ol").inner_text()
    assert "ni'h|" in seen, "the page saw the composition on its way"
    leave_composing(browser.page, field, "wo'men")
    assert field.input_value().endswith("wo'men")


def test_a_killed_tab_comes_back_with_what_the_disk_has(browser: Browser, address: str) -> None:
    browser.page.goto(address)
    type_chinese(browser.page, browser.page.get_by_label("note"), "写到一半")
    before = browser.page
    page = browser.kill_tab()
    assert page is not before
    assert page.get_by_label("note").input_value() == "写到一半"


def test_a_killed_browser_comes_back_with_its_profile(browser: Browser, address: str) -> None:
    browser.page.goto(address)
    browser.page.get_by_label("note").fill("写在盘上")
    browser.page.wait_for_timeout(6_000)  # Chromium writes localStorage to disk every five seconds
    page = browser.kill()
    assert page.get_by_label("note").input_value() == "写在盘上"
