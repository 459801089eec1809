"""A desk signs in, stays signed in, and signs out.

Signing in counts attempts first and hashes outside any unit. Nothing in the answer or its time tells
whether a username exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.accounts import passwords, queries
from server.accounts.models import DeskSession, User
from server.accounts.tokens import Access, Refresh, first_refresh, issue_access
from server.base import audit, clock, limits
from server.base.db import reading, session, writing
from server.base.problems import Problem
from server.base.settings import Settings

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class SignInAsked:
    username: str
    password: str
    county: str | None = None  # its code, where a server holds several


@dataclass(frozen=True)
class SignedIn:
    """What the page gets, and the cookie beside it."""

    access_token: str
    expires_in: int
    user: User
    refresh: Refresh


def sign_in(asked: SignInAsked, address: str, now: datetime, settings: Settings) -> SignedIn:
    """Check the password and open a session. Opens its own units; call it outside one."""
    account = f"{asked.county}/{asked.username}"
    limits.hit(f"sign-in-address:{address}", 1000, HOUR)
    limits.hit(f"sign-in-account:{account}", 60, HOUR)
    limits.hit(f"sign-in:{account}/{address}", 5, MINUTE)
    with reading():
        org = queries.org_by_code(asked.county)
        if org is None and asked.county is None and len(queries.orgs()) > 1:
            raise Problem("county_needed")
        user = queries.user_by_username(org.id, asked.username) if org else None
    kept = user.password_hash if user is not None and user.active else None
    right = passwords.matches(kept, asked.password)
    renewed = passwords.hashed(asked.password) if right and kept and passwords.outdated(kept) else None
    with writing():
        if user is None or not right:
            audit_failure(user)
        else:
            limits.forgive(f"sign-in:{account}/{address}", MINUTE)
            limits.forgive(f"sign-in-account:{account}", HOUR)
            return _open(user.org_id, user.id, renewed, now, settings)
    raise Problem("sign_in_failed")


def refresh(token: Refresh | None, now: datetime, settings: Settings) -> SignedIn:
    """The next access token and the next cookie. Inside a writing unit.

    The current token moves the chain on; its predecessor gets the same answer again; an older one, of which
    somebody must have a copy, ends the session.
    """
    desk = _session(token, lock=True)
    user = queries.user(desk.org_id, desk.user_id) if desk else None
    if token is None or desk is None or user is None:
        raise Problem("sign_in_needed")
    if desk.ended_at is not None or desk.expires_at <= now or not user.active:
        raise Problem("sign_in_needed")
    if token.sha256 not in {desk.current_sha256, desk.previous_sha256}:
        raise Stolen(desk)
    following = token.successor()
    if token.sha256 == desk.current_sha256:
        desk.previous_sha256, desk.current_sha256 = token.sha256, following.sha256
        desk.used_at, desk.expires_at = now, now + timedelta(days=settings.desk_session_days)
    return _signed(desk, user, following, now, settings)


class Stolen(Exception):
    """A refresh token came that was replaced long ago: the session has to end, whoever is right."""

    def __init__(self, desk: DeskSession) -> None:
        super().__init__("an old refresh token was presented")
        self.org_id, self.session_id = desk.org_id, desk.id


def end(org_id: int, session_id: str, now: datetime, why: str) -> None:
    """Sign this desk out. Inside a writing unit."""
    desk = session.get(DeskSession, (org_id, session_id), with_for_update=True)
    if desk is not None and desk.ended_at is None:
        desk.ended_at = now
        audit.note(org_id, "desk.end", "desk_session", session_id, user_id=desk.user_id, why=why)


def sign_out(token: Refresh | None, now: datetime) -> None:
    """End the session that the cookie names, if the cookie is one of its own."""
    desk = _session(token, lock=True)
    if token and desk and token.sha256 in {desk.current_sha256, desk.previous_sha256}:
        end(desk.org_id, desk.id, now, "signed out")


def audit_failure(user: User | None) -> None:
    """A wrong password is worth a row, beside the account that it was tried on."""
    if user is not None:
        audit.note(user.org_id, "desk.sign_in_failed", "user", user.id)


def _open(org_id: int, user_id: str, renewed_hash: str | None, now: datetime, settings: Settings) -> SignedIn:
    user = queries.user(org_id, user_id)
    if user is None or not user.active:
        raise Problem("sign_in_failed")
    if renewed_hash is not None:
        user.password_hash = renewed_hash
    token = first_refresh(org_id, clock.new_id(now))
    desk = DeskSession(
        org_id=org_id, id=token.session_id, user_id=user_id, current_sha256=token.sha256,
        previous_sha256=None, created_at=now, used_at=now,
        expires_at=now + timedelta(days=settings.desk_session_days), ended_at=None,
    )  # fmt: skip
    session.add(desk)
    audit.note(org_id, "desk.sign_in", "desk_session", desk.id, user_id=user_id)
    return _signed(desk, user, token, now, settings)


def _signed(desk: DeskSession, user: User, token: Refresh, now: datetime, settings: Settings) -> SignedIn:
    access = Access(desk.org_id, desk.user_id, desk.id)
    minutes = settings.desk_access_minutes
    return SignedIn(issue_access(access, now, minutes), minutes * MINUTE, user, token)


def _session(token: Refresh | None, *, lock: bool) -> DeskSession | None:
    if token is None:
        return None
    return session.get(DeskSession, (token.org_id, token.session_id), with_for_update=lock)
