"""Previews travel in the exchange, after the ops and never at their cost (rule S8)."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.api.photos.conftest import Promise
from tests.factories import pictures
from tests.factories.county import LIYAN, OTHER_TEAM, OU, SHOUYI, County
from tests.factories.pictures import File


def small(file: File, data: bytes | None = None, **changes: Any) -> dict[str, Any]:
    sent = data if data is not None else pictures.preview().data
    return {"of": file.sha256, "type": "image/jpeg", "base64": base64.b64encode(sent).decode(), **changes}


def shown(county: County, op: dict[str, Any], photo: File, status: int = 200) -> Any:
    return county.desk(LIYAN).get(f"/api/visits/{op['body']['visit']}/photos/{photo.sha256}/preview", status)


def test_a_preview_in_the_exchange_of_its_op_is_what_the_desk_shows(
    county: County, promise: Promise, photo: File
) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    told = phone.sync(op, previews=[small(photo)])
    assert told["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    read = shown(county, op, photo)
    assert read.data == pictures.preview().data
    assert read.headers["Content-Type"] == "image/jpeg"
    assert read.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert read.headers["Cache-Control"] == "private, no-cache"


def test_a_preview_may_come_in_a_later_exchange(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    shown(county, op, photo, 404)
    phone.sync(previews=[small(photo)])
    assert shown(county, op, photo).data == pictures.preview().data


def test_the_servers_own_takes_its_place_when_the_photo_lands(
    county: County, promise: Promise, photo: File
) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op, previews=[small(photo)])
    phone.put(photo.sha256, photo.data)
    assert shown(county, op, photo).data == pictures.preview().data
    county.look()
    read = shown(county, op, photo)
    assert read.data != pictures.preview().data
    assert read.headers["Cache-Control"].endswith("immutable")


BAD = {
    "too large": {"data": b"\xff\xd8\xff" + b"x" * 24_577},
    "no picture": {"data": b"\xff\xd8\xff and then nothing"},
    "another type than it says": {"type": "image/webp"},
    "a type that is none of the two": {"type": "image/svg+xml"},
    "no base64": {"base64": "!!!"},
    "no hash": {"of": "photo"},
    "many pixels": {"data": pictures.photo(1, 3_000, 8, "JPEG").data},
    "a webp that says it is huge": {"data": pictures.bomb_webp().data, "type": "image/webp"},
    "one member more": {"extra": 1},
}


@pytest.mark.parametrize("bad", BAD)
def test_what_does_not_fit_is_dropped_and_costs_the_op_nothing(
    county: County, promise: Promise, photo: File, bad: str
) -> None:
    """[S8]"""
    phone = county.phone()
    op = promise(phone, photo)
    told = phone.sync(op, previews=["?", small(photo, **BAD[bad])])
    assert told["results"][0]["outcome"] == "accepted"
    shown(county, op, photo, 404)


def test_a_preview_of_a_file_that_one_has_not_promised_is_dropped(
    county: County, promise: Promise, photo: File
) -> None:
    mine, other = county.phone(), county.phone(SHOUYI)
    op = promise(mine, photo)
    mine.sync(op)
    other.sync(previews=[small(photo)])
    shown(county, op, photo, 404)


def test_another_users_preview_of_the_same_file_is_not_shown_in_my_visit(
    county: County, promise: Promise, photo: File
) -> None:
    mine, other = county.phone(), county.phone(SHOUYI)
    op = promise(mine, photo)
    mine.sync(op)
    theirs = promise(other, photo, team=OTHER_TEAM, subject={"list": "people", "id": OU})
    other.sync(theirs, previews=[small(photo)])
    shown(county, op, photo, 404)
    mine.sync(previews=[small(photo, pictures.preview(2).data)])
    assert shown(county, op, photo).data == pictures.preview(2).data


def test_the_first_preview_stays(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op, previews=[small(photo), small(photo, pictures.preview(2).data)])
    phone.sync(previews=[small(photo, pictures.preview(3).data)])
    assert shown(county, op, photo).data == pictures.preview().data
