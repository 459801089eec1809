"""Named lists: people, places, later disputes, jobseekers, boards. Places are one list with a tree."""

from __future__ import annotations

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.base.tables import Id, IdKey, JsonDict, Key, Moment, OrgKey, Table, Words


class Entity(Table):
    """One member of a list. Properties are text, as in ODK; ``fields.yaml`` gives class and purpose."""

    __tablename__ = "entities"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    list: Mapped[Key]
    label: Mapped[Words]
    properties: Mapped[JsonDict]  # {name: text}
    written: Mapped[JsonDict]  # {name: op that last wrote it}; "label" too
    pinyin: Mapped[str] = mapped_column(Text)  # of the label; sorts and searches
    community_id: Mapped[Id | None]  # the place that scopes who may read it; denormalised from properties
    parent_id: Mapped[Id | None]  # places: the tree
    kind: Mapped[Key | None]  # places: community, compound, square …
    version: Mapped[Id]  # the op that last changed it
    state: Mapped[Key]  # active | closed | erased
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]

    __table_args__ = (
        Index(None, "org_id", "list", "community_id"),
        Index(None, "org_id", "parent_id"),
        Index(None, "org_id", "list", "pinyin"),
    )
