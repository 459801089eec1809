"""Who is calling: a phone by its signature, or a desk by its access token.

A phone signs each request (ES256): user, county, method, path, hash of the body, and its time corrected by
the last server time it heard. The window is ten minutes either way and checked here, after the signature, so
that only the phone itself learns that its clock is off. A revoked phone is still let in for 90 days, marked,
so that what it holds can reach the quarantine; after that, and on every route that does not say
``@also_revoked``, it is refused.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from flask import Request

from server.accounts import keys, queries
from server.accounts.models import DeskSession
from server.accounts.tokens import ACCESS_TYPE, read_access
from server.base import clock
from server.base.db import reading, session
from server.base.http import Credential
from server.base.policy import Actor
from server.base.problems import Problem
from sync.core.ids import is_uuid

DEVICE_TYPE = "device+jwt"
WINDOW_S = 600
REVOKED_PUSH = timedelta(days=90)


@dataclass(frozen=True)
class DeviceCredential:
    """A phone's signed request; it covers one body."""

    actor: Actor
    body_sha256: str

    def covers(self, raw: bytes) -> bool:
        return hmac.compare_digest(hashlib.sha256(raw).hexdigest().encode(), self.body_sha256.encode())


@dataclass(frozen=True)
class DeskCredential:
    """A desk's access token."""

    actor: Actor
    session_id: str
    body_sha256: None = None

    def covers(self, raw: bytes) -> bool:  # noqa: ARG002  the line is the desk's protection, not a signature
        return True


def authenticate(request: Request) -> Credential:
    """Find out who is asking, or raise a 401 that says how to go on."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Problem("sign_in_needed")
    try:
        said = jwt.decode_complete(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise Problem("sign_in_needed") from None
    kind, now = said["header"].get("typ"), clock.now()
    with reading():
        if kind == DEVICE_TYPE:
            return _device(token, _claimed(said), request, now)
        if kind == ACCESS_TYPE:
            return _desk(token, now)
    raise Problem("sign_in_needed")


def _desk(token: str, now: datetime) -> DeskCredential:
    access = read_access(token, now)
    if access is None:
        raise Problem("sign_in_needed")
    desk = session.get(DeskSession, (access.org_id, access.session_id))
    user = queries.user(access.org_id, access.user_id)
    if desk is None or desk.ended_at is not None or user is None or not user.active:
        raise Problem("sign_in_needed")
    return DeskCredential(queries.actor(user, now), access.session_id)


def _device(token: str, claimed: tuple[int, str], request: Request, now: datetime) -> DeviceCredential:
    found = queries.caller(*claimed, now)
    if found is None:
        raise Problem("signature_wrong")
    actor, claims = found.actor, _verified(token, keys.load(found.public_key))
    expected = {"sub": actor.user_id, "org": actor.org_id, "htm": request.method, "htu": request.path}
    if any(claims.get(name) != value for name, value in expected.items()):
        raise Problem("signature_wrong")
    iat, body_sha256 = claims.get("iat"), claims.get("bsh")
    if not isinstance(iat, int | float) or not isinstance(body_sha256, str):
        raise Problem("signature_wrong")
    if abs(now.timestamp() - iat) > WINDOW_S:
        raise Problem("clock_off", server_time=clock.iso(now))
    if found.revoked_at is not None and now > found.revoked_at + REVOKED_PUSH:
        raise Problem("device_revoked")
    return DeviceCredential(actor, body_sha256)


def _claimed(said: dict[str, Any]) -> tuple[int, str]:
    """Which device's key to check the signature with; nothing here is believed yet."""
    device_id, org_id = said["header"].get("kid"), said["payload"].get("org")
    if not isinstance(org_id, int) or isinstance(org_id, bool) or not 0 <= org_id < 2**31:
        raise Problem("signature_wrong")
    if not is_uuid(device_id):
        raise Problem("signature_wrong")
    return org_id, str(device_id)


def _verified(token: str, key: keys.PublicKey) -> dict[str, Any]:
    own_checks = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    try:
        return jwt.decode(token, key, algorithms=["ES256"], options=own_checks)  # type: ignore[arg-type]
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise Problem("signature_wrong") from None
