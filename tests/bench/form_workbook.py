"""The form of ``lianxin bench form``, as XLSForm authors write one: labels that quote, questions that depend,
a calculation over rows, a cascade of 300 choices."""

from __future__ import annotations

from pyxform.xls2json_backends import SupportedFileTypes
from pyxform.xls2xform import convert

QUESTIONS = 60
ROWS = 5
CHOICES = 300
TOWNS = 10
CALLED = "/data/called"
VISITORS = "/data/visitors"

_KINDS = ("text", "integer", "select_one yes_no", "select_multiple tasks", "date", "decimal")


def xform(questions: int = QUESTIONS) -> str:
    """As ODK's converter writes it, before publishing."""
    survey = [
        _row("type", "name", "label", "relevant", "constraint", "calculation", "choice_filter"),
        _row("start", "start", "", "", "", "", ""),
        _row("text", "called", "怎么称呼", "", "", "", ""),
        _row("select_one towns", "town", "哪个乡镇", "", "", "", ""),
        _row("select_one villages", "village", "哪个村", "", "", "", "town = ${town}"),
        *(_question(n) for n in range(questions - 3)),
        _row("begin_repeat", "visitors", "来的人", "", "", "", ""),
        _row("text", "who", "谁", "", "", "", ""),
        _row("integer", "minutes", "${who}待了多久", "", ". >= 0", "", ""),
        _row("select_one yes_no", "again", "还来吗", "${minutes} > 0", "", "", ""),
        _row("end_repeat", "", "", "", "", "", ""),
        _row("calculate", "all_minutes", "", "", "", "sum(${minutes})", ""),
        _row("note", "told", "一共${all_minutes}分钟", "", "", "", ""),
    ]
    choices = [
        _row("list_name", "name", "label", "town"),
        _row("yes_no", "yes", "是", ""),
        _row("yes_no", "no", "否", ""),
        *(_row("tasks", f"task{n}", f"第{n}样", "") for n in range(6)),
        *(_row("towns", f"town{n}", f"第{n}乡", "") for n in range(TOWNS)),
        *(_row("villages", f"village{n}", f"第{n}村", f"town{n % TOWNS}") for n in range(CHOICES)),
    ]
    settings = [_row("form_title", "form_id", "version"), _row("量一量", "bench", "1")]
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    text = "\n\n".join(f"| {name} |\n" + "\n".join(rows) for name, rows in sheets.items())
    return str(convert(xlsform=text, file_type=SupportedFileTypes.md, validate=False).xform)


def _question(n: int) -> str:
    kind = _KINDS[n % len(_KINDS)]
    label = f"第{n}题" if n % 4 else f"${{called}}的第{n}题"
    relevant = f"${{q{n - 6}}} != ''" if n % 7 == 6 and n >= 6 else ""
    constraint = ". >= 0" if kind in ("integer", "decimal") else ""
    return _row(kind, f"q{n}", label, relevant, constraint, "", "")


def _row(*cells: str) -> str:
    return "|  | " + " | ".join(cells) + " |"
