"""A form's workbook as its author sees it: sheets, rows with their numbers, columns with their headers.

Read by pyxform itself (Markdown, CSV or Excel), so that a finding names the very cell that ODK's converter
would stumble over. Row 1 is the header, as in a spreadsheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyxform.xls2json_backends import DefinitionData, get_xlsform

SHEETS = ("survey", "choices", "entities", "settings")
SUFFIXES = (".md", ".csv", ".xlsx", ".xls")
MOST_UNPACKED_BYTES = 100_000_000

# Spellings that ODK's converter takes too, and what we call them.
COLUMN_ALIASES = {"relevance": "relevant", "readonly": "read_only", "required_msg": "required_message"}
_LANGUAGE = re.compile(r"^(?P<what>[a-z_-]+)::?\s*.*\((?P<code>[a-z]{2})\)$")
_MEDIA = re.compile(r"^media\s*::?\s*", re.IGNORECASE)


class NotAWorkbook(Exception):
    """The bytes cannot be read as a workbook of that kind."""


@dataclass(frozen=True)
class Row:
    """One row: its number and its filled cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    name: str
    headers: dict[str, str] = field(default_factory=dict)  # column → header as the author wrote it
    rows: tuple[Row, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def header(self, column: str) -> str:
        return self.headers.get(column, column)


@dataclass(frozen=True)
class Workbook:
    sheets: dict[str, Sheet]
    source: DefinitionData

    def __getitem__(self, name: str) -> Sheet:
        return self.sheets.get(name, Sheet(name))

    def setting(self, name: str) -> str:
        rows = self["settings"].rows
        return rows[0][name] if rows else ""


def read(source: bytes, suffix: str) -> Workbook:
    """Read a workbook; raises NotAWorkbook when the bytes are none of that kind."""
    try:
        _bounded(source)
        said: DefinitionData = get_xlsform(source, file_type=suffix)
    except Exception as error:  # each of pyxform's readers has its own ways to stumble over foreign bytes
        raise NotAWorkbook(str(error)) from error
    return Workbook({name: _sheet(name, said) for name in SHEETS if getattr(said, name) is not None}, said)


def _bounded(source: bytes) -> None:
    """An Excel file is packed; what would fill the memory when it is unpacked is no form."""
    if source[:2] != b"PK":
        return
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise NotAWorkbook("too large when unpacked")


def column_of(header: str) -> str:
    """Our name of a column: lower case, languages as ``label:zh``."""
    name = _MEDIA.sub("", header.strip())
    match = _LANGUAGE.match(name.lower())
    if match:
        return f"{match['what']}:{match['code']}"
    name = name.lower().replace(" ", "_")
    return COLUMN_ALIASES.get(name, name)


def _sheet(name: str, said: DefinitionData) -> Sheet:
    raw: list[dict[str, Any]] = list(getattr(said, name))
    header_row = getattr(said, f"{name}_header") or [{}]
    headers = {
        column_of(str(header)): str(header) for header in header_row[0] if header not in (None, "None")
    }
    rows = tuple(
        Row(number, {column_of(str(key)): str(value).strip() for key, value in cells.items()})
        for number, cells in enumerate(raw, start=2)
    )
    return Sheet(name, headers, rows)
