"""How large a form is, and what of it a volunteer will feel: long lists, many questions, many bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from server.forms.definition import Definition
from server.forms.findings import Finding
from server.forms.support import asked
from server.forms.workbook import Workbook

SLOW_LIST_ROWS = 1000
SLOW_FORM_BYTES = 400_000
LONG_FORM_QUESTIONS = 200
# Measured on a phone at a sixth of a desk's speed: 5,000 rows without a filter open 3.7 s later.
_SECONDS_A_ROW = 3.7 / 5000
_BYTES_A_SECOND = 16_000  # a weak link


@dataclass(frozen=True)
class Sizes:
    questions: int
    xform_bytes: int
    media_bytes: int
    longest_list: int  # rows of the longest list that the form itself carries
    open_ms: float | None  # load and begin, on this server; None where it was not run


def sizes(
    workbook: Workbook, definition: Definition, xform: bytes, media_bytes: int, open_ms: float | None
) -> Sizes:
    """The form's sizes."""
    rows = _rows(workbook)
    return Sizes(
        questions=definition.questions,
        xform_bytes=len(xform),
        media_bytes=media_bytes,
        longest_list=max(rows.values(), default=0),
        open_ms=open_ms,
    )


def warnings(workbook: Workbook, said: Sizes) -> Iterator[Finding]:
    """What should be known before it is published."""
    rows = _rows(workbook)
    for row in workbook["survey"]:
        kind = asked(row["type"])
        count = rows.get(kind.list or "", 0) if kind.selects and not row["choice_filter"] else 0
        if count >= SLOW_LIST_ROWS:
            seconds = f"{count * _SECONDS_A_ROW:.1f}"
            params = {"value": str(kind.list), "rows": count, "seconds": seconds}
            yield Finding("list_long", "survey", row.number, "type", params)
    if said.xform_bytes >= SLOW_FORM_BYTES:
        seconds = str(round(said.xform_bytes / _BYTES_A_SECOND))
        yield Finding(
            "form_large", "settings", None, None, {"value": said.xform_bytes // 1000, "seconds": seconds}
        )
    if said.questions >= LONG_FORM_QUESTIONS:
        yield Finding("form_long", "survey", None, None, {"value": said.questions})


def _rows(workbook: Workbook) -> Counter[str]:
    return Counter(row["list_name"] for row in workbook["choices"] if row["list_name"])
