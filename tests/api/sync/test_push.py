"""Ops go up: once, durable, each alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from server.base import db, feeds
from server.base.db import session
from server.base.models import FeedRow, LedgerEntry
from server.visits import commands, first
from server.visits.models import QuarantineItem, Record, Revision, Visit
from sync.core import digest
from tests.factories.county import GUIFEN, OTHER_TEAM, OU, PIAO, SHOUYI, TEAM, XIUYUN, County, xml


def count(county: County, table: type[Any], *where: Any) -> int:
    with county.app.app_context(), db.reading():
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def kept(county: County) -> list[QuarantineItem]:
    with county.app.app_context(), db.reading():
        return list(session.scalars(select(QuarantineItem).order_by(QuarantineItem.id)))


def outcomes(heard: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(result["outcome"], result.get("code")) for result in heard["results"]]


def test_a_visit_is_accepted_and_comes_back_on_the_authors_own_feed(county: County) -> None:
    """[S1] [S4]"""
    phone = county.phone()
    op = county.visit(phone)
    heard = phone.sync(op)
    assert heard["results"] == [{"id": op["id"], "outcome": "accepted"}]
    phone.sync_all()
    mine = phone.bodies("visit")[op["body"]["visit"]]
    assert (mine["state"], mine["revision"], mine["number"], mine["day"]) == (
        "received",
        op["id"],
        1,
        "2026-11-24",
    )
    assert mine["subject"] == {"list": "people", "id": PIAO}


def test_the_record_is_kept_byte_for_byte_and_its_answers_typed(county: County) -> None:
    """[S1]"""
    op = county.visit()
    county.phone().sync(op)
    with county.app.app_context(), db.reading():
        record = session.scalars(select(Record)).one()
        assert record.xml.decode() == op["body"]["records"][0]["xml"]
        assert record.answers["/data/care/room_temp"] == 21
        assert record.answers["/data/care/tasks"] == ["meal", "clean"]
        assert record.list_rows == op["body"]["records"][0]["list_rows"]


def test_a_replayed_op_changes_nothing_and_hears_the_current_outcome(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    before = dict(phone.held)
    again = phone.sync(op)
    assert again["results"] == [{"id": op["id"], "outcome": "accepted"}]
    assert (count(county, Visit), count(county, Revision), count(county, LedgerEntry)) == (1, 1, 1)
    assert again["changes"] == []
    assert phone.held == before


def test_the_text_is_taken_whatever_comes_beside_it(county: County) -> None:
    """[S8] previews are a later version's; they cost the text nothing"""
    phone = county.phone()
    previews = [{"of": "0" * 64, "type": "image/webp", "base64": "UklGRg=="}]
    assert outcomes(phone.sync(county.visit(phone), previews=previews)) == [("accepted", None)]


def test_the_same_op_twice_in_one_batch_is_one(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    assert outcomes(phone.sync(op, op)) == [("accepted", None), ("accepted", None)]
    assert count(county, Revision) == 1


def test_keys_in_another_order_are_the_same_op(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    turned = {name: op[name] for name in reversed(op)}
    assert outcomes(phone.sync(turned)) == [("accepted", None)]


def test_the_same_id_with_other_bytes_is_kept_beside_and_refused(county: County) -> None:
    """[S2]"""
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    other = {**op, "body": {**op["body"], "helpers_unnamed": 3}}
    assert outcomes(phone.sync(other)) == [("refused", "op_id_reused")]
    assert outcomes(phone.sync(other)) == [("refused", "op_id_reused")]
    (item,) = kept(county)
    assert (item.code, item.op_id, json.loads(item.raw)["body"]["helpers_unnamed"]) == (
        "op_id_reused",
        op["id"],
        3,
    )
    assert item.id != op["id"]
    assert outcomes(phone.sync(op)) == [("accepted", None)]


def spoil(county: County, **changes: Any) -> dict[str, Any]:
    """A visit whose record has these members."""
    phone = county.phone()
    return county.visit(phone, records=[{**county.record(phone), **changes}])


def without(op: dict[str, Any], member: str) -> dict[str, Any]:
    return {**op, "body": {name: value for name, value in op["body"].items() if name != member}}


BAD: dict[str, tuple[str, str, Any]] = {
    "NUL in a text": ("refused", "text_not_allowed", lambda c: spoil(c, xml="<data>\0</data>")),
    "a lone surrogate": ("refused", "text_not_allowed", lambda c: spoil(c, xml="<data>\ud83d</data>")),
    "NUL in a name of a list row": (
        "refused", "text_not_allowed", lambda c: spoil(c, list_rows={"people": [{"name": "a\0"}]})),
    "a fraction": ("refused", "malformed", lambda c: c.visit(helpers_unnamed=1.5)),
    "an integer beyond 2^53": ("refused", "malformed", lambda c: c.visit(helpers_unnamed=2**53)),
    "truncated XML": ("refused", "xml_unreadable", lambda c: spoil(c, xml=xml()[:-20])),
    "XML with a document type": (
        "refused", "xml_unreadable", lambda c: spoil(c, xml='<!DOCTYPE data [<!ENTITY a "b">]>' + xml())),
    "an answer that the form does not offer": (
        "refused", "answers_do_not_fit", lambda c: spoil(c, xml=xml(ate="raw"))),
    "an op of more than a mebibyte": ("refused", "too_large", lambda c: spoil(c, xml="字" * 360_000)),
    "an unknown version of a form": (
        "refused", "form_version_unknown", lambda c: spoil(c, version="1999010101")),
    "an unknown form": ("refused", "form_version_unknown", lambda c: spoil(c, form="no-such-form")),
    "a team that she is not in": ("refused", "not_your_team", lambda c: c.visit(team=OTHER_TEAM)),
    "a team that does not exist": (
        "refused", "not_your_team", lambda c: c.visit(team="0193a000-0000-7000-8000-00000000dead")),
    "a body without its check-in": ("refused", "malformed", lambda c: without(c.visit(), "check_in")),
    "a member that nobody knows": ("refused", "malformed", lambda c: c.visit(mood="fine")),
    "no record": ("refused", "malformed", lambda c: c.visit(records=[])),
    "an op of a later version": ("deferred", "unknown_kind", lambda c: {**c.visit(), "v": 2}),
    "an unknown kind": ("deferred", "unknown_kind", lambda c: {**c.visit(), "kind": "visit.dance"}),
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "code", "make"), BAD.values(), ids=BAD.keys())
def test_a_bad_op_stands_aside_alone_and_whole(county: County, outcome: str, code: str, make: Any) -> None:
    """[S3]"""
    phone = county.phone()
    before, bad, after = county.visit(phone), make(county), county.visit(phone)
    heard = phone.sync(before, bad, after)
    assert outcomes(heard) == [("accepted", None), (outcome, code), ("accepted", None)]
    told = heard["results"][1]
    assert told["title"]
    assert told["next"]
    (item,) = kept(county)
    assert json.loads(item.raw) == bad
    assert (item.code, item.op_id, item.state) == (code, bad["id"], "open")
    assert item.team_id in (TEAM, OTHER_TEAM)
    assert outcomes(phone.sync(bad)) == [(outcome, code)]
    assert count(county, QuarantineItem) == 1
    assert count(county, Visit) == 2


def test_the_words_come_in_the_users_language(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    bad = spoil(county, version="1999010101")
    zh = phone.send(bad).get_json()["results"][0]
    en = phone.send(bad, language="en").get_json()["results"][0]
    assert zh["title"] == "县里没有这个版本的表"
    assert en["title"] == "The county does not have this version of the form"


def test_an_op_without_an_id_is_no_batch(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    for op in ({"kind": "visit.put"}, {**county.visit(phone), "id": "17"}, "op", None):
        response = phone.send(county.visit(phone), op)
        assert (response.status_code, response.get_json()["code"]) == (400, "malformed")
    assert count(county, LedgerEntry) == 0


def test_a_body_in_another_encoding_is_no_batch(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    body = json.dumps(phone.request([county.visit(phone)]), ensure_ascii=False).encode("gb18030")
    response = phone.post("/api/sync", body)
    assert (response.status_code, response.get_json()["code"]) == (400, "malformed_json")
    assert count(county, LedgerEntry) == 0


def test_an_oversized_body_is_answered_and_smaller_ones_are_taken(county: County) -> None:
    """[S10]"""
    phone = county.phone()
    big = [county.visit(phone, records=[county.record(phone, xml="字" * 300_000)]) for _ in range(3)]
    response = phone.send(*big)
    assert (response.status_code, response.get_json()["code"]) == (413, "too_large")
    assert outcomes(phone.sync(county.visit(phone))) == [("accepted", None)]


def test_an_op_waits_behind_the_refused_one_that_it_builds_on(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    bad = spoil(county, version="1999010101")
    later = phone.op({**county.body(phone), "visit": bad["body"]["visit"]}, base=bad["id"])
    assert outcomes(phone.sync(bad, later)) == [("refused", "form_version_unknown"), ("held", "waits")]
    assert outcomes(phone.sync(later)) == [("held", "waits")]


def test_a_base_that_nobody_has_seen_is_no_refusal(county: County) -> None:
    """[S3] [S6]"""
    phone = county.phone()
    op = phone.op(county.body(phone), base="0193a000-0000-7000-8000-00000000beef")
    assert outcomes(phone.sync(op)) == [("accepted", None)]


def test_an_unknown_person_is_no_refusal_but_a_hint(county: County) -> None:
    """[S3]"""
    phone = county.phone()
    unknown = "0193a000-0000-7000-8000-00000000cafe"
    op = county.visit(phone, subject={"list": "people", "id": unknown})
    assert outcomes(phone.sync(op)) == [("accepted", None)]
    with county.app.app_context(), db.reading():
        assert [flag["code"] for flag in session.scalars(select(Visit)).one().flags] == ["person_unknown"]


def broken(*_: Any, **__: Any) -> Visit:
    raise ZeroDivisionError


@pytest.mark.parametrize("where", ["written together", "carried out alone"])
def test_trouble_that_is_no_refusal_abandons_the_whole_batch(
    county: County, monkeypatch: Any, where: str
) -> None:
    """[S3] a bug answers 500, nothing is acknowledged, and the same batch is taken once it is mended"""
    phone = county.phone()
    ops = [county.visit(phone) for _ in range(3)]
    ops.insert(2, phone.op({**ops[0]["body"], "helpers_unnamed": 2}, base=ops[0]["id"]))
    with monkeypatch.context() as patched:
        if where == "written together":
            patched.setattr(first, "behind_heads", broken)
        else:
            patched.setitem(commands.CARRY, "visit.put", broken)
        response = phone.send(*ops)
    assert (response.status_code, response.get_json()["code"]) == (500, "broken")
    assert (count(county, Visit), count(county, LedgerEntry), count(county, QuarantineItem)) == (0, 0, 0)
    assert outcomes(phone.sync(*ops)) == [("accepted", None)] * 4


def test_trouble_of_the_database_says_when_to_try_again(county: County, monkeypatch: Any) -> None:
    """[S3] [S10]"""
    from sqlalchemy.exc import OperationalError

    def full(*_: Any, **__: Any) -> Visit:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    phone = county.phone()
    op = county.visit(phone)
    with monkeypatch.context() as patched:
        patched.setattr(first, "behind_heads", full)
        response = phone.send(op)
    assert (response.status_code, response.get_json()["code"]) == (503, "busy")
    assert int(response.headers["Retry-After"]) > 0
    assert outcomes(phone.sync(op)) == [("accepted", None)]


def test_killed_between_commit_and_answer_is_a_replay(county: County, monkeypatch: Any) -> None:
    """[S1] [S2] the answer is lost after the commit; the phone asks again and hears accepted"""
    phone = county.phone()
    op = county.visit(phone)
    from server.replication import routes

    def killed(*_: Any, **__: Any) -> None:
        raise SystemExit

    real = routes.pull
    monkeypatch.setattr(routes, "pull", killed)
    with pytest.raises(SystemExit):
        phone.send(op)
    monkeypatch.setattr(routes, "pull", real)
    assert count(county, Visit) == 1
    assert outcomes(phone.sync(op)) == [("accepted", None)]
    assert count(county, Visit) == 1


def test_an_accepted_visit_tells_the_team_when_she_was_last_seen(county: County) -> None:
    """[S4]"""
    phone = county.phone()
    phone.sync(county.visit(phone))
    phone.sync_all()
    (pair,) = phone.bodies("pair").values()
    assert (pair["entity"], pair["last_seen_on"], pair["last_seen_how"]) == (PIAO, "2026-11-24", "opened")


def test_every_feeds_digest_is_the_sum_of_its_alive_rows(county: County) -> None:
    """[S12]"""
    phone = county.phone()
    phone.sync(*[county.visit(phone) for _ in range(3)])
    with county.app.app_context(), db.reading():
        rows = session.scalars(select(FeedRow)).all()
        names = sorted({row.feed for row in rows})
        heads = feeds.heads(1, names)
        assert names
        for feed in names:
            alive = [
                (row.kind, row.id, row.version) for row in rows if row.feed == feed and not row.tombstone
            ]
            assert (heads[feed].alive, heads[feed].digest) == (len(alive), digest.of(alive)), feed


def test_ops_of_another_team_leave_no_trace_on_this_phone(county: County) -> None:
    """[S5]"""
    other, mine = county.phone(SHOUYI), county.phone(XIUYUN)
    body = county.body(other, team=OTHER_TEAM, subject={"list": "people", "id": OU})
    other.sync(other.op(body))
    mine.sync_all()
    assert OU not in json.dumps(list(mine.held.values()))
    assert GUIFEN not in json.dumps(list(mine.held.values()))
