"""The reference client as a script uses it, over real HTTP against real gunicorn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sync.client import File, NotEnrolled, Phone, __main__
from sync.client.answer import Ask, Heard
from sync.client.transport import Transport
from tests.factories import pictures
from tests.factories.county import PIAO, TEAM
from tests.factories.served import Gunicorn, Served

pytestmark = pytest.mark.timeout(300)  # starts a county, and waits for its answers


@pytest.fixture
def url(gunicorn: tuple[Served, Gunicorn]) -> str:
    return f"http://127.0.0.1:{gunicorn[1].port}"


@pytest.fixture
def county(gunicorn: tuple[Served, Gunicorn]) -> Served:
    return gunicorn[0]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What the command says, once it is done."""
    assert __main__.main([str(one) for one in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_script_enrols_sends_a_visit_with_a_photo_and_hears_what_became_of_it(
    county: Served, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """[S1] [S7]"""
    file, photo = tmp_path / "phone.db", tmp_path / "door.jpg"
    photo.write_bytes(pictures.photo(seed=77).data)
    run(capsys, file, "enrol", url, county.code())
    assert file.stat().st_mode & 0o077 == 0
    run(capsys, file, "sync")
    assert run(capsys, file, "show", "entity")[PIAO]["label"] == "朴顺姬"
    put = ["put", TEAM, "day-care", "daily-contact", f"/data/person={PIAO}", "/data/contact=phone"]
    visit = run(capsys, file, *put, "--person", PIAO, "--photo", photo)["visit"]
    run(capsys, file, "note", visit, "她女儿接的电话")
    told = run(capsys, file, "sync", "--patience", 60)
    assert told == {"waiting": 0, "refused": {}, "originals": 0, "offline": False, "trouble": None}
    shown = run(capsys, file, "show", "visit")[visit]
    assert (shown["state"], shown["form"], shown["subject"]["id"]) == ("received", "daily-contact", PIAO)
    notes = run(capsys, file, "show", "note").values()
    assert [note["text"] for note in notes if note["visit"] == visit] == ["她女儿接的电话"]
    run(capsys, file, "withdraw", visit, "--reason", "entered twice")
    run(capsys, file, "sync")
    assert run(capsys, file, "show", "visit")[visit]["state"] == "withdrawn"


def test_a_visit_is_put_again_and_the_feeds_hold_what_the_county_holds(
    county: Served, url: str, tmp_path: Path
) -> None:
    """[S6] [S12]"""
    phone = Phone.enrol(url, county.code(), tmp_path / "phone.db")
    phone.sync()
    answers = {"/data/person": PIAO, "/data/contact": "phone"}
    visit = phone.put_visit(TEAM, "day-care", "daily-contact", answers, person=PIAO)
    photo = File("a.jpg", "image/jpeg", pictures.photo(seed=78).data, pictures.preview().data)
    again = {**answers, "/data/contact": "family"}
    phone.put_visit(TEAM, "day-care", "daily-contact", again, person=PIAO, visit=visit, files=[photo])
    assert phone.sync(patience_s=60).is_done
    assert phone.things("visit")[visit]["number"] == 2
    assert phone.loop.world.mismatched() == []
    heard = phone.carry(Ask("GET", f"/api/visits/{visit}/photos/{photo.sha256}/preview", "", b""))
    assert heard is not None
    assert heard.status == 200
    phone.close()


def test_a_phone_whose_clock_is_a_month_off_is_told_the_time(
    county: Served, url: str, tmp_path: Path
) -> None:
    """[S9]"""
    phone = Phone.enrol(url, county.code(), tmp_path / "phone.db")
    carry = phone.carry
    assert isinstance(carry, Transport)
    signed_ms = phone.loop.server_now_ms
    asked: list[Ask] = []

    def noted(ask: Ask) -> Heard | None:
        asked.append(ask)
        return carry(ask)

    phone.carry = noted
    carry.now_ms = lambda: signed_ms() - 30 * 86_400_000
    assert phone.sync().is_done
    assert asked
    phone.carry = carry
    phone.close()


def test_a_code_that_nobody_knows_enrols_nobody(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled, match="code_unknown"):
        Phone.enrol(url, "AAAA-AAAA", tmp_path / "phone.db")
    with pytest.raises(NotEnrolled):
        Phone.open(tmp_path / "phone.db")


def test_a_county_that_does_not_answer_leaves_all_waiting(county: Served, url: str, tmp_path: Path) -> None:
    """[S1] [S10]"""
    phone = Phone.enrol(url, county.code(), tmp_path / "phone.db")
    phone.sync()
    phone.put_visit(TEAM, "day-care", "daily-contact", {"/data/contact": "phone"})
    assert isinstance(phone.carry, Transport)
    phone.carry.url = "http://127.0.0.1:9"
    standing = phone.sync()
    assert (standing.waiting, standing.offline) == (1, True)
    phone.close()
