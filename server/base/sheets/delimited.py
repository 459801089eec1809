"""csv in two profiles: exact for machines, and one that a spreadsheet program opens without harm.

A spreadsheet program that opens a csv runs `=1+1`, turns an 18-digit number into 4.1E+17 and drops leading
zeros. The second profile keeps text as text: a BOM so that Chinese is read as UTF-8, an apostrophe before
what could be a formula (full-width signs too), a tab before what looks like a number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from server.base.sheets import coerce
from server.base.sheets.sheet import Kind, Sheet

_FORMULA = re.compile(r"^[=+\-@＝＋－＠\t\r]")
_NUMBER_LIKE = re.compile(r"^\s*[+-]?[0-9][0-9.,eE+\-/:]*\s*$")


def write_exact(path: Path, sheet: Sheet, zone: ZoneInfo) -> None:
    """RFC 4180, UTF-8, keys as header, values as they are; moments in ISO 8601 with their offset."""
    _write(path, "utf-8", [column.key for column in sheet.columns], _exact_rows(sheet, zone))


def write_for_spreadsheets(path: Path, sheet: Sheet, zone: ZoneInfo) -> None:
    """With BOM and CRLF, labels as header, every text guarded against being read as something else."""
    labels = [column.label or column.key for column in sheet.columns]
    _write(path, "utf-8-sig", labels, _guarded_rows(sheet, zone))


def _write(path: Path, encoding: str, header: list[str], rows: Iterator[list[str]]) -> None:
    try:
        with path.open("w", encoding=encoding, newline="") as out:
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow(header)
            writer.writerows(rows)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _exact_rows(sheet: Sheet, zone: ZoneInfo) -> Iterator[list[str]]:
    for row in sheet.rows:
        yield [_exact(value, zone) for value in row]


def _exact(value: object, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.astimezone(zone) if value.tzinfo else value).isoformat(timespec="seconds")
    return str(value).encode("utf-8", "replace").decode()


def _guarded_rows(sheet: Sheet, zone: ZoneInfo) -> Iterator[list[str]]:
    for row in sheet.rows:
        yield [
            _guarded(column.kind, coerce.cell(column.kind, value, zone))
            for column, value in zip(sheet.columns, row, strict=True)
        ]


def _guarded(kind: Kind, value: coerce.Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if not isinstance(value, str):
        return str(value)
    if kind is not Kind.TEXT and not _FORMULA.match(value):
        return value
    if _FORMULA.match(value):
        return f"'{value}"
    return f"\t{value}" if _NUMBER_LIKE.match(value) else value
