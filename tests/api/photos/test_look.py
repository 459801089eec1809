"""What has come is looked over beside the requests: once, by whoever is there, and shown to nobody before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from server.base.blobs import Blobs
from server.base.settings import Settings
from server.photos import looking, looks, places
from tests.api.photos.conftest import Promise
from tests.factories.county import GUIFEN, ORG, OTHER_TEAM, OU, SHOUYI, County
from tests.factories.phone import Phone
from tests.factories.pictures import File


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def landed(county: County, promise: Promise, photo: File) -> Iterator[Phone]:
    """A phone whose photo has come; nobody has looked at it."""
    phone = county.phone()
    phone.sync(promise(phone, photo))
    assert phone.put(photo.sha256, photo.data).status_code == 201
    with county.app.app_context():
        yield phone


def look(county: County, settings: Settings, after: timedelta = timedelta(0)) -> bool:
    return looking.look_over(Blobs.of(settings), county.clock() + after)


def receipt(phone: Phone, photo: File) -> dict[str, Any]:
    (told,) = phone.sync(have=[photo.sha256])["receipts"]
    return {name: value for name, value in told.items() if name in ("aside", "pending")}


def test_it_is_looked_over_once(county: County, settings: Settings, landed: Phone, photo: File) -> None:
    assert look(county, settings)
    assert not look(county, settings)
    assert receipt(landed, photo) == {}


def test_while_one_process_looks_another_finds_nothing_to_do(
    county: County, settings: Settings, landed: Phone, photo: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[bool] = []
    real = looks.look

    def meanwhile(data: bytes) -> looks.Look:
        found.append(look(county, settings))
        return real(data)

    monkeypatch.setattr(looks, "look", meanwhile)
    assert look(county, settings)
    assert found == [False]


def test_who_dies_over_it_leaves_it_to_the_next_and_what_three_have_died_over_stands_aside(
    county: County, settings: Settings, landed: Phone, photo: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[S7] Its receipt stands whatever becomes of it."""
    after = timedelta(0)
    with monkeypatch.context() as patched:
        patched.setattr(looks, "look", _dies)
        for _ in range(3):
            with pytest.raises(Killed):
                look(county, settings, after)
            assert not look(county, settings, after)  # somebody may be at it still
            assert receipt(landed, photo) == {"pending": True}
            after += timedelta(minutes=6)
        assert look(county, settings, after)
    assert receipt(landed, photo) == {"aside": "photo_unreadable"}


def _dies(_data: bytes) -> looks.Look:
    raise Killed


def test_trouble_of_the_store_is_no_fault_of_the_file(
    county: County, settings: Settings, landed: Phone, photo: File
) -> None:
    blobs, key, after = Blobs.of(settings), places.photo(ORG, photo.sha256), timedelta(0)
    blobs.delete([key])
    for _ in range(5):
        with pytest.raises(FileNotFoundError):
            look(county, settings, after)
        after += timedelta(minutes=6)
    blobs.put(key, photo.data)
    assert look(county, settings, after)
    assert receipt(landed, photo) == {}


def test_what_was_looked_over_for_one_is_shown_at_once_when_another_has_sent_it_too(
    county: County, settings: Settings, landed: Phone, photo: File, promise: Promise
) -> None:
    """[S7] And her own answer is that of a file which nobody ever saw."""
    look(county, settings)
    other, desk = county.phone(SHOUYI), county.desk(GUIFEN)
    op = promise(other, photo, team=OTHER_TEAM, subject={"list": "people", "id": OU})
    other.sync(op)
    path = f"/api/visits/{op['body']['visit']}/photos/{photo.sha256}"
    desk.get(path, 404)
    before = desk.get("/api/desk/changes")["token"]
    assert other.put(photo.sha256, photo.data).get_json()["pending"] is True
    assert desk.get(path).data == photo.data
    assert desk.get("/api/desk/changes")["token"] != before
