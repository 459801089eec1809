"""What stands aside is told so that whoever sits at the desk can mend it."""

from __future__ import annotations

from typing import Any

from server.accounts import service as accounts
from server.base import db
from server.base.catalogue import CATALOGUE
from server.base.policy import Role
from server.teams import service as teams
from server.visits.quarantine import CODES
from tests.factories.county import GUIFEN, ORG, OTHER_TEAM, XIUYUN, County, version, xml


def only(county: County, user: str | None = None) -> dict[str, Any]:
    desk = county.desk(user) if user else county.desk()
    (item,) = desk.get("/api/desk/quarantine")["items"]
    told: dict[str, Any] = desk.get(f"/api/desk/quarantine/{item['id']}")
    return told


def test_every_reason_to_stand_aside_has_words_in_the_catalogue() -> None:
    assert CATALOGUE.keys() >= CODES


def test_an_answer_that_does_not_fit_is_told_with_its_question(county: County) -> None:
    phone = county.phone()
    phone.sync(county.visit(phone, records=[county.record(phone, xml=xml(room_temp="warm"))]))
    told = only(county)
    assert (told["code"], told["reason"]) == ("answers_do_not_fit", "not_an_answer")
    assert told["where"] == "/data/care/room_temp"
    assert told["question"]["zh"] == "屋里多少度（供暖期）"
    assert told["form_version"] == version()
    assert told["said_at"] == "2026-11-24T00:02:03.456Z"


def test_what_cannot_be_read_is_told_without_guesses(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone)
    op["body"]["check_in"] = {"at": {"wall": "yesterday"}}
    op["body"]["records"] = "none"
    phone.sync(op)
    told = only(county)
    assert told["code"] == "malformed"
    assert (told["where"], told["question"], told["form_version"], told["said_at"]) == (None,) * 4


def test_a_visit_for_another_team_is_let_in_once_its_author_has_joined(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone, team=OTHER_TEAM, subject=None)
    assert phone.sync(op)["results"][0]["code"] == "not_your_team"
    with county.app.app_context(), db.writing():
        accounts.grant(ORG, XIUYUN, Role.VOLUNTEER, "team", OTHER_TEAM, county.clock())
        teams.join(ORG, OTHER_TEAM, XIUYUN, county.clock())
    item = only(county, GUIFEN)
    released = county.desk(GUIFEN).post(f"/api/desk/quarantine/{item['id']}/release", status=200)
    assert (released["state"], released["visit"]) == ("released", op["body"]["visit"])
    (shown,) = county.desk(GUIFEN).get("/api/desk/queue?state=received")["items"]
    assert shown["visit"] == op["body"]["visit"]
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]
