"""The same visit while the server is killed between any two requests: nothing is lost, nothing is twice.

Every exchange of the phone and every piece of its photo meets a server that dies: before it hears, after it
has committed but before its answer arrives, or right after the answer. Any other address kills the server
once, after its first answer; an address that is polled is let alone then, or the story would never end.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.pictures import photo
from tests.e2e.harness.proxy import Fate, Proxy
from tests.e2e.pages import workbook
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.evidence import kept_files
from tests.e2e.stories.visiting import NOTE, visit_somebody

MADE_WITHIN_MS = 150_000  # a job whose process died is taken up again after a minute
PATIENCE_MS = 90_000
PHOTO_WITHIN_MS = 240_000  # each of seven pieces meets two deaths, and so does every exchange between them


class Deaths:
    """Decides which request the server survives."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.exchanges = cycle([Fate.UNHEARD, Fate.ANSWER_LOST, Fate.DIES_AFTER])
        self.pieces = cycle([Fate.UNHEARD, Fate.ANSWER_LOST, Fate.DIES_AFTER])

    def __call__(self, _number: int, method: str, path: str) -> Fate:
        if path == "/api/sync":
            return next(self.exchanges)
        if method == "PUT" and path.startswith("/api/photos/"):
            return next(self.pieces)
        address = f"{method} {re.sub(r'[0-9a-f]{8,}[0-9a-f-]*', '…', path.split('?')[0])}"
        self.seen[address] += 1
        return Fate.DIES_AFTER if self.seen[address] == 1 else Fate.PASS


@pytest.fixture
def proxy(county: County) -> Iterator[Proxy]:
    county.stop()
    county.workers = 1  # it starts again some fifty times
    county.start()
    made = Proxy(county, Deaths())
    yield made
    made.close()


@pytest.mark.timeout(600)
def test_a_server_that_dies_between_any_two_requests_loses_nothing_and_doubles_nothing(
    county: County,
    proxy: Proxy,
    album: Path,
    tmp_path: Path,
    open_browser: Callable[[str, dict[str, Any]], Browser],
) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    phone, desk = open_browser("phone", PHONE), open_browser("desk", DESK)
    for browser in (phone, desk):
        browser.context.set_default_timeout(PATIENCE_MS)
    with phone.watch.away(), desk.watch.away():
        volunteer = Phone(phone, proxy.url)
        volunteer.open()
        volunteer.enrol()
        volunteer.keeps_itself()
        name = visit_somebody(volunteer, album, photo=photo(tmp_path / "album.jpg"))
        volunteer.today()
        volunteer.open_sent()
        volunteer.arrives(name, "县里已收到", PATIENCE_MS)

        office = Desk(desk, proxy.url, county.password)
        expect(volunteer.row(name).first).to_contain_text("照片 1 张：县里都收到了", timeout=PHOTO_WITHIN_MS)
        volunteer.picture(album / "08-photo-received.png")

        office.sign_in("supervisor")
        office.find(name)
        office.open_visit(name)
        expect(office.visit()).to_contain_text(NOTE)
        office.approve()
        expect(desk.page.get_by_text(f"通过了：{name}")).to_be_visible()
        office.sign_out()
        volunteer.arrives(name, "通过了", PATIENCE_MS)
        volunteer.picture(album / "passed.png")

        office.sign_in("headquarters")
        office.go("数据表")
        file = office.make_workbook(
            album / "month.xlsx", purpose="十一月走访情况汇总", within_ms=MADE_WITHIN_MS
        )

    rows = [row for row in workbook.rows(file, "上门照料") if row.get("note") == NOTE]
    assert [row["state"] for row in rows] == ["通过了"]
    for address in ("/api/sync", "/api/photos/"):
        fates = Counter(fate for _, path, fate in proxy.seen if path.startswith(address))
        assert all(fates[fate] > 0 for fate in (Fate.UNHEARD, Fate.ANSWER_LOST, Fate.DIES_AFTER)), fates
    assert len(kept_files(county, name)) == 1
    assert county.kills > 15
    check_books(county.data / "lianxin.sqlite")


def check_books(database: Path) -> None:
    """One op, one revision, one visit, one decision for what she did today; the database is whole."""
    with sqlite3.connect(database) as books:

        def ask(query: str) -> Any:
            return books.execute(query).fetchall()

        made_today = "SELECT revision_id FROM records WHERE CAST(xml AS TEXT) LIKE '%灯绳断了%'"
        (revision,) = ask(made_today)
        (op,) = ask(f"SELECT outcome FROM ledger_entries WHERE op_id = '{revision[0]}'")
        assert op == ("accepted",)
        (visit,) = ask(f"SELECT visit_id, number FROM revisions WHERE id = '{revision[0]}'")
        assert visit[1] == 1
        assert ask(f"SELECT kind FROM decisions WHERE visit_id = '{visit[0]}'") == [("approve",)]
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
    books.close()
