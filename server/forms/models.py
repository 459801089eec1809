"""Published forms. A version's XForm never changes; a new version stands beside the old one.

The files that a version carries (pictures, sounds and films of its labels, lists that it chooses from) are
named in the XForm itself by their hashes, so that whoever has the XForm knows what belongs to it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import BigInt, Blob, Count, Id, JsonDict, Key, Moment, OrgKey, Sha256, Table, Words


class Form(Table):
    """A form and the version that is filled now."""

    __tablename__ = "forms"

    org_id: Mapped[OrgKey]
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    programme: Mapped[Key]
    title_zh: Mapped[Words]
    title_en: Mapped[Words]
    current_version: Mapped[Key]
    changed_at: Mapped[Moment]


class FormVersion(Table):
    """One published version: the XForm that phones fetch, and its definition as the server reads answers."""

    __tablename__ = "form_versions"

    org_id: Mapped[OrgKey]
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[Sha256]
    bytes: Mapped[Count]
    xform: Mapped[Blob]
    definition: Mapped[JsonDict]  # server/forms/definition.py
    questions: Mapped[Count] = mapped_column(BigInt, server_default="0")  # how many somebody is asked
    published_at: Mapped[Moment]
    published_by: Mapped[Id | None]
    workbook: Mapped[Blob | None] = mapped_column(deferred=True)  # as it was handed in
    workbook_suffix: Mapped[str | None] = mapped_column(String(8))

    __table_args__ = (ForeignKeyConstraint(["org_id", "form"], ["forms.org_id", "forms.key"]),)


class FormMedium(Table):
    """A file that versions of forms carry, by the hash of its bytes. It stays, as the versions do."""

    __tablename__ = "form_media"

    org_id: Mapped[OrgKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[Key]
    bytes: Mapped[Count]
    data: Mapped[Blob]
