"""Who may do what, where: roles, scopes, and what is sensitive."""

from __future__ import annotations

import pytest
from sqlalchemy import column
from sqlalchemy.dialects import sqlite

from server.base import policy
from server.base.permissions import Permission
from server.base.policy import Actor, GrantView, Reach, Role, Scope
from server.base.problems import Problem

LY, HY, TEAM = "liuyin", "heyan", "team"


def actor(*grants: GrantView, device: str | None = None) -> Actor:
    return Actor(1, "user", device, "佟立岩", "zh", grants)


def supervisor(community: str, *, sensitive: bool = False) -> GrantView:
    return GrantView(Role.SUPERVISOR, "community", community, sensitive)


def refusal(who: Actor, permission: Permission, scope: Scope) -> str | None:
    try:
        policy.require(who, permission, scope)
    except Problem as problem:
        return problem.code
    return None


def test_every_role_and_every_scope_has_a_row() -> None:
    assert set(policy.ROLES) == set(policy.SCOPES) == set(Role)


def test_every_permission_belongs_to_somebody() -> None:
    assert frozenset().union(policy.PHONE, *policy.ROLES.values()) == frozenset(Permission)


def test_a_supervisor_decides_in_her_communities_only() -> None:
    who = actor(supervisor(LY))
    assert refusal(who, Permission.VISITS_REVIEW, Scope(community=LY)) is None
    assert refusal(who, Permission.VISITS_REVIEW, Scope(community=HY)) == "not_found"
    assert refusal(who, Permission.VISITS_REVIEW, Scope(community=None, team=TEAM)) == "not_found"
    assert refusal(who, Permission.USERS_MANAGE, Scope(community=LY)) == "forbidden"


def test_a_leader_reads_her_team_and_decides_nowhere() -> None:
    who = actor(GrantView(Role.LEADER, "team", TEAM))
    assert refusal(who, Permission.VISITS_READ, Scope(community=LY, team=TEAM)) is None
    assert refusal(who, Permission.VISITS_READ, Scope(community=LY, team="other")) == "not_found"
    assert refusal(who, Permission.VISITS_REVIEW, Scope(team=TEAM)) == "forbidden"


def test_a_team_and_a_community_with_one_id_are_two_things() -> None:
    assert refusal(actor(supervisor(LY)), Permission.VISITS_READ, Scope(team=LY)) == "not_found"


def test_sensitive_programmes_are_seen_only_where_the_grant_says_so() -> None:
    """Two grants do not add up: what one gives for 河沿 does not open 柳荫."""
    who = actor(supervisor(LY), supervisor(HY, sensitive=True))
    for community, expected in ((LY, "not_found"), (HY, None)):
        assert refusal(who, Permission.VISITS_READ, Scope(community=community, sensitive=True)) == expected
        assert refusal(who, Permission.VISITS_READ, Scope(community=community)) is None


def test_headquarters_and_administrator_read_no_names() -> None:
    for role in (Role.HEADQUARTERS, Role.ADMINISTRATOR, Role.AUDITOR):
        who = actor(GrantView(role, "county", None))
        assert not policy.allows(who, Permission.VISITS_READ)
        assert not policy.reach(who, Permission.VISITS_READ)


def test_on_a_phone_everybody_may_do_what_phones_do_and_no_more() -> None:
    grants = (GrantView(Role.ADMINISTRATOR, "county", None), GrantView(Role.VOLUNTEER, "team", TEAM))
    phone, desk = actor(*grants, device="d"), actor(*grants)
    assert policy.permissions(phone) == policy.PHONE
    assert policy.permissions(actor(device="d")) == policy.PHONE, "also when every role has ended"
    assert not policy.allows(desk, Permission.SYNC)
    assert policy.allows(desk, Permission.USERS_MANAGE)


def sql(reach: Reach, sensitive: bool = True) -> str:
    hidden = column("sensitive").is_(True) if sensitive else None
    found = reach.where(column("community"), column("team"), hidden)
    return str(found.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def test_a_reach_becomes_a_condition() -> None:
    who = actor(supervisor(LY), supervisor(HY, sensitive=True), GrantView(Role.LEADER, "team", TEAM))
    found = sql(policy.reach(who, Permission.VISITS_READ))
    assert found == (
        "(community IN ('heyan', 'liuyin') OR team IN ('team')) AND "
        "(sensitive IS NOT 1 OR community IN ('heyan'))"
    )


def test_no_reach_is_no_row_and_the_whole_county_is_every_row() -> None:
    assert sql(Reach(), sensitive=False) == "0"
    county = actor(GrantView(Role.SUPERVISOR, "county", None, sensitive=True))
    assert sql(policy.reach(county, Permission.VISITS_READ)) == "1"


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_may_anything(permission: Permission) -> None:
    assert refusal(actor(), permission, Scope()) == "forbidden"
