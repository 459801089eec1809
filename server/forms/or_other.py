"""``select_one list or_other``: a choice 其他 and a question for it, written out before anything is read off.

XLSForm lets an author write it in one cell, and ODK's converter adds English words alone. Here both are
written out as the author would have in two languages: a choice ``other`` at the end of the list, and below
the question a text ``<name>_other`` that is asked when it is chosen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from server.forms.support import asked
from server.forms.workbook import Row, Sheet, Workbook, column_of
from server.programmes.allow_list import allow_list

OTHER = "other"
_CHOICE = {"label:zh": "其他", "label:en": "Other"}
_QUESTION = {"label:zh": "其他是什么", "label:en": "What else"}
_KEPT = ("data_class", "purpose")  # what the question below has of the one above


def others(workbook: Workbook) -> tuple[str, ...]:
    """The questions whose ``or_other`` is written out, by name."""
    return tuple(row["name"] for row in workbook["survey"] if _spreads(workbook, row))


def spread(workbook: Workbook) -> Workbook:
    """The workbook with every ``or_other`` that can be written out. New rows bear the number of the row that
    asked for them, so that a finding leads there."""
    if not others(workbook):
        return workbook
    lists = {str(asked(row["type"]).list) for row in workbook["survey"] if _spreads(workbook, row)}
    survey = [new for row in workbook["survey"] for new in _questions(workbook, row)]
    choices = [*workbook["choices"], *_choices(workbook["choices"], lists)]
    return _with(_with(workbook, "survey", survey), "choices", choices)


def _spreads(workbook: Workbook, row: Row) -> bool:
    kind = asked(row["type"])
    return (
        kind.or_other
        and kind.base in ("select_one", "select_multiple")
        and not row["choice_filter"]
        and any(each["list_name"] == kind.list for each in workbook["choices"])
    )


def _questions(workbook: Workbook, row: Row) -> Iterator[Row]:
    if not _spreads(workbook, row):
        yield row
        return
    kind = asked(row["type"])
    yield Row(row.number, {**row.cells, "type": f"{kind.base} {kind.list}"})
    listed = allow_list().forms.get(workbook.setting("form_id"), {}).get(row["name"])
    kept = {"purpose": listed.purpose} if listed else {}
    kept |= {column: row[column] for column in _KEPT if row[column]}
    relevant = f"selected(${{{row['name']}}}, '{OTHER}')"
    said = {"type": "text", "name": f"{row['name']}_{OTHER}", "relevant": relevant, **_QUESTION, **kept}
    yield Row(row.number, said)


def _choices(sheet: Sheet, lists: set[str]) -> Iterator[Row]:
    for name in sorted(lists):
        rows = [row for row in sheet if row["list_name"] == name]
        if not any(row["name"] == OTHER for row in rows):
            yield Row(rows[-1].number, {"list_name": name, "name": OTHER, **_CHOICE})


def _with(workbook: Workbook, name: str, rows: list[Row]) -> Workbook:
    """The workbook with these rows in a sheet, for us and for pyxform, by the author's own headers."""
    sheet = workbook[name]
    headers = sheet.headers | {column: sheet.header(column) for row in rows for column in row.cells}
    known = (getattr(workbook.source, f"{name}_header") or [{}])[0]
    fresh = {header: None for header in headers.values() if column_of(header) not in map(column_of, known)}
    said: list[dict[str, Any]] = [
        {headers[column]: cell for column, cell in row.cells.items()} for row in rows
    ]
    source = dataclasses.replace(workbook.source, **{name: said, f"{name}_header": [{**known, **fresh}]})
    return Workbook(workbook.sheets | {name: Sheet(name, headers, tuple(rows))}, source)
