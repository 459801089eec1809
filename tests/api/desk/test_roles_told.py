"""Who has several roles is shown by the one that reaches farthest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.accounts import service as accounts
from server.accounts.service import NewUser
from server.base import db
from server.base.db import session
from server.base.models import Org
from server.base.policy import Role
from server.base.settings import Settings
from tests.factories.county import LEADER, ORG, TEAM, County, uid


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, demo=True)


def test_a_leader_who_also_goes_out_is_offered_as_a_leader_at_the_demos_door(county: County) -> None:
    with county.app.app_context(), db.writing():
        session.get_one(Org, ORG).is_demo = True
        accounts.add_user(ORG, NewUser("高春梅", username="gao"), county.clock(), id=uid(390))
        for role in (Role.VOLUNTEER, Role.LEADER):
            accounts.grant(ORG, uid(390), role, "team", TEAM, county.clock())
    about = county.app.test_client().get("/api/about").get_json()
    offered = {account["username"]: account["role"] for account in about["demo"]["accounts"]}
    assert offered == {"gao": "leader"}


def test_a_leader_who_also_goes_out_reads_the_teams_visits_and_decides_nothing(county: County) -> None:
    op = county.visit()
    county.phone().sync(op)
    desk = county.desk(LEADER)
    assert {held["role"] for held in desk.get("/api/desk/me")["roles"]} == {"volunteer", "leader"}
    (shown,) = desk.get("/api/desk/queue?state=received")["items"]
    assert shown["visit"] == op["body"]["visit"]
    desk.approve(op, status=403)
