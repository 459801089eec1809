"""Two photos and a voice note over a bad link, and the visit that comes back to be mended."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.pictures import photo
from tests.e2e.harness.proxy import Fate, Proxy
from tests.e2e.pages.desk import Desk
from tests.e2e.pages.phone import Phone
from tests.e2e.stories.evidence import kept_files
from tests.e2e.stories.visiting import ANSWERS, NOTE_BEGINS, OPENS_WITHIN_MS

PATIENCE_MS = 60_000
HAZARD, PHOTO, VOICE, TEMPERATURE = "隐患照片", "照片", "也可以说一段", "屋里多少度"


class Link:
    """A link that is dead, or carries words but no originals, or breaks once in the middle of each."""

    def __init__(self) -> None:
        self.dead = False
        self.originals = False
        self.broken: set[str] = set()

    def __call__(self, _number: int, method: str, path: str) -> Fate:
        if self.dead:
            return Fate.DROPPED
        if method != "PUT" or not path.startswith("/api/photos/"):
            return Fate.PASS
        if not self.originals:
            return Fate.DROPPED
        if path in self.broken:
            return Fate.PASS
        self.broken.add(path)
        return Fate.CUT


@pytest.fixture
def link() -> Link:
    return Link()


@pytest.fixture
def proxy(county: County, link: Link) -> Iterator[Proxy]:
    made = Proxy(county, link)
    yield made
    made.close()


@pytest.mark.timeout(420)
def test_photos_arrive_whole_over_a_bad_link_and_what_was_asked_back_is_mended(
    county: County,
    proxy: Proxy,
    link: Link,
    album: Path,
    tmp_path: Path,
    open_browser: Callable[[str, dict[str, Any]], Browser],
) -> None:
    phone, desk = open_browser("phone", PHONE), open_browser("desk", DESK)
    volunteer, office = Phone(phone, proxy.url), Desk(desk, county.url, county.password)
    with phone.watch.away():
        volunteer.open()
        volunteer.enrol()
        volunteer.keeps_itself()
        link.dead = True
        name = visit_with_photos(volunteer, album, photo(tmp_path / "album.jpg"))

        link.dead = False
        volunteer.today()
        volunteer.open_sent()
        volunteer.arrives(name, "县里已收到", PATIENCE_MS)
        volunteer.picture(album / "06-words-first.png")
        office.sign_in("supervisor")
        office.find(name)
        office.open_visit(name, also="上门照料")
        expect(office.visit().locator("img")).to_have_count(4)  # two photos, as answers and as evidence
        expect(office.visit().get_by_text("等原图").first).to_be_visible()
        office.picture(album / "07-previews-on-the-desk.png")

        link.originals = True
        volunteer.send_now()
        expect(office.visit().get_by_text("等原图")).to_have_count(0, timeout=PATIENCE_MS)
        office.picture(album / "08-originals-on-the-desk.png")
        assert len(link.broken) == 3
        files = kept_files(county, name)
        assert sorted(file["type"] for file in files) == ["audio/webm", "image/jpeg", "image/jpeg"]

        office.give_back(
            {TEMPERATURE: "写的是 2 度，是不是 20 度？", HAZARD: "照片太暗，看不清插座。方便时再拍一张。"}
        )
        office.picture(album / "09-given-back.png")
        reassign(county, name)
        volunteer.arrives(name, "请补一下", PATIENCE_MS)
        volunteer.picture(album / "10-asked-back.png")
        mend(volunteer, name, album, photo(tmp_path / "brighter.jpg", seed=5))

        volunteer.today()
        volunteer.open_sent()
        volunteer.arrives(name, "县里已收到", PATIENCE_MS)
        office.open_visit(name, also="补回来的")
        expect(office.visit()).to_contain_text("补回来的")
        office.picture(album / "13-two-versions.png")
        office.approve()
        expect(desk.page.get_by_text(f"通过了：{name}")).to_be_visible()
        volunteer.arrives(name, "通过了", PATIENCE_MS)
        volunteer.picture(album / "14-approved.png")
    assert len(kept_files(county, name)) == 3
    check_books(county, name)


def visit_with_photos(volunteer: Phone, album: Path, from_album: Path) -> str:
    """A home visit without a signal; the tab is killed behind the camera and while she speaks."""
    name = volunteer.first_due()
    volunteer.open_person(name)
    volunteer.at_the_door("已见到")
    volunteer.go_on_to(TEMPERATURE, ANSWERS)
    volunteer.question().get_by_role("textbox").fill("2")
    volunteer.go_on_to("还有要说的", ANSWERS)
    volunteer.write(NOTE_BEGINS)
    volunteer.next()

    volunteer.open_camera()
    volunteer.picture(album / "01-camera.png")
    volunteer.browser.kill_tab()
    volunteer.is_asked(HAZARD, OPENS_WITHIN_MS)
    volunteer.take_photo()
    volunteer.picture(album / "02-photo.png")
    volunteer.next()
    with volunteer.page.expect_file_chooser():  # the system takes the browser away behind its own camera
        volunteer.question().get_by_role("button", name="从相册选").click()
    volunteer.browser.kill_tab()
    volunteer.is_asked(PHOTO, OPENS_WITHIN_MS)
    expect(volunteer.page.get_by_text("刚才那张没接到，请再拍一次。")).to_be_visible()
    volunteer.picture(album / "03-missed.png")
    volunteer.button("知道了").click()
    volunteer.photo_from_album(from_album)
    volunteer.next()

    volunteer.begin_to_speak()
    expect(volunteer.page.get_by_text(re.compile("^0:0[5-9]|[5-9] 秒")).first).to_be_visible()
    volunteer.picture(album / "04-speaks.png")
    volunteer.browser.kill_tab()
    expect(volunteer.page.get_by_text("上次录的还在")).to_be_visible(timeout=OPENS_WITHIN_MS)
    volunteer.picture(album / "05-still-there.png")
    volunteer.button("用这段").click()
    expect(volunteer.question().get_by_role("button", name="重录")).to_be_visible()
    volunteer.finish()
    return name


def mend(volunteer: Phone, name: str, album: Path, brighter: Path) -> None:
    volunteer.open_returned(name)
    expect(volunteer.place(TEMPERATURE)).to_contain_text("是不是 20 度")
    expect(volunteer.place(HAZARD)).to_contain_text("照片太暗")
    expect(volunteer.page.get_by_role("banner")).to_contain_text(name)
    expect(volunteer.place(HAZARD).get_by_role("img", name=HAZARD)).to_be_visible()
    volunteer.picture(album / "11-to-be-mended.png")
    volunteer.place(TEMPERATURE).get_by_role("textbox").first.fill("20")
    volunteer.place(TEMPERATURE).get_by_text("已改", exact=True).click()
    with volunteer.page.expect_file_chooser() as chosen:  # the camera of a test may show the very frame again
        volunteer.place(HAZARD).get_by_role("button", name="从相册选").click()
    chosen.value.set_files(brighter)
    expect(volunteer.place(HAZARD).get_by_text("刚拍的")).to_be_visible()
    expect(volunteer.place(HAZARD).get_by_text("原来的")).to_be_visible()
    volunteer.place(HAZARD).get_by_text("已改", exact=True).click()
    volunteer.picture(album / "12-mended.png")
    volunteer.button("补好了，交回去").click()
    expect(volunteer.page.get_by_text("已经存在手机里，可以放心关掉。")).to_be_visible()


def reassign(county: County, name: str) -> None:
    """Her pair ends: the person leaves the volunteer's lists while the correction waits."""
    county.python(
        "from datetime import date",
        "from sqlalchemy import select",
        "from server.base.db import session, writing",
        "from server.entities.models import Entity",
        "from server.teams import service",
        "from server.teams.models import Pair",
        "with writing():",
        f"    person = session.scalars(select(Entity).where(Entity.label == {name!r})).one()",
        "    open_pairs = select(Pair).where(Pair.entity_id == person.id, Pair.ended_on.is_(None))",
        "    for pair in session.scalars(open_pairs).all():",
        "        service.end_pair(pair.org_id, pair.id, date.today())",
    )


def check_books(county: County, name: str) -> None:
    """Two revisions, a return, an approval; the person is in the mended record although she had left."""
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        (visit, xml, rows) = books.execute(
            "SELECT v.id, CAST(r.xml AS TEXT), r.list_rows FROM records r"
            " JOIN visits v ON v.current_revision = r.revision_id"
            " JOIN entities e ON e.id = v.subject_id WHERE e.label = ? ORDER BY v.received_at DESC LIMIT 1",
            [name],
        ).fetchone()
        (person,) = books.execute("SELECT id FROM entities WHERE label = ?", [name]).fetchone()
        assert person in xml
        assert "<room_temp>20</room_temp>" in xml
        assert NOTE_BEGINS in xml
        assert [row["label"] for row in json.loads(rows)["people"]] == [name]
        kinds = books.execute("SELECT kind FROM decisions WHERE visit_id = ? ORDER BY at", [visit])
        assert [kind for (kind,) in kinds] == ["return", "approve"]
        numbers = books.execute("SELECT number FROM revisions WHERE visit_id = ? ORDER BY number", [visit])
        assert [number for (number,) in numbers] == [1, 2]
