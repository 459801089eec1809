"""What an exchange says of files: wanted with an offset, received, or nothing at all (rule S7)."""

from __future__ import annotations

from tests.api.photos.conftest import Promise
from tests.factories import pictures
from tests.factories.county import OU, SHOUYI, County
from tests.factories.pictures import File


def elsewhere(promise: Promise, county: County, *files: File) -> dict[str, object]:
    """郭守义's visit in 河沿, with these files."""
    from tests.factories.county import OTHER_TEAM

    return promise(county.phone(SHOUYI), *files, team=OTHER_TEAM, subject={"list": "people", "id": OU})


def test_the_files_of_an_op_are_wanted_in_its_own_answer(
    county: County, promise: Promise, photo: File
) -> None:
    phone = county.phone()
    voice = pictures.recording()
    told = phone.sync(promise(phone, photo, voice))
    assert told["wanted"] == [
        {"sha256": sha256, "offset": 0} for sha256 in sorted((photo.sha256, voice.sha256))
    ]
    assert told["receipts"] == []


def test_a_replayed_op_hears_of_its_files_again(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    phone.put(photo.sha256, photo.data)
    county.look()
    told = phone.sync(op)
    assert told["receipts"] == [{"sha256": photo.sha256, "bytes": len(photo.data)}]


def test_a_file_that_no_committed_op_names_is_in_neither_list(county: County, photo: File) -> None:
    told = county.phone().sync(have=[photo.sha256])
    assert (told["wanted"], told["receipts"]) == ([], [])


def test_the_files_of_a_refused_op_are_wanted_as_well(county: County, promise: Promise, photo: File) -> None:
    """[S3] [S7] What stands in quarantine is kept with its photos."""
    phone = county.phone()
    op = promise(phone, photo)
    op["body"]["records"][0]["version"] = "2020010101"
    told = phone.sync(op)
    assert told["results"][0]["outcome"] == "refused"
    assert told["wanted"] == [{"sha256": photo.sha256, "offset": 0}]
    assert phone.put(photo.sha256, photo.data).status_code == 201


def test_a_second_visit_with_the_same_photo_is_received_at_once(
    county: County, promise: Promise, photo: File
) -> None:
    phone = county.phone()
    phone.sync(promise(phone, photo))
    phone.put(photo.sha256, photo.data)
    county.look()
    told = phone.sync(promise(phone, photo))
    assert told["receipts"] == [{"sha256": photo.sha256, "bytes": len(photo.data)}]


def test_nobody_learns_that_somebody_else_has_sent_the_same_file(
    county: County, promise: Promise, photo: File
) -> None:
    """[S7] Step by step the answers are those of a file that the county never saw, until all of it came."""
    first, second = county.phone(), county.phone(SHOUYI)
    fresh = pictures.photo(99)
    first.sync(promise(first, photo))
    first.put(photo.sha256, photo.data)
    county.look()

    heard = []
    for file in (photo, fresh):
        total = len(file.data)
        op = elsewhere(promise, county, file)
        told = second.sync(op)
        steps = [
            (told["wanted"], told["receipts"]),
            second.put(file.sha256, file.data[:3_000], 0, total),
            second.put(file.sha256, file.data[5_000:], 5_000, total),
            second.put(file.sha256, b"another" * 100),
            second.put(file.sha256, file.data[:3_000], 0, total),
            second.put(file.sha256, file.data[3_000:], 3_000, total),
        ]
        assert steps[-1].get_json()["pending"] is True  # type: ignore[union-attr]
        heard.append(
            [
                [step[0][0]["offset"], step[1]]
                if isinstance(step, tuple)
                else (step.status_code, step.get_json().get("offset"), step.get_json().get("code"))
                for step in steps
            ]
        )
    assert heard[0] == heard[1]
    assert heard[0][-1] == (201, None, None)


def test_a_hash_that_somebody_only_heard_of_opens_nothing(
    county: County, promise: Promise, photo: File
) -> None:
    """[S7] Naming another's file in a visit of one's own is no way to read it."""
    first, second = county.phone(), county.phone(SHOUYI)
    first.sync(promise(first, photo))
    first.put(photo.sha256, photo.data)
    county.look()
    op = elsewhere(promise, county, photo)
    second.sync(op)
    path = f"/api/visits/{op['body']['visit']}/photos/{photo.sha256}"  # type: ignore[index]
    assert second.get(path).status_code == 404
    assert second.get(f"{path}/preview").status_code == 404
    second.put(photo.sha256, photo.data)
    assert second.get(path).data == photo.data


def test_what_is_no_list_of_hashes_costs_nothing(county: County, promise: Promise, photo: File) -> None:
    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    told = phone.sync(have=[photo.sha256, "x", 7, None, photo.sha256.upper()])
    assert [one["sha256"] for one in told["wanted"]] == [photo.sha256]
    assert phone.sync(have={"a": 1})["wanted"] == []


def test_a_lost_photo_is_waited_for_by_nobody_and_taken_if_it_comes_all_the_same(
    county: County, promise: Promise, photo: File
) -> None:
    """[S7] photo.lost"""
    from tests.factories.county import LIYAN

    phone = county.phone()
    op = promise(phone, photo)
    phone.sync(op)
    visit = op["body"]["visit"]
    lost = phone.op(
        {"visit": visit, "sha256": photo.sha256, "reason": "unreadable"}, base=op["id"], kind="photo.lost"
    )
    assert phone.sync(lost)["results"] == [{"id": lost["id"], "outcome": "accepted"}]

    def shown() -> tuple[str, str | None]:
        lines = county.desk(LIYAN).get(f"/api/desk/visits/{visit}")["records"][0]["answers"]
        (line,) = (one["attachment"] for one in lines if one["path"] == "/data/photo")
        return line["state"], line["reason"]

    assert shown() == ("lost", "unreadable")
    assert phone.put(photo.sha256, photo.data).status_code == 201
    county.look()
    assert shown() == ("here", None)
