"""What a form costs on a slow phone, beside the bare engine (``lianxin bench form``).

A form of 60 questions, a repeat with 5 rows and a cascade of 300 choices, made by ODK's own converter and our
steps of publishing, is opened, filled and finished in real Chromium, its processor slowed down six times: by
the app's own store, session and renderer, from the tap to the painted frame, or to the disk. In the same
pages the engine alone does the same, without renderer, store and disk: that is the floor. Medians, and 95th
percentiles, of nine. ``value`` is a warm opening; ``limit`` is what the bare engine needs to load the form
and to make an instance.

``key_work`` is what a key costs until its frame is painted, without the wait for the screen: below 16.7 ms
the next frame of a 60 Hz screen shows it; ``key_paint`` counts the wait too. Its floor is the same key in a
lone box on an empty page. The key is text inserted, as a phone's keyboard does it: ``keydown`` and ``char``
of a real keyboard are two messages, and the way between them is no work of a page. The form hears of the key
behind that frame: ``key_answer`` is until what follows of it is painted. ``memory_mb`` is what 2,000 edits
of a field that 15 labels quote leave behind. ``--large``: 500 questions and 100 rows, three times, 200
edits; ``--one-page``: all on one page.
"""

from __future__ import annotations

import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from deploy.bootstrap import node
from deploy.bootstrap.places import PWA
from server.forms import publishing_steps
from tests.bench.form_workbook import CALLED, QUESTIONS, ROWS, VISITORS, xform
from tests.e2e.harness.browsers import ARGUMENTS, PHONE
from tests.runner import chromium

TURNS = 9
EDITS = 2_000
SLOWER = 6
PAGES = "src/field/visit/testing"
KEYS = 3
PATIENCE_MS = 120_000


def main(
    turns: int = TURNS,
    edits: int = EDITS,
    whole_page: bool = False,
    questions: int = QUESTIONS,
    rows: int = ROWS,
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="lianxin-bench-", dir=os.environ.get("LIANXIN_BENCH_DIR")
    ) as home:
        build(Path(home))
        with served(Path(home)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=ARGUMENTS, headless=True
            )
            try:
                phone = Phone(browser, f"{url}/{PAGES}", xform(questions), rows, whole_page)
                ours, bare = phone.cold(turns)
                phone.lone_box(turns, bare)
                phone.measure(turns, edits, ours, bare)
            finally:
                browser.close()
    value, limit = median(ours["open_warm"]), median(bare["open_warm"])
    return {
        "bench": "form", "value": value, "limit": limit, "ratio": round(value / limit, 3),
        "unit": "ms", "better": "lower", "slower": SLOWER, "turns": turns,
        "questions": questions, "rows": rows, "one_page": whole_page,
        "ms": spread(ours), "bare_ms": spread(bare),
        "memory_mb": phone.memory_mb, "bare_memory_mb": phone.bare_memory_mb,
        "edits": edits, "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count(),
    }  # fmt: skip


Times = dict[str, list[float]]


class Phone:
    """A slow phone: a page with its own store, driven by real keys."""

    def __init__(self, browser: Browser, pages: str, form: str, rows: int, whole_page: bool) -> None:
        self._browser, self._pages, self._rows, self._whole_page = browser, pages, rows, whole_page
        self._xform = publishing_steps.apply(form).decode()
        self.memory_mb = self.bare_memory_mb = 0.0

    @contextmanager
    def fresh(self) -> Iterator[tuple[Page, CDPSession]]:
        """A page in which nothing was opened before."""
        with self.slow(f"{self._pages}/form-bench.html") as (page, session):
            page.evaluate("([form, whole]) => bench.phone(form, whole)", [self._xform, self._whole_page])
            yield page, session

    @contextmanager
    def slow(self, url: str) -> Iterator[tuple[Page, CDPSession]]:
        context = self._browser.new_context(**PHONE)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        try:
            page.goto(url)
            page.wait_for_function("globalThis.bench !== undefined")
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            yield page, session
        finally:
            context.close()

    def cold(self, turns: int) -> tuple[Times, Times]:
        """The first form of the day, engine and all, each in a page of its own."""
        ours, bare = [], []
        for _ in range(turns):
            with self.fresh() as (page, _session):
                bare.append(page.evaluate("bench.engine.open()"))
            with self.fresh() as (page, _session):
                ours.append(page.evaluate("bench.begin().then(bench.open)"))
        return {"open_cold": ours}, {"open_cold": bare}

    def lone_box(self, turns: int, bare: Times) -> None:
        """A key on a page that has nothing but a box."""
        with self.slow(f"{self._pages}/lone-box.html") as (page, _session):
            page.locator("input").focus()
            for _ in range(turns * KEYS):
                note(bare, "key_work", pressed(page)["work"])

    def measure(self, turns: int, edits: int, ours: Times, bare: Times) -> None:
        """Everything else, in one page that knows the engine, the two by turns."""
        with self.fresh() as (page, session):
            page.evaluate("bench.engine.open()")
            page.evaluate("bench.engine.close()")
            for _ in range(turns):
                self.opened(page, ours, bare)
                self.filled(page, ours, bare)
                self.finished(page, ours)
            self.bare_memory_mb = self.bare_growth(page, session, edits)
            self.memory_mb = self.growth(page, session, edits)

    def opened(self, page: Page, ours: Times, bare: Times) -> None:
        note(bare, "open_warm", page.evaluate("bench.engine.open()"))
        page.evaluate("bench.engine.close()")
        note(
            ours,
            "open_warm",
            page.evaluate("bench.begin().then((visit) => bench.open((globalThis.visit = visit)))"),
        )

    def filled(self, page: Page, ours: Times, bare: Times) -> None:
        page.evaluate(f"bench.fill({self._rows})")
        xml = page.evaluate("bench.xml()")
        page.evaluate("bench.leave()")
        note(bare, "restore", page.evaluate("(xml) => bench.engine.open(xml)", xml))
        note(bare, "key_answer", page.evaluate("(path) => bench.engine.key(path, '朴')", CALLED))
        note(bare, "add_row", page.evaluate("(path) => bench.engine.addRow(path)", VISITORS))
        page.evaluate("bench.engine.close()")
        note(ours, "restore", page.evaluate("bench.open(visit)"))
        for _ in range(KEYS):
            page.evaluate("(path) => bench.goTo(path)", CALLED)
            told = pressed(page)
            for name in ("work", "paint", "answer", "disk"):
                note(ours, f"key_{name}", told[name])
        note(ours, "add_row", page.evaluate("(path) => bench.addRow(path)", VISITORS))

    def finished(self, page: Page, ours: Times) -> None:
        note(ours, "finish", page.evaluate("bench.finish()"))

    def growth(self, page: Page, session: CDPSession, edits: int) -> float:
        page.evaluate("bench.begin().then(bench.open)")
        page.evaluate("([path]) => bench.edit(path, 100)", [CALLED])
        before = heap_mb(session)
        page.evaluate("([path, times]) => bench.edit(path, times)", [CALLED, edits])
        return round(heap_mb(session) - before, 2)

    def bare_growth(self, page: Page, session: CDPSession, edits: int) -> float:
        page.evaluate("bench.engine.open()")
        page.evaluate("([path]) => bench.engine.edit(path, 100)", [CALLED])
        before = heap_mb(session)
        page.evaluate("([path, times]) => bench.engine.edit(path, times)", [CALLED, edits])
        grown = round(heap_mb(session) - before, 2)
        page.evaluate("bench.engine.close()")
        return grown


def pressed(page: Page) -> dict[str, float]:
    """What the page tells of one key, in milliseconds each."""
    watched = page.evaluate_handle("({ key: bench.watchKey().then(({ box, ...times }) => times) })")
    page.keyboard.insert_text("朴")
    times: dict[str, float] = watched.evaluate("(each) => each.key")
    return times


def heap_mb(session: CDPSession) -> float:
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")) / 1e6


def note(times: Times, name: str, took: float) -> None:
    times.setdefault(name, []).append(took)


def median(times: list[float]) -> float:
    return round(statistics.median(times), 1)


def spread(times: Times) -> dict[str, list[float]]:
    """Of each: the median and the 95th percentile, by nearest rank."""
    return {
        name: [median(all_), round(sorted(all_)[-(-len(all_) * 95 // 100) - 1], 1)]
        for name, all_ in times.items()
    }


def build(folder: Path) -> None:
    tool = PWA / "node_modules" / "vite" / "bin" / "vite.js"
    arguments = ("build", "--config", "build/form-bench.config.ts", "--outDir", str(folder))
    subprocess.run(node.ensure().tool(tool, *arguments), cwd=PWA, check=True, capture_output=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """The built page, without a line for each file."""

    def log_message(self, *_: object) -> None: ...


if __name__ == "__main__":
    size = {"turns": 3, "edits": 200, "questions": 500, "rows": 100} if "--large" in sys.argv else {}
    print(json.dumps(main(whole_page="--one-page" in sys.argv, **size)))
