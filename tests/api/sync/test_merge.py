"""[S6] Changed on two sides that had not seen each other's change: nothing is overwritten silently."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.visits.models import Participant, Record, Revision, Visit
from sync.core.merge import joined_id
from tests.conftest import Clock
from tests.factories.county import LEADER, ORG, XIUYUN, County, xml
from tests.factories.talk import ATE, TEMP, decisions_path, detail, mine, next_revision, withdrawal

Op = dict[str, Any]


@pytest.fixture
def first(county: County) -> Op:
    """A visit that both of her phones know."""
    op = county.visit()
    county.phone().sync(op)
    return op


def shown(county: County, op: Op) -> dict[str, Any]:
    """The answers that the county's figures read."""
    with county.app.app_context(), db.reading():
        visit = session.get_one(Visit, (ORG, op["body"]["visit"]))
        record = session.scalars(select(Record).where(Record.revision_id == visit.current_revision)).one()
        return record.answers


def revisions(county: County) -> list[Revision]:
    with county.app.app_context(), db.reading():
        return list(session.scalars(select(Revision).order_by(Revision.number)))


def test_each_phone_changed_another_answer_and_both_changes_are_shown(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    warmer = next_revision(one, first, xml(room_temp="23"))
    eaten = next_revision(other, first, xml(ate="little"))
    assert one.sync(warmer)["results"][0]["outcome"] == "accepted"
    assert other.sync(eaten)["results"][0]["outcome"] == "accepted"
    assert (shown(county, first)[TEMP], shown(county, first)[ATE]) == (23, "little")
    heard = mine(one, first)
    assert (heard["state"], heard["handling"], heard["number"]) == ("received", None, 4)
    assert set(heard["mended"]) == {first["id"], warmer["id"], eaten["id"]}
    *_, merged = revisions(county)
    assert (merged.id, merged.why, merged.merges) == (
        heard["revision"],
        "merged",
        sorted([warmer["id"], eaten["id"]]),
    )


def test_a_field_that_both_changed_is_shown_once_and_both_values_are_kept(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    warmer = next_revision(one, first, xml(room_temp="23", note="a"))
    colder = next_revision(other, first, xml(room_temp="19"))
    one.sync(warmer)
    other.sync(colder)
    assert mine(one, first)["handling"] == "two_versions"
    assert mine(other, first)["handling"] == "two_versions"
    newer = max(warmer["id"], colder["id"])
    assert shown(county, first)[TEMP] == (23 if newer == warmer["id"] else 19)
    assert shown(county, first)["/data/note"] == "a"
    assert [one.id for one in revisions(county)][:3] == [first["id"], warmer["id"], colder["id"]]


def test_the_same_change_on_both_sides_is_no_question(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    one.sync(next_revision(one, first, xml(room_temp="23")))
    other.sync(next_revision(other, first, xml(room_temp="23")))
    assert mine(one, first)["handling"] is None
    assert shown(county, first)[TEMP] == 23


def test_whatever_the_order_of_arrival_the_visit_shows_the_same(county: County, clock: Clock) -> None:
    """[S6] [S9]"""
    phone = county.phone()
    seen = set()
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)):
        ops = [county.visit(phone)]
        for base, said in (
            (0, {"room_temp": "23", "note": "a"}),
            (0, {"room_temp": "19", "ate": "little"}),
            (1, {"room_temp": "23", "note": "b"}),
        ):
            clock.forward(seconds=1)
            ops.append(next_revision(phone, ops[base], xml(**said)))
        for number in order:
            assert phone.sync(ops[number])["results"][0]["outcome"] == "accepted"
        heard, said = mine(phone, ops[0]), shown(county, ops[0])
        assert heard["revision"] == joined_id([op["id"] for op in ops])
        seen.add((heard["handling"], *(said[path] for path in (TEMP, ATE, "/data/note"))))
    assert seen == {("two_versions", 19, "little", "b")}


def test_a_base_that_comes_late_dissolves_what_looked_like_two_versions(county: County) -> None:
    """[S3] [S6]"""
    phone = county.phone()
    op = county.visit(phone)
    edited = next_revision(phone, op, xml(room_temp="23"))
    phone.sync(edited)
    phone.sync(op)
    heard = mine(phone, op)
    assert (heard["revision"], heard["handling"]) == (edited["id"], None)


def test_what_builds_on_a_merge_follows_it(county: County, first: Op) -> None:
    """[S6] a correction of the merged revision overwrites nothing that its author did not see"""
    one, other = county.phone(), county.new_phone()
    one.sync(next_revision(one, first, xml(room_temp="23")))
    other.sync(next_revision(other, first, xml(ate="little")))
    head = mine(one, first)
    county.desk().post(
        decisions_path(first), {"kind": "return", "revision": head["revision"], "words": "请看一下"}
    )
    body = dict(mine(one, first)["returned"]["body"])
    body["records"] = [{n: v for n, v in record.items() if n != "sha256"} for record in body["records"]]
    one.sync(one.op({**body, "helpers_unnamed": 2}, base=head["revision"]))
    after = mine(one, first)
    assert (after["state"], after["handling"], after["number"]) == ("received", None, 5)
    assert (shown(county, first)[TEMP], shown(county, first)[ATE]) == (23, "little")


def test_two_versions_stay_two_until_they_are_settled_whatever_else_is_changed(
    county: County, first: Op
) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    warmer = next_revision(one, first, xml(room_temp="23"))
    one.sync(warmer)
    other.sync(next_revision(other, first, xml(room_temp="19")))
    one.sync(next_revision(one, warmer, xml(room_temp="23", note="later")))
    assert mine(one, first)["handling"] == "two_versions"
    assert shown(county, first)["/data/note"] == "later"


def test_what_two_sides_say_differently_is_not_approved(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    one.sync(next_revision(one, first, xml(room_temp="23")))
    other.sync(next_revision(other, first, xml(room_temp="19")))
    draft = {"kind": "approve", "revision": mine(one, first)["revision"]}
    assert county.desk().post(decisions_path(first), draft, 409)["code"] == "unsettled"
    many = {"items": [{"visit": first["body"]["visit"], "revision": draft["revision"]}]}
    (told,) = county.desk().post("/api/desk/approvals", many, 200)["results"]
    assert told["problem"]["code"] == "unsettled"
    draft = {"kind": "return", "revision": draft["revision"], "words": "请说一下"}
    assert county.desk().post(decisions_path(first), draft)["kind"] == "return"


def test_a_withdrawn_visit_that_is_put_again_shows_that_alone(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    one.sync(next_revision(one, first, xml(room_temp="23")))
    one.sync(withdrawal(one, first))
    again = next_revision(other, first, xml(ate="little"))
    other.sync(again)
    heard = mine(one, first)
    assert (heard["state"], heard["revision"], heard["handling"]) == ("received", again["id"], None)
    assert shown(county, first)[TEMP] == 21


def test_service_time_and_times_of_both_sides_are_merged_too(county: County, first: Op) -> None:
    """[S6] [S9] a participant that one side added, a check-out that the other moved"""
    one, other = county.phone(), county.new_phone()
    body = first["body"]
    helper = {"user": LEADER, "in": body["check_in"]["at"], "out": None}
    one.sync(one.op({**body, "participants": [*body["participants"], helper]}, base=first["id"]))
    left = {"at": other.at(timedelta(minutes=30))}
    other.sync(other.op({**body, "check_out": left}, base=first["id"]))
    with county.app.app_context(), db.reading():
        visit = session.scalars(select(Visit)).one()
        assert (visit.minutes, visit.flags) == (30, [])
        assert set(session.scalars(select(Participant.user_id))) == {XIUYUN, LEADER}


def test_the_desk_sees_that_it_was_merged_and_out_of_which(county: County, first: Op) -> None:
    """[S6]"""
    one, other = county.phone(), county.new_phone()
    one.sync(next_revision(one, first, xml(room_temp="23")))
    other.sync(next_revision(other, first, xml(ate="little")))
    told = detail(county, first)["revisions"]
    assert [(one["number"], one["why"], one["merges"]) for one in told] == [
        (1, None, None),
        (2, None, None),
        (3, None, None),
        (4, "merged", [2, 3]),
    ]
    with county.app.app_context(), db.reading():
        (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "visit.merge"))
        assert row.detail["number"] == 4
