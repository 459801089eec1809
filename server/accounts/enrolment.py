"""A phone becomes a volunteer's: a code from a paper card and the phone's public key, once.

Idempotent by (code, key) for an hour, since the answer may be lost on a bad line and the code is then used.
The same key with a new code is the same device; a revoked one speaks again, the code is the leader's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from server.accounts import keys, queries, service
from server.accounts.models import Device, EnrolmentCode, User
from server.base import audit, clock
from server.base.db import insert_if_absent, session
from server.base.models import Org
from server.base.problems import Problem

REPEAT_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class EnrolmentAsked:
    """What a phone sends."""

    code: str
    public_key: dict[str, Any]
    label: str


@dataclass(frozen=True)
class Enrolled:
    """Who the phone is from now on, and where."""

    device: str
    user: User
    org: Org
    epoch: str
    server_time: str


def enrol(asked: EnrolmentAsked, now: datetime) -> Enrolled:
    """Use the code for this key. An unknown, used or expired code is one and the same refusal."""
    jwk = keys.accepted(asked.public_key)
    thumbprint = keys.thumbprint(jwk)
    code = queries.code(service.code_fingerprint(asked.code))
    if code is None:
        raise Problem("code_unknown")
    user = queries.user(code.org_id, code.user_id)
    if user is None or not user.active:
        raise Problem("code_unknown")
    device = _used_already(code, thumbprint, now) if code.used_at else _use(code, jwk, asked.label, now)
    if device is None:
        raise Problem("code_unknown")
    org = queries.org(code.org_id)
    return Enrolled(device.id, user, org, org.epoch, clock.iso(now))


def _used_already(code: EnrolmentCode, thumbprint: str, now: datetime) -> Device | None:
    """The device that this same key got, while its answer may still be under way."""
    device = queries.device(code.org_id, code.used_by_device) if code.used_by_device else None
    recent = code.used_at is not None and now <= code.used_at + REPEAT_WITHIN
    same = device is not None and device.thumbprint == thumbprint and device.revoked_at is None
    return device if recent and same else None


def _use(code: EnrolmentCode, jwk: dict[str, str], label: str, now: datetime) -> Device | None:
    if now > code.expires_at:
        return None
    ours = {"org_id": code.org_id, "user_id": code.user_id, "thumbprint": keys.thumbprint(jwk)}
    about = {"public_key": jwk, "label": label, "enrolled_at": now}
    insert_if_absent(Device, {**ours, **about, "id": clock.new_id(now)})
    device = session.scalars(
        select(Device).where(*(getattr(Device, name) == value for name, value in ours.items()))
    ).one()
    device.revoked_at = None
    code.used_at, code.used_by_device = now, device.id
    audit.note(
        code.org_id, "device.enrol", "device", device.id, user_id=code.user_id, device_id=device.id,
        code=code.id,
    )  # fmt: skip
    return device
