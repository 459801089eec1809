"""The visits of an export, page by page, as rows.

A page is read in one short snapshot and yielded outside of it: no read transaction stays open while a
workbook is being written. Pages go by key (day, visit), so a page costs the same at the start and the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from server.accounts.models import User
from server.base import db
from server.base.db import session
from server.base.policy import Reach
from server.entities.models import Entity
from server.exports.asked import Asked, number_of
from server.exports.columns import FormColumns, RepeatColumns
from server.exports.words import Words
from server.teams.models import Team
from server.visits.models import Participant, Record, RecordRow, Revision, Visit
from server.visits.queries import within

PAGE_ROWS = 500


@dataclass(frozen=True)
class Choice:
    """Which visits: those that were asked for, of those that the asker may read."""

    org_id: int
    reach: Reach
    asked: Asked

    def filters(self) -> list[ColumnElement[bool]]:
        """The choice as conditions on visits."""
        asked = self.asked
        wanted = [
            Visit.org_id == self.org_id,
            within(self.reach),
            Visit.day.between(asked.from_day, asked.to_day),
        ]
        if not asked.states:  # a withdrawn visit is exported only for who asks for it
            wanted.append(Visit.state != "withdrawn")
        for column, chosen in (
            (Visit.state, asked.states),
            (Visit.team_id, asked.teams),
            (Visit.community_id, asked.communities),
        ):
            if chosen:
                wanted.append(column.in_(chosen))
        return wanted


@dataclass(frozen=True)
class Source:
    """A choice on its way into one export, with what its codes are called there."""

    choice: Choice
    export_id: str
    words: Words


def count_by_form_version(choice: Choice) -> dict[tuple[str, str], int]:
    """How many records there are of each form and version: what sheets there will be, and how long."""
    forms = [Record.form.in_(choice.asked.forms)] if choice.asked.forms else []
    with db.reading():
        found = session.execute(
            select(Record.form, Record.form_version, func.count())
            .join(Visit, _current())
            .where(*choice.filters(), *forms)
            .group_by(Record.form, Record.form_version)
        )
        return {(form, version): count for form, version, count in found}


def form_rows(source: Source, sheet: FormColumns) -> Iterator[list[object]]:
    """One row a record of the form."""
    for page in _pages(source, sheet.form):
        named = _participants(source.choice.org_id, [row.visit_id for row in page])
        known = _labels(source.choice.org_id, {_named(sheet, row) for row in page if not row.subject_id})
        for row in page:
            person = row.subject_id or _named(sheet, row)
            whom = (person, row.person_name if row.subject_id else known.get(person))
            facts = _facts(source, sheet, row, named[row.visit_id], whom)
            yield facts + _answers(source.words, sheet, row.form_version, row.answers)


def repeat_rows(source: Source, sheet: RepeatColumns) -> Iterator[list[object]]:
    """One row an instance of the repeat."""
    for page in _pages(source, sheet.form):
        with db.reading():
            found = session.scalars(
                select(RecordRow)
                .where(
                    RecordRow.org_id == source.choice.org_id,
                    RecordRow.repeat.in_(sheet.repeats),
                    tuple_(RecordRow.revision_id, RecordRow.record_id).in_(
                        [(row.revision, row.record_id) for row in page]
                    ),
                )
                .order_by(RecordRow.revision_id, RecordRow.record_id, RecordRow.position)
            ).all()
        record_of = {(row.revision, row.record_id): row for row in page}
        for instance in found:
            record = record_of[instance.revision_id, instance.record_id]
            version, said = record.form_version, instance.answers
            answers = _answers(source.words, sheet, version, said)
            yield [record.visit_id, instance.position + 1, *answers]


def _pages(source: Source, form: str) -> Iterator[Sequence[Any]]:
    after: tuple[date, str, str] | None = None
    while True:
        with db.reading():
            page = session.execute(_page(source, form, after)).all()
        if page:
            yield page
        if len(page) < PAGE_ROWS:
            return
        after = (page[-1].day, page[-1].visit_id, page[-1].record_id)


def _page(source: Source, form: str, after: tuple[date, str, str] | None) -> Any:
    key = tuple_(Visit.day, Visit.id, Record.id)
    beyond = [key > tuple_(*after)] if after else []
    return (
        select(
            Visit.id.label("visit_id"),
            Visit.state,
            Visit.day,
            Visit.check_in_at,
            Visit.check_out_at,
            Visit.minutes,
            Visit.community_id,
            Team.name_zh.label("team_zh"),
            Team.name_en.label("team_en"),
            User.name.label("volunteer"),
            Visit.subject_id,
            Entity.label.label("person_name"),
            Visit.place_id,
            Revision.facts,
            Record.position,
            Visit.entry,
            Visit.distance_m,
            Visit.flags,
            Revision.id.label("revision"),
            Revision.number,
            Record.id.label("record_id"),
            Record.form_version,
            Record.answers,
            Visit.received_at,
        )
        .join(Record, and_(_current(), Record.form == form))
        .join(Revision, and_(Revision.org_id == Visit.org_id, Revision.id == Visit.current_revision))
        .join(Team, and_(Team.org_id == Visit.org_id, Team.id == Visit.team_id))
        .join(User, and_(User.org_id == Visit.org_id, User.id == Visit.user_id))
        .outerjoin(Entity, and_(Entity.org_id == Visit.org_id, Entity.id == Visit.subject_id))
        .where(*source.choice.filters(), *beyond)
        .order_by(Visit.day, Visit.id, Record.id)
        .limit(PAGE_ROWS)
    )


def _current() -> ColumnElement[bool]:
    return and_(Record.org_id == Visit.org_id, Record.revision_id == Visit.current_revision)


def _participants(org_id: int, visits: Sequence[str]) -> dict[str, list[str]]:
    """The names of those who took part, visit by visit, in the order in which they came."""
    found: dict[str, list[str]] = defaultdict(list)
    with db.reading():
        rows = session.execute(
            select(Participant.visit_id, User.name)
            .join(User, and_(User.org_id == Participant.org_id, User.id == Participant.user_id))
            .where(Participant.org_id == org_id, Participant.visit_id.in_(visits))
            .order_by(Participant.came_at, User.pinyin, User.id)
        )
        for visit, name in rows:
            found[visit].append(name)
    return found


def _named(sheet: FormColumns, row: Any) -> str:
    """Whom a record at an event says that it is about; blank where it names nobody."""
    return next((str(row.answers[path]) for path in sheet.people if row.answers.get(path)), "")


def _labels(org_id: int, people: set[str]) -> dict[str, str]:
    if not any(people):
        return {}
    with db.reading():
        found = session.execute(
            select(Entity.id, Entity.label).where(Entity.org_id == org_id, Entity.id.in_(people))
        )
        return {row.id: row.label for row in found}


def _facts(
    source: Source, sheet: FormColumns, row: Any, named: Sequence[str], whom: tuple[str, str | None]
) -> list[object]:
    """Whoever came is counted once a visit: on its first record, however many it has."""
    words, helpers, first = source.words, row.facts["helpers_unnamed"], row.position == 0
    values: dict[str, object] = {
        "visit_id": row.visit_id,
        "state": words.state(row.state),
        "day": row.day,
        "check_in_at": row.check_in_at,
        "check_out_at": row.check_out_at,
        "minutes": row.minutes,
        "community": words.place(row.community_id),
        "team": row.team_zh if source.choice.asked.language == "zh" else row.team_en,
        "volunteer": row.volunteer,
        "person_no": number_of(whom[0], source.export_id) if whom[0] else None,
        "person_name": whom[1],
        "place": words.place(row.place_id),
        "participants": words.names(named),
        "helpers_unnamed": helpers if first else None,
        "volunteers": len(named) + helpers if first else None,
        "entry": words.entry(row.entry),
        "distance_m": row.distance_m,
        "flags": words.flags(row.flags),
        "revision": row.number,
        "form_version": row.form_version,
        "received_at": row.received_at,
    }
    return [values[column.key] for column in sheet.facts]


def _answers(
    words: Words, sheet: FormColumns | RepeatColumns, version: str, answers: dict[str, Any]
) -> list[object]:
    """By the record's own version: what it asked, where, and how its choices were called then."""
    asked = sheet.own.get(version, {})

    def one(name: str) -> object:
        if name not in asked:
            return words.not_asked
        field = asked[name]
        if field is None:
            return None
        return words.answer((sheet.form, version), field, answers.get(field.path))

    return [one(field.name) for field in sheet.fields]
