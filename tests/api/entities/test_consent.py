"""Consent asked at the door reaches the list, and through the list every phone of the team."""

from __future__ import annotations

from typing import Any

from server.base.db import session, writing
from server.entities.models import Entity
from tests.factories.county import OU, PIAO, SHOUYI, County, xml

GIVEN = {
    "consent_on_file": "",
    "consent_now": "no_photo",
    "consent_now_on": "2026-11-24",
    "meta/entity/@dataset": "people",
    "meta/entity/@id": PIAO,
    "meta/entity/@update": "true",
}


def asked(county: County, **changes: str) -> dict[str, Any]:
    """A visit in which consent was asked at the door."""
    phone = county.phone()
    record = county.record(phone, xml=xml("day-care-visit", **{**GIVEN, **changes}))
    return county.visit(phone, records=[record])


def nobody_asked_yet(county: County) -> None:
    with county.app.app_context(), writing():
        person = session.get_one(Entity, (1, PIAO))
        person.properties = {name: text for name, text in person.properties.items() if name != "consent"}


def test_consent_given_at_the_door_is_in_the_list_on_the_teams_phones(county: County) -> None:
    nobody_asked_yet(county)
    phone = county.phone()
    phone.sync_all()
    assert "consent" not in phone.bodies("entity")[PIAO]["properties"]

    op = asked(county)
    assert phone.sync(op)["results"] == [{"id": op["id"], "outcome": "accepted"}]
    phone.sync_all()
    said = phone.bodies("entity")[PIAO]["properties"]
    assert (said["consent"], said["consent_on"]) == ("no_photo", "2026-11-24")
    assert said["full_name"] == "朴顺姬"
    assert phone.held[f"team:{op['body']['team']}", "entity", PIAO]["version"] == op["id"]


def test_another_team_hears_nothing_of_it(county: County) -> None:
    county.phone().sync(asked(county))
    other = county.phone(SHOUYI)
    other.sync_all()
    assert set(other.bodies("entity")) == {OU}


def test_a_visit_whose_condition_did_not_hold_changes_nobody(county: County) -> None:
    phone = county.phone()
    phone.sync(asked(county, **{"meta/entity/@update": "false"}))
    phone.sync_all()
    assert phone.bodies("entity")[PIAO]["properties"]["consent"] == "all"
