"""What was found in a workbook, as the desk is told of it; see ``schemas``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from server.base import clock
from server.forms.compared import Compared
from server.forms.findings import Finding
from server.forms.look_over import LookedOver
from server.forms.service import Published
from server.forms.workbook import SHEETS, Sheet, Workbook
from server.programmes.programme import form_specs


def looked_over(looked: LookedOver, against: Compared | None) -> dict[str, Any]:
    """The answer of ``check``."""
    findings = [*looked.findings, *(against.findings if against else ())]
    key = looked.workbook.setting("form_id") if looked.workbook else ""
    spec = form_specs().get(key)
    return {
        "form": key or None,
        "version": (looked.workbook.setting("version") if looked.workbook else "") or None,
        "title": spec and spec.title.json(),
        "one_page": spec is not None and spec.one_page,
        "publishable": looked.converted is not None
        and not any(each.severity == "error" for each in findings),
        "findings": [each.json() for each in findings],
        "sheets": _sheets(looked.workbook),
        "changed": [asdict(each) for each in looked.changed],
        "xform": looked.converted and looked.converted.xform.decode(),
        "lists": looked.lists,
        "sizes": looked.sizes and asdict(looked.sizes),
        "diff": against and _diff(against),
    }


def published(done: Published, looked: LookedOver, findings: Sequence[Finding]) -> dict[str, Any]:
    """The answer of ``publish``."""
    return {
        **asdict(done),
        "changed": [asdict(each) for each in looked.changed],
        "findings": [each.json() for each in findings],
    }


def _sheets(workbook: Workbook | None) -> list[dict[str, Any]]:
    return [_sheet(workbook[name]) for name in SHEETS if workbook[name].headers] if workbook else []


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "header": list(sheet.headers.values()),
        "rows": [[row[column] for column in sheet.headers] for row in sheet],
    }


def _diff(against: Compared) -> dict[str, Any]:
    return {
        "against": {"version": against.version, "published_at": clock.iso(against.published_at)},
        "changes": [
            {
                "code": each.code,
                "name": each.name,
                "attention": each.attention,
                "zh": each.words("zh"),
                "en": each.words("en"),
                "meaning_zh": each.meaning("zh"),
                "meaning_en": each.meaning("en"),
            }
            for each in against.differences
        ],
    }
