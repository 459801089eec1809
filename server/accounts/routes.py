"""Doors: a phone enrols, a desk signs in, anybody learns which county this is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, request

from server.accounts import cookies, desk, enrolment, queries
from server.accounts.desk import SignedIn, SignInAsked, Stolen
from server.accounts.enrolment import Enrolled, EnrolmentAsked
from server.accounts.models import User
from server.accounts.schemas import (
    AboutMessage,
    EnrolledMessage,
    EnrolmentMessage,
    MeMessage,
    RememberedMessage,
    SignedInMessage,
    SignInMessage,
)
from server.base import clock, limits, policy
from server.base.db import writing
from server.base.http import answer, blueprint, body, current_actor, permit, public, refuses, unit
from server.base.permissions import Permission
from server.base.policy import GrantView, Role
from server.base.problems import Problem
from server.base.settings import Settings

bp = blueprint("accounts")

HOUR = 3600


@bp.get("/about")
@public("the sign-in page says which county it is")
@answer(AboutMessage)
def about() -> dict[str, Any]:
    counties = queries.orgs()
    only = counties[0] if len(counties) == 1 else None
    return {"org": only, "counties": counties, "demo": _demo(only.id) if only and only.is_demo else None}


@bp.post("/enrolments")
@public("a phone that is nobody's yet; the code is the proof")
@unit("none")
@body(EnrolmentMessage)
@answer(EnrolledMessage, 201)
@refuses("code_unknown", "key_unsuitable", "too_many")
def enrol(asked: EnrolmentAsked) -> Enrolled:
    limits.hit(f"enrolment-address:{request.remote_addr}", 600, HOUR)
    limits.hit(f"enrolment-key:{asked.public_key['x']}", 20, HOUR)
    with writing():
        enrolled = enrolment.enrol(asked, clock.now())
    cookies.remember_device(enrolled.device)
    return enrolled


@bp.get("/enrolments/remembered")
@public("a phone whose storage is gone; it learns only whether it was one")
@answer(RememberedMessage)
def remembered() -> dict[str, bool]:
    known = cookies.devices()
    return {"remembered": bool(known) and queries.any_device(known)}


@bp.post("/desk/session")
@public("nobody is signed in before")
@unit("none")
@body(SignInMessage)
@answer(SignedInMessage)
@refuses("sign_in_failed", "county_needed", "header_needed", "too_many")
def sign_in(asked: SignInAsked) -> SignedIn:
    cookies.require_own_page()
    return _keep(desk.sign_in(asked, request.remote_addr or "", clock.now(), _settings()))


@bp.post("/desk/session/refresh")
@public("the cookie is the proof")
@unit("none")
@answer(SignedInMessage)
@refuses("sign_in_needed", "header_needed")
def refresh() -> SignedIn:
    token, now = cookies.refresh_token(), clock.now()
    try:
        with writing():
            return _keep(desk.refresh(token, now, _settings()))
    except Stolen as stolen:
        with writing():
            desk.end(stolen.org_id, stolen.session_id, now, "an old refresh token was presented")
        cookies.drop_refresh()
        raise Problem("sign_in_needed") from None


@bp.delete("/desk/session")
@public("the cookie says which session ends")
@answer(None)
@refuses("header_needed")
def sign_out() -> None:
    desk.sign_out(cookies.refresh_token(), clock.now())
    cookies.drop_refresh()


@bp.get("/desk/me")
@permit(Permission.DESK_USE)
@answer(MeMessage)
def me() -> dict[str, Any]:
    actor = current_actor()
    names = current_app.extensions["lianxin.scope_names"](actor.org_id, actor.grants)
    return {
        "user": queries.user(actor.org_id, actor.user_id),
        "org": queries.org(actor.org_id),
        "roles": [_role(grant, names) for grant in actor.grants],
        "permissions": sorted(policy.permissions(actor)),
    }


def _role(grant: GrantView, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "role": grant.role.value,
        "scope_kind": grant.scope_kind,
        "scope_id": grant.scope_id,
        "scope_name": names.get(grant.scope_id) if grant.scope_id else None,
    }


def _keep(signed: SignedIn) -> SignedIn:
    cookies.keep_refresh(signed.refresh, _settings().desk_session_days)
    return signed


def _settings() -> Settings:
    settings: Settings = current_app.extensions["lianxin.settings"]
    return settings


def _demo(org_id: int) -> dict[str, Any] | None:
    settings = _settings()
    if not (settings.demo and settings.loopback):
        return None
    people: Sequence[User] = queries.desk_users(org_id)
    roles = queries.grants(org_id, [person.id for person in people], clock.now())
    accounts = [
        {
            "username": person.username,
            "name": person.name,
            "role": _widest([each.role for each in roles[person.id]]),
        }
        for person in people
        if roles[person.id]
    ]
    return {"password": settings.demo_password, "accounts": accounts}


def _widest(roles: Sequence[str]) -> Role:
    """Who has several roles is named by the one that reaches farthest: a leader goes out herself, too."""
    return max(map(Role, roles), key=list(Role).index)
