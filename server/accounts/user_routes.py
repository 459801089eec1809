"""The administrator's routes: people, roles, phones. And the auditor's: what was done."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server.accounts import passwords, queries, service
from server.accounts.models import Grant, User
from server.accounts.schemas import (
    AuditMessage,
    AuditQuery,
    CodeMessage,
    GrantMessage,
    Loaded,
    NewGrantMessage,
    NewUserMessage,
    PasswordMessage,
    UserMessage,
    UsersMessage,
    UsersQuery,
)
from server.accounts.service import IssuedCode, NewUser
from server.base import audit, clock
from server.base.db import writing
from server.base.http import answer, blueprint, body, current_actor, permit, query, refuses, unit
from server.base.permissions import Permission
from server.base.policy import Role
from server.base.settings import Settings

bp = blueprint("users", "/api/desk")


@bp.get("/users")
@permit(Permission.USERS_MANAGE)
@query(UsersQuery)
@answer(UsersMessage)
def users(asked: Loaded) -> dict[str, Any]:
    org_id = current_actor().org_id
    found = queries.users(org_id, search=asked["search"], after=asked["after"], limit=asked["limit"])
    following = found[-1].id if len(found) == asked["limit"] else None
    return {"items": _described(org_id, list(found)), "next": following}


@bp.post("/users")
@permit(Permission.USERS_MANAGE)
@unit("none")
@body(NewUserMessage)
@answer(UserMessage, 201)
@refuses("username_taken")
def add(asked: Loaded) -> dict[str, Any]:
    actor = current_actor()
    kept = passwords.hashed(asked["password"]) if asked["password"] else None
    with writing():
        new = NewUser(asked["name"], asked["language"], asked["username"], kept)
        user = service.add_user(actor.org_id, new, clock.now(), by=actor)
        return _described(actor.org_id, [user])[0]


@bp.post("/users/<id:user_id>/password")
@permit(Permission.USERS_MANAGE)
@unit("none")
@body(PasswordMessage)
@answer(None)
def set_password(user_id: str, asked: Loaded) -> None:
    actor, kept = current_actor(), passwords.hashed(asked["password"])
    with writing():
        service.set_password(actor.org_id, user_id, kept, clock.now(), by=actor)


@bp.post("/users/<id:user_id>/stop")
@permit(Permission.USERS_MANAGE)
@answer(None)
@refuses("last_administrator")
def stop(user_id: str) -> None:
    actor = current_actor()
    service.stop_user(actor.org_id, user_id, clock.now(), by=actor)


@bp.post("/users/<id:user_id>/grants")
@permit(Permission.USERS_MANAGE)
@body(NewGrantMessage)
@answer(GrantMessage, 201)
@refuses("grant_unfit")
def grant(user_id: str, asked: Loaded) -> Grant:
    actor = current_actor()
    role = Role(asked["role"])
    return service.grant(
        actor.org_id, user_id, role, asked["scope_kind"], asked["scope_id"], clock.now(),
        sensitive=asked["sensitive"], by=actor,
    )  # fmt: skip


@bp.delete("/grants/<id:grant_id>")
@permit(Permission.USERS_MANAGE)
@answer(None)
@refuses("last_administrator")
def end_grant(grant_id: str) -> None:
    actor = current_actor()
    service.end_grant(actor.org_id, grant_id, clock.now(), by=actor)


@bp.post("/users/<id:user_id>/enrolment-codes")
@permit(Permission.USERS_MANAGE)
@unit("none")
@answer(CodeMessage, 201)
def issue_code(user_id: str) -> IssuedCode:
    """Not answered again from an Idempotency-Key: the code is shown once and kept nowhere."""
    actor = current_actor()
    settings: Settings = current_app.extensions["lianxin.settings"]
    with writing():
        return service.issue_code(actor.org_id, user_id, clock.now(), settings.enrolment_days, by=actor)


@bp.post("/devices/<id:device_id>/revoke")
@permit(Permission.USERS_MANAGE)
@answer(None)
def revoke(device_id: str) -> None:
    actor = current_actor()
    service.revoke_device(actor.org_id, device_id, clock.now(), by=actor)


@bp.get("/audit")
@permit(Permission.AUDIT_READ)
@query(AuditQuery)
@answer(AuditMessage)
def audit_rows(asked: Loaded) -> dict[str, Any]:
    found = audit.rows(current_actor().org_id, **asked)
    return {"items": found, "next": found[-1].id if len(found) == asked["limit"] else None}


def _described(org_id: int, people: list[User]) -> list[dict[str, Any]]:
    ids = [person.id for person in people]
    grants, devices = queries.grants(org_id, ids, clock.now()), queries.devices(org_id, ids)
    return [
        {
            **{name: getattr(person, name) for name in ("id", "name", "pinyin", "language", "active")},
            "username": person.username,
            "grants": grants[person.id],
            "devices": [device for device in devices if device.user_id == person.id],
        }
        for person in people
    ]
