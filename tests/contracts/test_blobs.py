"""One contract for every place where files may lie: a folder, and two S3 servers that the tests really start.

moto answers as Amazon's service does and never looks at a signature; nanio is the one that does.
"""

from __future__ import annotations

import hashlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.base.blobs import Blobs, StoreTrouble
from server.base.settings import Settings
from tests.factories import stores


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    yield from stores.moto()


@pytest.fixture(scope="module")
def nanio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from stores.nanio(tmp_path_factory.mktemp("nanio"))


@pytest.fixture(params=["folder", "other folder", "moto", "nanio"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return Blobs.of(Settings(data=tmp_path))
    if request.param == "other folder":
        return Blobs.of(Settings(data=tmp_path, blobs=(tmp_path / "连心 files").as_uri()))
    store = Blobs.of(stores.bucket(request.getfixturevalue(request.param), tmp_path))
    store.delete([found.key for found in store.walk("photos")])
    return store


def test_what_was_put_is_read_back_byte_for_byte(blobs: Blobs) -> None:
    for data in (b"", b"\x00\xff" * 10, os.urandom(3_000_000)):
        blobs.put("photos/1/ab/abc", data)
        with blobs.open("photos/1/ab/abc") as file:
            assert file.read() == data
        assert blobs.size("photos/1/ab/abc") == len(data)


def test_a_file_is_read_in_pieces_of_any_size(blobs: Blobs) -> None:
    data = os.urandom(2_500_000)
    blobs.put("photos/1/long", data)
    with blobs.open("photos/1/long") as file:
        read = [file.read(7), file.read(1 << 20), file.read(1 << 20), file.read(1 << 20), file.read(1)]
    assert b"".join(read) == data


def test_a_finished_file_is_taken_over_under_its_hash_and_the_scratch_is_gone(blobs: Blobs) -> None:
    made = blobs.scratch()
    made.write_bytes(b"workbook")
    name, size = blobs.keep(made)
    assert (name, size) == (hashlib.sha256(b"workbook").hexdigest(), 8)
    assert not made.exists()
    with blobs.open(name) as file:
        assert file.read() == b"workbook"


def test_the_same_key_again_is_replaced_whole(blobs: Blobs) -> None:
    blobs.put("photos/1/x", b"a long first version")
    blobs.put("photos/1/x", b"short")
    with blobs.open("photos/1/x") as file:
        assert file.read() == b"short"


def test_what_is_not_there_is_said_so(blobs: Blobs) -> None:
    assert blobs.size("photos/1/none") is None
    with pytest.raises(FileNotFoundError):
        blobs.open("photos/1/none").read()
    with pytest.raises(FileNotFoundError):
        blobs.open("0" * 64).read()


def test_taking_away_is_the_same_twice(blobs: Blobs) -> None:
    blobs.put("photos/1/gone", b"x")
    blobs.delete(["photos/1/gone", "photos/1/never"])
    blobs.delete(["photos/1/gone"])
    assert blobs.size("photos/1/gone") is None


def test_a_walk_comes_by_every_file_of_its_folder_and_by_no_other(blobs: Blobs) -> None:
    for key in ("photos/1/aa/1", "photos/1/bb/2", "photos/11/3", "pieces/1/4"):
        blobs.put(key, key.encode())
    found = {one.key: one for one in blobs.walk("photos/1")}
    assert set(found) == {"photos/1/aa/1", "photos/1/bb/2"}
    assert {one.bytes for one in found.values()} == {len("photos/1/aa/1")}
    assert all(abs(one.changed_at.timestamp() - time.time()) < 600 for one in found.values())
    assert list(blobs.walk("nowhere")) == []


@pytest.mark.parametrize("key", ["../secret", "photos/../../secret", "/etc/hostname"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret").write_text("s")
    store = Blobs.of(Settings(data=tmp_path))
    with pytest.raises(FileNotFoundError):
        store.open(key)
    with pytest.raises(FileNotFoundError):
        store.put(key, b"x")
    assert (tmp_path / "secret").read_text() == "s"


def test_what_could_not_be_taken_over_leaves_no_scratch(tmp_path: Path) -> None:
    store = Blobs.of(Settings(data=tmp_path))
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "photos").write_text("a file where a folder should be")
    with pytest.raises(OSError):  # noqa: PT011  which one is the file system's own
        store.put("photos/1/x", b"x")
    assert list((tmp_path / "blobs" / "making").iterdir()) == []


@pytest.mark.parametrize(
    "wrong", [{"blobs_secret": "another"}, {"blobs_key_id": "nobody"}], ids=["secret", "key"]
)
def test_a_wrong_key_is_refused_with_the_settings_to_look_at(
    nanio: str, tmp_path: Path, wrong: dict[str, str]
) -> None:
    store = Blobs.of(stores.bucket(nanio, tmp_path, **wrong))
    for attempt in (
        lambda: store.put("photos/1/x", b"x"),
        lambda: store.open("photos/1/x").read(),
        lambda: list(store.walk("photos")),
    ):
        with pytest.raises(StoreTrouble, match=r"LIANXIN_BLOBS_KEY_ID and LIANXIN_BLOBS_SECRET"):
            attempt()


def test_a_store_that_does_not_answer_is_trouble_that_passes(tmp_path: Path) -> None:
    with socket.socket() as held:  # bound and not listening: nobody answers there, and nobody else may
        held.bind(("127.0.0.1", 0))
        store = Blobs.of(stores.bucket(f"http://127.0.0.1:{held.getsockname()[1]}", tmp_path))
        with pytest.raises(StoreTrouble, match="does not answer"):
            store.put("photos/1/x", b"x")


def test_a_url_that_means_nothing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="LIANXIN_BLOBS"):
        Blobs.of(Settings(data=tmp_path, blobs="ftp://somewhere"))
