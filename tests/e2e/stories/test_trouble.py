"""What goes wrong on a phone, and what she reads then: it is full; it was taken out of use."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.visiting import ANSWERS, LAST, NOTE_BEGINS, NOTE_ENDS

PATIENCE_MS = 60_000


def test_a_full_phone_says_so_keeps_the_form_on_the_screen_and_saves_once_there_is_room(
    county: County, phone: Browser, album: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.open_person(volunteer.first_due())
    volunteer.at_the_door("已见到")
    volunteer.go_on_to(LAST, ANSWERS)
    volunteer.write(NOTE_BEGINS)
    volunteer.saved()
    box = volunteer.question().get_by_role("textbox")
    alert = volunteer.page.get_by_role("alert").filter(has_text="手机存满了")
    with full(volunteer):
        until = time.monotonic() + PATIENCE_MS / 1000
        while not alert.is_visible():  # the browser looks at the room that is left every half a minute
            assert time.monotonic() < until, "the phone did not notice that it is full"
            volunteer.write(NOTE_ENDS)
        volunteer.picture(album / "1-full.png")
        written = box.input_value()
        assert written.startswith(NOTE_BEGINS + NOTE_ENDS)
    volunteer.button("再存一次").click()
    expect(alert).not_to_be_visible(timeout=PATIENCE_MS)
    volunteer.saved()
    volunteer.browser.kill_tab()
    expect(volunteer.question().get_by_role("textbox")).to_have_value(written, timeout=PATIENCE_MS)


@contextmanager
def full(volunteer: Phone) -> Iterator[None]:
    """The browser has no room left for this site, as on a phone full of videos."""
    session = volunteer.page.context.new_cdp_session(volunteer.page)
    origin = {"origin": volunteer.address}
    session.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
    yield
    session.send("Storage.overrideQuotaForOrigin", origin)
    session.detach()


def test_a_phone_that_was_taken_out_of_use_is_told_and_hands_in_what_it_still_has(
    county: County, phone: Browser, album: Path
) -> None:
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()
    county.kill()
    with phone.watch.away():
        name = volunteer.first_due()
        volunteer.open_person(name)
        volunteer.at_the_door("已见到")
        volunteer.go_on_to(LAST, ANSWERS)
        volunteer.write(NOTE_BEGINS)
        volunteer.finish()
        volunteer.today()
        county.tool("enrol", "revoke", newest_device(county))
        county.start()
        volunteer.open_sent()
        volunteer.arrives(name, "县里已收到", PATIENCE_MS)
    expect(volunteer.page.get_by_text(re.compile("这部手机已经停用")).first).to_be_visible()
    volunteer.picture(album / "1-out-of-use.png")
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        kept = books.execute(
            "SELECT CAST(raw AS TEXT) FROM quarantine_items WHERE code = 'device_revoked'"
        ).fetchall()
    assert len(kept) == 1
    assert NOTE_BEGINS in kept[0][0]


def newest_device(county: County) -> str:
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        (found,) = books.execute("SELECT id FROM devices ORDER BY enrolled_at DESC LIMIT 1").fetchone()
    return str(found)
