"""The desk's two tokens.

*Access*: an HS256 JWT of a quarter of an hour in the page's memory. *Refresh*: an HttpOnly cookie, rotated at
each use. A token's successor is computed from it, so presenting the predecessor again (an answer lost on a
bad line, two tabs at once) gives the same successor and not a second one; the predecessor dies when the
successor is presented. Any older token presented means that somebody else has a copy: the session ends.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from server.base.keys import derived

ACCESS_TYPE = "desk+jwt"
_ALGORITHM = "HS256"


@dataclass(frozen=True)
class Access:
    """What an access token says, once its signature and its time are checked."""

    org_id: int
    user_id: str
    session_id: str


def issue_access(access: Access, now: datetime, minutes: int) -> str:
    """An access token for this session."""
    claims = {
        "org": access.org_id,
        "sub": access.user_id,
        "sid": access.session_id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=minutes)).timestamp()),
    }
    return jwt.encode(claims, derived("desk access"), algorithm=_ALGORITHM, headers={"typ": ACCESS_TYPE})


def read_access(token: str, now: datetime) -> Access | None:
    """The token's content, or None when it is not ours or its time is over (by the server's clock alone)."""
    try:
        claims = jwt.decode(
            token,
            derived("desk access"),
            algorithms=[_ALGORITHM],
            options={"require": ["org", "sub", "sid", "exp"], "verify_exp": False, "verify_iat": False},
        )
        if int(claims["exp"]) <= now.timestamp():
            return None
        return Access(int(claims["org"]), str(claims["sub"]), str(claims["sid"]))
    except (jwt.InvalidTokenError, ValueError, TypeError):
        return None


@dataclass(frozen=True)
class Refresh:
    """A refresh token: the session it belongs to, and its secret."""

    org_id: int
    session_id: str
    secret: str

    def __str__(self) -> str:
        return f"{self.org_id}.{self.session_id}.{self.secret}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(str(self).encode()).hexdigest()

    def successor(self) -> Refresh:
        """The token that follows this one."""
        mac = hmac.new(derived("desk refresh"), str(self).encode(), hashlib.sha256).digest()
        return Refresh(self.org_id, self.session_id, _text(mac))


def first_refresh(org_id: int, session_id: str) -> Refresh:
    """A new session's first refresh token."""
    return Refresh(org_id, session_id, _text(secrets.token_bytes(32)))


def read_refresh(cookie: str) -> Refresh | None:
    """The cookie's token; whether it is valid, the session's row says."""
    org, _, rest = cookie.partition(".")
    session_id, _, secret = rest.partition(".")
    if not (org.isascii() and org.isdigit() and len(org) < 10 and len(session_id) == 36 and secret):
        return None
    return Refresh(int(org), session_id, secret) if cookie.isascii() else None


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
