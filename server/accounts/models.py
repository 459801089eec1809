"""People who work with the app, what they may do, and the devices that speak for them."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import Id, IdKey, JsonDict, Key, Moment, OrgKey, Sha256, Table, Words


class User(Table):
    """A volunteer, leader, supervisor, headquarters clerk, administrator or auditor."""

    __tablename__ = "users"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    username: Mapped[str | None] = mapped_column(String(64))  # None: works on the phone only
    password_hash: Mapped[Words | None]
    name: Mapped[Words]
    pinyin: Mapped[Words]  # lower case, words separated by blanks; sorts and searches
    language: Mapped[Key]  # zh | en
    active: Mapped[bool]
    created_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("org_id", "username"),)


class Grant(Table):
    """A role within a scope: the whole county, a community (a place) or a team."""

    __tablename__ = "grants"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    user_id: Mapped[Id]
    role: Mapped[Key]  # volunteer | leader | supervisor | headquarters | administrator | auditor
    scope_kind: Mapped[Key]  # county | community | team
    scope_id: Mapped[str | None] = mapped_column(String(36))
    sensitive: Mapped[bool]  # may see programmes whose mere use is sensitive
    since: Mapped[Moment]
    until: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "user_id"),
    )


class Device(Table):
    """A phone's installation for one user: its public key, and whether it may still speak."""

    __tablename__ = "devices"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    user_id: Mapped[Id]
    public_key: Mapped[JsonDict]  # JWK, P-256
    thumbprint: Mapped[Key]  # RFC 7638; the same key enrolling again is the same device
    label: Mapped[Words]  # what the browser says of itself
    enrolled_at: Mapped[Moment]
    heard_at: Mapped[Moment | None]
    manifest: Mapped[JsonDict | None]  # S13: what it said it still holds
    revoked_at: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "user_id"),
        UniqueConstraint("org_id", "user_id", "thumbprint"),
    )


class EnrolmentCode(Table):
    """Eight characters on a paper card that make one phone a volunteer's."""

    __tablename__ = "enrolment_codes"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    code_sha256: Mapped[Sha256]
    user_id: Mapped[Id]
    created_by: Mapped[Id | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    used_by_device: Mapped[Id | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "user_id"),
        UniqueConstraint("org_id", "code_sha256"),
    )


class DeskSession(Table):
    """One sign-in at a desk: a chain of refresh tokens, each valid until its successor has been used."""

    __tablename__ = "desk_sessions"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    user_id: Mapped[Id]
    current_sha256: Mapped[Sha256]  # the newest refresh token handed out
    previous_sha256: Mapped[Sha256 | None]  # still valid until `current` is presented
    created_at: Mapped[Moment]
    used_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "user_id"),
    )
