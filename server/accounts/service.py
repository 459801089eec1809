"""What happens to people: added, granted a role, given a code for a phone, a phone or a person stopped.

All inside a writing unit that the caller has opened, each with its audit row. ``by`` is None at the server's
console, where the operating system says who may.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select, update

from server.accounts import queries
from server.accounts.models import DeskSession, Device, EnrolmentCode, Grant, User
from server.base import audit, clock, feeds
from server.base.db import insert_if_absent, session
from server.base.keys import seal
from server.base.models import Org
from server.base.pinyin import pinyin
from server.base.policy import SCOPES, Actor, Role
from server.base.problems import Problem

# Without 0 O 1 I L, which a reader confuses; 31^8 codes, counted attempts.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_CHARACTERS = 8


@dataclass(frozen=True)
class NewUser:
    """A person to add. Without a username they work on the phone only."""

    name: str
    language: str = "zh"
    username: str | None = None
    password_hash: str | None = None
    pinyin: str | None = None


@dataclass(frozen=True)
class IssuedCode:
    """A code for a paper card; it is shown once and kept only as a fingerprint."""

    code: str
    expires_at: datetime


def add_org(
    *,
    org_id: int,
    code: str,
    name_zh: str,
    name_en: str,
    timezone: str,
    is_demo: bool,
    now: datetime,
    duty_phone: str | None = None,
) -> Org:
    """Open a county on this server."""
    org = Org(
        id=org_id, code=code, name_zh=name_zh, name_en=name_en, timezone=timezone,
        duty_phone=duty_phone, epoch=clock.new_id(now), is_demo=is_demo, created_at=now,
    )  # fmt: skip
    session.add(org)
    session.flush()
    version, _ = queries.org_change(org)
    feeds.stage(org.id, "county", "org", org.code, version)
    return org


def add_user(
    org_id: int, new: NewUser, now: datetime, *, by: Actor | None = None, id: str | None = None
) -> User:
    """Add a person. They can do nothing until a role is granted."""
    values: dict[str, Any] = {
        "org_id": org_id,
        "id": id or clock.new_id(now),
        "username": new.username,
        "password_hash": new.password_hash,
        "name": new.name,
        "pinyin": new.pinyin or pinyin(new.name),
        "language": new.language,
        "active": True,
        "created_at": now,
    }
    if not insert_if_absent(User, values):
        raise Problem("username_taken")
    _audit(by, org_id, "user.add", "user", values["id"])
    return session.scalars(select(User).where(User.org_id == org_id, User.id == values["id"])).one()


def grant(
    org_id: int,
    user_id: str,
    role: Role,
    scope_kind: str,
    scope_id: str | None,
    now: datetime,
    *,
    sensitive: bool = False,
    by: Actor | None = None,
) -> Grant:
    """Give a role within a scope that fits it."""
    if scope_kind not in SCOPES[role] or (scope_kind == "county") != (scope_id is None):
        raise Problem("grant_unfit", role=role.value, scopes=", ".join(sorted(SCOPES[role])))
    if queries.user(org_id, user_id) is None:
        raise Problem("not_found")
    row = Grant(
        org_id=org_id, id=clock.new_id(now), user_id=user_id, role=role.value, scope_kind=scope_kind,
        scope_id=scope_id, sensitive=sensitive, since=now, until=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _audit(by, org_id, "grant.add", "user", user_id, role=role.value, scope=scope_kind, scope_id=scope_id)
    return row


def end_grant(org_id: int, grant_id: str, now: datetime, *, by: Actor | None = None) -> None:
    """Take a role back."""
    row = session.scalars(
        select(Grant).where(Grant.org_id == org_id, Grant.id == grant_id, Grant.until.is_(None))
    ).one_or_none()
    if row is None:
        raise Problem("not_found")
    if row.role == Role.ADMINISTRATOR.value:
        _keep_an_administrator(org_id, lambda held: held.id != grant_id)
    row.until = now
    _audit(by, org_id, "grant.end", "user", row.user_id, role=row.role)


def set_password(
    org_id: int, user_id: str, password_hash: str, now: datetime, *, by: Actor | None = None
) -> None:
    """A new password ends all desk sessions of that person."""
    user = queries.user(org_id, user_id)
    if user is None:
        raise Problem("not_found")
    user.password_hash = password_hash
    end_sessions(org_id, user_id, now)
    _audit(by, org_id, "user.password", "user", user_id)


def stop_user(org_id: int, user_id: str, now: datetime, *, by: Actor | None = None) -> None:
    """Let a person in no more: desk sessions end, devices are revoked (what they hold may still come in)."""
    user = queries.user(org_id, user_id)
    if user is None:
        raise Problem("not_found")
    _keep_an_administrator(org_id, lambda held: held.user_id != user_id)
    user.active = False
    end_sessions(org_id, user_id, now)
    ours = (Device.org_id == org_id, Device.user_id == user_id, Device.revoked_at.is_(None))
    session.execute(update(Device).where(*ours).values(revoked_at=now))
    _audit(by, org_id, "user.stop", "user", user_id)


def end_sessions(org_id: int, user_id: str, now: datetime) -> None:
    """Sign a person out at every desk."""
    open_ones = (DeskSession.org_id == org_id, DeskSession.user_id == user_id, DeskSession.ended_at.is_(None))
    session.execute(update(DeskSession).where(*open_ones).values(ended_at=now))


def revoke_device(org_id: int, device_id: str, now: datetime, *, by: Actor | None = None) -> None:
    """A phone that was lost or handed on. What it still holds may come into quarantine for 90 days."""
    device = queries.device(org_id, device_id)
    if device is None:
        raise Problem("not_found")
    if device.revoked_at is None:
        device.revoked_at = now
        _audit(by, org_id, "device.revoke", "device", device_id)


def heard(org_id: int, device_id: str, now: datetime, manifest: dict[str, Any] | None = None) -> None:
    """Note that a phone has called, and what it said it still holds (S13)."""
    heard = {"org": org_id, "device": device_id, "now": now}
    if manifest is None:
        session.connection().execute(_HEARD, heard)
    else:
        session.connection().execute(_TOLD, {**heard, "manifest_now": manifest})


def issue_code(org_id: int, user_id: str, now: datetime, days: int, *, by: Actor | None = None) -> IssuedCode:
    """A new code that makes one phone this person's. Codes issued before stay valid until used or expired."""
    user = queries.user(org_id, user_id)
    if user is None or not user.active:
        raise Problem("not_found")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARACTERS))
    expires_at = now + timedelta(days=days)
    session.add(
        EnrolmentCode(
            org_id=org_id, id=clock.new_id(now), code_sha256=code_fingerprint(code), user_id=user_id,
            created_by=by.user_id if by else None, created_at=now, expires_at=expires_at,
            used_at=None, used_by_device=None,
        )
    )  # fmt: skip
    _audit(by, org_id, "enrolment.issue", "user", user_id)
    return IssuedCode(f"{code[:4]}-{code[4:]}", expires_at)


def code_fingerprint(code: str) -> str:
    """What is kept of a code, however it was typed: any case, with or without blanks and dashes."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return seal("enrolment code", plain)


def _keep_an_administrator(org_id: int, stays: Callable[[Grant], bool]) -> None:
    """Refuse what would leave nobody who can give roles."""
    held = session.scalars(
        select(Grant)
        .join(User, (User.org_id == Grant.org_id) & (User.id == Grant.user_id))
        .where(Grant.org_id == org_id, Grant.role == Role.ADMINISTRATOR.value, Grant.until.is_(None))
        .where(User.active)
        .order_by(Grant.id)
        .with_for_update(of=Grant)
    ).all()
    if held and not any(stays(each) for each in held):
        raise Problem("last_administrator")


def _audit(by: Actor | None, org_id: int, action: str, kind: str, id: str, **detail: Any) -> None:
    if by is not None:
        audit.record(by, action, kind, id, **detail)
    else:
        audit.note(org_id, action, kind, id, **detail)


# Written in every exchange: built and compiled once.
_DEVICES: Final = cast("Table", Device.__table__)
_HEARD: Final = (
    update(_DEVICES)
    .where(_DEVICES.c.org_id == bindparam("org"), _DEVICES.c.id == bindparam("device"))
    .values(heard_at=bindparam("now"))
)
_TOLD: Final = _HEARD.values(manifest=bindparam("manifest_now"))
