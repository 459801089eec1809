"""The demo's open doors exist in demo mode on this machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from server.accounts.models import User
from server.base.db import session, writing
from server.base.models import Org
from server.base.settings import Settings
from tests.cast import CHANGHE, ORG, SIMIN, Cast, enrolment
from tests.factories.phone import Phone

Make = Callable[..., Flask]


@pytest.fixture
def make(cast: Cast, make_app: Callable[[Settings], Flask], settings: Settings) -> Make:
    """An app over the cast's county, which is now a demo; by these settings."""
    with cast.app.app_context(), writing():
        org = session.get(Org, ORG)
        assert org is not None
        org.is_demo = True
    return lambda **more: make_app(Settings(**{**vars(settings), **more}))


def test_a_demo_phone_enrols_for_real(make: Make) -> None:
    client = make(demo=True).test_client()
    made = client.post("/api/demo/enrolment")
    assert made.status_code == 201
    said = client.post("/api/enrolments", json=enrolment(made.get_json()["code"], Phone.new_key()[1]))
    assert said.get_json()["user"]["name"] == "单秀云"
    assert said.get_json()["org"]["demo"] is True


def test_a_demo_phone_may_be_another_volunteers(make: Make) -> None:
    client = make(demo=True).test_client()
    made = client.post("/api/demo/enrolment", query_string={"user": CHANGHE.id})
    said = client.post("/api/enrolments", json=enrolment(made.get_json()["code"], Phone.new_key()[1]))
    assert said.get_json()["user"]["name"] == CHANGHE.name
    for other in ("nobody", SIMIN.id):  # a desk's is no phone's
        assert client.post("/api/demo/enrolment", query_string={"user": other}).status_code == 404


def test_about_names_the_demos_accounts_only_to_this_machine(make: Make) -> None:
    said = make(demo=True, demo_password="lianxin-demo").test_client().get("/api/about").get_json()
    assert said["org"] == {"code": "HL", "name": {"zh": "桦岭县", "en": "Hualing County"}, "demo": True}
    assert said["demo"]["password"] == "lianxin-demo"
    assert {"username": "supervisor", "name": "佟立岩", "role": "supervisor"} in said["demo"]["accounts"]
    for elsewhere in ({"demo": True, "host": "0.0.0.0"}, {"demo": False}):
        assert make(**elsewhere).test_client().get("/api/about").get_json()["demo"] is None


@pytest.mark.parametrize(
    "more", [{"demo": False}, {"demo": True, "host": "0.0.0.0"}, {"demo": True, "host": "::"}]
)
def test_elsewhere_the_door_does_not_exist(make: Make, more: dict[str, object]) -> None:
    assert make(**more).test_client().post("/api/demo/enrolment").status_code == 404


def test_a_request_from_outside_finds_no_door(make: Make) -> None:
    client = make(demo=True).test_client()
    response = client.post("/api/demo/enrolment", environ_base={"REMOTE_ADDR": "192.168.1.7"})
    assert response.status_code == 404


def test_a_real_county_has_no_door_even_in_demo_mode(cast: Cast, make: Make) -> None:
    with cast.app.app_context(), writing():
        org = session.get(Org, ORG)
        assert org is not None
        org.is_demo = False
    assert make(demo=True).test_client().post("/api/demo/enrolment").status_code == 404


def test_without_the_volunteer_there_is_no_code(cast: Cast, make: Make) -> None:
    with cast.app.app_context(), writing():
        for user in session.query(User).filter_by(name="单秀云"):
            user.active = False
    assert make(demo=True).test_client().post("/api/demo/enrolment").status_code == 404
