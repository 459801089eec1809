"""Photos and recordings: what was promised by whom, what has come, and how far the rest is (rule S7).

Bytes lie in the blob store, named by county and hash. A reference is what an op promised; it is inserted in
the op's own transaction. Who has sent every byte once *holds* the file: only through such a person's
reference is it read, so that naming somebody else's hash opens nothing.
"""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import BigInt, Blob, Count, Id, IdKey, JsonList, Key, Moment, OrgKey, Table

_DUE = text("look_at IS NOT NULL")
OURS = ""  # in place of a user: the preview that the server made itself


class Photo(Table):
    """One file by its hash. Its row is what landing, referring and cleaning lock."""

    __tablename__ = "photos"

    org_id: Mapped[OrgKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[Key]  # awaited | here
    type: Mapped[Key | None]  # by its bytes, never by its name; None: of no type that we know, or not here
    bytes: Mapped[Count]  # 0 while awaited
    aside: Mapped[
        Key | None
    ]  # why it is no usable picture or recording; then it is never shown, only handed out
    made_at: Mapped[Moment]
    landed_at: Mapped[Moment | None]
    look_at: Mapped[Moment | None]  # here, but not looked over yet: due then, and shown to nobody before
    look_tries: Mapped[Count] = mapped_column(BigInt, server_default="0")  # how often a look was begun

    __table_args__ = (
        Index(None, "org_id", "made_at"),
        Index(None, "look_at", postgresql_where=_DUE, sqlite_where=_DUE),
    )


class PhotoRef(Table):
    """An op's promise of a file, for one record."""

    __tablename__ = "photo_refs"

    org_id: Mapped[OrgKey]
    op_id: Mapped[IdKey]  # of the revision, or of the op that stands in quarantine
    record_id: Mapped[IdKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    visit_id: Mapped[Id]
    user_id: Mapped[Id]
    device_id: Mapped[Id | None]
    made_at: Mapped[Moment]
    lost_op: Mapped[Id | None]  # photo.lost: the phone cannot read it any more
    lost_reason: Mapped[Key | None]
    lost_at: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "sha256"], ["photos.org_id", "photos.sha256"]),
        Index(None, "org_id", "sha256", "user_id"),
        Index(None, "org_id", "visit_id"),
    )


class PhotoHolder(Table):
    """Somebody who has sent all bytes of it once."""

    __tablename__ = "photo_holders"

    org_id: Mapped[OrgKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[IdKey]
    at: Mapped[Moment]

    __table_args__ = (ForeignKeyConstraint(["org_id", "sha256"], ["photos.org_id", "photos.sha256"]),)


class PhotoPreview(Table):
    """A small picture of it: from the phone of whoever promised it, or the server's own (OURS)."""

    __tablename__ = "photo_previews"

    org_id: Mapped[OrgKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[IdKey]
    type: Mapped[Key]
    data: Mapped[Blob]
    made_at: Mapped[Moment]

    __table_args__ = (ForeignKeyConstraint(["org_id", "sha256"], ["photos.org_id", "photos.sha256"]),)


class PhotoPartial(Table):
    """What one device has sent of a file so far, as piece objects in the blob store."""

    __tablename__ = "photo_partials"

    org_id: Mapped[OrgKey]
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    device_id: Mapped[IdKey]
    total: Mapped[Count]
    offset: Mapped[Count]  # bytes from the start that are kept
    pieces: Mapped[JsonList]  # keys of the piece objects, in their order
    touched_at: Mapped[Moment]

    __table_args__ = (Index(None, "org_id", "touched_at"),)
