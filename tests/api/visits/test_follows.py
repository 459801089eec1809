"""Whoever registers somebody looks after them at once; a supervisor sees it and may change it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import db
from server.base.db import session
from server.base.models import AuditRow
from server.entities.models import Entity
from server.forms import service as forms
from server.teams import queries, service
from server.visits import bulk
from server.visits.picture import Picture
from sync.core import instance
from tests.factories.county import (
    CARE,
    COMPOUND,
    GUIFEN,
    LEADER,
    LIUYIN,
    LIYAN,
    ORG,
    PIAO,
    SHOUYI,
    TEAM,
    XIUYUN,
    County,
    converted,
    uid,
    version,
)  # fmt: skip
from tests.factories.phone import Phone

CARD, CHECK, NEW, CLINIC, PATROL = "person-card", "health-check", uid(451), uid(241), uid(242)
META = {"/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000ffff", "/data/meta/deprecatedID": ""}


@pytest.fixture
def county(app: Flask, county: County, clock: Any) -> County:
    """单秀云 is also of a clinic team, which looks after people together, and of a patrol, which looks after
    nobody."""
    with app.app_context(), db.writing():
        for form in (CARD, CHECK, "clinic-day"):
            forms.publish(ORG, converted(form), clock())
        for team, programme in ((CLINIC, "free-clinic"), (PATROL, "neighbourhood-patrol")):
            service.found_team(ORG, programme, programme, programme, [LIUYIN], id=team)
            service.join(ORG, team, XIUYUN, clock())
    return county


def card(county: County, phone: Phone, create: bool = True) -> dict[str, Any]:
    """佟玉兰's card. She is on no list; or, without ``create``, did not agree to stand on one."""
    said = {
        "new_id": NEW, "consent": "all", "consent_by": "self", "card__full_name": "佟玉兰",
        "card__compound": COMPOUND, "card__community": LIUYIN,
    }  # fmt: skip
    if not create:
        said = {"new_id": NEW, "consent": "declined", "consent_by": "self"}
    values = {f"/data/{name.replace('__', '/')}": value for name, value in said.items()}
    made = instance.write(CARD, version(CARD), {**values, **META}).decode()
    flag = "1" if create else ""
    block = f'<entity dataset="people" id="{NEW}" create="{flag}" update=""><label>佟玉兰</label></entity>'
    return county.record(phone, CARD, xml=made.replace("<meta>", f"<meta>{block}"), list_rows={})


def registers(county: County, phone: Phone, **more: Any) -> dict[str, Any]:
    person = {"list": "people", "id": NEW}
    return phone.op({**county.body(phone), "subject": person, "records": [card(county, phone)], **more})


def take(phone: Phone, op: dict[str, Any]) -> None:
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]


def pairs_on(phone: Phone) -> list[tuple[str, str | None]]:
    """Who looks after 佟玉兰, as a phone knows it."""
    phone.sync_all()
    found = (pair for pair in phone.bodies("pair").values() if pair["entity"] == NEW)
    return sorted((pair["team"], pair["user"]) for pair in found)


def follow(county: County, op: dict[str, Any], by: str, user: str | None = None, **more: Any) -> Any:
    path = f"/api/visits/{op['body']['visit']}/follows/{more.pop('entity', NEW)}"
    status = more.pop("status", 200)
    desk = county.desk(more.pop("desk", LIYAN))
    client = county.app.test_client()
    response = client.put(path, json={"by": by, "user": user}, headers=desk.headers())
    assert response.status_code == status, response.text
    return response.get_json()


def followers(said: dict[str, Any]) -> list[str | None]:
    return [one["name"] for one in said["followers"]]


def test_whoever_registers_somebody_looks_after_them_at_once_and_her_team_hears_of_it(
    county: County,
) -> None:
    phone, other, elsewhere = county.phone(), county.phone(LEADER), county.phone(SHOUYI)
    take(phone, registers(county, phone))
    for one in (phone, other):
        assert pairs_on(one) == [(TEAM, XIUYUN)]
        assert one.bodies("entity")[NEW]["label"] == "佟玉兰"
    assert pairs_on(elsewhere) == []
    assert NEW not in elsewhere.bodies("entity")


def test_where_a_programme_looks_after_people_together_the_team_does(county: County) -> None:
    phone = county.phone()
    take(phone, registers(county, phone, team=CLINIC, programme="free-clinic"))
    assert pairs_on(phone) == [(CLINIC, None)]


def test_a_team_that_looks_after_nobody_begins_nothing(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone, team=PATROL, programme="neighbourhood-patrol")
    take(phone, op)
    assert pairs_on(phone) == []
    assert county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["follows"] == []


def test_whoever_declined_is_looked_after_only_once_they_agree(county: County) -> None:
    phone = county.phone()
    no = registers(county, phone, records=[card(county, phone, create=False)], subject=None)
    take(phone, no)
    assert pairs_on(phone) == []
    take(phone, phone.op(registers(county, phone, visit=no["body"]["visit"])["body"], base=no["id"]))
    assert pairs_on(phone) == [(TEAM, XIUYUN)]


def test_another_revision_begins_nothing_a_second_time(county: County) -> None:
    phone = county.phone()
    first = registers(county, phone)
    take(phone, first)
    take(phone, phone.op(first["body"], base=first["id"]))
    assert pairs_on(phone) == [(TEAM, XIUYUN)]


def test_whoever_has_left_the_team_meanwhile_leaves_the_person_to_the_others(county: County) -> None:
    phone, other = county.phone(), county.phone(LEADER)
    op = registers(county, phone)
    with county.app.app_context(), db.writing():
        service.leave(ORG, TEAM, XIUYUN, county.clock())
    take(phone, op)
    assert pairs_on(other) == [(TEAM, None)]


def test_a_visit_that_is_taken_back_takes_the_person_off_the_phones_and_brings_her_back_with_it(
    county: County,
) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    take(phone, phone.op({"visit": op["body"]["visit"], "reason": "写重了"}, kind="visit.withdraw"))
    assert pairs_on(phone) == []
    assert NEW not in phone.bodies("entity")
    take(phone, phone.op(op["body"], base=op["id"]))
    assert pairs_on(phone) == [(TEAM, XIUYUN)]
    assert phone.bodies("entity")[NEW]["label"] == "佟玉兰"


def test_a_person_whom_somebody_visited_since_stays_with_her_team(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    take(phone, county.visit(phone, subject={"list": "people", "id": NEW}))
    take(phone, phone.op({"visit": op["body"]["visit"], "reason": ""}, kind="visit.withdraw"))
    assert pairs_on(phone) == [(TEAM, XIUYUN)]


def test_a_history_that_is_loaded_at_once_follows_the_same_rule(county: County) -> None:
    phone = county.phone()
    op, visit = registers(county, phone), county.visit(phone, subject={"list": "people", "id": NEW})
    now = county.clock()
    with county.app.app_context():
        with db.reading():
            author = accounts.caller(ORG, phone.device, now).actor
        batch = bulk.Batch(Picture.whole(ORG))
        for one in (
            op,
            visit,
        ):  # each in a unit of its own: the pair that the first began is known to the second
            with db.writing():
                batch.put(author, one, [], now)
                batch.write()
    assert pairs_on(phone) == [(TEAM, XIUYUN)]
    (pair,) = [one for one in phone.bodies("pair").values() if one["entity"] == NEW]
    assert pair["last_seen_how"] == "opened"


# ------------------------------------------------------------ at the desk
def test_the_supervisor_reads_with_the_visit_who_looks_after_whom_it_registered(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    (said,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["follows"]
    assert (said["entity"], said["label"], said["made_here"], said["state"]) == (
        NEW,
        "佟玉兰",
        True,
        "active",
    )
    assert followers(said) == ["单秀云"]
    assert {one["name"] for one in said["members"]} == {"单秀云", "姚晓桦"}


def test_the_supervisors_of_the_place_are_told_and_nobody_else(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    told = {user: county.desk(user).get("/api/desk/notices")["items"] for user in (LIYAN, GUIFEN)}
    assert told[GUIFEN] == []
    (notice,) = told[LIYAN]
    assert (notice["kind"], notice["by"], notice["words"]) == ("registered", "单秀云", "佟玉兰")
    assert notice["visit"] == op["body"]["visit"]


def test_a_supervisor_gives_the_person_to_somebody_else_to_the_team_or_to_nobody_and_back(
    county: County,
) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    assert followers(follow(county, op, "volunteer", LEADER)) == ["姚晓桦"]
    assert pairs_on(phone) == [(TEAM, LEADER)]
    assert followers(follow(county, op, "team")) == [None]
    assert pairs_on(phone) == [(TEAM, None)]
    assert followers(follow(county, op, "nobody")) == []
    assert pairs_on(phone) == []
    assert NEW not in phone.bodies("entity")
    assert followers(follow(county, op, "volunteer", XIUYUN)) == ["单秀云"]
    assert pairs_on(phone) == [(TEAM, XIUYUN)]
    with county.app.app_context(), db.reading():
        assert len(queries.open_pairs(ORG, NEW)) == 1


def test_the_same_wish_twice_changes_nothing(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    once, again = (follow(county, op, "volunteer", LEADER) for _ in range(2))
    assert once == again
    assert pairs_on(phone) == [(TEAM, LEADER)]


def test_who_is_looked_after_by_somebody_else_was_seen_when_she_was_seen(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    take(phone, op)
    said = follow(county, op, "volunteer", LEADER, entity=PIAO)
    assert (followers(said), said["made_here"]) == (["姚晓桦"], False)
    phone.sync_all()
    (pair,) = [one for one in phone.bodies("pair").values() if one["entity"] == PIAO]
    assert pair["last_seen_how"] == "opened"


@pytest.mark.parametrize("said", ["moved", "deceased"])
def test_whoever_is_said_to_be_gone_stays_until_the_supervisor_has_made_sure(
    county: County, said: str
) -> None:
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, xml=at_the_door(said))])
    take(phone, op)
    assert line_of(county, op)["gone"] == said
    phone.sync_all()
    assert PIAO in phone.bodies("entity")
    ended = follow(county, op, "nobody", entity=PIAO)
    assert (ended["gone"], followers(ended)) == (said, [])
    phone.sync_all()
    assert PIAO not in phone.bodies("entity")


def test_whoever_is_gone_is_looked_after_by_no_team_any_more_and_a_slip_of_that_day_brings_all_back(
    county: County,
) -> None:
    phone, elsewhere = county.phone(), county.phone(SHOUYI)
    with county.app.app_context(), db.writing():
        service.join(ORG, CLINIC, SHOUYI, county.clock())
        other = service.pair(ORG, CLINIC, SHOUYI, PIAO, county.clock().date()).id
    op = county.visit(phone, records=[county.record(phone, xml=at_the_door("deceased"))])
    take(phone, op)
    follow(county, op, "volunteer", LEADER, entity=PIAO)
    elsewhere.sync_all()
    assert other in elsewhere.bodies("pair")
    follow(county, op, "nobody", entity=PIAO)
    for one in (phone, elsewhere):
        one.sync_all()
        assert PIAO not in one.bodies("entity")
    follow(county, op, "volunteer", XIUYUN, entity=PIAO)
    elsewhere.sync_all()
    assert other in elsewhere.bodies("pair")
    assert PIAO in elsewhere.bodies("entity")
    with county.app.app_context(), db.reading():
        rows = session.execute(
            select(AuditRow.action, AuditRow.user_id).where(AuditRow.target_id == other).order_by(AuditRow.id)
        )
        assert [tuple(row) for row in rows.all()] == [("pair.end", LIYAN), ("pair.resume", LIYAN)]


def test_nobody_for_now_of_somebody_who_is_not_gone_is_said_of_one_team(county: County) -> None:
    phone = county.phone()
    with county.app.app_context(), db.writing():
        service.pair(ORG, CLINIC, None, PIAO, county.clock().date())
    op = county.visit(phone)
    take(phone, op)
    follow(county, op, "nobody", entity=PIAO)
    phone.sync_all()
    assert {pair["team"] for pair in phone.bodies("pair").values() if pair["entity"] == PIAO} == {CLINIC}


def test_whoever_opened_the_door_is_not_gone(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    take(phone, op)
    assert line_of(county, op)["gone"] is None


def at_the_door(said: str) -> str:
    """Nobody was met there: nothing else was asked."""
    asked = {"start", "end", "today", "person", "meta/instanceID", "meta/deprecatedID"}
    left = {path: value for path, value in CARE.items() if path.removeprefix("/data/") in asked}
    return instance.write(
        "day-care-visit", version(), {**left, "/data/door": said, "/data/need": "none"}
    ).decode()


def line_of(county: County, op: dict[str, Any]) -> dict[str, Any]:
    lines = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["follows"]
    found: dict[str, Any] = next(one for one in lines if one["entity"] == PIAO)
    return found


def test_nobody_is_given_to_whoever_is_not_in_the_team(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    follow(county, op, "volunteer", SHOUYI, status=422)
    follow(county, op, "volunteer", None, status=422)
    follow(county, op, "team", XIUYUN, status=422)
    assert pairs_on(phone) == [(TEAM, XIUYUN)]


def test_a_visit_speaks_only_of_its_own_people_and_only_within_reach(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    follow(county, op, "nobody", entity=PIAO, status=404)
    follow(county, op, "nobody", desk=GUIFEN, status=404)
    assert pairs_on(phone) == [(TEAM, XIUYUN)]


def test_the_person_stays_on_the_countys_list_when_nobody_looks_after_her(county: County) -> None:
    phone = county.phone()
    op = registers(county, phone)
    take(phone, op)
    follow(county, op, "nobody")
    with county.app.app_context(), db.reading():
        assert session.get_one(Entity, (ORG, NEW)).state == "active"
    assert followers(follow(county, op, "team")) == [None]
