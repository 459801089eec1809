"""What reviewers decided, appended; a visit's state is derived from it."""

from __future__ import annotations

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
    comments: Mapped[JsonList]  # [{path, text}]; empty for approve
    words: Mapped[Words | None]
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
