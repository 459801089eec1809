"""From a form's table to the XForm that phones fill and the definition by which the server reads it.

pyxform, ODK's own converter, does the work; publishing adds the hidden calculations ``counts_<duty>`` from
the programme's ``counts_when`` and the steps of ``publishing_steps``. The definition is read off the same
table, and every path in it is held against the XForm's binds, so that the two cannot tell different stories.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from defusedxml.minidom import parseString
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData
from pyxform.xls2xform import convert as pyxform_convert

from server.forms import check_media, media_columns, or_other, publishing_steps
from server.forms.check import check
from server.forms.definition import Definition
from server.forms.describe import ROOT, describe
from server.forms.findings import Finding, FormRefused
from server.forms.media import Medium, look
from server.forms.workbook import SUFFIXES, NotAWorkbook, Workbook, read
from server.programmes.programme import Duty, FormSpec, duties_of, form_specs

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|entities|settings)'")


@dataclass(frozen=True)
class Converted:
    """A form ready to be published."""

    xform: bytes
    definition: Definition
    media: tuple[Medium, ...] = ()  # the files that it carries, by name
    others: tuple[str, ...] = ()  # questions whose `or_other` was written out

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.xform).hexdigest()


def convert_file(source: bytes, suffix: str, media: Mapping[str, bytes] = MappingProxyType({})) -> Converted:
    """Convert a workbook of one of the programmes' forms, with its files by name; raises FormRefused with
    every finding."""
    return convert_workbook(open_workbook(source, suffix), media)


def convert_workbook(workbook: Workbook, media: Mapping[str, bytes]) -> Converted:
    """The same of a workbook that has been read."""
    key = workbook.setting("form_id")
    spec = form_specs().get(key)
    if spec is None:
        raise FormRefused([Finding("form_unknown", "settings", 2, "form_id", {"value": key})])
    return convert(workbook, spec, duties_of(key), media)


def convert_spec(spec: FormSpec) -> Converted:
    """Convert a programme's own form."""
    workbook = open_workbook(spec.table.read_bytes(), spec.table.suffix)
    return convert(workbook, spec, duties_of(spec.key), files_beside(spec.table))


def files_beside(table: Path) -> dict[str, bytes]:
    """The files that lie beside a workbook in the folder ``<its name>-media``, as ODK's tools have them."""
    folder = table.with_name(f"{table.stem}-media")
    if not folder.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}


def convert(
    workbook: Workbook,
    spec: FormSpec,
    duties: tuple[Duty, ...],
    given: Mapping[str, bytes] = MappingProxyType({}),
) -> Converted:
    """Check and convert; raises FormRefused with every finding."""
    others = or_other.others(workbook)
    workbook = or_other.spread(workbook)
    media, findings = look(given)
    findings += check_media.check(workbook, media, given)
    findings += check(workbook, spec, duties, check_media.columns(media))
    if findings:
        raise FormRefused(findings)
    carried = tuple(media.values())
    warnings: list[str] = []
    try:
        result = pyxform_convert(
            _with_counts(workbook, spec, duties), warnings=warnings, form_name=ROOT, pretty_print=True
        )
    except PyXFormError as error:
        raise FormRefused([_from_pyxform(workbook, str(error))]) from error
    if warnings:
        raise FormRefused([_from_pyxform(workbook, warning) for warning in warnings])
    of_groups = media_columns.of_groups(workbook["survey"], f"/{ROOT}")
    xform = publishing_steps.apply(result.xform, carried, of_groups)
    definition = describe(workbook, spec, duties, media)
    _hold_together(definition, xform)
    return Converted(xform, definition, carried, others)


def open_workbook(source: bytes, suffix: str) -> Workbook:
    """Read a workbook; raises FormRefused when it is none."""
    if suffix not in SUFFIXES:
        raise FormRefused([Finding("not_a_workbook", "survey")])
    try:
        return read(source, suffix)
    except NotAWorkbook as error:
        raise FormRefused([Finding("not_a_workbook", "survey")]) from error


def _with_counts(workbook: Workbook, spec: FormSpec, duties: tuple[Duty, ...]) -> dict[str, Any]:
    """The workbook as pyxform takes it, with one hidden calculation a duty at the end of the survey."""
    source = workbook.source
    said: dict[str, Any] = {name: getattr(source, name) for name in DefinitionData.__slots__}
    said |= media_columns.spread(workbook, said)
    said["survey"] = [
        *(_bound(row) for row in said["survey"] or ()),
        *(
            {
                "type": "calculate",
                "name": duty.field,
                "calculation": f"if({duty.counts_when[spec.key]}, 1, 0)",
            }
            for duty in duties
        ),
    ]
    headers = dict((said["survey_header"] or [{}])[0])
    said["survey_header"] = [headers | {"calculation": None}]
    for part in ("entities", "entities_header"):  # the one sheet in which pyxform takes no remarks
        said[part] = [_without_remark(row) for row in said[part] or ()] or said[part]
    return said


def _bound(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """pyxform gives ``trigger``, the old name of ``acknowledge``, no bind."""
    return {**row, "type": "acknowledge"} if str(row.get("type", "")).strip() == "trigger" else row


def _without_remark(row: Mapping[str, Any]) -> dict[str, Any]:
    return {header: cell for header, cell in row.items() if header.strip().lower() != "remark"}


def _from_pyxform(workbook: Workbook, message: str) -> Finding:
    """pyxform names the row as it was given it, and often the sheet, in its sentence."""
    row, sheet = _ROW.search(message), _SHEET.search(message)
    name = sheet.group(1) if sheet else "survey"
    rows = workbook[name].rows
    at = int(row.group(1)) - 2 if row else None
    number = at + 2 if at is not None else None
    if at is not None and at < len(rows):
        number = rows[at].number
    return Finding("not_converted", name, number, params={"value": message})


def _hold_together(definition: Definition, xform: bytes) -> None:
    """Every field of the definition is a node of the XForm's instance."""
    bound = {bind.getAttribute("nodeset") for bind in parseString(xform).getElementsByTagName("bind")}
    if adrift := sorted(definition.by_path.keys() - bound):
        raise RuntimeError(f"{definition.form}: the XForm does not bind {adrift}")
