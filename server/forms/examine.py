"""What running a form has shown, in the terms of its workbook: sheet, row, column, and what to do.

The engine speaks of nodes and attributes of the XForm; every one of them came from a cell, and it is the cell
that has to be mended.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.forms import engine
from server.forms.check_survey import names
from server.forms.engine import Asked, CannotRun, Report, Trouble
from server.forms.findings import Finding
from server.forms.workbook import Row, Workbook

CODES = {
    "load": "engine_load",
    "create": "engine_create",
    "rows": "engine_rows",
    "expression": "expression_fails",
    "call": "expression_fails",
    "path": "path_nowhere",
    "circle": "circle",
}
_COLUMNS = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "read_only",
    "constraint": "constraint",
    "calculate": "calculation",
    "count": "repeat_count",
    "choices": "choice_filter",
}
_OF_ENTITY = {"@id": "entity_id", "@create": "create_if", "@update": "update_if", "label": "label"}
_ENTITY = "/meta/entity/"
# Written by ODK's converter for servers that merge list entries by version; ours does not read them.
_CONVERTERS_OWN = ("@baseVersion", "@trunkVersion", "@branchId")


def examine(
    workbook: Workbook, xform: bytes, files: Mapping[str, str]
) -> tuple[list[Finding], Report | None]:
    """Run the form; every finding, and how long it took. Without a way to run it, that is the finding."""
    try:
        [report] = engine.run([Asked(xform, files)])
    except CannotRun as cannot:
        return [Finding(cannot.code, "settings", params={"value": cannot.says})], None
    return found(workbook, report), report


def found(workbook: Workbook, report: Report) -> list[Finding]:
    """The report's troubles as findings, each said once."""
    findings: list[Finding] = []
    for trouble in report.trouble:
        if trouble.kind == "path" and (trouble.about or "").endswith(_CONVERTERS_OWN):
            continue
        finding = _finding(workbook, trouble)
        if finding not in findings:
            findings.append(finding)
    return findings


def _finding(workbook: Workbook, trouble: Trouble) -> Finding:
    code = CODES[trouble.kind]
    says = _circle(trouble.says) if trouble.kind == "circle" else trouble.says
    params = {"value": says}
    about = trouble.about or ""
    if _ENTITY in about:
        column = _OF_ENTITY.get(about.rpartition("/")[2])
        return Finding(code, "entities", 2, column, params)
    row = names(workbook).get(about.rpartition("/")[2])
    if row is None:
        return Finding(code, "survey", params=params)
    return Finding(code, "survey", row.number, _column(workbook, trouble, row), params)


def _column(workbook: Workbook, trouble: Trouble, row: Row) -> str | None:
    header = workbook["survey"].header
    what = trouble.what or ""
    if what in ("label", "message"):
        language = "en" if "(en)" in (trouble.language or "") else "zh"
        said = f"{'label' if what == 'label' else 'constraint_message'}:{language}"
        return header(said)
    if what == "set":
        return "default" if row["default"] else "calculation"
    if what == "choices" and not row["choice_filter"]:
        return "type"
    return header(_COLUMNS[what]) if what in _COLUMNS else None


def _circle(paths: str) -> str:
    return " → ".join(path.rpartition("/")[2] for path in paths.split())
