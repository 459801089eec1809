"""[S6] A supervisor settles what two sides say differently."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.visits.models import Participant, Record, Revision, Visit
from tests.factories.county import GUIFEN, LEADER, LIYAN, XIUYUN, County, xml
from tests.factories.talk import ATE, TEMP, detail, mine, next_revision, record_of, withdrawal

Op = dict[str, Any]


@pytest.fixture
def two(county: County) -> tuple[Op, Op, Op]:
    """One visit, and two changes of it: one field in common, one not."""
    one, other = county.phone(), county.new_phone()
    first = county.visit(one)
    one.sync(first)
    warmer = next_revision(one, first, xml(room_temp="23", note="炉子修好了"))
    colder = next_revision(other, first, xml(room_temp="19"))
    one.sync(warmer)
    other.sync(colder)
    return first, warmer, colder


def versions(county: County, op: Op, status: int = 200, user: str = LIYAN) -> Any:
    return county.desk(user).get(f"/api/desk/visits/{op['body']['visit']}/versions", status)


def choice(op: Op, path: str, said: Op) -> dict[str, str]:
    return {"field": f"records/{record_of(op)}{path}", "revision": said["id"]}


def preview(county: County, op: Op, *choices: dict[str, str], status: int = 200) -> Any:
    path = f"/api/desk/visits/{op['body']['visit']}/versions/preview"
    return county.desk().post(path, {"choices": list(choices)}, status)


def settle(county: County, op: Op, *choices: dict[str, str], status: int = 201, **more: Any) -> Any:
    """As the page does it: what the preview gives, written by a renderer (here: left as it is)."""
    woven = preview(county, op, *choices)["body"]["records"] if status == 201 else []
    draft = {
        "revision": mine(county.phone(), op)["revision"],
        "choices": list(choices),
        "records": [{"record": one["record"], "xml": one["xml"]} for one in woven]
        or [{"record": record_of(op), "xml": xml()}],
        "reason": "问过本人",
        **more,
    }
    return county.desk().post(f"/api/visits/{op['body']['visit']}/settlements", draft, status)


def shown(county: County) -> dict[str, Any]:
    with county.app.app_context(), db.reading():
        visit = session.scalars(select(Visit)).one()
        record = session.scalars(select(Record).where(Record.revision_id == visit.current_revision)).one()
        return record.answers


def test_the_desk_sees_both_values_of_the_one_field_and_who_said_them(
    county: County, two: tuple[Op, Op, Op]
) -> None:
    """[S6]"""
    first, warmer, colder = two
    found = versions(county, first)
    disputed, taken = found["fields"]
    assert (disputed["kind"], disputed["conflict"], disputed["label"]["zh"]) == (
        "answer",
        True,
        "屋里多少度（供暖期）",
    )
    said = {one["revision"]: one["answer"]["value_text"]["zh"] for one in disputed["values"]}
    assert said == {warmer["id"]: "23", colder["id"]: "19"}
    assert (taken["field"], taken["conflict"]) == (f"records/{record_of(first)}/data/note", False)
    assert [(one["number"], one["by"], one["device"], one["base"]) for one in found["versions"]] == [
        (2, "单秀云", "test", 1),
        (3, "单秀云", "test", 1),
    ]
    (form,) = found["forms"]
    assert (form["record"], form["form"]) == (record_of(first), "day-care-visit")


@pytest.mark.parametrize(("which", "degrees"), [(1, 23), (2, 19)])
def test_either_value_can_be_chosen_and_the_phones_hear_that_it_is_settled(
    county: County, two: tuple[Op, Op, Op], which: int, degrees: int
) -> None:
    """[S6]"""
    first = two[0]
    answer = settle(county, first, choice(first, TEMP, two[which]))
    assert answer["number"] == 5
    assert (shown(county)[TEMP], shown(county)["/data/note"]) == (degrees, "炉子修好了")
    heard = mine(county.phone(), first)
    assert (heard["state"], heard["handling"], heard["revision"]) == ("received", None, answer["revision"])
    told = detail(county, first)
    assert told["visit"]["flags"] == []
    assert [(one["why"], one["merges"], one["by"]) for one in told["revisions"]][-2:] == [
        ("merged", [2, 3], "单秀云"),
        ("settled", [2, 3], "佟立岩"),
    ]
    assert told["revisions"][-1]["reason"] == "问过本人"
    with county.app.app_context(), db.reading():
        (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "visit.settle"))
        assert (row.user_id, row.detail["number"]) == (LIYAN, 5)
        assert session.scalars(select(Participant.user_id)).all() == [XIUYUN]
    draft = {"kind": "approve", "revision": answer["revision"]}
    county.desk().post(f"/api/visits/{first['body']['visit']}/decisions", draft)


def test_what_the_merge_took_from_one_side_can_be_taken_from_the_other(
    county: County, two: tuple[Op, Op, Op]
) -> None:
    """[S6]"""
    first, warmer, colder = two
    settle(county, first, choice(first, TEMP, warmer), choice(first, "/data/note", colder))
    assert shown(county)["/data/note"] == "炕热乎，老人精神好。"


def test_the_record_is_as_the_renderer_wrote_it(county: County, two: tuple[Op, Op, Op]) -> None:
    """[S6] what is asked and calculated is said by a renderer, never guessed by the server"""
    first, warmer, _ = two
    written = [{"record": record_of(first), "xml": xml(room_temp="23", note="炉子修好了", met="0")}]
    settle(county, first, choice(first, TEMP, warmer), records=written)
    assert (shown(county)[TEMP], shown(county)["/data/met"]) == (23, "0")


def test_a_later_version_that_knew_nothing_of_it_is_merged_with_what_was_settled(
    county: County, two: tuple[Op, Op, Op]
) -> None:
    """[S6]"""
    first, warmer, _ = two
    settle(county, first, choice(first, TEMP, warmer))
    third = county.new_phone()
    third.sync(next_revision(third, first, xml(ate="little")))
    assert mine(county.phone(), first)["handling"] is None
    assert (shown(county)[TEMP], shown(county)[ATE]) == (23, "little")
    third.sync(next_revision(third, first, xml(room_temp="5")))
    assert mine(county.phone(), first)["handling"] == "two_versions"
    assert shown(county)[TEMP] == 23  # what the desk said goes before what a phone says


def test_a_merge_without_dispute_is_looked_over_in_the_same_place(county: County) -> None:
    """[S6] it counts as not calculated until a renderer has opened it"""
    one, other = county.phone(), county.new_phone()
    first = county.visit(one)
    one.sync(first)
    one.sync(next_revision(one, first, xml(room_temp="23")))
    other.sync(next_revision(other, first, xml(ate="little")))
    assert [field["conflict"] for field in versions(county, first)["fields"]] == [False, False]
    settle(county, first)
    assert detail(county, first)["revisions"][-1]["why"] == "settled"
    assert versions(county, first, 409)["code"] == "already_settled"


def test_facts_of_the_visit_are_settled_too(county: County) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    first = county.visit(one)
    one.sync(first)
    helper = {"user": LEADER, "in": first["body"]["check_in"]["at"], "out": None}
    with_helper = one.op(
        {**first["body"], "helpers_unnamed": 2, "participants": [*first["body"]["participants"], helper]},
        base=first["id"],
    )
    alone = other.op({**first["body"], "helpers_unnamed": 3, "participants": []}, base=first["id"])
    one.sync(with_helper)
    other.sync(alone)
    found = {field["field"]: field for field in versions(county, first)["fields"]}
    assert found["helpers_unnamed"]["conflict"] is True
    assert {one["answer"]["value_text"]["zh"] for one in found["helpers_unnamed"]["values"]} == {"2", "3"}
    assert [one["answer"] is None for one in found[f"participants/{LEADER}"]["values"]] == [False, True]
    settle(
        county,
        first,
        {"field": "helpers_unnamed", "revision": with_helper["id"]},
        {"field": f"participants/{XIUYUN}", "revision": with_helper["id"]},
    )
    with county.app.app_context(), db.reading():
        assert set(session.scalars(select(Participant.user_id))) == {XIUYUN, LEADER}
        visit = session.scalars(select(Visit)).one()
        assert session.get_one(Revision, (visit.org_id, visit.current_revision)).facts["helpers_unnamed"] == 2


def test_every_dispute_must_be_chosen_and_nothing_else_can(county: County, two: tuple[Op, Op, Op]) -> None:
    """[S6]"""
    first, warmer, colder = two
    assert settle(county, first, status=422)["code"] == "invalid"
    for wrong in (
        [choice(first, TEMP, first)],
        [choice(first, ATE, warmer), choice(first, TEMP, warmer)],
        [choice(first, TEMP, warmer), choice(first, TEMP, colder)],
    ):
        assert preview(county, first, *wrong, status=422)["code"] == "invalid"
        assert settle(county, first, *wrong, status=422)["code"] == "invalid"
    one = choice(first, TEMP, warmer)
    assert settle(county, first, one, status=422, records=[{"record": warmer["id"], "xml": xml()}])
    assert (
        settle(county, first, one, status=422, records=[{"record": record_of(first), "xml": "<data"}])["code"]
        == "xml_unreadable"
    )
    assert mine(county.phone(), first)["handling"] == "two_versions"


def test_what_moved_meanwhile_is_looked_at_again(county: County, two: tuple[Op, Op, Op]) -> None:
    """[S6]"""
    first, warmer, _ = two
    one = choice(first, TEMP, warmer)
    assert settle(county, first, one, status=409, revision=warmer["id"])["code"] == "revision_moved"
    settle(county, first, one)
    assert settle(county, first, one, status=409)["code"] == "already_settled"


def test_who_may_not_decide_here_settles_nothing(county: County, two: tuple[Op, Op, Op]) -> None:
    """[S5] another community's supervisor"""
    assert versions(county, two[0], 404, GUIFEN)["code"] == "not_found"


def test_what_its_author_took_back_needs_no_settling(county: County, two: tuple[Op, Op, Op]) -> None:
    """[S6]"""
    county.phone().sync(withdrawal(county.phone(), two[0]))
    assert versions(county, two[0], 409)["code"] == "already_settled"
