"""The desk reads in words what does not fit and what to do next, never what the program said to itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from server.base.catalogue import REASONS
from tests.factories.county import County, xml

LIST = "/api/desk/quarantine"
Op = dict[str, Any]


def without(op: Op, member: str) -> Op:
    return {**op, "body": {name: value for name, value in op["body"].items() if name != member}}


def also(op: Op, **more: Any) -> Op:
    return {**op, "body": {**op["body"], **more}}


def record(op: Op, **changes: Any) -> Op:
    (one,) = op["body"]["records"]
    return also(op, records=[{**one, **changes}])


CASES: dict[str, tuple[Callable[[Op], Op], str]] = {
    "a member is missing": (lambda op: without(op, "check_in"), "member_missing"),
    "an inner member is missing": (lambda op: also(op, check_in={"reason": "no_fix"}), "member_missing"),
    "a member that nobody knows": (lambda op: also(op, mood="good"), "member_unknown"),
    "an inner one": (lambda op: record(op, mood="good"), "member_unknown"),
    "a record twice": (lambda op: also(op, records=op["body"]["records"] * 2), "named_twice"),
    "a UUID that is none": (lambda op: also(op, team="ours"), "wrong_shape"),
    "null where a member may only be left out": (
        lambda op: also(op, check_in={**op["body"]["check_in"], "reason": None}),
        "wrong_shape",
    ),
    "a fraction": (lambda op: also(op, helpers_unnamed=0.5), "wrong_shape"),
    "a day that no calendar has": (
        lambda op: also(
            op,
            entry="later",
            check_in={"at": {**op["body"]["check_in"]["at"], "wall": "9999-12-31T23:59:59.999Z"}},
        ),
        "no_moment",
    ),
    "a file that is cut": (lambda op: record(op, xml="<data"), "not_well_formed"),
    "a file with a document type": (
        lambda op: record(op, xml=f"<!DOCTYPE a>{xml()}"),
        "not_an_instance",
    ),
    "another form": (lambda op: record(op, xml=xml("daily-contact")), "another_form"),
    "a question that is not in it": (lambda op: record(op, xml=xml(supper="soup")), "unknown_question"),
    "an answer that is none": (lambda op: record(op, xml=xml(room_temp="warm")), "not_an_answer"),
    "no number of its own": (lambda op: record(op, xml=xml(instanceID="")), "no_instance_id"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_said_in_both_languages(county: County, case: str) -> None:
    """[S3]"""
    spoil, reason = CASES[case]
    phone = county.phone()
    heard = phone.sync(spoil(county.visit(phone)))
    assert heard["results"][0]["outcome"] == "refused"
    (item,) = county.desk().get(LIST)["items"]
    zh, en = (
        county.desk().get(f"{LIST}/{item['id']}", **{"Accept-Language": language})["why"]
        for language in ("zh", "en")
    )
    wanted = REASONS[reason]
    assert zh == {"title": wanted.title_zh, "next": wanted.next_zh}
    assert en == {"title": wanted.title_en, "next": wanted.next_en}


def test_where_the_problem_says_it_all_there_is_nothing_more(county: County) -> None:
    phone = county.phone()
    phone.sync(county.visit(phone, records=[county.record(phone, version="1999010101")]))
    (item,) = county.desk().get(LIST)["items"]
    assert county.desk().get(f"{LIST}/{item['id']}")["why"] is None


def test_every_reason_is_whole_in_both_languages() -> None:
    for code, reason in REASONS.items():
        assert all(vars(reason).values()), code
        assert re.search(r"[\u4e00-\u9fff]", reason.title_zh + reason.next_zh), code
        assert not re.search(r"[\u4e00-\u9fff]", reason.title_en + reason.next_en), code
