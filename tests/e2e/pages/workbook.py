"""What headquarters finds in a data sheet, read by openpyxl: rows as {code of the column: value}."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def rows(file: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of the sheet whose name begins so; a heading carries its label, then its code."""
    book = load_workbook(file, read_only=True)
    found = next(name for name in book.sheetnames if name.startswith(sheet))
    lines = book[found].iter_rows(values_only=True)
    codes = [str(heading).split("\n")[-1] for heading in next(lines)]
    read = [dict(zip(codes, line, strict=True)) for line in lines]
    book.close()
    return read


def rows_or_none(file: Path, sheet: str) -> list[dict[str, Any]] | None:
    """The same; None where no sheet is called so."""
    book = load_workbook(file, read_only=True)
    names = book.sheetnames
    book.close()
    return rows(file, sheet) if any(name.startswith(sheet) for name in names) else None
