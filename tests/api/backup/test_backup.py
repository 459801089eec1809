"""A backup holds what was there, all of it, and nobody is told so before it does."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from server.backup import making, manifest
from server.base.problems import Problem
from tests.api.backup.conftest import House
from tests.factories import pictures
from tests.factories.county import WENLAN, County
from tests.factories.phone import Phone
from tests.factories.pictures import File


def send(county: County, phone: Phone, photo: File) -> None:
    """A visit with a photo, all of it acknowledged."""
    record = county.record(phone, attachments=[photo.attachment()])
    phone.sync(county.visit(phone, records=[record]))
    assert phone.put(photo.sha256, photo.data).status_code == 201


def lies(folder: Path, photo: File) -> Path:
    return folder / "blobs" / "photos" / "1" / photo.sha256[:2] / photo.sha256


def test_a_backup_is_a_folder_that_sha256sum_can_check(house: House) -> None:
    """[S14]"""
    photo = pictures.photo()
    send(house.county, house.county.phone(), photo)
    folder, made = house.back_up()
    assert (made.counties, made.missing, made.files) == (["HL"], [], 2)
    checked = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert checked.returncode == 0
    assert hashlib.sha256(lies(folder, photo).read_bytes()).hexdigest() == photo.sha256
    assert manifest.check(folder) == made
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_phones_hear_until_when_all_of_it_lies_in_a_backup_once_it_has_finished(house: House) -> None:
    """[S14]"""
    assert house.backed_up_to() is None
    before = house.clock()
    seen = []

    def step(_: str) -> None:
        seen.append(house.backed_up_to())

    _, made = house.back_up(step=step)
    assert seen == [None, None]
    said = house.backed_up_to()
    assert said is not None
    assert before < said < made.made_at
    later = house.back_up()[1]
    assert made.made_at < (house.backed_up_to() or made.made_at) < later.made_at


def test_the_next_backup_links_what_lies_there_already(house: House) -> None:
    photo, other = pictures.photo(1), pictures.photo(2)
    send(house.county, house.county.phone(), photo)
    first, _ = house.back_up()
    send(house.county, house.county.phone(), other)
    second, _ = house.back_up()
    assert os.path.samefile(lies(first, photo), lies(second, photo))
    assert lies(second, other).stat().st_nlink == 1
    assert not os.path.samefile(lies(second, photo), lies(house.settings.data, photo))


def test_what_was_damaged_in_an_earlier_backup_is_copied_anew(house: House) -> None:
    photo = pictures.photo()
    send(house.county, house.county.phone(), photo)
    first, _ = house.back_up()
    lies(first, photo).write_bytes(b"rot")
    second, made = house.back_up()
    assert made.missing == []
    assert lies(second, photo).read_bytes() == photo.data
    with pytest.raises(Problem, match="backup_broken"):
        manifest.check(first)


def test_a_file_that_is_damaged_on_the_server_is_named_and_does_not_stop_the_rest(house: House) -> None:
    good, bad, gone = (pictures.photo(seed) for seed in (1, 2, 3))
    for photo in (good, bad, gone):
        send(house.county, house.county.phone(), photo)
    lies(house.settings.data, bad).write_bytes(b"rot")
    lies(house.settings.data, gone).unlink()
    folder, made = house.back_up()
    named = {Path(name).name for name in made.missing}
    assert named == {bad.sha256, gone.sha256}
    assert lies(folder, good).exists()
    assert manifest.check(folder) == made


def test_an_export_that_can_still_be_fetched_comes_along(house: House) -> None:
    phone, desk = house.county.phone(), house.county.desk(WENLAN)
    phone.sync(house.county.visit(phone))
    day = house.clock().date().isoformat()
    desk.post("/api/exports", {"format": "csv", "from": day, "to": day}, status=202)
    assert house.county.app.extensions["lianxin.jobs"].run_one()
    folder, made = house.back_up()
    assert made.files == 2
    (export,) = [name for name, _ in manifest.sums(folder) if name.startswith("blobs/")]
    assert (folder / export).stat().st_size > 0


def test_a_backup_that_was_killed_is_none_and_the_next_one_tidies_up(house: House) -> None:
    def dies(step: str) -> None:
        if step == "files":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.back_up(step=dies)
    (left,) = [one for one in house.backups.iterdir() if one.is_dir()]
    with pytest.raises(Problem, match="backup_broken"):
        manifest.check(left)
    assert house.backed_up_to() is None
    folder, _ = house.back_up()
    assert [one for one in house.backups.iterdir() if one.is_dir()] == [folder]


def test_two_backups_at_once_do_not_meet(house: House) -> None:
    def another(step: str) -> None:
        with pytest.raises(Problem, match="backup_under_way"):
            making.make(house.settings, house.backups, house.clock())

    house.back_up(step=another)


def test_a_disk_that_says_no_is_told_and_nobody_hears_of_a_backup(house: House) -> None:
    house.backups.write_text("a file where a folder should be")
    with pytest.raises(Problem) as told:
        house.back_up()
    assert told.value.code == "backup_failed"
    assert "之前的备份还在" in told.value.words("zh").next
    assert house.backed_up_to() is None


@pytest.fixture
def broken(house: House) -> Path:
    folder, _ = house.back_up()
    return folder


@pytest.mark.parametrize("file", ["lianxin.sqlite", "SHA256SUMS"])
def test_a_backup_with_one_byte_changed_is_not_whole(broken: Path, file: str) -> None:
    data = bytearray((broken / file).read_bytes())
    data[len(data) // 2] ^= 1
    (broken / file).write_bytes(data)
    with pytest.raises(Problem, match="backup_broken"):
        manifest.check(broken)


def test_a_backup_whose_manifest_was_cut_is_not_whole(broken: Path) -> None:
    whole = (broken / "manifest.json").read_bytes()
    (broken / "manifest.json").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Problem, match="backup_broken"):
        manifest.check(broken)


def test_sums_that_lead_out_of_the_folder_are_not_followed(broken: Path) -> None:
    sums = broken / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  ../../secret\n")
    said = json.loads((broken / "manifest.json").read_text())
    said["sums"] = hashlib.sha256(sums.read_bytes()).hexdigest()
    (broken / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(Problem, match="backup_broken"):
        manifest.check(broken)
