"""A county, a phone and a desk for each story; pictures of each step, and of a failed one its trace.

Stories drive the phone through its words and roles, as a person does; what a browser is not needed for is
tested elsewhere.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from deploy.bootstrap.places import REPORTS
from tests.e2e.harness import county as counties
from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.harness.county import County

OUTCOME = pytest.StashKey[bool]()
TOLD = pytest.StashKey[list[str]]()  # what stories have to say at the end of the run

expect.set_options(timeout=15_000)  # two cores, a server, two browsers: patience, not a measure


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TOLD] = []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker beside others hands over what its stories have to say."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["told"] = session.config.stash[TOLD]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[TOLD] += getattr(node, "workeroutput", {}).get("told", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for words in terminalreporter.config.stash[TOLD]:
        terminalreporter.write_line(words)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.when == "call":
        item.stash[OUTCOME] = report.passed  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county, made once and copied for each story."""
    folder = tmp_path_factory.mktemp("demo")
    counties.fill(folder)
    return folder


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Path:
    """The folder of this story's pictures, empty at its beginning."""
    name = re.sub(r"[^a-z0-9_-]+", "-", request.node.name.lower())
    folder = REPORTS / "e2e" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def county(template: Path, tmp_path: Path, album: Path) -> Iterator[County]:
    made = County(template, tmp_path / "county", album)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def open_browser(
    playwright: Playwright, tmp_path: Path, album: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str, dict[str, object]], Browser]]:
    """Open a browser by a name of its own; all are closed, and their complaints read, at the end."""
    opened: dict[str, Browser] = {}

    def open_one(name: str, kind: dict[str, object]) -> Browser:
        opened[name] = Browser(playwright, tmp_path / name, kind)
        return opened[name]

    yield open_one
    passed = request.node.stash.get(OUTCOME, False)
    for name, browser in opened.items():
        if not passed:
            browser.save_trace(album / f"{name}.trace.zip")
            last_picture(browser, album / f"{name}-failed.png")
        browser.close()
    if passed:
        for browser in opened.values():
            for complaints in browser.complaints:
                complaints.check()
    else:
        print(f"\ntrace and pictures: {album}")


@pytest.fixture
def phone(open_browser: Callable[[str, dict[str, object]], Browser]) -> Browser:
    return open_browser("phone", PHONE)


@pytest.fixture
def desk(open_browser: Callable[[str, dict[str, object]], Browser]) -> Browser:
    return open_browser("desk", DESK)


def last_picture(browser: Browser, file: Path) -> None:
    try:
        browser.page.screenshot(path=file, timeout=5_000)
    except Exception as error:  # the picture is a help, and its lack no second failure
        print(f"no last picture: {error}")
