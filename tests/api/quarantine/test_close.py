"""What nothing more is to be done with is closed: kept, with a word on why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.county import County

LIST = "/api/desk/quarantine"


@pytest.fixture
def item(county: County) -> dict[str, Any]:
    county.phone().post("/api/quarantine", b'{"v": 1, "id": "0193', "application/octet-stream")
    (found,) = county.desk().get(LIST)["items"]
    return dict(found)


def test_closed_it_leaves_the_list_and_is_kept_with_who_and_why(county: County, item: dict[str, Any]) -> None:
    desk = county.desk()
    closed = desk.post(f"{LIST}/{item['id']}/close", {"note": "她已经重填了一次"}, 200)
    assert closed == {"id": item["id"], "state": "closed"}
    assert desk.get(LIST)["items"] == []
    assert [one["id"] for one in desk.get(f"{LIST}?state=closed")["items"]] == [item["id"]]
    kept = desk.get(f"{LIST}/{item['id']}")
    assert (kept["note"], kept["settled_by"], kept["mendable"]) == ("她已经重填了一次", "佟立岩", False)
    assert desk.get(f"{LIST}/{item['id']}/download").get_data() == b'{"v": 1, "id": "0193'


def test_closed_it_is_neither_let_in_nor_closed_again(county: County, item: dict[str, Any]) -> None:
    desk = county.desk()
    desk.post(f"{LIST}/{item['id']}/close", {"note": "重填了"}, 200)
    for path, body in (("close", {"note": "再关一次"}), ("release", None)):
        assert desk.post(f"{LIST}/{item['id']}/{path}", body, 409)["code"] == "already_settled"


def test_a_word_on_why_is_needed(county: County, item: dict[str, Any]) -> None:
    assert county.desk().post(f"{LIST}/{item['id']}/close", {"note": ""}, 422)["code"] == "invalid"


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "收到的内容不完整，可能传到一半断了"), ("en", "What arrived is incomplete, perhaps cut off")],
)
def test_the_desk_reads_in_words_what_does_not_fit(
    county: County, item: dict[str, Any], language: str, title: str
) -> None:
    found = county.desk().get(f"{LIST}/{item['id']}", **{"Accept-Language": language})
    assert found["why"]["title"] == title
    assert found["why"]["next"]


def test_what_waited_behind_a_closed_one_is_tried_without_it(county: County) -> None:
    """[S3] Nobody waits for ever for what is never let in."""
    phone, desk = county.phone(), county.desk()
    bad = county.visit(phone, records=[county.record(phone, version="1999010101")])
    again = county.visit(phone, visit=bad["body"]["visit"])
    later = phone.op(again["body"], base=bad["id"])
    lone = phone.op({"visit": phone.id(), "text": "?"}, base=bad["id"], kind="note.add")
    told = phone.sync(bad, later, lone)["results"]
    assert [one["outcome"] for one in told] == ["refused", "held", "held"]
    closing = next(one for one in desk.get(LIST)["items"] if one["code"] == "form_version_unknown")
    desk.post(f"{LIST}/{closing['id']}/close", {"note": "她已经重填了一次"}, 200)
    told = phone.sync(later, lone)["results"]
    assert [(one["outcome"], one.get("code")) for one in told] == [
        ("accepted", None),
        ("refused", "visit_unknown"),
    ]


def test_what_comes_after_it_was_closed_does_not_wait_for_it(county: County) -> None:
    """[S3]"""
    phone, desk = county.phone(), county.desk()
    bad = county.visit(phone, records=[county.record(phone, version="1999010101")])
    phone.sync(bad)
    (closing,) = desk.get(LIST)["items"]
    desk.post(f"{LIST}/{closing['id']}/close", {"note": "不用了"}, 200)
    later = phone.op(county.body(phone, visit=bad["body"]["visit"]), base=bad["id"])
    assert [one["outcome"] for one in phone.sync(later)["results"]] == ["accepted"]
