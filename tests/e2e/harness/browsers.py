"""The phone and the desk as real Chromium.

Each is a profile on disk, so that it survives a killed tab and a killed browser, as on a phone.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from deploy.bootstrap.words import Trouble
from tests.e2e.harness.watch import Complaints
from tests.runner import chromium

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream",  # a camera that shows a test card, a microphone that beeps
]  # fmt: skip
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "permissions": ["geolocation", "camera", "microphone"],
    "geolocation": {"latitude": 40.0054, "longitude": 134.4836, "accuracy": 20},
}
DESK: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}, "accept_downloads": True}
COMMON: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
CRASH = "chrome://crash"
SOON_MS = 15_000


class Browser:
    """One person's browser. `page` is the tab in front."""

    def __init__(self, playwright: Playwright, profile: Path, kind: dict[str, Any]) -> None:
        self._playwright = playwright
        self._profile = profile
        self._kind = kind
        self._expected: tuple[str, ...] = ()
        self.complaints: list[Complaints] = []
        self.context = self._open()
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()

    def _open(self) -> BrowserContext:
        found = chromium.find()
        if found is None:
            raise Trouble(
                "没有 Chromium：请运行 ./tests/run。", "No Chromium here: ./tests/run installs one."
            )
        context = self._playwright.chromium.launch_persistent_context(
            self._profile, executable_path=found, args=ARGUMENTS, headless=True, **COMMON, **self._kind
        )
        context.set_default_timeout(SOON_MS)
        context.tracing.start(snapshots=True)
        self.complaints.append(Complaints(context))
        return context

    @property
    def watch(self) -> Complaints:
        return self.complaints[-1]

    def kill_tab(self) -> Page:
        """The system takes the tab away, and the person opens the app again at the same address."""
        address = self.page.url
        with suppress(Error):  # a crash is no navigation
            self.page.goto(CRASH, timeout=3_000)
        fresh = self.context.new_page()
        self.page.close()
        self.page = fresh
        fresh.goto(address)
        return fresh

    def kill(self) -> Page:
        """`kill -9` of the whole browser; the profile stays, as on a phone whose battery was pulled."""
        address = self.page.url
        for pid in processes_of(self._profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        for lock in self._profile.glob("Singleton*"):
            lock.unlink()
        self.context = self._open()
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.goto(address)
        return self.page

    def save_trace(self, file: Path) -> None:
        with suppress(Error):
            self.context.tracing.stop(path=file)

    def close(self) -> None:
        with suppress(Error):
            self.context.close()


def processes_of(profile: Path) -> list[int]:
    """The processes that were started over this profile, found by their own command lines."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if f"--user-data-dir={profile}" in words:
                found.append(int(entry.name))
    return found
