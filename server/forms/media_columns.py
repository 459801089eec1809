"""What a row says of pictures, sounds, films and longer hints, in each language.

XLSForm lets a column stand once for all languages, ODK's converter takes that for the default language alone
(and warns of the others). So each language gets a column of its own before the converter runs: what is
written for the language, else what is written for all, else what another language has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.forms.support import asked
from server.forms.workbook import Row, Sheet, Workbook

MEDIA: Final = ("image", "big-image", "audio", "video")
LANGUAGES: Final = ("zh", "en")
SHEETS: Final = ("survey", "choices")
SPREAD: Final = (*MEDIA, "guidance_hint")


def said(row: Row, base: str, language: str) -> str:
    """What the row has in this column for somebody who reads this language; "": nothing."""
    chain = (f"{base}:{language}", base, *(f"{base}:{other}" for other in LANGUAGES))
    return next((row[column] for column in chain if row[column]), "")


def of_groups(survey: Sheet, root: str) -> Iterator[tuple[str, str, str]]:
    """(path, language, longer hint) of groups: ODK's converter takes those of questions alone."""
    places = [root]
    for row in survey:
        kind = asked(row["type"])
        if kind.closes:
            places.pop()
        elif kind.opens:
            places.append(f"{places[-1]}/{row['name']}")
            words = ((code, said(row, "guidance_hint", code)) for code in LANGUAGES)
            yield from ((places[-1], code, text) for code, text in words if text)


def columns(sheet: Sheet, base: str) -> list[str]:
    """The columns that the sheet has of this kind."""
    return [column for column in sheet.headers if column.partition(":")[0] == base]


def pairs(sheet: Sheet) -> Iterator[tuple[Row, str, str, str]]:
    """(row, column, small picture, large picture): a large one belongs to the small one of its row."""
    for row in sheet:
        for column in columns(sheet, "big-image"):
            if not row[column]:
                continue
            language = column.partition(":")[2]
            smalls = {said(row, "image", each) for each in ((language,) if language else LANGUAGES)}
            yield from ((row, column, small, row[column]) for small in sorted(smalls))


def spread(workbook: Workbook, source: Mapping[str, Any]) -> dict[str, Any]:
    """The sheets as ODK's converter takes them, with a column for each language."""
    sheets = [workbook[name] for name in SHEETS]
    return {name: part for sheet in sheets for name, part in _spread(sheet, source).items()}


def _spread(sheet: Sheet, source: Mapping[str, Any]) -> dict[str, Any]:
    used = [base for base in SPREAD if columns(sheet, base)]
    if not used:
        return {}
    before = {sheet.headers[column] for base in used for column in columns(sheet, base)}
    after = {(base, code): f"{base}::{_name(sheet, code)}" for base in used for code in LANGUAGES}
    rows = [
        {key: text for key, text in cells.items() if key not in before}
        | {header: text for (base, code), header in after.items() if (text := said(row, base, code))}
        for row, cells in zip(sheet, source[sheet.name], strict=True)
    ]
    headers = dict((source[f"{sheet.name}_header"] or [{}])[0])
    kept = {header: None for header in headers if header not in before}
    return {
        sheet.name: rows,
        f"{sheet.name}_header": [kept | dict.fromkeys(after.values())],
    }


def _name(sheet: Sheet, code: str) -> str:
    """A language as this sheet's author writes it: ``中文 (zh)`` of ``label::中文 (zh)``."""
    return sheet.header(f"label:{code}").partition(":")[2].lstrip(":").strip()
