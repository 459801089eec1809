"""What a return may ask for: fields of the records that the visit shows, by a day that can still be met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from server.base.db import session
from server.base.models import Org
from server.base.problems import Problem
from server.forms import queries as forms
from server.forms.definition import Definition, Field
from server.visits import queries
from server.visits.models import Record, Visit

MOST_DAYS: Final = 60
_ROW = re.compile(r"\[[1-9][0-9]*\]\Z")  # of a repeat's instance
_CLOCKS: Final = frozenset({"start", "end", "today"})


def check(
    visit: Visit,
    words: str | None,
    by_day: date | None,
    comments: Sequence[dict[str, str]],
    now: datetime,
) -> None:
    """Raise invalid with everything that cannot be asked so."""
    errors = [] if words or comments else [_error("/words", "say what to change")]
    if by_day is not None and not _can_be_met(visit.org_id, by_day, now):
        errors.append(_error("/by_day", f"a day from today, at most {MOST_DAYS} days ahead"))
    records = {record.id: record for record in queries.current_records(visit)}
    asked: set[tuple[str, str]] = set()
    for index, comment in enumerate(comments):
        where, record = (comment["record"], comment["path"]), records.get(comment["record"])
        if where in asked:
            errors.append(_error(f"/comments/{index}", "asked already"))
        elif record is None:
            errors.append(_error(f"/comments/{index}/record", "no record of this revision"))
        elif not _can_be_asked(record, comment["path"]):
            errors.append(_error(f"/comments/{index}/path", "no question of this form that can be asked"))
        asked.add(where)
    if errors:
        raise Problem("invalid", errors=errors)


def field_at(definition: Definition, path: str) -> Field | None:
    """The question at a place in a record; a repeat's question is followed by its row's number."""
    field = definition.by_path.get(_ROW.sub("", path))
    numbered = _ROW.search(path) is not None
    return field if field is not None and numbered == (field.repeat is not None) else None


def _can_be_asked(record: Record, path: str) -> bool:
    definition = forms.definition(record.org_id, record.form, record.form_version)
    field = field_at(definition, path) if definition else None
    return field is not None and not field.calculated and field.type not in _CLOCKS


def _can_be_met(org_id: int, by_day: date, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(session.get_one(Org, org_id).timezone)).date()
    return today <= by_day <= today + timedelta(days=MOST_DAYS)


def _error(path: str, says: str) -> dict[str, Any]:
    return {"path": path, "says": says}
