"""Visits: facts and records, their revisions, and what could not be taken and is kept aside."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import (
    Blob,
    Count,
    Id,
    IdKey,
    JsonDict,
    JsonList,
    Key,
    Moment,
    OrgKey,
    Sha256,
    Table,
    Words,
)

_APPROVED_LIVE = text("state = 'approved' AND entry = 'live'")


class Visit(Table):
    """The head of a visit: what lists, filters and figures read. Derived from its current revision."""

    __tablename__ = "visits"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    team_id: Mapped[Id]
    programme: Mapped[Key]
    form: Mapped[Key]  # of its first record
    user_id: Mapped[Id]  # the author
    device_id: Mapped[Id | None]
    subject_list: Mapped[Key | None]
    subject_id: Mapped[Id | None]
    place_id: Mapped[Id | None]
    community_id: Mapped[Id | None]
    day: Mapped[date]  # the local day of the check-in
    check_in_at: Mapped[Moment]
    check_out_at: Mapped[Moment | None]
    minutes: Mapped[int | None]
    entry: Mapped[Key]  # live | later | desk
    state: Mapped[Key]  # received | approved | returned | withdrawn: written only by review_state()
    current_revision: Mapped[Id]
    revisions: Mapped[int]
    distance_m: Mapped[int | None]  # from the person's home
    flags: Mapped[JsonList]  # [{code, detail}]
    urgent: Mapped[bool]  # an answer says that help is needed now
    received_at: Mapped[Moment]
    changed_at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "team_id"], ["teams.org_id", "teams.id"]),
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "team_id", "day"),
        Index(None, "org_id", "user_id", "day"),
        Index(None, "org_id", "subject_id", "day"),
        Index(  # where a person lives is asked with every visit: what is not approved costs nothing here
            "ix_visits_approved_live",
            "org_id",
            "subject_id",
            "day",
            sqlite_where=_APPROVED_LIVE,
            postgresql_where=_APPROVED_LIVE,
        ),
        Index(None, "org_id", "community_id", "day"),
        Index(None, "org_id", "state", "received_at"),
        Index(None, "org_id", "form", "day"),
        Index(None, "org_id", "changed_at"),
    )


class Revision(Table):
    """What one visit.put made of a visit; its id is the op's id. Never changed afterwards."""

    __tablename__ = "revisions"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    visit_id: Mapped[Id]
    number: Mapped[int]  # order of arrival, from 1
    base: Mapped[Id | None]  # the revision that its author saw
    user_id: Mapped[Id]
    device_id: Mapped[Id | None]
    facts: Mapped[JsonDict]  # the op's body without the records
    at: Mapped[JsonDict]  # {wall, mono, start} as the phone said
    corrected_at: Mapped[Moment]  # the phone's moment by the server's clock
    clock_certain: Mapped[bool]
    received_at: Mapped[Moment]
    correction: Mapped[JsonDict | None]  # {decision, answers: [{record, path, said, reason?}]}
    # mended: made at the desk out of an op that could not be taken; merged: by the server, out of several;
    # settled: by a supervisor, where several disagreed
    why: Mapped[Key | None]
    reason: Mapped[Words | None]  # what the supervisor said about it
    mends: Mapped[Id | None]  # that op
    merges: Mapped[JsonList | None]  # the revisions that it builds on, where `base` cannot say it

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "visit_id"], ["visits.org_id", "visits.id"]),
        UniqueConstraint("org_id", "visit_id", "number"),
    )


class Record(Table):
    """One filled form in a revision: the instance XML byte for byte, and its answers typed."""

    __tablename__ = "records"

    org_id: Mapped[OrgKey]
    revision_id: Mapped[IdKey]
    id: Mapped[IdKey]  # stays the same over revisions
    position: Mapped[int]
    form: Mapped[Key]
    form_version: Mapped[Key]
    xml: Mapped[Blob]
    answers: Mapped[JsonDict]  # {path: typed value}, by the form's own definition
    list_rows: Mapped[JsonDict]  # the list rows that the record read, as the phone had them
    attachments: Mapped[JsonList]
    instance_id: Mapped[str] = mapped_column(String(96))

    __table_args__ = (ForeignKeyConstraint(["org_id", "revision_id"], ["revisions.org_id", "revisions.id"]),)


class RecordRow(Table):
    """One repeat instance of a record."""

    __tablename__ = "record_rows"

    org_id: Mapped[OrgKey]
    revision_id: Mapped[IdKey]
    record_id: Mapped[IdKey]
    repeat: Mapped[str] = mapped_column(String(128), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers: Mapped[JsonDict]

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "revision_id", "record_id"],
            ["records.org_id", "records.revision_id", "records.id"],
        ),
    )


class Participant(Table):
    """A volunteer in a visit, with times: service time is theirs."""

    __tablename__ = "participants"

    org_id: Mapped[OrgKey]
    visit_id: Mapped[IdKey]
    user_id: Mapped[IdKey]
    came_at: Mapped[Moment]
    left_at: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "visit_id"], ["visits.org_id", "visits.id"]),
        Index(None, "org_id", "user_id", "came_at"),
    )


class Notice(Table):
    """One person is told of one thing. It is kept for some weeks only; what it tells of is kept elsewhere."""

    __tablename__ = "notices"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]  # the decision's id where it tells of one, so that undoing it finds the notice
    user_id: Mapped[Id]  # who is told
    desk: Mapped[bool]  # at the desk; else on the phone
    kind: Mapped[Key]  # phone: returned approved released noted; desk: see notices.DESK
    visit_id: Mapped[Id | None]
    item_id: Mapped[Id | None]  # of the quarantine
    by_user_id: Mapped[Id | None]
    words: Mapped[Words | None]
    at: Mapped[Moment]
    read_at: Mapped[Moment | None]  # at the desk; a phone knows by itself what was read

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "user_id", "id"),
        Index(None, "org_id", "at"),
    )


class QuarantineItem(Table):
    """S3: an op (or raw bytes) that could not be taken, whole, with the reason. Nothing typed is dropped."""

    __tablename__ = "quarantine_items"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    op_id: Mapped[Id | None]  # None: raw bytes that were no op
    device_id: Mapped[Id | None]
    user_id: Mapped[Id | None]
    team_id: Mapped[Id | None]  # as far as it can be read from the op: who may see it
    community_id: Mapped[Id | None]
    visit_id: Mapped[Id | None]
    code: Mapped[Key]  # the problem's code
    detail: Mapped[JsonDict]
    raw: Mapped[Blob]
    bytes: Mapped[Count]
    sha256: Mapped[Sha256]
    state: Mapped[Key]  # open | released | closed
    received_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    settled_by: Mapped[Id | None]
    note: Mapped[Words | None]

    __table_args__ = (
        Index(None, "org_id", "state", "received_at"),
        Index(None, "org_id", "op_id"),
    )
