"""One person is told of one thing: on her phone by her feed, at her desk by a list.

What a notice tells of is kept elsewhere, so a notice is let go after some weeks: the next one to the same
person takes the old ones along. At a desk nobody reads of a visit that has left her reach meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from server.accounts import queries as accounts
from server.base import clock, feeds, policy
from server.base.catalogue import CATALOGUE
from server.base.db import session
from server.base.permissions import Permission
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.visits import queries
from server.visits.models import Notice, QuarantineItem, Visit

KEPT: Final = timedelta(days=45)
PHONE: Final = ("returned", "approved", "released", "noted")
DESK: Final = (
    "corrected", "noted", "withdrawn", "registered", "quarantined", "numbers_missing", "numbers_doubled",
)  # fmt: skip
VERSION: Final = "1"  # a notice never changes


def tell_phone(
    org_id: int,
    user_id: str,
    kind: str,
    now: datetime,
    *,
    by: str,
    visit: str | None,
    words: str | None = None,
    id: str | None = None,
) -> None:
    """Tell her on her phone. ``id`` is the decision's where it tells of one."""
    _forget(org_id, Notice.user_id == user_id, now)
    made = Notice(
        **phone_values(org_id, id or clock.new_id(now), user_id, kind, now, by=by, visit=visit, words=words)
    )
    session.add(made)
    session.flush()
    feeds.stage(org_id, f"user:{user_id}", "notice", made.id, VERSION)


def phone_values(
    org_id: int,
    id: str,
    user_id: str,
    kind: str,
    now: datetime,
    *,
    by: str,
    visit: str | None,
    words: str | None,
) -> dict[str, Any]:
    """A phone's notice by columns."""
    return {
        "org_id": org_id,
        "id": id,
        "user_id": user_id,
        "desk": False,
        "kind": kind,
        "visit_id": visit,
        "item_id": None,
        "by_user_id": by,
        "words": words,
        "at": now,
        "read_at": None,
    }


def tell_desks(
    org_id: int,
    user_ids: Iterable[str],
    kind: str,
    now: datetime,
    *,
    by: str | None,
    visit: str | None = None,
    item: str | None = None,
    words: str | None = None,
) -> None:
    """Tell these people at their desks, save whoever did it."""
    told = sorted(set(user_ids) - {by})
    if not told:
        return
    _forget(org_id, Notice.user_id.in_(told), now)
    session.add_all(
        Notice(
            org_id=org_id, id=clock.new_id(now), user_id=user_id, desk=True, kind=kind, visit_id=visit,
            item_id=item, by_user_id=by, words=words, at=now, read_at=None,
        )
        for user_id in told
    )  # fmt: skip
    session.flush()


def was_told(org_id: int, kind: str, by: str, words: str) -> bool:
    """Does some desk have this notice already?"""
    same = select(Notice.id).where(
        Notice.org_id == org_id, Notice.by_user_id == by, Notice.kind == kind, Notice.words == words
    )
    return session.scalars(same.limit(1)).first() is not None


def take_back(org_id: int, notice_id: str) -> None:
    """What it told of is undone: it leaves, unless it has been read at a desk."""
    found = session.get(Notice, (org_id, notice_id))
    if found is not None and found.read_at is None:
        _let_go([found])


def forget_old(org_id: int, now: datetime) -> None:
    """Let go of everybody's old ones."""
    _forget(org_id, Notice.org_id == org_id, now)


def render(org_id: int, ids: Sequence[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """``notice`` changes."""
    rows = session.scalars(select(Notice).where(Notice.org_id == org_id, Notice.id.in_(ids))).all()
    names = accounts.user_names(org_id, [one.by_user_id for one in rows if one.by_user_id])
    return {
        one.id: (
            VERSION,
            {
                "id": one.id,
                "kind": one.kind,
                "at": clock.iso(one.at),
                "visit": one.visit_id,
                "by": names.get(one.by_user_id or "", ""),
                "words": one.words,
            },
        )
        for one in rows
    }


def page(actor: Actor, after: str | None, limit: int, language: Language) -> dict[str, Any]:
    """What somebody is told at her desk, newest first; ``after`` is the last one's id."""
    wanted = (
        select(Notice, QuarantineItem.code)
        .outerjoin(
            QuarantineItem,
            (QuarantineItem.org_id == Notice.org_id) & (QuarantineItem.id == Notice.item_id),
        )
        .where(*_hers(actor))
    )
    if after:
        wanted = wanted.where(Notice.id < after)
    rows = session.execute(wanted.order_by(Notice.id.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    names = accounts.user_names(
        actor.org_id, [row.Notice.by_user_id for row in shown if row.Notice.by_user_id]
    )
    return {
        "items": [_line(row.Notice, row.code, names, language) for row in shown],
        "unread": unread(actor),
        "next": shown[-1].Notice.id if len(rows) > limit else None,
    }


def read(actor: Actor, up_to: str, now: datetime) -> int:
    """She has read all up to this one (ids are ordered by time); gives how many are left."""
    session.execute(
        update(Notice)
        .where(
            Notice.org_id == actor.org_id,
            Notice.user_id == actor.user_id,
            Notice.desk,
            Notice.id <= up_to,
            Notice.read_at.is_(None),
        )
        .values(read_at=now)
    )
    return unread(actor)


def unread(actor: Actor) -> int:
    """How many she has not read."""
    counted = select(func.count()).select_from(Notice).where(*_hers(actor), Notice.read_at.is_(None))
    return session.scalar(counted) or 0


def _hers(actor: Actor) -> list[ColumnElement[bool]]:
    """Her own at the desk, of what lies within her reach now."""
    visits = select(Visit.id).where(
        Visit.org_id == actor.org_id, queries.within(policy.reach(actor, Permission.VISITS_READ))
    )
    items = select(QuarantineItem.id).where(
        QuarantineItem.org_id == actor.org_id,
        queries.quarantine_within(policy.reach(actor, Permission.QUARANTINE_READ)),
    )
    return [
        Notice.org_id == actor.org_id,
        Notice.user_id == actor.user_id,
        Notice.desk.is_(True),
        or_(
            Notice.visit_id.in_(visits),
            Notice.item_id.in_(items),
            and_(Notice.visit_id.is_(None), Notice.item_id.is_(None)),  # of a phone
        ),
    ]


def _line(notice: Notice, code: str | None, names: dict[str, str], language: Language) -> dict[str, Any]:
    words = Problem(code).words(language).title if code in CATALOGUE else notice.words
    return {
        "id": notice.id,
        "kind": notice.kind,
        "at": clock.iso(notice.at),
        "visit": notice.visit_id,
        "item": notice.item_id,
        "by": names.get(notice.by_user_id or "", ""),
        "words": words,
        "read": notice.read_at is not None,
    }


def _forget(org_id: int, whose: ColumnElement[bool], now: datetime) -> None:
    """Those that somebody else is letting go of at this moment are left to them: nobody waits for it."""
    old = select(Notice).where(Notice.org_id == org_id, whose, Notice.at < now - KEPT)
    _let_go(session.scalars(old.order_by(Notice.id).with_for_update(skip_locked=True)).all())


def _let_go(notices: Sequence[Notice]) -> None:
    for one in notices:
        session.execute(delete(Notice).where(Notice.org_id == one.org_id, Notice.id == one.id))
        if not one.desk:
            feeds.stage_gone(one.org_id, f"user:{one.user_id}", "notice", one.id)
