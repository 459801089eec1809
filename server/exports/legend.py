"""The sheet that says what a workbook's marks mean, and which versions of a form asked what.

It is there when a workbook joins versions that did not ask the same: then a blank and "not asked then" are
two things, and nobody can tell them apart by guessing.
"""

from __future__ import annotations

from server.base.sheets.sheet import Column, Kind, Sheet
from server.exports.asked import Asked
from server.exports.columns import FormColumns, RepeatColumns
from server.exports.words import NOT_ASKED

_BLANK = ("（空着）", "(blank)")
_MEANS_NOT_ASKED = (
    "填这一份的时候，表单那一版还没有（或已经没有）这一题",
    "The version of the form that was filled did not have this question yet, or any more",
)
_MEANS_BLANK = (
    "有这一题，没有填；或者按前面的回答用不着问",
    "It had the question, and nothing was answered; or an earlier answer made it unnecessary",
)
_ASKED_IN = ("这几版问了：{versions}", "Asked in these versions: {versions}")


def rows(sheet_name: str, layout: FormColumns | RepeatColumns, asked: Asked) -> list[list[object]]:
    """A row for each question that not every version of the sheet's form asked."""
    at = 0 if asked.language == "zh" else 1
    told: list[list[object]] = []
    for field in layout.fields:
        having = sorted(version for version, names in layout.own.items() if field.name in names)
        if len(having) == len(layout.own):
            continue
        meaning = _ASKED_IN[at].format(versions=("、" if at == 0 else ", ").join(having))
        told.append([sheet_name, field.name, field.label.get(asked.language, ""), meaning])
    return told


def sheet(told: list[list[object]], asked: Asked) -> Sheet:
    """The marks first, then the questions of `rows`."""
    at = 0 if asked.language == "zh" else 1
    headings = [
        Column("sheet", ("表", "Sheet")[at], Kind.TEXT, 20),
        Column("question", ("问题", "Question")[at], Kind.TEXT, 18),
        Column("words", ("怎么写的", "As written")[at], Kind.TEXT, 26),
        Column("meaning", ("意思", "Meaning")[at], Kind.TEXT, 48),
    ]
    marks: list[list[object]] = [
        [None, None, NOT_ASKED[at], _MEANS_NOT_ASKED[at]],
        [None, None, _BLANK[at], _MEANS_BLANK[at]],
    ]
    return Sheet(("说明", "Notes")[at], headings, marks + told)
