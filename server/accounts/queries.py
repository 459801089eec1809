"""Who is there: people with what they may do now, their devices, the counties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select

from server.accounts.models import Device, EnrolmentCode, Grant, User
from server.base.asked import Asked
from server.base.db import session
from server.base.models import Org
from server.base.permissions import Permission
from server.base.policy import ROLES, Actor, GrantView, Role
from server.base.problems import Language
from server.base.versions import Rendered, versioned


@dataclass(frozen=True)
class Person:
    """A user as messages name them."""

    id: str
    name: str
    language: str


def org(org_id: int) -> Org:
    """The county."""
    return session.scalars(select(Org).where(Org.id == org_id)).one()


def org_by_code(code: str | None) -> Org | None:
    """The county of this code; without one, the only county there is."""
    if code is not None:
        return session.scalars(select(Org).where(Org.code == code)).one_or_none()
    found = session.scalars(select(Org).limit(2)).all()
    return found[0] if len(found) == 1 else None


def orgs() -> Sequence[Org]:
    """All counties on this server."""
    return session.scalars(select(Org).order_by(Org.id)).all()


def user(org_id: int, user_id: str) -> User | None:
    return session.scalars(select(User).where(User.org_id == org_id, User.id == user_id)).one_or_none()


def user_by_username(org_id: int, username: str) -> User | None:
    return session.scalars(select(User).where(User.org_id == org_id, User.username == username)).one_or_none()


def users(org_id: int, *, search: str, after: str | None, limit: int) -> Sequence[User]:
    """A page of people by the sound of their names; ``after`` is the last one's id."""
    found = select(User).where(User.org_id == org_id)
    if search:
        pattern = "%" + search.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        found = found.where(
            or_(
                User.name.like(pattern, escape="\\"),
                User.pinyin.like(pattern, escape="\\"),
                User.username.like(pattern, escape="\\"),
            )
        )
    last = user(org_id, after) if after else None
    if last is not None:
        found = found.where(
            or_(User.pinyin > last.pinyin, (User.pinyin == last.pinyin) & (User.id > last.id))
        )
    return session.scalars(found.order_by(User.pinyin, User.id).limit(limit)).all()


def user_names(org_id: int, ids: Sequence[str]) -> dict[str, str]:
    """Names by id, for lists that others show."""
    if not ids:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.org_id == org_id, User.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


def grants(org_id: int, user_ids: Sequence[str], now: datetime) -> dict[str, list[Grant]]:
    """The grants that hold now, by user."""
    rows = session.scalars(
        select(Grant)
        .where(
            Grant.org_id == org_id,
            Grant.user_id.in_(set(user_ids)),
            _holds(now),
        )
        .order_by(Grant.since, Grant.id)
    )
    found: dict[str, list[Grant]] = {user_id: [] for user_id in user_ids}
    for row in rows:
        found[row.user_id].append(row)
    return found


def _holds(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """This grant holds at that moment."""
    return and_(Grant.since <= now, or_(Grant.until.is_(None), Grant.until > now))


# Asked by every request.
_NOW: BindParameter[datetime] = bindparam("now", type_=Grant.since.type)
_CALLER = Asked(
    select(
        Device.public_key,
        Device.revoked_at,
        User.id,
        User.name,
        User.language,
        User.active,
        Grant.role,
        Grant.scope_kind,
        Grant.scope_id,
        Grant.sensitive,
    )
    .join(User, (User.org_id == Device.org_id) & (User.id == Device.user_id))
    .outerjoin(
        Grant,
        and_(
            Grant.org_id == User.org_id,
            Grant.user_id == User.id,
            _holds(_NOW),
        ),
    )
    .where(Device.org_id == bindparam("org"), Device.id == bindparam("device"))
    .order_by(Grant.since, Grant.id)
)
_LAST_HEARD = Asked(
    select(Device.heard_at, Device.manifest).where(
        Device.org_id == bindparam("org"), Device.id == bindparam("device")
    )
)
_HELD = (
    select(Grant.role, Grant.scope_kind, Grant.scope_id, Grant.sensitive)
    .where(
        Grant.org_id == bindparam("org"),
        Grant.user_id == bindparam("user"),
        _holds(_NOW),
    )
    .order_by(Grant.since, Grant.id)
)


@dataclass(frozen=True)
class Caller:
    """A device that is known: its key, whether it may still speak, and who speaks through it."""

    public_key: dict[str, Any]
    revoked_at: datetime | None
    actor: Actor  # revoked: the device is, or its user is no longer active


def caller(org_id: int, device_id: str, now: datetime) -> Caller | None:
    """Whose device this is, and what they may do now."""
    found = _CALLER(org=org_id, device=device_id, now=now)
    if not found:
        return None
    first = found[0]
    held = tuple(
        _held(row.role, row.scope_kind, row.scope_id, row.sensitive) for row in found if row.role is not None
    )
    revoked = first.revoked_at is not None or not first.active
    who = Actor(org_id, first.id, device_id, first.name, _language(first.language), held, revoked)
    return Caller(first.public_key, first.revoked_at, who)


def actor(user: User, now: datetime, *, device_id: str | None = None) -> Actor:
    """The person as policy sees them now."""
    held = session.execute(_HELD, {"org": user.org_id, "user": user.id, "now": now})
    return _actor(user, (_held(*row) for row in held), device_id=device_id)


def _actor(user: User, held: Iterable[GrantView], *, device_id: str | None = None) -> Actor:
    return Actor(user.org_id, user.id, device_id, user.name, _language(user.language), tuple(held))


def _held(role: str, scope_kind: str, scope_id: str | None, sensitive: bool) -> GrantView:
    return GrantView(Role(role), scope_kind, scope_id, sensitive)


def _language(said: str) -> Language:
    return "en" if said == "en" else "zh"


def holders(org_id: int, permission: Permission, now: datetime) -> list[Actor]:
    """Everybody whose role lets them do this somewhere, at a desk."""
    roles = sorted(role for role, included in ROLES.items() if permission in included)
    found = (
        select(User)
        .distinct()
        .join(Grant, (Grant.org_id == User.org_id) & (Grant.user_id == User.id))
        .where(
            User.org_id == org_id,
            User.active,
            Grant.role.in_(roles),
            _holds(now),
        )
    )
    users = session.scalars(found.order_by(User.id)).all()
    held = grants(org_id, [one.id for one in users], now)
    return [_actor(one, map(_view, held[one.id])) for one in users]


def _view(grant: Grant) -> GrantView:
    return _held(grant.role, grant.scope_kind, grant.scope_id, grant.sensitive)


def device(org_id: int, device_id: str) -> Device | None:
    return session.scalars(
        select(Device).where(Device.org_id == org_id, Device.id == device_id)
    ).one_or_none()


def last_heard(org_id: int, device_id: str) -> tuple[datetime | None, dict[str, Any] | None]:
    """When a device was heard last, and what it said that it still held."""
    row = _LAST_HEARD.one(org=org_id, device=device_id)
    return (row.heard_at, row.manifest) if row else (None, None)


def devices(org_id: int, user_ids: Sequence[str]) -> Sequence[Device]:
    """The devices of these people, newest first."""
    return session.scalars(
        select(Device)
        .where(Device.org_id == org_id, Device.user_id.in_(set(user_ids)))
        .order_by(Device.enrolled_at.desc(), Device.id)
    ).all()


def any_device(device_ids: Sequence[str]) -> bool:
    """Does one of these devices still speak for somebody?"""
    found = select(Device.id).where(Device.id.in_(device_ids), Device.revoked_at.is_(None)).limit(1)
    return session.scalars(found).first() is not None


def code(code_sha256: str) -> EnrolmentCode | None:
    """The enrolment code with this fingerprint, locked against a second phone."""
    return session.scalars(
        select(EnrolmentCode)
        .where(EnrolmentCode.code_sha256 == code_sha256)
        .order_by(EnrolmentCode.org_id)
        .limit(1)
        .with_for_update()
    ).one_or_none()


def desk_users(org_id: int) -> Sequence[User]:
    """People who can sign in at a desk."""
    found = select(User).where(User.org_id == org_id, User.username.is_not(None), User.active)
    return session.scalars(found.order_by(User.created_at, User.id).limit(20)).all()


def volunteer_named(org_id: int, name: str) -> User | None:
    """The first person of this name who works on the phone only."""
    found = select(User).where(User.org_id == org_id, User.name == name, User.username.is_(None), User.active)
    return session.scalars(found.order_by(User.created_at, User.id).limit(1)).one_or_none()


def render_org(org_id: int, ids: Sequence[str]) -> dict[str, Rendered]:
    """The county as phones know it, by its code."""
    found = session.scalars(select(Org).where(Org.id == org_id, Org.code.in_(set(ids))))
    return {each.code: org_change(each) for each in found}


def org_change(each: Org) -> Rendered:
    """What the county says of itself, with its version."""
    return versioned(
        {
            "code": each.code,
            "name": {"zh": each.name_zh, "en": each.name_en},
            "timezone": each.timezone,
            "duty_phone": each.duty_phone,
            "demo": each.is_demo,
        }
    )
