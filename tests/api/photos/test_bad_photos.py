"""Files that nobody should send: each is kept, told, never shown, and troubles nobody else."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from server.base import lanes
from server.base.settings import Settings
from tests.api.photos.conftest import Promise
from tests.factories import pictures
from tests.factories.county import AUDITOR, County
from tests.factories.pictures import File

WHOLE = pictures.photo(4)
HTML = b"<!doctype html><script>alert(1)</script>"

# what was sent → why it stands aside
ASIDE = {
    "no picture at all": (File(b"this is not a picture" * 50), "photo_type"),
    "a web page with a picture behind it": (File(HTML + WHOLE.data), "photo_type"),
    "a program": (File(b"\x7fELF" + os.urandom(2_000)), "photo_type"),
    "a drawing with scripts": (File(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'), "photo_type"),
    "an empty promise of a jpeg": (File(b"\xff\xd8\xff\xe0 nothing follows"), "photo_unreadable"),
    "a picture cut in its middle": (File(WHOLE.data[: len(WHOLE.data) // 2]), "photo_unreadable"),
    "a png whose pixels are missing": (pictures.bomb_png(100), "photo_unreadable"),
    "few bytes, 400 million pixels": (pictures.bomb_png(), "photo_too_large"),
    "a webp that asks for 256 million": (pictures.bomb_webp(), "photo_too_large"),
    "a pdf that was cut": (File(pictures.pdf().data[:120]), "photo_unreadable"),
    "a film without its end": (File(pictures.film().data + b"\0\0\1\0mdat"), "photo_unreadable"),
    "a word file": (File(b"PK\3\4\x14\0" + os.urandom(2_000)), "photo_type"),
    "a webp without a size": (File(b"RIFF\x10\0\0\0WEBPVP8?" + b"\0" * 8, "image/webp"), "photo_unreadable"),
}


@pytest.mark.parametrize("bad", ASIDE)
def test_what_is_no_usable_picture_is_received_aside_and_never_shown(
    county: County, promise: Promise, bad: str
) -> None:
    """[S7] The phone gets its receipt, then the reason; the desk sees the reason, and may download."""
    file, code = ASIDE[bad]
    phone, desk = county.phone(), county.desk()
    op = promise(phone, file)
    phone.sync(op)
    receipt = {"sha256": file.sha256, "bytes": len(file.data)}
    answered = phone.put(file.sha256, file.data)
    assert (answered.status_code, answered.get_json()) == (201, {**receipt, "pending": True})
    county.look()
    assert phone.sync(have=[file.sha256])["receipts"] == [{**receipt, "aside": code}]

    visit = op["body"]["visit"]
    path = f"/api/visits/{visit}/photos/{file.sha256}"
    shown = [
        line["attachment"] for line in lines(desk.get(f"/api/desk/visits/{visit}")) if line["attachment"]
    ]
    assert [(one["state"], one["reason"]) for one in shown] == [("aside", code)]
    refused = county.app.test_client().get(path, headers=desk.headers())
    assert refused.get_json()["code"] == code
    desk.get(f"{path}/preview", 404)

    given = desk.get(f"{path}?download=1")
    assert given.data == file.data
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    rows = county.desk(AUDITOR).get("/api/desk/audit")["items"]
    assert ("photo.download", file.sha256) in [(row["action"], row["target_id"]) for row in rows]


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("run.html", HTML)
    return made.getvalue()


@pytest.mark.parametrize("tail", [HTML, zipped()], ids=["a web page behind it", "an archive behind it"])
def test_a_picture_that_is_something_else_as_well_is_served_as_a_picture_only(
    county: County, promise: Promise, tail: bytes
) -> None:
    file = File(WHOLE.data + tail)
    phone, desk = county.phone(), county.desk()
    op = promise(phone, file)
    phone.sync(op)
    assert phone.put(file.sha256, file.data, kind="text/html").status_code == 201
    county.look()
    path = f"/api/visits/{op['body']['visit']}/photos/{file.sha256}"
    read = desk.get(path)
    assert read.headers["Content-Type"] == "image/jpeg"
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert read.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    small = desk.get(f"{path}/preview")
    assert tail[:20] not in small.data
    Image.open(io.BytesIO(small.data)).verify()


def test_the_type_is_what_the_bytes_are_whatever_the_phone_says(county: County, promise: Promise) -> None:
    png = pictures.photo(6, 40, 30, "PNG")
    file = File(png.data, "image/jpeg")
    phone = county.phone()
    op = promise(phone, file)
    phone.sync(op)
    phone.put(file.sha256, file.data, kind="image/jpeg")
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{file.sha256}")
    assert read.headers["Content-Type"] == "image/png"


def test_a_bad_photo_costs_the_others_nothing(county: County, promise: Promise) -> None:
    good, bad = pictures.photo(8), pictures.bomb_png()
    phone = county.phone()
    phone.sync(promise(phone, good, bad))
    phone.put(bad.sha256, bad.data)
    assert phone.put(good.sha256, good.data).status_code == 201
    county.look()
    told = phone.sync(have=[good.sha256, bad.sha256])["receipts"]
    assert {one["sha256"]: one.get("aside") for one in told} == {
        good.sha256: None,
        bad.sha256: "photo_too_large",
    }


def test_half_of_the_threads_are_kept_from_long_bodies(
    county: County, promise: Promise, photo: File, settings: Settings
) -> None:
    """[S10] Beyond that a phone is told at once to come again, and everything else is answered."""
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    lane = county.app.extensions["lianxin.lane"] = lanes.of(settings)
    taken = settings.threads // 2
    for _ in range(taken):
        assert lane.enter()
    refused = phone.put(photo.sha256, photo.data)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    lane.leave()
    assert phone.put(photo.sha256, photo.data).status_code == 201
    assert phone.put(photo.sha256, photo.data).status_code == 200  # the place is given back each time


# ---------------------------------------------------------------- a full disk


@dataclass
class Disk:
    """A small one, and how to make room on it."""

    folder: Path
    grow: Callable[[], object]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """A real file system of one megabyte; where this user may not mount, no file may grow beyond that."""
    folder = tmp_path / "small"
    folder.mkdir()
    if mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
        yield Disk(folder, lambda: mount("-o", "remount,size=8m", str(folder)))
        subprocess.run(["umount", str(folder)], check=True)
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    yield Disk(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_full_disk_is_told_with_a_time_to_come_again_and_keeps_nothing_by_half(
    make_app: Callable[[Settings], Flask],
    settings: Settings,
    clock: Any,
    small_disk: Disk,
    pieces: int,
) -> None:
    """[S1] What was acknowledged before stays; when there is room again the phone goes on from there."""
    county = County(make_app(replace(settings, blobs=small_disk.folder.as_uri())), clock).build()
    phone = county.phone()
    file = File(WHOLE.data + os.urandom(1_500_000))
    step = len(file.data) // pieces + 1
    record = county.record(phone, attachments=[file.attachment()])
    phone.sync(county.visit(phone, records=[record]))
    kept = 0
    for first in range(0, len(file.data), step):
        answered = phone.put(file.sha256, file.data[first : first + step], first, len(file.data))
        if answered.status_code == 503:
            break
        kept = answered.get_json()["offset"]
    assert answered.status_code == 503
    assert int(answered.headers["Retry-After"]) > 0
    assert answered.get_json()["code"] == "busy"
    files = [each for each in small_disk.folder.rglob("*") if each.is_file()]
    assert sum(each.stat().st_size for each in files) == kept, files
    told = phone.sync(have=[file.sha256])
    assert (told["wanted"], told["receipts"]) == ([{"sha256": file.sha256, "offset": kept}], [])

    small_disk.grow()
    for first in range(kept, len(file.data), step):
        answered = phone.put(file.sha256, file.data[first : first + step], first, len(file.data))
    assert answered.status_code == 201


def lines(detail: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for record in detail["records"] for line in record["answers"]]
