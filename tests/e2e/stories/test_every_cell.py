"""Every cell of ``support.yaml`` that works, filled by hand in the real renderer.

Kept over a reload without a network, finished in the other language, and compared with what the county then
has. On the way a picture of each screen in each look, and what axe-core and the ruler say of it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from deploy.bootstrap.places import REPORTS
from server.forms.support import support
from tests.e2e.conftest import TOLD
from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.gallery import PHONE_LOOKS, SPEAK, Gallery
from tests.e2e.harness.outcomes import Outcome, table
from tests.e2e.pages.cells_form import PATIENCE_MS, CellsForm
from tests.e2e.pages.phone import Phone
from tests.forms.cells.book import FORM, VERSION, beside, paper
from tests.forms.cells.pages import FILM
from tests.forms.cells.refusals import refusals

MANY, FEWER = 200, 20  # questions, and cells that are refused: without any, nothing would be shown
CARD, PLACE = "地点登记", "老槐树下"


@pytest.mark.timeout(1500)
def test_every_cell_is_filled_kept_over_a_reload_and_received(
    county: County, phone: Browser, album: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "paper.pdf").write_bytes(paper())
    files = {"film": tmp_path / "cells-media" / FILM, "paper": tmp_path / "paper.pdf"}
    form = CellsForm(phone.page, Gallery(album, PHONE_LOOKS, ruler=True), files)
    county.tool("form", "publish", str(beside(tmp_path, form.pages)))
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()
    open_card(volunteer)

    form.fill()
    volunteer.saved()
    with phone.watch.away():
        county.kill()
        speak(phone, "en")
        form.is_seen_again()
        form.finish()
        county.start()
        speak(phone, "zh")
        phone.page.goto(f"{county.url}/sent")
    volunteer.arrives(PLACE, "县里已收到", PATIENCE_MS)

    take_from(county, form.outcomes)
    refused = refusals(support())
    assert len(form.outcomes) > MANY
    assert len(refused) > FEWER
    found = table(form.pages, form.outcomes, refused)
    (REPORTS / "cells.md").write_text(found, encoding="utf-8")
    request.config.stash[TOLD].append(found)
    assert [fault for outcome in form.outcomes.values() for fault in outcome.faults] == []
    assert [str(each.cell) for each in refused if not each.by_name] == []
    check_place(county)
    form.gallery.check()


def open_card(volunteer: Phone) -> None:
    """As soon as the form and its files are on the phone."""
    page = volunteer.page
    for _ in range(10):
        page.goto(f"{volunteer.address}/new")
        page.get_by_role("link", name=re.compile(CARD)).first.click()
        expect(page.locator("main.form .page").or_(page.get_by_text("这一项现在记不了"))).to_be_visible()
        if page.locator("main.form").is_visible():
            return
    raise AssertionError("the form does not come to the phone")


def speak(phone: Browser, language: str) -> None:
    phone.page.evaluate(SPEAK, language)
    phone.page.reload()


def take_from(county: County, outcomes: dict[str, Outcome]) -> None:
    """The typed answers as the county keeps them, those in rows a value a row."""
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        version = "form = ? AND form_version = ?"
        [(revision, answers)] = books.execute(
            f"SELECT revision_id, answers FROM records WHERE {version}", [FORM, VERSION]
        ).fetchall()
        rows = books.execute(
            "SELECT answers FROM record_rows WHERE revision_id = ? ORDER BY repeat, position", [revision]
        ).fetchall()
    for values in (json.loads(answers), *(json.loads(row) for (row,) in rows)):
        for path, value in values.items():
            outcome = outcomes.get(path.split("/")[-1])
            if outcome is not None:
                outcome.has.append(value)
    for outcome in outcomes.values():
        outcome.has = outcome.has or [None]


def check_place(county: County) -> None:
    """The form's sheet ``entities`` made a place of it, with the property that a question saves to."""
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        [(properties,)] = books.execute("SELECT properties FROM entities WHERE label = ?", [PLACE]).fetchall()
    assert json.loads(properties)["kind"] == "square"
