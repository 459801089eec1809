"""After a week what nobody needs goes; what somebody has a receipt for never does; rows and bytes agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.base import db
from server.base.blobs import Blobs
from server.base.db import session
from server.base.settings import Settings
from server.cli import main
from server.photos import cleaning, places
from server.photos.cleaning import Cleaned, Difference
from server.photos.models import Photo, PhotoPartial, PhotoRef
from tests.api.photos.conftest import Promise
from tests.conftest import SECRET
from tests.factories import pictures
from tests.factories.county import ORG, County
from tests.factories.pictures import File


@pytest.fixture
def blobs(settings: Settings) -> Blobs:
    return Blobs.of(settings)


@pytest.fixture
def landed(county: County, promise: Promise, photo: File) -> Iterator[File]:
    """A photo that is here."""
    county.phone().sync(promise(county.phone(), photo))
    assert county.phone().put(photo.sha256, photo.data).status_code == 201
    with county.app.app_context():
        yield photo


def unrefer(photo: File) -> None:
    """As erasing a visit will do it."""
    with db.writing():
        session.query(PhotoRef).filter_by(org_id=ORG, sha256=photo.sha256).delete()


def test_a_referred_photo_stays_however_old(county: County, landed: File, blobs: Blobs) -> None:
    assert cleaning.clean(blobs, county.clock() + timedelta(days=4000)) == Cleaned(0, 0, 0)
    assert list(cleaning.verify(blobs, deep=True)) == []


def test_an_unreferred_photo_stays_for_a_week_and_then_goes_whole(
    county: County, landed: File, blobs: Blobs
) -> None:
    unrefer(landed)
    assert cleaning.clean(blobs, county.clock() + timedelta(days=6, hours=23)).photos == 0
    assert cleaning.clean(blobs, county.clock() + timedelta(days=7, hours=1)).photos == 1
    assert blobs.size(places.photo(ORG, landed.sha256)) is None
    assert list(cleaning.verify(blobs)) == []


def test_a_reference_that_comes_while_it_is_cleaned_keeps_it_wanted_and_never_received(
    county: County, promise: Promise, landed: File, blobs: Blobs
) -> None:
    """[S7] An op comes in between the two steps of cleaning."""
    unrefer(landed)
    phone, second = county.phone(), promise(county.phone(), landed)
    with db.writing():
        photo = session.get_one(Photo, (ORG, landed.sha256))
        photo.state = "awaited"  # the first step, as a process left it that was killed then
    told = phone.sync(second)
    assert (told["wanted"], told["receipts"]) == ([{"sha256": landed.sha256, "offset": 0}], [])
    assert cleaning.clean(blobs, county.clock() + timedelta(days=8)).photos == 0
    assert phone.put(landed.sha256, landed.data).status_code == 201
    assert list(cleaning.verify(blobs, deep=True)) == []


def test_a_partial_goes_after_a_week_of_silence_with_its_pieces(
    county: County, promise: Promise, photo: File, blobs: Blobs
) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = len(photo.data)
    phone.put(photo.sha256, photo.data[:3_000], 0, total)
    county.clock.forward(days=5)
    phone.put(photo.sha256, photo.data[3_000:5_000], 3_000, total)
    with county.app.app_context():
        assert cleaning.clean(blobs, county.clock() + timedelta(days=6)).partials == 0
        assert cleaning.clean(blobs, county.clock() + timedelta(days=8)).partials == 1
        assert list(blobs.walk(places.PIECES)) == []
        with db.reading():
            assert session.query(PhotoPartial).count() == 0
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]


def test_what_killed_requests_left_behind_goes(county: County, landed: File, blobs: Blobs) -> None:
    stray = pictures.photo(77)
    blobs.put(places.photo(ORG, stray.sha256), stray.data)
    blobs.put(places.piece(ORG, "device", stray.sha256, 0), b"piece")
    blobs.scratch().write_bytes(b"half a file")
    assert [one.what for one in cleaning.verify(blobs)] == ["unknown"]
    later = county.clock.moment.now(county.clock.moment.tzinfo) + timedelta(days=8)
    assert cleaning.clean(blobs, later) == Cleaned(1, 0, 2)
    assert list(cleaning.verify(blobs, deep=True)) == []
    assert [one.key for one in blobs.walk(places.PHOTOS)] == [places.photo(ORG, landed.sha256)]


def test_verify_names_what_is_missing_and_what_has_changed(landed: File, blobs: Blobs) -> None:
    key = places.photo(ORG, landed.sha256)
    blobs.put(key, b"x" * len(landed.data))
    assert list(cleaning.verify(blobs)) == []
    assert list(cleaning.verify(blobs, deep=True)) == [Difference("hash", key)]
    blobs.put(key, landed.data[:-1])
    assert list(cleaning.verify(blobs)) == [Difference("size", key)]
    blobs.delete([key])
    assert list(cleaning.verify(blobs)) == [Difference("missing", key)]


def test_the_commands_clean_and_verify(
    landed: File, blobs: Blobs, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"DATABASE_URL": settings.database_url, "DATA": str(tmp_path), "SECRET": SECRET}
    for name, value in said.items():
        monkeypatch.setenv(f"LIANXIN_{name}", value)
    assert "photos 0" in CliRunner().invoke(main, ["photos", "clean"]).output
    good = CliRunner().invoke(main, ["verify", "--deep"])
    assert (good.exit_code, "rows and files agree" in good.output) == (0, True)
    blobs.delete([places.photo(ORG, landed.sha256)])
    bad = CliRunner().invoke(main, ["verify"])
    assert bad.exit_code == 1
    assert f"missing\t{places.photo(ORG, landed.sha256)}" in bad.output
