"""Reading a photo: through its visit only, by who may read the visit, in a sandbox (rule S7)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.api.photos.conftest import Promise
from tests.factories import pictures
from tests.factories.county import (
    ADMIN,
    AUDITOR,
    GUIFEN,
    LEADER,
    LIYAN,
    SHOUYI,
    WENLAN,
    County,
)
from tests.factories.pictures import File


@pytest.fixture
def visit(county: County, promise: Promise, photo: File) -> str:
    """A visit whose photo is here."""
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    assert phone.put(photo.sha256, photo.data).status_code == 201
    county.look()
    found: str = op["body"]["visit"]
    return found


def lines(county: County, visit: str, path: str = "/data/photo") -> dict[str, Any]:
    """The attachment that the desk shows at a question."""
    answers = county.desk().get(f"/api/desk/visits/{visit}")["records"][0]["answers"]
    (line,) = [one for one in answers if one["path"] == path]
    found: dict[str, Any] = line["attachment"]
    return found


@pytest.mark.parametrize("user", [LIYAN, LEADER])
def test_who_may_read_the_visit_reads_its_photo_byte_for_byte_in_a_sandbox(
    county: County, visit: str, photo: File, user: str
) -> None:
    read = county.desk(user).get(f"/api/visits/{visit}/photos/{photo.sha256}")
    assert read.data == photo.data
    assert read.headers["Content-Type"] == "image/jpeg"
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert read.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert read.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert read.headers["Content-Length"] == str(len(photo.data))


@pytest.mark.parametrize(
    ("user", "status"), [(GUIFEN, 404), (WENLAN, 403), (ADMIN, 403), (AUDITOR, 403), (SHOUYI, 403)]
)
@pytest.mark.parametrize("what", ["", "/preview", "?download=1"])
def test_who_must_see_nothing_sees_nothing(
    county: County, visit: str, photo: File, user: str, status: int, what: str
) -> None:
    county.desk(user).get(f"/api/visits/{visit}/photos/{photo.sha256}{what}", status)


def test_her_own_phone_reads_it_and_no_other_phone(county: County, visit: str, photo: File) -> None:
    path = f"/api/visits/{visit}/photos/{photo.sha256}"
    assert county.phone().get(path).data == photo.data
    assert county.new_phone().get(f"{path}/preview").status_code == 200
    assert county.phone(LEADER).get(path).status_code == 404
    assert county.phone(SHOUYI).get(path).status_code == 404


def test_a_photo_is_not_read_through_another_visit(
    county: County, visit: str, photo: File, promise: Promise
) -> None:
    other = promise(county.phone(), pictures.photo(5))
    county.phone().sync(other)
    county.desk().get(f"/api/visits/{other['body']['visit']}/photos/{photo.sha256}", 404)
    county.desk().get(f"/api/visits/{visit}/photos/{'0' * 64}", 404)


def test_asked_again_it_is_not_sent_again(county: County, visit: str, photo: File) -> None:
    path = f"/api/visits/{visit}/photos/{photo.sha256}"
    tag = county.desk().get(path).headers["ETag"]
    county.desk().get(path, 304, **{"If-None-Match": tag})


def test_the_servers_own_preview_is_small_upright_and_without_exif(county: County, promise: Promise) -> None:
    turned = pictures.sideways()
    phone = county.phone()
    op = promise(phone, turned)
    phone.sync(op)
    phone.put(turned.sha256, turned.data)
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{turned.sha256}/preview")
    assert len(read.data) <= 24_576
    with Image.open(io.BytesIO(read.data)) as shown:
        assert shown.size == (200, 400)
        assert not shown.getexif()


@pytest.mark.parametrize(
    ("width", "height", "kind"), [(4_000, 3_000, "JPEG"), (900, 1_600, "PNG"), (33, 7, "WEBP")]
)
def test_every_picture_gets_a_preview_of_at_most_24_kb(
    county: County, promise: Promise, width: int, height: int, kind: str
) -> None:
    picture = pictures.photo(11, width, height, kind)
    phone = county.phone()
    op = promise(phone, picture)
    phone.sync(op)
    assert phone.put(picture.sha256, picture.data).status_code == 201
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{picture.sha256}/preview")
    assert 0 < len(read.data) <= 24_576


def test_the_desk_sees_each_file_come(county: County, promise: Promise, photo: File) -> None:
    """[S7] Awaited until it has come and was looked over; then the desk is told that something moved."""
    phone, desk = county.phone(), county.desk()
    op = promise(phone, photo)
    phone.sync(op)
    visit = op["body"]["visit"]
    told = {"sha256": photo.sha256, "name": photo.name, "type": "image/jpeg", "bytes": len(photo.data)}
    assert lines(county, visit) == {**told, "said_at": None, "state": "awaited", "reason": None}
    desk.get(f"/api/visits/{visit}/photos/{photo.sha256}", 404)
    before = desk.get("/api/desk/changes")["token"]
    phone.put(photo.sha256, photo.data)
    assert lines(county, visit)["state"] == "awaited"
    for what in ("", "/preview", "?download=1"):
        desk.get(f"/api/visits/{visit}/photos/{photo.sha256}{what}", 404)
    county.look()
    assert lines(county, visit) == {**told, "said_at": None, "state": "here", "reason": None}
    assert desk.get("/api/desk/changes")["token"] != before


def test_a_name_that_the_record_does_not_list_is_no_refusal_and_is_shown_as_lost(county: County) -> None:
    from tests.factories.county import xml

    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, xml=xml(photo="1732410000000.jpg"))])
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"
    shown = lines(county, op["body"]["visit"])
    assert (shown["sha256"], shown["state"], shown["reason"]) == (None, "lost", "not_named")


def test_a_recording_is_read_as_what_it_is(county: County, promise: Promise) -> None:
    voice = pictures.recording("audio/mp4")
    phone = county.phone()
    op = promise(phone, voice)
    phone.sync(op)
    phone.put(voice.sha256, voice.data, kind="audio/mp4")
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{voice.sha256}")
    assert (read.headers["Content-Type"], read.data) == ("audio/mp4", voice.data)


@pytest.mark.parametrize("kind", ["video/mp4", "video/webm"])
def test_a_film_is_known_by_the_track_in_it(county: County, promise: Promise, kind: str) -> None:
    film = pictures.film(kind)
    phone = county.phone()
    op = promise(phone, film)
    phone.sync(op)
    phone.put(film.sha256, film.data, kind="audio/mp4")
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{film.sha256}")
    assert (read.headers["Content-Type"], read.data) == (kind, film.data)
    assert read.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_whole_pdf_is_read_in_a_sandbox(county: County, promise: Promise) -> None:
    paper = pictures.pdf()
    phone = county.phone()
    op = promise(phone, paper)
    phone.sync(op)
    phone.put(paper.sha256, paper.data, kind="application/pdf")
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{paper.sha256}")
    assert (read.headers["Content-Type"], read.data) == ("application/pdf", paper.data)
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert read.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_photo_of_what_stands_aside_is_read_by_whoever_may_mend_it(
    county: County, promise: Promise, photo: File, visit: str
) -> None:
    """Through that op alone: the visit that it names is only its own word."""
    phone, desk = county.phone(), county.desk()
    aside, other = promise(phone, photo), pictures.photo(31)
    aside["body"]["records"][0]["version"] = "2020010101"
    aside["body"]["visit"] = visit
    phone.sync(aside)
    phone.sync(promise(phone, other))
    phone.put(other.sha256, other.data)
    county.look()
    (item,) = desk.get("/api/desk/quarantine")["items"]
    path = f"/api/desk/quarantine/{item['id']}/photos"
    assert desk.get(f"{path}/{photo.sha256}").data == photo.data
    desk.get(f"{path}/{other.sha256}", 404)
    county.desk(GUIFEN).get(f"{path}/{photo.sha256}", 404)
    county.desk(LEADER).get(f"{path}/{photo.sha256}", 403)


def test_a_download_is_written_into_the_audit(county: County, visit: str, photo: File) -> None:
    county.desk().get(f"/api/visits/{visit}/photos/{photo.sha256}?download=1")
    rows = county.desk(AUDITOR).get("/api/desk/audit")["items"]
    assert ("photo.download", photo.sha256) in [(row["action"], row["target_id"]) for row in rows]
