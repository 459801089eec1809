"""A film in H.264, as phones make them, plays where it is taken, after a killed tab, and at the desk."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from server.programmes.programme import form_specs
from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.evidence import kept_files
from tests.forms.cells.book import FIXTURES
from tests.forms.cells.pages import FILM

VERSION = "2099010101"
NOTE_ROW = "|        | text | note |"
FILM_ROW = f"|        | video | film | 水管怎么漏的 | How the pipe leaks | personal |{' |' * 8} evidence |\n"
LAST_COLUMN = "| appearance |\n"
SENT_WITHIN_MS = 90_000
SHOWN = """async (film) => {
  film.muted = true;
  await film.play();
  while (film.currentTime === 0) await new Promise(requestAnimationFrame);
  return [film.videoWidth, film.videoHeight];
}"""


@pytest.fixture
def filmed(tmp_path: Path) -> Path:
    """The form of a short contact, which may have a film."""
    table = form_specs()["daily-contact"].table.read_text("utf-8")
    assert table.count(NOTE_ROW) == table.count(LAST_COLUMN) == 1
    file = tmp_path / "filmed.md"
    table = table.replace(NOTE_ROW, FILM_ROW + NOTE_ROW).replace(LAST_COLUMN, "| appearance | purpose |\n")
    file.write_text(re.sub(r"\b20\d{8}\b", VERSION, table), "utf-8")
    return file


@pytest.mark.timeout(300)
def test_a_film_is_taken_kept_sent_and_plays_on_the_phone_and_at_the_desk(
    county: County, phone: Browser, desk: Browser, album: Path, filmed: Path
) -> None:
    county.tool("form", "publish", str(filmed))
    film = FIXTURES / FILM
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    name = volunteer.first_due()
    volunteer.open_person(name)
    volunteer.at_the_door("电话联系")
    volunteer.answer("挺好")
    volunteer.film_from_album(film)
    assert plays(volunteer.film()) == [64, 64]  # longer than the 300 ms within which a draft is on the disk
    volunteer.picture(album / "1-on-the-phone.png")

    phone.kill_tab()
    expect(volunteer.film()).to_be_visible(timeout=SENT_WITHIN_MS)
    assert plays(volunteer.film()) == [64, 64]
    volunteer.finish()
    volunteer.today()
    volunteer.open_sent()
    volunteer.arrives(name, "县里都收到了", SENT_WITHIN_MS)
    volunteer.picture(album / "2-received.png")

    office = Desk(desk, county.url, county.password)
    office.sign_in("supervisor")
    office.find(name)
    office.open_visit(name, also="每日联系")
    office.visit().get_by_role("button", name=re.compile("^看录像")).click()
    assert plays(office.visit().locator("video")) == [64, 64]
    office.picture(album / "3-at-the-desk.png")
    (kept,) = kept_files(county, name)
    assert kept["sha256"] == hashlib.sha256(film.read_bytes()).hexdigest()


def plays(film: Locator) -> list[int]:
    """Its picture's width and height, once something of it was shown."""
    size: list[int] = film.evaluate(SHOWN)
    return size
