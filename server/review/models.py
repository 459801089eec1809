"""What reviewers decided and authors took back, appended: a visit's state is derived from it. Their talk."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from server.base.tables import Id, IdKey, JsonList, Key, Moment, OrgKey, Table, Words


class Decision(Table):
    """Approve, return, reopen: on one revision. An undo is a decision too (`undo` of an earlier one)."""

    __tablename__ = "decisions"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    visit_id: Mapped[Id]
    revision_id: Mapped[Id]
    kind: Mapped[Key]  # approve | return | undo
    undoes: Mapped[Id | None]
    comments: Mapped[JsonList]  # [{record, path, text}]; empty for approve
    words: Mapped[Words | None]
    by_day: Mapped[date | None]  # until when a returned visit is asked back
    by_user_id: Mapped[Id]
    at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "visit_id"], ["visits.org_id", "visits.id"]),
        ForeignKeyConstraint(["org_id", "revision_id"], ["revisions.org_id", "revisions.id"]),
        ForeignKeyConstraint(["org_id", "by_user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "visit_id", "at"),
        Index(None, "org_id", "revision_id"),
        Index(None, "org_id", "by_user_id"),
    )


class Withdrawal(Table):
    """Its author took a visit back before anybody had decided on it; the record stays."""

    __tablename__ = "withdrawals"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]  # the op's id
    visit_id: Mapped[Id]
    revision_id: Mapped[Id]  # what the visit showed then
    user_id: Mapped[Id]
    reason: Mapped[Words | None]
    at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "visit_id"], ["visits.org_id", "visits.id"]),
        ForeignKeyConstraint(["org_id", "revision_id"], ["revisions.org_id", "revisions.id"]),
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "visit_id", "at"),
        Index(None, "org_id", "revision_id"),
        Index(None, "org_id", "user_id"),
    )


class Note(Table):
    """The talk about a visit between whoever made it and its reviewers. Never changed afterwards."""

    __tablename__ = "notes"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]  # the op's id, where it came from a phone
    visit_id: Mapped[Id]
    user_id: Mapped[Id]
    text: Mapped[Words]
    at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "visit_id"], ["visits.org_id", "visits.id"]),
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "visit_id", "at"),
        Index(None, "org_id", "user_id"),
    )
