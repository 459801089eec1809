"""A form's workbook and its files held against each other: every file that a cell names is there, and fits.

And the other way round: a file that no cell names is a slip of the pen in one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.forms import media as files
from server.forms import media_columns
from server.forms.expressions import questions_in_text
from server.forms.findings import Finding
from server.forms.media import Medium
from server.forms.support import asked, support
from server.forms.workbook import Row, Sheet, Workbook
from server.programmes.allow_list import allow_list

_KINDS = {
    "image": files.PICTURE,
    "big-image": files.PICTURE,
    "audio": files.SOUND,
    "video": files.FILM,
}
_WORDS = {
    files.PICTURE: ("图片", "picture"),
    files.SOUND: ("声音", "sound"),
    files.FILM: ("录像", "film"),
    files.LIST: ("名单", "list"),
}
_CALL = re.compile(r"\bpulldata\s*\(")
_PULLDATA = re.compile(
    r"""\bpulldata\s*\(\s*(?P<q>['"])(?P<file>[^'"]*)(?P=q)\s*,\s*(?P<q2>['"])(?P<column>[^'"]*)(?P=q2)\s*,"""
    r"""\s*(?P<q3>['"])(?P<key>[^'"]*)(?P=q3)\s*,"""
)
_EXPRESSIONS = ("calculation", "constraint", "relevant", "required", "read_only", "default", "choice_filter")


@dataclass(frozen=True)
class Mention:
    """A cell that names a file."""

    file: str
    what: str
    sheet: Sheet
    row: Row
    column: str

    def finding(self, code: str, **params: object) -> Finding:
        where = self.sheet.header(self.column)
        return Finding(code, self.sheet.name, self.row.number, where, {"value": self.file, **params})


def check(workbook: Workbook, media: Mapping[str, Medium], given: Mapping[str, bytes]) -> Iterator[Finding]:
    """Every finding. ``given``: all files, also those that could not be taken and have been told of."""
    mentions = list(mentioned(workbook))
    for mention in mentions:
        yield from _named(mention, media, given)
    yield from _unnamed({mention.file for mention in mentions}, given)
    yield from _selects(workbook, media)
    yield from _pulled(workbook, media)
    yield from _large(workbook)
    yield from _unseen(workbook["survey"])
    yield from _guidance(workbook["survey"])


def columns(media: Mapping[str, Medium]) -> dict[str, frozenset[str]]:
    """The lists that a question may choose from, the county's and the form's own, with their columns."""
    known = {
        f"{name}.csv": frozenset({"name", "label", *one.properties})
        for name, one in allow_list().lists.items()
    }
    own = {name: frozenset(one.list.columns) for name, one in media.items() if one.list is not None}
    return {**own, **known}


def mentioned(workbook: Workbook) -> Iterator[Mention]:
    """Every cell that names a file of the form's own; a list of the county is none."""
    for sheet in (workbook["survey"], workbook["choices"]):
        for row in sheet:
            for column in sheet.headers:
                what = _KINDS.get(column.partition(":")[0])
                if what is not None and row[column]:
                    yield Mention(row[column], what, sheet, row, column)
    survey = workbook["survey"]
    for row in survey:
        kind = asked(row["type"])
        if kind.from_file and kind.list and not _of_county(kind.list):
            yield Mention(kind.list, files.LIST, survey, row, "type")
        for column in _EXPRESSIONS:
            for call in _PULLDATA.finditer(row[column]):
                if not _of_county(f"{call['file']}.csv"):
                    yield Mention(f"{call['file']}.csv", files.LIST, survey, row, column)


def county_lists(workbook: Workbook) -> set[str]:
    """The lists of the county that the form reads."""
    rows = list(workbook["survey"])
    chosen = [str(asked(row["type"]).list) for row in rows if asked(row["type"]).from_file]
    pulled = [
        f"{call['file']}.csv"
        for row in rows
        for each in _EXPRESSIONS
        for call in _PULLDATA.finditer(row[each])
    ]
    return {name.removesuffix(".csv") for name in (*chosen, *pulled) if _of_county(name)}


def keys(row: Row, medium: Medium) -> tuple[str, str]:
    """The columns that a question takes value and label from."""
    said = dict(part.partition("=")[::2] for part in re.split(r"[\s,;]+", row["parameters"]) if part)
    value, label = medium.list.keys if medium.list else ("name", "label")
    return said.get("value", value), said.get("label", label)


def _of_county(file: str) -> bool:
    return file.removesuffix(".csv") in allow_list().lists


def _named(mention: Mention, media: Mapping[str, Medium], given: Mapping[str, bytes]) -> Iterator[Finding]:
    if mention.file not in given and mention.what == files.LIST:
        yield mention.finding("file_unknown", known=", ".join(f"{name}.csv" for name in allow_list().lists))
    elif mention.file not in given:
        yield mention.finding("media_missing")
    elif mention.file in media and media[mention.file].what != mention.what:
        zh, en = _WORDS[mention.what]
        what = f"{zh} / {en}"
        yield mention.finding("media_other_kind", what=what, known=files.suffixes(mention.what))


def _unnamed(named: set[str], given: Mapping[str, bytes]) -> Iterator[Finding]:
    for file in sorted(given.keys() - named):
        code = "media_is_county_list" if _of_county(file) else "media_unused"
        yield Finding(code, file, params={"value": file})


def _selects(workbook: Workbook, media: Mapping[str, Medium]) -> Iterator[Finding]:
    survey = workbook["survey"]
    told: set[tuple[str, str]] = set()
    for row in survey:
        kind = asked(row["type"])
        medium = media.get(kind.list or "") if kind.from_file else None
        if medium is not None and medium.list is not None:
            value, label = keys(row, medium)
            yield from _has(survey, row, "type", medium, (value, *dict.fromkeys(medium.list.spoken(label))))
            if (medium.name, value) not in told and value in medium.list.columns:
                told.add((medium.name, value))
                yield from _values(medium, value)
        if "image-map" in row["appearance"].split():
            yield from _map(workbook, row, media)


def _has(survey: Sheet, row: Row, column: str, medium: Medium, wanted: tuple[str, ...]) -> Iterator[Finding]:
    offered = medium.list.columns if medium.list else ()
    for each in wanted:
        if each not in offered:
            params = {"file": medium.name, "value": each, "known": ", ".join(offered)}
            yield Finding("list_column_missing", "survey", row.number, survey.header(column), params)


def _values(medium: Medium, column: str) -> Iterator[Finding]:
    """What is chosen is told apart by its value, and several values stand with blanks between."""
    seen: dict[str, int] = {}
    for line, row in zip(medium.list.lines, medium.list.rows, strict=True) if medium.list else ():
        cell = row.get(column, "")
        params = {"value": medium.name, "cell": cell, "column_name": column}
        if len(cell.split()) != 1 or cell != cell.strip() or len(cell) > 64:
            yield Finding("list_value_bad", medium.name, line, column, params)
        elif (first := seen.setdefault(cell, line)) != line:
            yield Finding("list_value_twice", medium.name, line, column, {**params, "first": first})


def _map(workbook: Workbook, row: Row, media: Mapping[str, Medium]) -> Iterator[Finding]:
    """Every choice has its part of the drawing, in each language's drawing."""
    survey = workbook["survey"]
    named = [row[column] for column in media_columns.columns(survey, "image") if row[column]]
    drawings = [media[file] for file in named if file in media]
    if not named or any(drawing.type != "image/svg+xml" for drawing in drawings):
        header = survey.header("appearance")
        yield Finding("map_needs_drawing", "survey", row.number, header, {"value": "image-map"})
        return
    choices = workbook["choices"]
    for choice in choices:
        if choice["list_name"] != asked(row["type"]).list:
            continue
        for drawing in drawings:
            if choice["name"] not in drawing.areas:
                params = {"file": drawing.name, "value": choice["name"]}
                yield Finding("map_without_area", "choices", choice.number, choices.header("name"), params)


def _pulled(workbook: Workbook, media: Mapping[str, Medium]) -> Iterator[Finding]:
    survey = workbook["survey"]
    for row in survey:
        for column in _EXPRESSIONS:
            calls = list(_PULLDATA.finditer(row[column]))
            if len(calls) != len(_CALL.findall(row[column])):
                yield Finding("pulldata_open", "survey", row.number, survey.header(column))
            for call in calls:
                medium = media.get(f"{call['file']}.csv")
                if medium is not None:
                    yield from _has(survey, row, column, medium, (call["column"], call["key"]))


def _large(workbook: Workbook) -> Iterator[Finding]:
    """On the phone a small picture leads to its large one, by its name."""
    first: dict[str, str] = {}
    for sheet in (workbook["survey"], workbook["choices"]):
        for row, column, small, large in media_columns.pairs(sheet):
            params = {"value": large, "small": small}
            if not small:
                yield Finding("large_without_small", sheet.name, row.number, sheet.header(column), params)
            elif (known := first.setdefault(small, large)) != large:
                params["first"] = known
                yield Finding("large_differs", sheet.name, row.number, sheet.header(column), params)


def _unseen(survey: Sheet) -> Iterator[Finding]:
    """Nobody would see or hear it: the phone shows no page of its own for these rows."""
    for row in survey:
        kind = asked(row["type"])
        known = support().types.get(kind.base)
        own_page = kind.base == "begin_group" and "field-list" in row["appearance"].split()
        if known is None or not (known.silent or kind.opens):
            continue
        for base in media_columns.SPREAD:
            for column in media_columns.columns(survey, base):
                if row[column] and not own_page:
                    yield Finding(
                        "media_unseen", "survey", row.number, survey.header(column), {"value": kind.base}
                    )


def _guidance(survey: Sheet) -> Iterator[Finding]:
    for row in survey:
        for column in media_columns.columns(survey, "guidance_hint"):
            for name in sorted(questions_in_text(row[column])):
                header = survey.header(column)
                yield Finding("guidance_quotes", "survey", row.number, header, {"value": name})
