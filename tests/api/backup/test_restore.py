"""A county restored from a backup: nothing that any phone still holds is lost, and nothing is doubled."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from server.backup import epochs, making, restoring
from server.base import db, presence
from server.base.db import session
from server.base.problems import Problem
from server.photos.models import PhotoPartial
from server.visits.models import Revision, Visit
from tests.api.backup.conftest import House
from tests.factories import pictures
from tests.factories.county import County


def counted(county: County) -> tuple[int, int]:
    """Visits and revisions that the county holds."""
    with county.app.app_context(), db.reading():
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in (Visit, Revision))  # type: ignore[return-value]


def test_what_came_after_the_backup_is_offered_again_and_found_once(house: House) -> None:
    """[S14] [S2]"""
    county, phone = house.county, house.county.phone()
    before, after = county.visit(phone), county.visit(phone)
    phone.sync(before)
    folder, _ = house.back_up()
    phone.sync(after)
    phone.sync_all()
    old = dict(phone.held)
    house.restore(folder, over=True)
    assert counted(county) == (1, 1)

    heard = phone.sync()
    assert set(heard["reset"]) == set(heard["cursor"]["feeds"])
    again = phone.sync(before, after)
    assert [one["outcome"] for one in again["results"]] == ["accepted", "accepted"]
    phone.sync_all()
    assert counted(county) == (2, 2)
    assert {row[2] for row in phone.held if row[1] == "visit"} == {row[2] for row in old if row[1] == "visit"}


def test_the_epoch_is_another_and_the_backup_itself_counts_as_one(house: House) -> None:
    """[S14]"""
    phone = house.county.phone()
    before = phone.sync()["epoch"]
    folder, made = house.back_up()
    house.restore(folder, over=True)
    heard = phone.sync()
    assert heard["epoch"] != before
    assert heard["backed_up_to"] == made.made


def test_a_photo_that_the_backup_lacks_is_asked_for_again(house: House) -> None:
    """[S14] [S7]"""
    county, phone = house.county, house.county.phone()
    kept, late = pictures.photo(1), pictures.photo(2)
    files = [photo.attachment() for photo in (kept, late)]
    op = county.visit(phone, records=[county.record(phone, attachments=files)])
    phone.sync(op)
    assert phone.put(kept.sha256, kept.data).status_code == 201
    folder, _ = house.back_up()
    assert phone.put(late.sha256, late.data).status_code == 201
    house.restore(folder, over=True)
    heard = phone.sync(have=[kept.sha256, late.sha256])
    assert [one["sha256"] for one in heard["receipts"]] == [kept.sha256]
    assert heard["wanted"] == [{"sha256": late.sha256, "offset": 0}]
    assert phone.put(late.sha256, late.data).status_code == 201
    assert house.damages() == []


def test_a_file_that_was_damaged_when_the_backup_was_made_is_awaited_again(house: House) -> None:
    """[S14] [S7]"""
    county, phone = house.county, house.county.phone()
    photo = pictures.photo()
    phone.sync(county.visit(phone, records=[county.record(phone, attachments=[photo.attachment()])]))
    phone.put(photo.sha256, photo.data)
    (house.settings.data / "blobs" / "photos" / "1" / photo.sha256[:2] / photo.sha256).write_bytes(b"rot")
    folder, _ = house.back_up()
    assert house.restore(folder, over=True).awaited == 1
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    assert phone.put(photo.sha256, photo.data).status_code == 201
    assert house.damages() == []


def test_a_file_that_was_half_sent_begins_anew(house: House) -> None:
    """[S14] [S7]"""
    county, phone = house.county, house.county.phone()
    photo = pictures.photo()
    phone.sync(county.visit(phone, records=[county.record(phone, attachments=[photo.attachment()])]))
    assert phone.put(photo.sha256, photo.data[:2048], 0, len(photo.data)).status_code == 202
    folder, _ = house.back_up()
    house.restore(folder, over=True)
    with county.app.app_context(), db.reading():
        assert session.scalars(select(PhotoPartial)).all() == []
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]


def test_it_goes_into_an_empty_folder_of_another_machine(house: House, tmp_path: Path) -> None:
    county, phone = house.county, house.county.phone()
    phone.sync(county.visit(phone))
    folder, _ = house.back_up()
    done = house.restore(folder, tmp_path / "elsewhere" / "data")
    assert done.aside is None
    assert counted(county) == (1, 1)
    assert house.damages() == []


def test_what_is_there_is_not_written_over_unless_asked_and_then_kept_beside(house: House) -> None:
    county, phone = house.county, house.county.phone()
    folder, _ = house.back_up()
    phone.sync(county.visit(phone))
    with pytest.raises(Problem) as told:
        house.restore(folder)
    assert told.value.code == "data_there"
    assert "--over" in told.value.words("zh").next
    house.start()
    assert counted(county) == (1, 1)
    done = house.restore(folder, over=True)
    assert counted(county) == (0, 0)
    assert done.aside is not None
    aside = replace(house.settings, data=done.aside)
    house.settings = aside
    house.start()
    assert counted(county) == (1, 1)


def test_a_backup_that_is_not_whole_changes_nothing(house: House) -> None:
    folder, _ = house.back_up()
    (folder / "lianxin.sqlite").write_bytes(b"no database")
    before = sorted(one.name for one in house.settings.data.iterdir())
    with pytest.raises(Problem, match="backup_broken"):
        house.restore(folder, over=True)
    house.start()
    assert counted(house.county) == (0, 0)
    assert {"replaced", "restoring"}.isdisjoint(one.split("-")[0] for one in before)


def test_a_backup_of_a_newer_lianxin_is_not_restored(house: House) -> None:
    folder, _ = house.back_up()
    said = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**said, "schema": "9999"}))
    with pytest.raises(Problem, match="backup_newer"):
        house.restore(folder, over=True)


def test_nothing_is_restored_under_a_server_that_runs(house: House) -> None:
    folder, _ = house.back_up()
    with presence.alone(house.settings.data), pytest.raises(Problem, match="server_running"):
        restoring.restore(house.settings, folder, house.clock(), over=True)


def test_paper_cards_that_were_not_used_yet_still_open_the_door(house: House, tmp_path: Path) -> None:
    """The secret of a server that made its own comes along."""
    (house.settings.data / "secret").write_text("made by itself, long enough to be a secret")
    folder, _ = house.back_up()
    house.restore(folder, tmp_path / "elsewhere")
    kept = tmp_path / "elsewhere" / "secret"
    assert kept.read_text() == "made by itself, long enough to be a secret"
    assert oct(kept.stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    "where", [{"database_url": "postgresql://somewhere/lianxin"}, {"blobs": "s3://bucket/county"}]
)
def test_what_lies_on_other_machines_is_backed_up_by_their_own_means(
    house: House, where: dict[str, str]
) -> None:
    for verb in (making.make, restoring.restore):
        with pytest.raises(Problem) as told:
            verb(replace(house.settings, **where), house.backups, house.clock())  # type: ignore[arg-type]
        assert told.value.code == "backup_elsewhere"
        assert "lianxin epoch renew" in told.value.words("en").next


def test_a_county_that_was_put_back_by_other_means_begins_anew(
    county: County, clock: Callable[[], object]
) -> None:
    """[S14]"""
    phone = county.phone()
    before = phone.sync()["epoch"]
    with county.app.app_context():
        making.finished(county.clock())
        assert phone.sync()["backed_up_to"] is not None
        assert epochs.renew(county.clock()) == 0
    heard = phone.sync()
    assert (heard["epoch"] != before, heard["backed_up_to"]) == (True, None)
    assert set(heard["reset"]) == set(heard["cursor"]["feeds"])
