"""The review queue: visits within a reviewer's reach, a page at a time.

What waits for a decision begins with the urgent ones, then those with hints, then the rest; each newest
first. What was decided is looked up by when it came, so its lists are newest first throughout.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from server.accounts.models import User
from server.base import clock
from server.base.db import session
from server.base.policy import Reach
from server.base.problems import Problem
from server.entities.models import Entity
from server.forms.models import Form
from server.review.models import Decision
from server.teams.models import Team
from server.visits import flag_queries, queries
from server.visits.models import Record, Revision, Visit

WAITS = "received"
WITHDRAWN = "withdrawn"  # seen only by who looks for it
ANY, BACK = "any", "back"  # filters by flag: with any hint; corrected after a return

Person = aliased(Entity, name="person")
Place = aliased(Entity, name="place")
Community = aliased(Entity, name="community")
Undo = aliased(Decision, name="undo")


@dataclass(frozen=True)
class Filter:
    """What of the queue is looked at."""

    state: str | None = None
    team: str | None = None
    community: str | None = None
    form: str | None = None
    volunteer: str | None = None
    flag: str | None = None
    from_day: date | None = None
    to_day: date | None = None
    search: str | None = None
    after: str | None = None
    limit: int = 50


def page(org_id: int, reach: Reach, asked: Filter) -> dict[str, Any]:
    """The page, where the next one begins, and how many there are of each kind."""
    narrowed = _narrowed(org_id, reach, asked)
    chosen = [*narrowed]
    chosen.append(Visit.state == asked.state if asked.state else Visit.state != WITHDRAWN)
    if asked.flag:
        chosen.append(_flagged(asked.flag))
    order: list[Any] = [Visit.received_at, Visit.id]
    if asked.state == WAITS:
        order = [_presses(), *order]
    if asked.after:
        place = _cursor(asked.after)[-len(order) :]
        chosen.append(tuple_(*order) < tuple_(*map(literal, place, [column.type for column in order])))
    rows = session.execute(
        items()
        .add_columns(_presses().label("presses"))
        .where(*chosen)
        .order_by(*(column.desc() for column in order))
        .limit(asked.limit + 1)
    ).all()
    shown = rows[: asked.limit]
    return {
        "items": told(org_id, shown),
        "next": _written(shown[-1]) if len(rows) > asked.limit else None,
        "counts": _counts(narrowed),
    }


def items() -> Any:
    """Visits with everything that a row of a list says; join further conditions."""
    return (
        select(
            Visit,
            Revision.number,
            Person.label.label("subject_label"),
            Place.label.label("place_label"),
            Community.label.label("community_name"),
            Form.title_zh,
            Form.title_en,
            Team.name_zh,
            Team.name_en,
            User.name.label("user_name"),
            _came_back().label("came_back"),
        )
        .join(Revision, (Revision.org_id == Visit.org_id) & (Revision.id == Visit.current_revision))
        .join(Team, (Team.org_id == Visit.org_id) & (Team.id == Visit.team_id))
        .join(User, (User.org_id == Visit.org_id) & (User.id == Visit.user_id))
        .outerjoin(Form, (Form.org_id == Visit.org_id) & (Form.key == Visit.form))
        .outerjoin(Person, (Person.org_id == Visit.org_id) & (Person.id == Visit.subject_id))
        .outerjoin(Place, (Place.org_id == Visit.org_id) & (Place.id == Visit.place_id))
        .outerjoin(Community, (Community.org_id == Visit.org_id) & (Community.id == Visit.community_id))
    )


def told(org_id: int, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of ``items`` as the desk shows them."""
    answers = _first_answers(org_id, [row.Visit.current_revision for row in rows])
    return [_told(row, answers.get(row.Visit.current_revision, {})) for row in rows]


def _told(row: Any, answers: dict[str, Any]) -> dict[str, Any]:
    visit: Visit = row.Visit
    return {
        "visit": visit.id,
        "state": visit.state,
        "number": row.number,
        "revision": visit.current_revision,
        "subject_label": row.subject_label,
        "place_label": row.place_label,
        "form": visit.form,
        "form_title": {"zh": row.title_zh or visit.form, "en": row.title_en or visit.form},
        "programme": visit.programme,
        "team": visit.team_id,
        "team_name": {"zh": row.name_zh, "en": row.name_en},
        "user_name": row.user_name,
        "community_name": row.community_name,
        "day": visit.day,
        "check_in_at": clock.iso(visit.check_in_at),
        "check_out_at": clock.iso(visit.check_out_at) if visit.check_out_at else None,
        "minutes": visit.minutes,
        "received_at": clock.iso(visit.received_at),
        "flags": visit.flags,
        "urgent": visit.urgent,
        "came_back": row.came_back,
        "answers_note": _named(answers, "note") or None,
    }


def _named(answers: dict[str, Any], name: str) -> str | None:
    """The answer to the question of this name, in whichever group it stands."""
    found = (value for path, value in answers.items() if path.rsplit("/", 1)[-1] == name)
    value = next(found, None)
    return value if isinstance(value, str) else None


def _first_answers(org_id: int, revision_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    firsts = session.scalars(
        select(Record).where(
            Record.org_id == org_id, Record.revision_id.in_(revision_ids), Record.position == 0
        )
    )
    return {record.revision_id: record.answers for record in firsts}


def _narrowed(org_id: int, reach: Reach, asked: Filter) -> list[ColumnElement[bool]]:
    """Everything but state and flag, by which the counts are split."""
    wanted: list[ColumnElement[bool]] = [Visit.org_id == org_id, queries.within(reach)]
    for column, value in (
        (Visit.team_id, asked.team),
        (Visit.community_id, asked.community),
        (Visit.form, asked.form),
        (Visit.user_id, asked.volunteer),
    ):
        if value:
            wanted.append(column == value)
    if asked.from_day:
        wanted.append(Visit.day >= asked.from_day)
    if asked.to_day:
        wanted.append(Visit.day <= asked.to_day)
    if asked.search:
        wanted.append(_names(org_id, asked.search.strip()))
    return wanted


def _names(org_id: int, search: str) -> ColumnElement[bool]:
    """Whose person, place or volunteer is called so, by characters or by sound."""
    sound = search.lower()
    listed = select(Entity.id).where(
        Entity.org_id == org_id,
        or_(Entity.label.contains(search, autoescape=True), Entity.pinyin.contains(sound, autoescape=True)),
    )
    users = select(User.id).where(
        User.org_id == org_id,
        or_(User.name.contains(search, autoescape=True), User.pinyin.contains(sound, autoescape=True)),
    )
    return or_(Visit.subject_id.in_(listed), Visit.place_id.in_(listed), Visit.user_id.in_(users))


def _flagged(flag: str) -> ColumnElement[bool]:
    if flag == ANY:
        return flag_queries.has_any()
    return _came_back() if flag == BACK else flag_queries.has(flag)


def _came_back() -> ColumnElement[bool]:
    """Returned once, and corrected since."""
    undone = exists().where(Undo.org_id == Decision.org_id, Undo.undoes == Decision.id)
    returned = exists().where(
        Decision.org_id == Visit.org_id,
        Decision.visit_id == Visit.id,
        Decision.kind == "return",
        Decision.revision_id != Visit.current_revision,
        ~undone.where(Undo.visit_id == Decision.visit_id),
    )
    return (Visit.revisions > 1) & returned


def _counts(narrowed: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    waiting = Visit.state == WAITS

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = session.execute(
        select(
            count(waiting),
            count(waiting & flag_queries.has_any()),
            count(waiting & _came_back()),
            count(waiting & flag_queries.has("two_versions")),
            count(Visit.state == "returned"),
            count(Visit.state == "approved"),
        ).where(*narrowed)
    ).one()
    names = ("received", "flagged", "returned_back", "two_versions", "returned", "approved")
    return dict(zip(names, row, strict=True))


def _presses() -> ColumnElement[int]:
    """How much a visit presses: urgent, with a hint, neither."""
    return case((Visit.urgent, 2), (flag_queries.has_any(), 1), else_=0)


def _written(row: Any) -> str:
    place = f"{row.presses}|{row.Visit.received_at.isoformat()}|{row.Visit.id}"
    return base64.urlsafe_b64encode(place.encode()).decode()


def _cursor(after: str) -> tuple[int, datetime, str]:
    try:
        presses, moment, visit_id = base64.urlsafe_b64decode(after.encode()).decode().split("|")
        return int(presses), datetime.fromisoformat(moment), visit_id
    except (ValueError, binascii.Error):
        raise Problem("invalid", errors=[{"path": "/after", "says": "not a place in this list"}]) from None
