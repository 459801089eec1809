"""Teams, who is in them, what they serve, and whom each volunteer looks after."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from server.base.tables import Id, IdKey, Key, Moment, OrgKey, Table, Words


class Team(Table):
    """People of one programme who serve one or more places."""

    __tablename__ = "teams"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    programme: Mapped[Key]
    name_zh: Mapped[Words]
    name_en: Mapped[Words]
    active: Mapped[bool]


class TeamPlace(Table):
    """A community (or other place) that a team serves."""

    __tablename__ = "team_places"

    org_id: Mapped[OrgKey]
    team_id: Mapped[IdKey]
    place_id: Mapped[IdKey]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "team_id"], ["teams.org_id", "teams.id"]),
        Index(None, "org_id", "place_id"),
    )


class Membership(Table):
    """A volunteer in a team, between two days. A leader is a member with `leads`."""

    __tablename__ = "memberships"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    team_id: Mapped[Id]
    user_id: Mapped[Id]
    leads: Mapped[bool]
    since: Mapped[Moment]
    until: Mapped[Moment | None]

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "team_id"], ["teams.org_id", "teams.id"]),
        ForeignKeyConstraint(["org_id", "user_id"], ["users.org_id", "users.id"]),
        Index(None, "org_id", "team_id"),
        Index(None, "org_id", "user_id"),
    )


class Pair(Table):
    """结对: who looks after whom, from when to when."""

    __tablename__ = "pairs"

    org_id: Mapped[OrgKey]
    id: Mapped[IdKey]
    team_id: Mapped[Id]
    user_id: Mapped[Id | None]  # None: the whole team
    entity_id: Mapped[Id]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    last_seen_on: Mapped[date | None]  # the newest visit that reached the person
    last_seen_how: Mapped[Key | None]  # the door or contact answer of that visit
    visit_id: Mapped[
        Id | None
    ]  # the visit that put the entry on its list; None: paired by somebody at a desk

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "team_id"], ["teams.org_id", "teams.id"]),
        ForeignKeyConstraint(["org_id", "entity_id"], ["entities.org_id", "entities.id"]),
        Index(None, "org_id", "team_id"),
        Index(None, "org_id", "entity_id"),
        Index(None, "org_id", "user_id"),
        Index(None, "org_id", "visit_id"),
    )
