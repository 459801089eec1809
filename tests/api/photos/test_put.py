"""PUT /api/photos/<sha256>: pieces come in any size, cuts cost nothing, and 201 means durable (rule S7)."""

from __future__ import annotations

import pytest

from tests.api.photos.conftest import Promise
from tests.factories import pictures
from tests.factories.county import SHOUYI, County
from tests.factories.pictures import File


def test_a_whole_file_in_one_piece_is_answered_with_its_receipt(
    county: County, promise: Promise, photo: File
) -> None:
    """[S7] Its bytes are safe; what they are is looked at afterwards, and the phone hears when it asks."""
    phone = county.phone()
    phone.sync(promise(phone, photo))
    answered = phone.put(photo.sha256, photo.data)
    receipt = {"sha256": photo.sha256, "bytes": len(photo.data)}
    assert (answered.status_code, answered.get_json()) == (201, {**receipt, "pending": True})
    assert phone.sync(have=[photo.sha256])["receipts"] == [{**receipt, "pending": True}]
    county.look()
    assert phone.sync(have=[photo.sha256])["receipts"] == [receipt]


def test_the_same_file_again_is_received_already(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    phone.put(photo.sha256, photo.data)
    county.look()
    again = phone.put(photo.sha256, photo.data[:100], 0, len(photo.data))
    assert (again.status_code, again.get_json()) == (
        200,
        {"sha256": photo.sha256, "bytes": len(photo.data)},
    )


@pytest.mark.parametrize("size", [1_000, 4_096, 7_777])
def test_a_file_comes_in_pieces_and_every_cut_is_told(
    county: County, promise: Promise, photo: File, size: int
) -> None:
    """[S7] After each piece the exchange says the same offset as the piece's own answer."""
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = len(photo.data)
    for first in range(0, total, size):
        told = phone.sync(have=[photo.sha256])
        assert told["wanted"] == [{"sha256": photo.sha256, "offset": first}]
        answered = phone.put(photo.sha256, photo.data[first : first + size], first, total)
        if first + size < total:
            assert (answered.status_code, answered.get_json()) == (
                202,
                {"sha256": photo.sha256, "offset": first + size},
            )
    assert answered.status_code == 201
    county.look()
    told = phone.sync(have=[photo.sha256])
    assert (told["wanted"], told["receipts"]) == ([], [{"sha256": photo.sha256, "bytes": total}])


def test_a_gap_is_told_with_the_offset_to_go_on_from(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = len(photo.data)
    phone.put(photo.sha256, photo.data[:5_000], 0, total)
    refused = phone.put(photo.sha256, photo.data[6_000:7_000], 6_000, total)
    assert (refused.status_code, refused.get_json()["code"], refused.get_json()["offset"]) == (
        409,
        "photo_offset",
        5_000,
    )


def test_an_overlap_is_taken_where_it_goes_on(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = len(photo.data)
    phone.put(photo.sha256, photo.data[:5_000], 0, total)
    lost_answer = phone.put(photo.sha256, photo.data[:5_000], 0, total)
    assert lost_answer.get_json() == {"sha256": photo.sha256, "offset": 5_000}
    on = phone.put(photo.sha256, photo.data[4_000:6_000], 4_000, total)
    assert on.get_json() == {"sha256": photo.sha256, "offset": 6_000}
    assert phone.put(photo.sha256, photo.data[3_000:], 3_000, total).status_code == 201


def test_one_byte_wrong_begins_anew_and_then_arrives(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = len(photo.data)
    broken = bytes([photo.data[10] ^ 1]) if total else b""
    phone.put(photo.sha256, photo.data[:10] + broken + photo.data[11:5_000], 0, total)
    refused = phone.put(photo.sha256, photo.data[5_000:], 5_000, total)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "photo_hash")
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    assert phone.put(photo.sha256, photo.data).status_code == 201


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b"x"])
def test_what_is_not_the_file_that_its_name_says_is_refused(
    county: County, promise: Promise, photo: File, change: object
) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    refused = phone.put(photo.sha256, change(photo.data))  # type: ignore[operator]
    assert (refused.status_code, refused.get_json()["code"]) == (422, "photo_hash")
    assert phone.sync(have=[photo.sha256])["receipts"] == []


def test_a_file_that_no_op_of_this_user_names_is_unknown(
    county: County, promise: Promise, photo: File
) -> None:
    mine, theirs = county.phone(), county.phone(SHOUYI)
    mine.sync(promise(mine, photo))
    mine.put(photo.sha256, photo.data)
    for answered in (theirs.put(photo.sha256, photo.data), theirs.put("0" * 64, photo.data)):
        assert (answered.status_code, answered.get_json()["code"]) == (404, "photo_unknown")


def test_partials_belong_to_a_device_and_either_may_finish(
    county: County, promise: Promise, photo: File
) -> None:
    """[S7] Her second phone begins at the start, whatever the first one sent."""
    first, second = county.phone(), county.new_phone()
    op = promise(first, photo)
    first.sync(op)
    total = len(photo.data)
    first.put(photo.sha256, photo.data[:9_000], 0, total)
    assert second.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    assert second.put(photo.sha256, photo.data[9_000:], 9_000, total).status_code == 409
    assert second.put(photo.sha256, photo.data).status_code == 201
    assert first.put(photo.sha256, photo.data[9_000:], 9_000, total).status_code == 200


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        ("bytes 0-9/5", b"0123456789"),
        ("bytes 5-2/20", b"0123456789"),
        ("bytes 0-8/20", b"0123456789"),
        ("bytes 0-*/20", b"0123456789"),
        ("bytes */20", b""),
        ("pages 0-9/20", b"0123456789"),
        ("bytes ٠-٩/20", b"0123456789"),
    ],
)
def test_a_range_that_does_not_fit_its_bytes_is_said_so(
    county: County, promise: Promise, photo: File, said: str, piece: bytes
) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    path = f"/api/photos/{photo.sha256}"
    headers = {
        "Authorization": f"Bearer {phone.sign('PUT', path, piece)}",
        "Content-Range": said.encode().decode("latin-1"),
    }
    refused = phone.client.put(path, data=piece, content_type="image/jpeg", headers=headers)
    assert (refused.status_code, refused.get_json()["errors"][0]["path"]) == (422, "Content-Range")


def test_what_is_too_large_is_told_so_before_a_byte_is_kept(
    county: County, promise: Promise, photo: File
) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    total = phone.put(photo.sha256, photo.data, 0, 20 * 1024 * 1024 + 1)
    piece = phone.put(photo.sha256, b"x" * (4 * 1024 * 1024 + 1))
    for answered in (total, piece):
        assert (answered.status_code, answered.get_json()["code"]) == (413, "photo_too_large")


def test_the_signature_covers_the_bytes(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    path = f"/api/photos/{photo.sha256}"
    headers = {"Authorization": f"Bearer {phone.sign('PUT', path, photo.data + b'x')}"}
    refused = phone.client.put(path, data=photo.data, content_type="image/jpeg", headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (401, "signature_wrong")


def test_a_revoked_phone_may_still_hand_in_what_its_ops_name(
    county: County, promise: Promise, photo: File
) -> None:
    """[S5] Its op goes into quarantine, and the photo of it is as safe as the op."""
    phone = county.phone()
    county.revoke(phone)
    told = phone.sync(promise(phone, photo))
    assert told["results"][0]["code"] == "device_revoked"
    assert told["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    assert phone.put(photo.sha256, photo.data).status_code == 201


@pytest.mark.parametrize("kind", ["audio/webm", "audio/ogg", "audio/mp4"])
def test_a_recording_comes_as_a_photo_does(county: County, promise: Promise, kind: str) -> None:
    voice = pictures.recording(kind)
    phone = county.phone()
    phone.sync(promise(phone, voice))
    answered = phone.put(voice.sha256, voice.data, kind=kind)
    assert answered.status_code == 201
    county.look()
    assert phone.sync(have=[voice.sha256])["receipts"] == [{"sha256": voice.sha256, "bytes": len(voice.data)}]
