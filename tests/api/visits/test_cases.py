"""A matter that a volunteer writes down is her team's, looked after from then on; nobody else hears of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.accounts import service as accounts
from server.base import db
from server.base.db import session
from server.base.policy import Role
from server.entities.models import Entity
from server.forms import service as forms
from server.review import housekeeping
from server.teams import queries, service
from server.teams.models import Pair
from server.visits.models import Revision, Visit
from sync.core import instance
from tests.factories.county import (
    LIUYIN,
    LIYAN,
    ORG,
    SHOUYI,
    XIUYUN,
    County,
    converted,
    uid,
    version,
)  # fmt: skip
from tests.factories.phone import Phone

RIGHTS, CASE, CARD = "rights-case", uid(441), "person-card"
TEAM = uid(231)
META = {"/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000eeee", "/data/meta/deprecatedID": ""}
SAID = {
    "new_id": CASE, "new_no": "WQ261124-1234", "case_no": "WQ261124-1234", "danger": "no", "agrees": "yes",
    "case__community": LIUYIN, "case__who": "woman", "case__matter": "work", "case__help": "listened law",
    "case__safe_contact": "白天打单位电话", "case__case_state": "open",
}  # fmt: skip


@pytest.fixture
def county(app: Flask, county: County, clock: Any) -> County:
    """单秀云 is also of the team for women's and children's rights; 佟立岩 was given its visits to see."""
    with app.app_context(), db.writing():
        now = clock()
        for form in (RIGHTS, CARD):
            forms.publish(ORG, converted(form), now)
        service.found_team(ORG, "women-children-rights", "维权小队", "Rights", [LIUYIN, uid(102)], id=TEAM)
        for user in (XIUYUN, SHOUYI):
            accounts.grant(ORG, user, Role.VOLUNTEER, "team", TEAM, now)
        service.join(ORG, TEAM, XIUYUN, now)
        accounts.grant(ORG, LIYAN, Role.SUPERVISOR, "community", LIUYIN, now, sensitive=True)
    return county


def written(form: str, entity: str, **answers: str) -> str:
    values = {f"/data/{name.replace('__', '/')}": value for name, value in answers.items()}
    xml = instance.write(form, version(form), {**values, **META}).decode()
    return xml.replace("<meta>", f"<meta>{entity}")


def makes(list: str, label: str) -> str:
    return f'<entity dataset="{list}" id="{CASE}" create="1" update=""><label>{label}</label></entity>'


def opened(county: County, phone: Phone, **more: Any) -> dict[str, Any]:
    xml = written(RIGHTS, makes("rights_cases", "WQ261124-1234"), **SAID)
    record = county.record(phone, RIGHTS, xml=xml, list_rows={})
    here = {"team": TEAM, "programme": "women-children-rights", "place": None, "records": [record]}
    return {**county.body(phone), **here, "subject": {"list": "rights_cases", "id": CASE}, **more}


def take(phone: Phone, op: dict[str, Any]) -> None:
    assert [each["outcome"] for each in phone.send(op).get_json()["results"]] == ["accepted"]


def test_whoever_writes_a_matter_down_looks_after_it_and_her_team_alone_hears_of_it(county: County) -> None:
    phone, other = county.phone(), county.phone(SHOUYI)
    take(phone, phone.op(opened(county, phone)))
    phone.sync_all()
    known = phone.bodies("entity")[CASE]
    assert (known["label"], known["list"]) == ("WQ261124-1234", "rights_cases")
    assert known["properties"]["safe_contact"] == "白天打单位电话"
    (pair,) = [one for one in phone.bodies("pair").values() if one["entity"] == CASE]
    assert (pair["team"], pair["user"]) == (TEAM, XIUYUN)
    other.sync_all()
    assert CASE not in other.bodies("entity")


def test_another_revision_begins_nothing_a_second_time(county: County) -> None:
    phone = county.phone()
    first = phone.op(opened(county, phone))
    take(phone, first)
    take(phone, phone.op(first["body"], base=first["id"]))
    with county.app.app_context(), db.reading():
        assert len(queries.open_pairs(ORG, CASE)) == 1


def test_a_new_matter_lies_in_the_community_that_it_says_and_its_supervisor_reads_it(county: County) -> None:
    phone = county.phone()
    op = phone.op(opened(county, phone))
    take(phone, op)
    with county.app.app_context(), db.reading():
        visit = session.get_one(Visit, (ORG, op["body"]["visit"]))
        assert (visit.community_id, visit.subject_id) == (LIUYIN, CASE)
        assert "person_unknown" not in {flag["code"] for flag in visit.flags}
    seen = county.desk(LIYAN).get(f"/api/desk/visits/{op['body']['visit']}")
    assert seen["visit"]["subject_label"] == "WQ261124-1234"


def test_no_position_is_kept_where_the_programme_keeps_none(county: County) -> None:
    phone = county.phone()
    op = phone.op(opened(county, phone))
    assert "position" in op["body"]["check_in"]
    take(phone, op)
    with county.app.app_context(), db.reading():
        facts = session.get_one(Revision, (ORG, op["id"])).facts
    assert "position" not in facts["check_in"]
    assert facts["check_in"]["reason"] == "not_kept"


def closing(county: County, phone: Phone, state: str, **more: Any) -> dict[str, Any]:
    """A later visit to the matter that was opened, which says how it stands."""
    county.clock.forward(minutes=1)
    block = f'<entity dataset="rights_cases" id="{CASE}" create="" update="1"><label/></entity>'
    said = {**SAID, "existing": CASE, "case__case_state": state}
    del said["case__community"]
    record = county.record(phone, RIGHTS, xml=written(RIGHTS, block, **said), list_rows={})
    return opened(county, phone, records=[record], **more)


def state_on(phone: Phone) -> str:
    phone.sync_all()
    state: str = phone.bodies("entity")[CASE]["state"]
    return state


@pytest.mark.parametrize(
    ("said", "state"), [("referred", "active"), ("settled", "closed"), ("ended", "closed")]
)
def test_a_matter_is_closed_by_what_its_form_says_of_it(county: County, said: str, state: str) -> None:
    phone = county.phone()
    take(phone, phone.op(opened(county, phone)))
    assert state_on(phone) == "active"
    take(phone, phone.op(closing(county, phone, said)))
    assert state_on(phone) == state


def test_a_slip_is_undone_by_changing_the_visit_that_closed_it(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(opened(county, phone)))
    slip = phone.op(closing(county, phone, "settled"))
    take(phone, slip)
    assert state_on(phone) == "closed"
    mended = {**slip["body"], "records": closing(county, phone, "open")["records"]}
    take(phone, phone.op(mended, base=slip["id"]))
    assert state_on(phone) == "active"


def test_a_matter_that_was_closed_is_taken_up_again_by_another_visit(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(opened(county, phone)))
    take(phone, phone.op(closing(county, phone, "ended")))
    take(phone, phone.op(closing(county, phone, "open")))
    assert state_on(phone) == "active"


def test_whether_it_is_closed_does_not_depend_on_which_word_came_first(county: County) -> None:
    phone = county.phone()
    take(phone, phone.op(opened(county, phone)))
    earlier, later = (phone.op(closing(county, phone, state)) for state in ("settled", "open"))
    assert earlier["id"] < later["id"]
    take(phone, later)
    take(phone, earlier)
    assert state_on(phone) == "active"


def test_a_matter_that_was_closed_long_ago_leaves_the_phones_and_its_pair_has_the_day_of_its_closing(
    county: County,
) -> None:
    phone = county.phone()
    take(phone, phone.op(opened(county, phone)))
    take(phone, phone.op(closing(county, phone, "settled")))
    closed_on = county.clock().date()
    county.clock.forward(days=44)
    with county.app.app_context():
        housekeeping.tidy(county.clock())
    assert state_on(phone) == "closed"
    county.clock.forward(days=2)
    with county.app.app_context():
        housekeeping.tidy(county.clock())
    phone.sync_all()
    assert CASE not in phone.bodies("entity")
    with county.app.app_context(), db.reading():
        (pair,) = session.scalars(select(Pair).where(Pair.entity_id == CASE))
        assert (pair.ended_on, session.get_one(Entity, (ORG, CASE)).state) == (closed_on, "closed")
