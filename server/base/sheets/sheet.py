"""What a sheet is: a name, typed columns and rows that are read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice

ROWS_PER_SHEET = 1_048_575  # Excel's 2^20 less the header
NAME_UNITS = 31  # a sheet name's longest length, in UTF-16 units
_BETWEEN = " · "


class Kind(StrEnum):
    """What a column holds. One kind a column: the fast writer fixes a column's type by what it declares."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"  # a date with a time of day, local to the county
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """A column: its key for machines, its label for people, and what it holds."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    width: float = 14.0  # in characters, as spreadsheets count them

    @property
    def heading(self) -> str:
        """Label and key in one cell, so that sorting and filtering see one header row."""
        return self.key if self.label in ("", self.key) else f"{self.label}\n{self.key}"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `total` is the number of rows where it is known; a sheet that is too long is split by it."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    total: int = 0


def fit_names(names: Sequence[str]) -> list[str]:
    """Sheet names that every spreadsheet program takes: short, without its signs, unique ignoring case."""
    taken: set[str] = {"history"}  # reserved by Excel
    fitted = []
    for name in names:
        words = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).split()
        plain = " ".join(words).strip("'") or "Sheet"
        candidate, number = cut_units(plain, NAME_UNITS), 2
        while candidate.casefold() in taken:
            mark = f" ({number})"
            candidate, number = cut_units(plain, NAME_UNITS - len(mark)) + mark, number + 1
        taken.add(candidate.casefold())
        fitted.append(candidate)
    return fitted


def joined_name(whole: str, part: str) -> str:
    """The name of a sheet that holds a part of something: of a name that is too long, the whole gives way."""
    beside = NAME_UNITS - units_of(part) - len(_BETWEEN)
    if units_of(whole) > beside:
        whole = cut_units(whole, max(beside, NAME_UNITS // 3) - 1).rstrip() + "…"
    return f"{whole}{_BETWEEN}{part}"


def units_of(text: str) -> int:
    """How long a spreadsheet program finds it: in UTF-16 units."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def cut_units(text: str, units: int) -> str:
    """The longest start of `text` within so many UTF-16 units, never half a character."""
    if len(text) * 2 <= units:
        return text
    used = 0
    for place, sign in enumerate(text):
        used += 2 if ord(sign) > 0xFFFF else 1
        if used > units:
            return text[:place]
    return text


def split(sheet: Sheet, limit: int = ROWS_PER_SHEET) -> Iterator[Sheet]:
    """The sheet in parts that fit. The parts share one iterator, so they must be written in order."""
    rows = iter(sheet.rows)
    parts = max(1, -(-sheet.total // limit))
    for number in range(1, parts):
        name = sheet.name if number == 1 else f"{sheet.name} {number}"
        yield replace(sheet, name=name, rows=islice(rows, limit))
    yield replace(sheet, name=sheet.name if parts == 1 else f"{sheet.name} {parts}", rows=rows)


def or_one_empty(rows: Iterable[Sequence[object]], columns: int) -> Iterator[Sequence[object]]:
    """The rows, or one empty row: a sheet without any record loses its header in the fast writer."""
    source = iter(rows)
    first = next(source, None)
    if first is None:
        return iter([[None] * columns])
    return chain([first], source)
