"""A form that our screens cannot fill is refused by name: sheet, row, column, and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.forms.convert import convert_file
from server.forms.findings import WORDS, Finding, FormRefused
from server.forms.support import support

Findings = Callable[..., list[Finding]]
PERSON = "| select_one_from_file people.csv | person | 联系谁 | Who | personal | yes | | | | autocomplete |"
CONTACT = "| select_one contact | contact | 怎么联系的 | How | personal | yes |"
NOTE = (
    "| text | note | 还有要说的 | Anything else | personal | | ${contact} != '' | | string-length(.) < 200 |"
)
SEEN = "| contact | seen | 见到 | Seen |"
SETTINGS = "| daily-contact | 每日联系 | 2026112401 | 中文 (zh) |"


def _parameters(kind: str, cell: str) -> str:
    """The end of the header with one more column, and a first question that says something in it."""
    return f"| parameters |\n|  | {kind} | seen | 看 | Look | personal |||||||{cell}|\n"


def _filtered(kind: str, cell: str) -> str:
    """The same with a filter over the choices."""
    return f"| choice_filter |\n|  | {kind} | seen | 看 | Look | personal |||||||{cell}|\n"


def _purpose(name: str, cell: str) -> str:
    """The same with what a field is for."""
    return f"| purpose |\n|  | text | {name} | 看 | Look | personal |||||||{cell}|\n"


# what was changed → code, sheet, row, column
CASES = [
    ((CONTACT, "| txt | contact | 字 | Text | personal |"), "type_unknown", "survey", 4, "type"),
    ((CONTACT, "| | contact | 字 | Text | personal |"), "type_missing", "survey", 4, "type"),
    ((CONTACT, "| select_one | contact | 字 | Text | personal |"), "list_missing", "survey", 4, "type"),
    (("select_one contact", "select_one how"), "list_unknown", "survey", 4, "type"),
    (("people.csv | person", "people.csv or_other | person"), "or_other_refused", "survey", 3, "type"),
    (("people.csv", "peple.csv"), "file_unknown", "survey", 3, "type"),
    ((NOTE, "| text | | 字 | Text | personal |"), "name_missing", "survey", 5, "name"),
    ((NOTE, "| text | 备注 | 字 | Text | personal |"), "name_bad", "survey", 5, "name"),
    ((NOTE, "| text | counts_x | 字 | Text | personal |"), "name_reserved", "survey", 5, "name"),
    ((NOTE, "| text | person | 字 | Text | personal |"), "name_twice", "survey", 5, "name"),
    (("Anything else", ""), "label_missing", "survey", 5, "label::English (en)"),
    (("还有要说的", ""), "label_missing", "survey", 5, "label::中文 (zh)"),
    (("Anything else | personal", "Anything else | "), "class_missing", "survey", 5, "data_class"),
    (("Anything else | personal", "Anything else | secret"), "class_unknown", "survey", 5, "data_class"),
    (("Anything else | personal", "Anything else | none"), "class_differs", "survey", 5, "data_class"),
    (("| text | note |", "| text | diary |"), "purpose_missing", "survey", 5, "purpose"),
    (("| hint::中文 (zh) |\n", _purpose("seen", "curiosity")), "purpose_unknown", "survey", 2, "purpose"),
    (("| hint::中文 (zh) |\n", _purpose("note", "reach")), "purpose_differs", "survey", 2, "purpose"),
    (("multiline", "signature"), "appearance_unknown", "survey", 5, "appearance"),
    (("${contact} != ''", "${kontact} != ''"), "question_unknown", "survey", 5, "relevant"),
    (("Anything else", "About ${nobody}"), "question_unknown", "survey", 5, "label::English (en)"),
    (("string-length(.)", "string-lenght(.)"), "function_unknown", "survey", 5, "constraint"),
    (("string-length(.) < 200", "(string-length(.) < 200"), "expression_open", "survey", 5, "constraint"),
    (("${contact} != ''", "${contact} != 'a"), "expression_open", "survey", 5, "relevant"),
    ((NOTE, "| calculate | note | | | personal |"), "calculation_missing", "survey", 5, "calculation"),
    ((NOTE, "| begin_group | g | 组 | Group | none |"), "group_not_closed", "survey", 5, "type"),
    ((NOTE, "| end_group |"), "group_not_open", "survey", 5, "type"),
    ((NOTE, "| end group | | | | |"), "group_not_open", "survey", 5, "type"),
    (("save_to", "saveto"), "column_unknown", "survey", 1, "saveto"),
    (
        ("| hint::中文 (zh) |\n", "| autoplay |\n|  | text | note | 字 | T | personal |||||||x|\n"),
        "column_refused",
        "survey",
        2,
        "autoplay",
    ),
    (("| hint::中文 (zh) |\n", _parameters("text", "x=1")), "parameter_unknown", "survey", 2, "parameters"),
    (
        ("| hint::中文 (zh) |\n", _parameters("image", "max-pixels=1600 app=cam")),
        "parameter_refused",
        "survey",
        2,
        "parameters",
    ),
    (("| hint::中文 (zh) |\n", _parameters("image", "")), "parameter_missing", "survey", 2, "parameters"),
    (
        ("| hint::中文 (zh) |\n", _parameters("image", "max-pixels=big")),
        "parameter_bad",
        "survey",
        2,
        "parameters",
    ),
    (
        ("| hint::中文 (zh) |\n", _parameters("audio", "quality=external")),
        "parameter_bad",
        "survey",
        2,
        "parameters",
    ),
    (
        ("| hint::中文 (zh) |\n", _filtered("text", "name = 'seen'")),
        "filter_not_here",
        "survey",
        2,
        "choice_filter",
    ),
    (
        (
            "| hint::中文 (zh) |\n",
            _filtered("select_one_from_file places.csv", "kind = 'square' or owner = ''"),
        ),
        "filter_column_unknown",
        "survey",
        2,
        "choice_filter",
    ),
    (
        ("| hint::中文 (zh) |\n", _filtered("select_one_from_file places.csv", "community = ${nobody}")),
        "question_unknown",
        "survey",
        2,
        "choice_filter",
    ),
    ((SEEN, "| contact | seen | 见到 | |"), "label_missing", "choices", 2, "label::English (en)"),
    ((SEEN, "| contact | see n | 见到 | Seen |"), "choice_bad", "choices", 2, "name"),
    (("| contact | phone |", "| contact | seen |"), "choice_twice", "choices", 3, "name"),
    ((SEEN, "| contact | looked | 见到 | Seen |"), "answer_unknown", "survey", 4, "type"),
    ((SETTINGS, "| visit | 看 | 2026112401 | 中文 (zh) |"), "form_id_differs", "settings", 2, "form_id"),
    ((SETTINGS, "| daily-contact | 看 | v2 | 中文 (zh) |"), "version_bad", "settings", 2, "version"),
    ((SETTINGS, "| daily-contact | 看 | 2026112401 | |"), "language_bad", "settings", 2, "default_language"),
    ((CONTACT, ""), "bind_unknown", "survey", None, "name"),
    ((CONTACT, ""), "duty_unknown_question", "survey", None, "name"),
    (("| settings |", "| sittings |"), "sheet_missing", "settings", None, None),
    (
        ("${contact} != '' | | string-length(.) < 200 | multiline |", "| | | | consent |"),
        "save_to_nowhere",
        "survey",
        5,
        "save_to",
    ),
]


def test_the_good_form_has_no_findings(findings: Findings) -> None:
    assert findings() == []


@pytest.mark.parametrize(("change", "code", "sheet", "row", "column"), CASES, ids=[c[1] for c in CASES])
def test_a_bad_cell_is_named_with_sheet_row_and_column(
    findings: Findings,
    change: tuple[str, str],
    code: str,
    sheet: str,
    row: int | None,
    column: str | None,
) -> None:
    found = findings(change)
    assert (code, sheet, row, column) in [(each.code, each.sheet, each.row, each.column) for each in found]
    for each in found:
        for language in ("zh", "en"):
            assert "{" not in each.words(language)
            assert each.words(language).endswith(("。", "."))
            assert each.where(language)


ENTITIES = (
    "\n| entities | list_name | entity_id | update_if |\n|  | people | ${person} | ${contact} != '' |\n"
)


@pytest.mark.parametrize(
    ("save_to", "entities", "code"),
    [
        ("hobby", ENTITIES, "property_unknown"),
        ("self_care", ENTITIES, "property_class"),
        ("phone", ENTITIES.replace("people", "friends"), "entity_list_unknown"),
        ("phone", ENTITIES + "|  | people | ${person} | true() |\n", "entities_one"),
        ("phone", ENTITIES.replace("${person}", "${persona}"), "question_unknown"),
    ],
)
def test_what_a_form_saves_to_a_list_must_be_a_property_of_that_class(
    findings: Findings, save_to: str, entities: str, code: str
) -> None:
    found = findings(
        ("multiline |", f"multiline | {save_to} |"),
        ("\n| settings |", f"{entities}\n| settings |"),
    )
    assert [each.code for each in found] == [code]


@pytest.mark.parametrize("kind", support().refused.types)
def test_a_type_that_is_refused_is_refused_by_name_with_its_reason(findings: Findings, kind: str) -> None:
    [found] = findings((NOTE, f"| {kind} | note | 题 | Question | personal |"))
    assert (found.code, found.where("en")) == ("type_refused", "sheet survey, row 5, column type")
    because = support().refused.types[kind]
    assert because["zh"] in found.words("zh")
    assert because["en"] in found.words("en")


@pytest.mark.parametrize("word", support().refused.appearances)
def test_an_appearance_that_is_refused_is_refused_by_name_with_its_reason(
    findings: Findings, word: str
) -> None:
    [found] = findings(("multiline", word))
    assert (found.code, found.where("en")) == ("appearance_refused", "sheet survey, row 5, column appearance")
    assert support().refused.appearances[word]["en"] in found.words("en")


@pytest.mark.parametrize("name", support().refused.parameters)
def test_a_parameter_that_is_refused_is_refused_by_name_with_its_reason(
    findings: Findings, name: str
) -> None:
    found = findings(("| hint::中文 (zh) |\n", _parameters("text", f"{name}=1")))
    [refused] = [each for each in found if each.code == "parameter_refused"]
    assert (refused.row, refused.column) == (2, "parameters")
    assert support().refused.parameters[name]["zh"] in refused.words("zh")


@pytest.mark.parametrize("name", support().refused.columns)
def test_a_column_that_is_refused_is_refused_by_name_with_its_reason(findings: Findings, name: str) -> None:
    row = "| hint::中文 (zh) |\n", f"| {name} |\n|  | text | note | 字 | T | personal |||||||x|\n"
    found = [each for each in findings(row) if each.code == "column_refused"]
    assert [(each.row, each.column) for each in found] == [(2, name)]
    assert support().refused.columns[name]["en"] in found[0].words("en")


def test_nothing_is_said_to_work_and_to_be_refused() -> None:
    said = support()
    assert not said.types.keys() & said.refused.types.keys()
    used = {word for one in said.types.values() for word in one.appearances}
    assert not used & said.refused.appearances.keys()


def test_a_field_that_the_list_does_not_have_may_be_declared_with_its_class_and_purpose(
    findings: Findings,
) -> None:
    assert findings(("| hint::中文 (zh) |\n", _purpose("seen", "look-in"))) == []


def test_several_bad_cells_are_told_at_once(findings: Findings) -> None:
    found = findings(("Anything else", ""), ("multiline", "signature"), ("2026112401", "one"))
    assert {each.code for each in found} == {"label_missing", "appearance_unknown", "version_bad"}


def test_bytes_that_are_no_workbook_are_refused_in_words() -> None:
    for source, suffix in ((b"\x00\x01", ".xlsx"), (b"hello", ".md"), (b"\xff\xfe", ".csv"), (b"x", ".pdf")):
        with pytest.raises(FormRefused) as refused:
            convert_file(source, suffix)
        assert [each.code for each in refused.value.findings] == ["not_a_workbook"]


def test_a_form_of_no_programme_is_refused(good: str) -> None:
    with pytest.raises(FormRefused) as refused:
        convert_file(good.replace("daily-contact", "secret-survey").encode(), ".md")
    assert [each.code for each in refused.value.findings] == ["form_unknown"]


def test_what_only_odks_converter_sees_is_told_with_its_own_words(good: str) -> None:
    entities = "| entities | list_name | create_if |\n|  | people | ${contact} != '' |\n"
    with pytest.raises(FormRefused) as refused:
        convert_file((good + "\n" + entities).encode(), ".md")
    (finding,) = refused.value.findings
    assert (finding.code, finding.sheet) == ("not_converted", "entities")
    assert "label" in finding.words("zh")


def test_every_finding_speaks_both_languages() -> None:
    for code, (zh, en) in WORDS.items():
        assert zh, code
        assert en, code
        assert en[0].isascii(), code
