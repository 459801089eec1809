"""The sheet ``survey``, row by row: types, names, labels, classes, expressions, groups, what a list keeps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from server.forms.expressions import questions_in_text, scan
from server.forms.findings import Finding
from server.forms.media import LIST, kind_of
from server.forms.support import Asked, Because, asked, support
from server.forms.workbook import Row, Sheet, Workbook
from server.programmes.allow_list import Listed, allow_list
from server.programmes.programme import CLASSES, FormSpec

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
RESERVED = ("meta", "data", "row_id")
EXPRESSIONS = (
    "required", "relevant", "calculation", "trigger", "constraint", "default", "read_only", "repeat_count",
    "choice_filter",
)  # fmt: skip
_TEXTS = ("label:zh", "label:en", "hint:zh", "hint:en", "constraint_message:zh", "constraint_message:en")
_SAY_YES_OR_NO = {"", "yes", "no", "true", "false", "true()", "false()"}
_LANGUAGE_WORDS = {"zh": "中文 / Chinese", "en": "英文 / English"}


def check(workbook: Workbook, spec: FormSpec, lists: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Every finding in the survey. ``lists``: the files that it may choose from, with their columns."""
    sheet = workbook["survey"]
    seen: dict[str, int] = {}
    open_groups: list[Row] = []
    for row in sheet:
        if not any(row.cells.values()):
            continue
        kind = asked(row["type"])
        yield from _type(workbook, row, kind, lists)
        if kind.closes:
            if not open_groups:
                yield Finding("group_not_open", "survey", row.number, "type")
            else:
                open_groups.pop()
            continue
        if kind.opens:
            open_groups.append(row)
        yield from _name(row, seen)
        if not _silent(kind):
            yield from labels(sheet, row)
        yield from _class(row, kind, spec)
        yield from _appearance(row, kind)
        yield from _parameters(row, kind)
        if kind.base == "calculate" and not row["calculation"]:
            yield Finding("calculation_missing", "survey", row.number, "calculation")
        for column in EXPRESSIONS:
            if not (column in ("required", "read_only") and row[column].lower() in _SAY_YES_OR_NO):
                yield from expression(workbook, sheet, row, column)
        yield from _filter(workbook, row, kind, spec, lists)
        yield from _texts(workbook, sheet, row)
        yield from _save_to(workbook, row)
    for row in open_groups:
        yield Finding("group_not_closed", "survey", row.number, "type")


def names(workbook: Workbook) -> dict[str, Row]:
    """The rows of the survey by name, the first where a name is used twice."""
    found: dict[str, Row] = {}
    for row in workbook["survey"]:
        if row["name"]:
            found.setdefault(row["name"], row)
    return found


def in_repeats(workbook: Workbook) -> frozenset[str]:
    """The questions that stand in a repeat."""
    found: list[str] = []
    open_groups: list[str] = []
    for row in workbook["survey"]:
        kind = asked(row["type"])
        if kind.opens:
            open_groups.append(kind.base)
        elif kind.closes:
            open_groups = open_groups[:-1]
        elif "begin_repeat" in open_groups:
            found.append(row["name"])
    return frozenset(found)


def filters(workbook: Workbook) -> frozenset[str]:
    """The columns that filters read from the sheet choices."""
    rows = [row for row in workbook["survey"] if row["choice_filter"] and not asked(row["type"]).from_file]
    return frozenset(column for row in rows for column in scan(row["choice_filter"]).columns)


def labels(sheet: Sheet, row: Row) -> Iterator[Finding]:
    """Both languages must be written."""
    for code in ("zh", "en"):
        column = f"label:{code}"
        if not row[column]:
            params = {"language": _LANGUAGE_WORDS[code]}
            yield Finding("label_missing", sheet.name, row.number, sheet.header(column), params)


def expression(workbook: Workbook, sheet: Sheet, row: Row, column: str) -> Iterator[Finding]:
    """An expression's questions exist, its functions are known, its brackets match."""
    found = scan(row[column])
    header = sheet.header(column)
    if not found.closed:
        yield Finding("expression_open", sheet.name, row.number, header)
        return
    known = names(workbook)
    for name in sorted(found.questions - known.keys()):
        yield Finding("question_unknown", sheet.name, row.number, header, {"value": name})
    for name in sorted(found.functions - support().functions):
        yield Finding("function_unknown", sheet.name, row.number, header, {"value": name})


def _silent(kind: Asked) -> bool:
    known = support().types.get(kind.base)
    return known is None or known.silent


def _type(
    workbook: Workbook, row: Row, kind: Asked, lists: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    def finding(code: str, **params: str) -> Finding:
        return Finding(code, "survey", row.number, "type", params)

    if not kind.base:
        yield finding("type_missing")
    elif because := support().refused.types.get(kind.base):
        yield finding("type_refused", value=kind.base, **because)
    elif kind.base not in support().types:
        yield finding("type_unknown", value=row["type"])
    elif kind.or_other:
        yield finding("or_other_refused")
    elif kind.selects and not kind.list:
        yield finding("list_missing")
    elif kind.from_file:
        if kind.list not in lists and kind_of(str(kind.list)) != LIST:
            yield finding("file_unknown", value=str(kind.list), known=", ".join(lists))
    elif kind.selects and (asked_of := questions_in_text(str(kind.list))):
        for name in sorted(asked_of - in_repeats(workbook)):
            yield finding("list_not_in_repeat", value=name)
    elif kind.selects and kind.list not in {each["list_name"] for each in workbook["choices"]}:
        yield finding("list_unknown", value=str(kind.list))


def _name(row: Row, seen: dict[str, int]) -> Iterator[Finding]:
    def finding(code: str, **params: object) -> Finding:
        return Finding(code, "survey", row.number, "name", {"value": name, **params})

    name = row["name"]
    if not name:
        yield finding("name_missing")
    elif not _NAME.fullmatch(name):
        yield finding("name_bad")
    elif name in RESERVED or name.startswith("counts_"):
        yield finding("name_reserved")
    elif (first := seen.setdefault(name, row.number)) != row.number:
        yield finding("name_twice", first=first)


def _class(row: Row, kind: Asked, spec: FormSpec) -> Iterator[Finding]:
    """Every row has its class, and a row that keeps an answer has the class that the allow-list gives it."""

    def finding(code: str, **params: str) -> Finding:
        return Finding(code, "survey", row.number, "data_class", {"value": said, **params})

    said = row["data_class"]
    if not said:
        yield finding("class_missing")
        return
    if said not in CLASSES:
        yield finding("class_unknown")
        return
    known = support().types.get(kind.base)
    if known is None or known.answer is None or not row["name"]:
        return
    listed = allow_list().forms.get(spec.key, {}).get(row["name"])
    if listed is not None and listed.data_class != said:
        yield finding("class_differs", name=row["name"], listed=listed.data_class)
    yield from _purpose(row, listed)


def _purpose(row: Row, listed: Listed | None) -> Iterator[Finding]:
    """What a field is for: the allow-list says it, or the form does for a field of its own."""

    def finding(code: str, value: str, **params: str) -> Finding:
        known = ", ".join(allow_list().purposes)
        return Finding(code, "survey", row.number, "purpose", {"value": value, "known": known, **params})

    said = row["purpose"]
    if said and said not in allow_list().purposes:
        yield finding("purpose_unknown", said)
    elif listed is None and not said:
        yield finding("purpose_missing", row["name"])
    elif listed is not None and said not in ("", listed.purpose):
        yield finding("purpose_differs", said, name=row["name"], listed=listed.purpose)


def _appearance(row: Row, kind: Asked) -> Iterator[Finding]:
    known = support().types.get(kind.base)
    for word in row["appearance"].split() if known else ():
        if known and word not in known.appearances:
            yield _refused(row, "appearance", word, support().refused.appearances, known.appearances)


def _parameters(row: Row, kind: Asked) -> Iterator[Finding]:
    """Said as ODK says them: ``max-pixels=1600``, several with a blank, comma or semicolon between."""

    def finding(code: str, value: str, **params: str) -> Finding:
        return Finding(code, "survey", row.number, "parameters", {"value": value, **params})

    known = support().types.get(kind.base)
    if known is None:
        return
    said = dict(_parameter(part) for part in re.split(r"[\s,;]+", row["parameters"]) if part)
    for name, value in said.items():
        if name not in known.parameters:
            yield _refused(row, "parameter", name, support().refused.parameters, known.parameters)
            continue
        offered = known.parameters[name]
        if not _fits(value, offered):
            words = _EXAMPLES[offered] if isinstance(offered, str) else ", ".join(sorted(offered))
            yield finding("parameter_bad", value, name=name, known=words)
    for name in known.needs:
        if name not in said:
            yield finding("parameter_missing", name)


def _parameter(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip().lower(), value.strip().lower()


_EXAMPLES = {"number": "1600", "decimal": "0.5", "column": "name"}
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)


def _fits(value: str, offered: frozenset[str] | str) -> bool:
    if not isinstance(offered, str):
        return value in offered
    if offered == "column":
        return value != ""  # whether the list has it is seen where its file is read
    if offered == "decimal":
        return _DECIMAL.fullmatch(value) is not None
    return value.isascii() and value.isdigit() and len(value) <= 5 and int(value) > 0


def _refused(
    row: Row, what: str, value: str, refused: Mapping[str, Because], known: Collection[str]
) -> Finding:
    """With its reason where there is one; else it is unknown, and what is known is named."""
    params = {"value": value, "known": ", ".join(sorted(known)) or "—"}
    because = refused.get(value)
    code = f"{what}_unknown" if because is None else f"{what}_refused"
    return Finding(code, "survey", row.number, _CELLS[what], {**params, **(because or {})})


_CELLS = {"appearance": "appearance", "parameter": "parameters"}


def _filter(
    workbook: Workbook, row: Row, kind: Asked, spec: FormSpec, lists: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """A filter reads the columns of its list: those of a file, or those of the sheet choices."""

    def finding(code: str, **params: str) -> Finding:
        return Finding(code, "survey", row.number, "choice_filter", params)

    if not row["choice_filter"]:
        return
    if not kind.selects or row["name"] == spec.binds.door:
        yield finding("filter_not_here")
        return
    known = set(lists.get(str(kind.list), ()) if kind.from_file else workbook["choices"].headers)
    if not known:
        return  # said once, at the type
    for column in sorted(scan(row["choice_filter"]).columns - known):
        yield finding("filter_column_unknown", value=column, known=", ".join(sorted(known)))


def _texts(workbook: Workbook, sheet: Sheet, row: Row) -> Iterator[Finding]:
    known = names(workbook)
    for column in _TEXTS:
        for name in sorted(questions_in_text(row[column]) - known.keys()):
            yield Finding("question_unknown", "survey", row.number, sheet.header(column), {"value": name})


def _save_to(workbook: Workbook, row: Row) -> Iterator[Finding]:
    """A property that a form writes must be one that the list has, and be guarded there as it is here."""

    def finding(code: str, **params: str) -> Finding:
        return Finding(code, "survey", row.number, "save_to", {"value": row["save_to"], **params})

    if not row["save_to"]:
        return
    entities = workbook["entities"].rows
    if not entities:
        yield finding("save_to_nowhere")
        return
    name = entities[0]["list_name"]
    listed = allow_list().lists.get(name)
    if listed is None:
        return  # said once, at the sheet entities
    target = listed.properties.get(row["save_to"])
    if target is None:
        yield finding("property_unknown", list=name)
    elif target.data_class != row["data_class"]:
        yield finding("property_class", list=name, listed=target.data_class, here=row["data_class"])
