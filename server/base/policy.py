"""Who may do what, where: the only place where roles mean something.

A grant gives a role within a scope (the county, a community, a team); the table below says what a role
includes. ``allows`` asks whether somebody may do a thing at all (routes), ``require`` whether they may do it
to this one thing (services), ``reach`` how far a list may go (queries). Without ``sensitive`` a grant never
shows programmes whose mere use is sensitive, whatever the role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from server.base.permissions import Permission
from server.base.problems import Language, Problem

# What a phone may do, whoever holds it: exchange, within its user's teams. What a role adds is for the desk.
PHONE: frozenset[Permission] = frozenset({Permission.SYNC, Permission.FORMS_READ, Permission.PHOTOS_READ})


class Role(StrEnum):
    VOLUNTEER = "volunteer"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    HEADQUARTERS = "headquarters"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLES: dict[Role, frozenset[Permission]] = {
    # her teams, by the phone
    Role.VOLUNTEER: frozenset(),
    # the team's visits and hours
    Role.LEADER: frozenset(
        {
            Permission.FORMS_READ,
            Permission.DESK_USE,
            Permission.VISITS_READ,
            Permission.PHOTOS_READ,
        }
    ),
    # reads names and decides in her communities
    Role.SUPERVISOR: frozenset(
        {
            Permission.DESK_USE,
            Permission.FORMS_READ,
            Permission.VISITS_READ,
            Permission.PHOTOS_READ,
            Permission.VISITS_REVIEW,
            Permission.QUARANTINE_READ,
            Permission.QUARANTINE_RELEASE,
            Permission.EXPORTS_MAKE,
            Permission.EXPORTS_NAMES,
            Permission.EXPORTS_SENSITIVE,
        }
    ),
    # figures, and data with persons as numbers; their names only for a stated purpose
    Role.HEADQUARTERS: frozenset(
        {
            Permission.DESK_USE,
            Permission.FORMS_READ,
            Permission.FORMS_PUBLISH,
            Permission.EXPORTS_MAKE,
            Permission.EXPORTS_NAMES,
        }
    ),
    # configuration, no answers
    Role.ADMINISTRATOR: frozenset(
        {Permission.DESK_USE, Permission.FORMS_READ, Permission.FORMS_PUBLISH, Permission.USERS_MANAGE}
    ),
    # the audit
    Role.AUDITOR: frozenset({Permission.DESK_USE, Permission.AUDIT_READ}),
}

# The scopes in which a role can be granted.
SCOPES: dict[Role, frozenset[str]] = {
    Role.VOLUNTEER: frozenset({"team"}),
    Role.LEADER: frozenset({"team"}),
    Role.SUPERVISOR: frozenset({"county", "community"}),
    Role.HEADQUARTERS: frozenset({"county"}),
    Role.ADMINISTRATOR: frozenset({"county"}),
    Role.AUDITOR: frozenset({"county"}),
}


@dataclass(frozen=True)
class GrantView:
    """One role in one scope, as it holds now."""

    role: Role
    scope_kind: str  # county | community | team
    scope_id: str | None
    sensitive: bool = False


@dataclass(frozen=True)
class Actor:
    """Who is asking: a person, at a desk or through a device."""

    org_id: int
    user_id: str
    device_id: str | None
    name: str
    language: Language
    grants: tuple[GrantView, ...]
    revoked: bool = False  # a revoked device: sync takes what it brings into quarantine and gives nothing


@dataclass(frozen=True)
class Scope:
    """Where a thing lies, for ``require``. A thing without a community is the county's."""

    community: str | None = None
    team: str | None = None
    sensitive: bool = False


@dataclass(frozen=True)
class Places:
    """A part of the county: all of it, or some communities and teams."""

    county: bool = False
    communities: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.county or bool(self.communities) or bool(self.teams)

    def holds(self, scope: Scope) -> bool:
        return self.county or scope.community in self.communities or scope.team in self.teams

    def condition(self, community: ColumnElement[Any], team: ColumnElement[Any]) -> ColumnElement[bool]:
        """The rows that lie in it, as a WHERE over the two columns."""
        if self.county:
            return true()
        parts: list[ColumnElement[bool]] = []
        if self.communities:
            parts.append(community.in_(sorted(self.communities)))
        if self.teams:
            parts.append(team.in_(sorted(self.teams)))
        return or_(*parts) if parts else false()


@dataclass(frozen=True)
class Reach(Places):
    """How far one permission goes. ``sensitive`` is the part where sensitive programmes are included; it is
    false when there is none."""

    sensitive: Places = field(default_factory=Places)

    def holds(self, scope: Scope) -> bool:
        return self.sensitive.holds(scope) if scope.sensitive else super().holds(scope)

    def where(
        self, community: Any, team: Any, sensitive: ColumnElement[bool] | None = None
    ) -> ColumnElement[bool]:
        """What a list may show: ``sensitive`` is the condition by which a row is a sensitive programme's."""
        seen = self.condition(community, team)
        if sensitive is None or self.sensitive.county:
            return seen
        return and_(seen, or_(~sensitive, self.sensitive.condition(community, team)))


def allows(actor: Actor, permission: Permission) -> bool:
    """May this person do this anywhere?"""
    return permission in permissions(actor)


def permissions(actor: Actor) -> frozenset[Permission]:
    """Everything that this person may do somewhere, here: on a phone only what phones do."""
    if actor.device_id is not None:
        return PHONE
    return frozenset().union(*(ROLES[grant.role] for grant in actor.grants))


def reach(actor: Actor, permission: Permission) -> Reach:
    """Where this person may do this."""
    giving = [grant for grant in actor.grants if permission in _giving(actor, grant)]
    wide, deep = _places(giving), _places([grant for grant in giving if grant.sensitive])
    return Reach(wide.county, wide.communities, wide.teams, sensitive=deep)


def require(actor: Actor, permission: Permission, scope: Scope) -> None:
    """Refuse unless this person may do this to a thing that lies there.

    Who may do it nowhere hears ``forbidden``; who may do it elsewhere hears ``not_found``, so that nobody
    learns from a refusal that something exists.
    """
    if not allows(actor, permission):
        raise Problem("forbidden")
    if not reach(actor, permission).holds(scope):
        raise Problem("not_found")


def in_force(since: datetime, until: datetime | None, now: datetime) -> bool:
    """Does a grant hold at this moment?"""
    return since <= now and (until is None or now < until)


def _giving(actor: Actor, grant: GrantView) -> frozenset[Permission]:
    return PHONE if actor.device_id is not None else ROLES[grant.role]


def _places(grants: list[GrantView]) -> Places:
    def of(kind: str) -> frozenset[str]:
        return frozenset(grant.scope_id for grant in grants if grant.scope_kind == kind and grant.scope_id)

    return Places(any(grant.scope_kind == "county" for grant in grants), of("community"), of("team"))
