"""Lists that a form brings as files: csv, geojson and xml, read row by row and written anew.

The form engine fails, or shows nothing, on a ragged row, a blank in a heading, or a list without rows. So a
list is read here once, by the strict rules, and published in one spelling: UTF-8 without a byte order mark,
every cell quoted, no blank lines. What a spreadsheet leaves behind (a mark at the start, empty cells at the
end of a row, blank lines at the end) is mended, what only its author can know is refused with its line.

A list says its words in two languages as the sheets do, ``label::中文 (zh)`` and ``label::English (en)``;
because no column of the engine's can be called so, these become ``label_zh`` and ``label_en``, as an author
may call them too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.dom.minidom import Document, Element, Node
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.minidom import parseString

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
_COLUMN = re.compile(r"[^\W\d][\w.-]*")  # what can be the name of an XML element, as the engine makes of it
_SPOKEN = re.compile(r"([^\W\d][\w.-]*)::?[^()]*\((zh|en)\)\s*")
LANGUAGES: Final = ("zh", "en")
_SHAPES: Final = ("Point", "LineString", "Polygon")
_TEXT = (Node.TEXT_NODE, Node.CDATA_SECTION_NODE)


class BadList(Exception):
    """The list cannot be used; ``row`` is the file's own line or entry, from 1."""

    def __init__(
        self, code: str, row: int | None = None, column: str | None = None, **params: object
    ) -> None:
        super().__init__(code)
        self.code, self.row, self.column, self.params = code, row, column, params


@dataclass(frozen=True)
class FileList:
    """What a file offers: its columns, its rows, and the bytes that are published."""

    suffix: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)  # where each row stands in its author's file
    data: bytes = field(repr=False)

    @property
    def keys(self) -> tuple[str, str]:
        """The columns of value and label where nobody says otherwise, as ODK has them."""
        return ("id", "title") if self.suffix == "geojson" else ("name", "label")

    def spoken(self, column: str) -> tuple[str, str]:
        """The columns with its words in Chinese and in English: twice the same where it has only one."""
        zh, en = (f"{column}_{code}" for code in LANGUAGES)
        if column in self.columns and not {zh, en} <= set(self.columns):
            return column, column
        return (zh, en) if {zh, en} & set(self.columns) else (column, column)


def read(suffix: str, data: bytes) -> FileList:
    """Read a list; raises BadList."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadList("list_not_utf8") from error
    if "\0" in text:
        raise BadList("list_not_utf8")
    found = {"csv": _csv, "geojson": _geojson, "xml": _xml}[suffix](text)
    if not found.rows:
        raise BadList("list_empty")
    if len(found.rows) > MOST_ROWS:
        raise BadList("list_too_long", most=MOST_ROWS, rows=len(found.rows))
    return found


def _csv(text: str) -> FileList:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    columns: tuple[str, ...] = ()
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells, line)
                continue
            rows.append(dict(zip(columns, _as_wide(cells, columns, line), strict=True)))
            lines.append(line)
    except csv.Error as error:
        raise BadList("csv_unreadable", before + 1) from error
    return FileList("csv", columns, tuple(rows), tuple(lines), _written(columns, rows))


def _header(cells: list[str], line: int) -> tuple[str, ...]:
    cells = [_column(cell) for cell in cells]
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == 1 and any(mark in cells[0] for mark in ";\t|"):
        raise BadList("csv_separator", line)
    if len(cells) > MOST_COLUMNS:
        raise BadList("list_too_long", line, most=MOST_COLUMNS, rows=len(cells))
    for n, cell in enumerate(cells, start=1):
        if not _COLUMN.fullmatch(cell):
            raise BadList("column_name_bad", line, str(n), heading=cell)
        if cells.index(cell) != n - 1:
            raise BadList("column_name_twice", line, str(n), heading=cell)
    return tuple(cells)


def _column(heading: str) -> str:
    found = _SPOKEN.fullmatch(heading)
    return f"{found[1]}_{found[2]}" if found else heading


def _as_wide(cells: list[str], columns: Sequence[str], line: int) -> list[str]:
    """A spreadsheet leaves empty cells at the end; anything else too wide or too narrow is a slip."""
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(columns):
        raise BadList("csv_ragged", line, found=len(cells), expected=len(columns))
    return cells


def _written(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return made.getvalue().encode()


def _geojson(text: str) -> FileList:
    try:
        said = json.loads(text)
    except ValueError as error:
        raise BadList("geojson_unreadable") from error
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list) or said.get("type") != "FeatureCollection":
        raise BadList("geojson_unreadable")
    features = [_with_columns(one) for one in features]
    rows = [_feature(one, n) for n, one in enumerate(features, start=1)]
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    data = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    return FileList("geojson", columns, tuple(rows), tuple(range(1, len(rows) + 1)), data)


def _with_columns(one: Any) -> Any:
    properties = one.get("properties") if isinstance(one, dict) else None
    if not isinstance(properties, dict):
        return one
    return {**one, "properties": {_column(name): value for name, value in properties.items()}}


def _feature(one: Any, n: int) -> dict[str, str]:
    """A row as the engine reads it: id, the geometry, the properties."""
    geometry = one.get("geometry") if isinstance(one, dict) else None
    if not isinstance(geometry, dict) or not _is_drawable(geometry):
        raise BadList("geojson_shape", n)
    properties = one.get("properties") or {}
    if not isinstance(properties, dict):
        raise BadList("geojson_shape", n)
    for name in properties:
        if not _COLUMN.fullmatch(name):
            raise BadList("column_name_bad", n, heading=name)
    id = one.get("id", properties.get("id"))
    rest = {name: _text(value) for name, value in properties.items() if name != "id"}
    return {**({} if id is None else {"id": _text(id)}), "geometry": "", **rest}


def _is_drawable(geometry: dict[str, Any]) -> bool:
    coordinates = geometry.get("coordinates")
    match geometry.get("type"):
        case "Point":
            return _is_place(coordinates)
        case "LineString":
            return isinstance(coordinates, list) and all(map(_is_place, coordinates))
        case "Polygon":
            return (
                isinstance(coordinates, list)
                and len(coordinates) == 1
                and isinstance(coordinates[0], list)
                and all(map(_is_place, coordinates[0]))
            )
        case _:
            return False


def _is_place(said: Any) -> bool:
    return isinstance(said, list) and len(said) == 2 and all(isinstance(each, int | float) for each in said)


def _text(value: Any) -> str:
    """As the phone writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _xml(text: str) -> FileList:
    try:
        document: Document = parseString(text.encode())
    except (ExpatError, DefusedXmlException, ValueError) as error:
        raise BadList("xml_unreadable", getattr(error, "lineno", None)) from error
    root = document.documentElement
    if root is None or root.tagName != "root":
        raise BadList("xml_unreadable")
    rows = []
    for n, item in enumerate(_elements(root), start=1):
        cells = {cell.tagName: _content(cell) for cell in _elements(item)}
        if item.tagName != "item" or any(not _COLUMN.fullmatch(name) for name in cells):
            raise BadList("xml_item", n)
        rows.append(cells)
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return FileList("xml", columns, tuple(rows), tuple(range(1, len(rows) + 1)), _xml_of(rows))


def _elements(parent: Element) -> Iterator[Element]:
    return (child for child in parent.childNodes if isinstance(child, Element))


def _content(cell: Element) -> str:
    if any(isinstance(child, Element) for child in cell.childNodes):
        return ""
    return "".join(getattr(child, "data", "") for child in cell.childNodes if child.nodeType in _TEXT)


def _xml_of(rows: Sequence[dict[str, str]]) -> bytes:
    document = Document()
    root = document.appendChild(document.createElement("root"))
    for row in rows:
        item = root.appendChild(document.createElement("item"))
        for name, text in row.items():
            item.appendChild(document.createElement(name)).appendChild(document.createTextNode(text))
    return root.toxml().encode()
