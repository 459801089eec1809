"""Is this workbook one that our screens can fill? Every finding, with sheet, row, column and what to do.

Checked before ODK's converter runs, so that its English sentences are the last resort. Checked against
three things: what the phone can show (``support.yaml``), what the county may ask (``fields.yaml``), and what
the programme says of the form (``programme.yaml``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from server.forms import check_survey
from server.forms.expressions import scan
from server.forms.findings import Finding
from server.forms.support import OUR_SHEETS, asked, support
from server.forms.workbook import Sheet, Workbook
from server.programmes.allow_list import allow_list
from server.programmes.programme import Duty, FormSpec

LANGUAGES = (("zh", "中文 (zh)"), ("en", "English (en)"))
_VERSION_DIGITS = 10


def check(
    workbook: Workbook, spec: FormSpec, duties: tuple[Duty, ...], lists: Mapping[str, Collection[str]]
) -> list[Finding]:
    """Everything that keeps this workbook from being published; empty when it may be.

    ``lists``: the files that a question may choose from, with their columns.
    """
    missing = [
        Finding("sheet_missing", name, params={"value": name})
        for name in ("survey", "settings")
        if not workbook[name].rows
    ]
    if missing:
        return missing
    columns = [finding for name in OUR_SHEETS for finding in _columns(workbook, workbook[name])]
    return [
        *columns,
        *_settings(workbook, spec),
        *check_survey.check(workbook, spec, lists),
        *_choices(workbook["choices"]),
        *_entities(workbook),
        *_programme(workbook, spec, duties),
    ]


def _columns(workbook: Workbook, sheet: Sheet) -> Iterator[Finding]:
    refused = support().refused.columns
    known = support().columns[sheet.name] | (
        check_survey.filters(workbook) if sheet.name == "choices" else set()
    )
    needed = {"survey": ("type", "name"), "choices": ("list_name", "name")}.get(sheet.name, ())
    for column in needed:
        if sheet.rows and column not in sheet.headers:
            yield Finding("column_missing", sheet.name, 1, column, {"value": column})
    for column, header in sheet.headers.items():
        if column in known:
            continue
        because = refused.get(column.split(":")[0])
        if because is None:
            yield Finding("column_unknown", sheet.name, 1, header, {"value": header})
        else:
            yield from (
                Finding("column_refused", sheet.name, row.number, header, {"value": header, **because})
                for row in sheet
                if row[column]
            )


def _settings(workbook: Workbook, spec: FormSpec) -> Iterator[Finding]:
    row = workbook["settings"].rows[0]

    def finding(code: str, column: str, **params: str) -> Finding:
        return Finding(code, "settings", row.number, column, {"value": row[column], **params})

    if row["form_id"] != spec.key:
        yield finding("form_id_differs", "form_id", expected=spec.key)
    if not (row["version"].isascii() and row["version"].isdigit() and len(row["version"]) == _VERSION_DIGITS):
        yield finding("version_bad", "version")
    if row["default_language"] != LANGUAGES[0][1]:
        yield finding("language_bad", "default_language")


def _choices(sheet: Sheet) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for row in sheet:
        if not any(row.cells.values()):
            continue
        name = row["name"]
        if not row["list_name"]:
            yield Finding("name_missing", "choices", row.number, "list_name")
        if not name:
            yield Finding("name_missing", "choices", row.number, "name")
        elif len(name.split()) != 1 or len(name) > 64:
            yield Finding("choice_bad", "choices", row.number, "name", {"value": name})
        elif (first := seen.setdefault((row["list_name"], name), row.number)) != row.number:
            yield Finding("choice_twice", "choices", row.number, "name", {"value": name, "first": first})
        yield from check_survey.labels(sheet, row)


def _entities(workbook: Workbook) -> Iterator[Finding]:
    sheet, lists = workbook["entities"], allow_list().lists
    for row in sheet.rows[1:]:
        yield Finding("entities_one", "entities", row.number)
    for row in sheet.rows[:1]:
        if row["list_name"] not in lists:
            params = {"value": row["list_name"], "known": ", ".join(lists)}
            yield Finding("entity_list_unknown", "entities", row.number, "list_name", params)
        for column in ("entity_id", "create_if", "update_if", "label"):
            yield from check_survey.expression(workbook, sheet, row, column)


def _programme(workbook: Workbook, spec: FormSpec, duties: tuple[Duty, ...]) -> Iterator[Finding]:
    """What programme.yaml says of the form must be there: the facts' questions, their answers, the duties."""
    names = check_survey.names(workbook)
    roles = {
        "subject": spec.binds.subject,
        "door": spec.binds.door,
        "place": spec.binds.place,
        "volunteers": spec.binds.volunteers,
    }
    for role, question in roles.items():
        if question is not None and question not in names:
            yield Finding("bind_unknown", "survey", None, "name", {"role": role, "value": question})
    if spec.binds.door in names:
        row = names[str(spec.binds.door)]
        offered = {
            each["name"] for each in workbook["choices"] if each["list_name"] == asked(row["type"]).list
        }
        for answer in (*spec.met, *spec.phone, *spec.tried):
            if answer not in offered:
                params = {"value": answer, "question": spec.binds.door}
                yield Finding("answer_unknown", "survey", row.number, "type", params)
    for duty in duties:
        for question in sorted(scan(duty.counts_when[spec.key]).questions - names.keys()):
            params = {"duty": duty.key, "value": question}
            yield Finding("duty_unknown_question", "survey", None, "name", params)
