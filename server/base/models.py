"""Tables that every concern stands on: the county, the audit, feeds, the ledger, jobs, limits."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import Count, Id, IdKey, JsonDict, Key, Moment, OrgKey, Sha256, Table, Words


class Org(Table):
    """A county. Its id stands first in every growing table's keys."""

    __tablename__ = "orgs"

    id: Mapped[OrgKey]
    code: Mapped[Key]
    name_zh: Mapped[Words]
    name_en: Mapped[Words]
    timezone: Mapped[Key]
    duty_phone: Mapped[Key | None]  # whom a volunteer calls after 120; None: her team leader
    epoch: Mapped[Id]  # S14: renewed by a restore
    backed_up_to: Mapped[Moment | None]  # what was committed until then is in a backup that has finished
    is_demo: Mapped[bool]
    created_at: Mapped[Moment]


class AuditRow(Table):
    """Who did what, with which device, when: written in the same transaction as the thing itself."""

    __tablename__ = "audit_rows"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    at: Mapped[Moment]
    user_id: Mapped[Id | None]
    device_id: Mapped[Id | None]
    action: Mapped[Key]
    target_kind: Mapped[Key | None]
    target_id: Mapped[str | None] = mapped_column(String(128))
    detail: Mapped[JsonDict]
    request_id: Mapped[Id | None]

    __table_args__ = (Index(None, "org_id", "at"), Index(None, "org_id", "target_kind", "target_id"))


class FeedHead(Table):
    """S4, S12: a feed's last sequence number, its floor, and the sum of what is alive in it."""

    __tablename__ = "feed_heads"

    org_id: Mapped[OrgKey]
    feed: Mapped[str] = mapped_column(String(96), primary_key=True)
    seq: Mapped[Count]
    floor: Mapped[Count]  # a cursor below it gets a reset
    alive: Mapped[Count]
    digest: Mapped[Sha256]  # sum modulo 2^256 of H(kind, id, version) over alive rows, hex


class FeedRow(Table):
    """S4: one row per thing that a feed carries; an update moves it to the end."""

    __tablename__ = "feed_rows"

    org_id: Mapped[OrgKey]
    feed: Mapped[str] = mapped_column(String(96), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    seq: Mapped[Count]
    version: Mapped[Key]  # what the phone holds is this version of the thing
    tombstone: Mapped[bool]
    at: Mapped[Moment]

    __table_args__ = (Index(None, "org_id", "feed", "seq"),)


class LedgerEntry(Table):
    """S2: every op that ever arrived, and what became of it. Never pruned."""

    __tablename__ = "ledger_entries"

    org_id: Mapped[OrgKey]
    op_id: Mapped[IdKey]
    device_id: Mapped[Id]
    user_id: Mapped[Id]
    n: Mapped[Count]  # the device's running number
    kind: Mapped[Key]
    sha256: Mapped[Sha256]  # of the op's canonical bytes
    outcome: Mapped[Key]  # accepted | refused | deferred | held
    code: Mapped[Key | None]  # why it was refused
    received_at: Mapped[Moment]

    __table_args__ = (Index(None, "org_id", "device_id", "n"),)


class OnceAnswer(Table):
    """The stored first answer to a desk request with an Idempotency-Key."""

    __tablename__ = "once_answers"

    org_id: Mapped[OrgKey]
    user_id: Mapped[IdKey]
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_sha256: Mapped[Sha256]  # of method, path and body: the same key with another request is refused
    status: Mapped[int]
    body: Mapped[Words]
    at: Mapped[Moment]


class Job(Table):
    """Work that takes longer than a request may."""

    __tablename__ = "jobs"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    kind: Mapped[Key]
    state: Mapped[Key]  # queued | running | done | failed | cancelled
    asked: Mapped[JsonDict]
    done_rows: Mapped[Count]
    total_rows: Mapped[Count | None]
    result: Mapped[JsonDict | None]  # {blob, filename, bytes, type}
    problem: Mapped[JsonDict | None]
    cancel_asked: Mapped[bool]
    created_by: Mapped[Id]
    created_at: Mapped[Moment]
    heartbeat_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]

    __table_args__ = (Index(None, "org_id", "state", "created_at"),)


class LimitCounter(Table):
    """Counted attempts in one window; in the database, so that the limit holds across workers and hosts."""

    __tablename__ = "limit_counters"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)  # unix seconds divided by the window's length
    hits: Mapped[int]
