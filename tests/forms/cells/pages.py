"""The cells' form: its screens with their questions, in order. All cells are in one form, so that a browser
opens, leaves and finishes one; each cell has a question and an answer of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from server.forms.support import Support
from tests.forms.cells.answers import Chosen, Read, Typed, Untouched
from tests.forms.cells.cells import Cell, works
from tests.forms.cells.functions import FUNCTIONS, field_of
from tests.forms.cells.questions import TYPES, How, Like, question_of

MOST_ON_A_PAGE: Final = 6


@dataclass(frozen=True)
class Question:
    name: str
    type: str  # as the column says it, with its list
    how: How
    cells: tuple[Cell, ...]
    appearance: str = ""


@dataclass(frozen=True)
class Page:
    """A group of the form. ``cells`` are those that the group itself shows."""

    name: str
    label: tuple[str, str]
    questions: tuple[Question, ...]
    appearance: str = "field-list"
    opens: str = "begin_group"
    cells: tuple[Cell, ...] = ()
    count: str = ""
    rows: int = 1  # of a repeat: those beyond the first are added

    @property
    def repeats(self) -> bool:
        return self.opens == "begin_repeat"


def pages(said: Support) -> list[Page]:
    """Every cell of a type or a function, and every column that a question shows."""
    asked = [_asked(cell) for cell in works(said) if cell.kind in ("type", "appearance", "parameter")]
    by_type: dict[str, list[Question]] = {}
    for question in asked:
        if question is not None:
            by_type.setdefault(question.cells[0].of, []).append(question)
    return [
        Page("", ("", ""), (EXISTING,), appearance="", opens=""),
        *(page for name, questions in by_type.items() for page in _pages_of(name, questions)),
        *_groups(),
        *_columns(),
        _functions(said),
    ]


def _asked(cell: Cell) -> Question | None:
    how = question_of(cell)
    if how is None:
        return None
    words = re.sub(r"[^a-z0-9]", "_", cell.name)
    kind = f"{cell.of} {how.list}".strip()
    appearance = cell.name if cell.kind == "appearance" else ""
    of = _SHORT.get(cell.of, cell.of)
    name = f"{of}_{words}".rstrip("_")
    return Question(name, kind, how, (cell,), appearance)


EXISTING: Final = Question(  # what place-card is about; a new place, where it is left out
    "existing",
    "select_one_from_file places.csv",
    How(("名单里已有这个地点？", "Already on the list?"), Read(), ""),
    (),
    "autocomplete",
)
_SHORT: Final = {
    "dateTime": "date_time",
    "select_one_from_file": "one_from_file",
    "select_multiple_from_file": "many_from_file",
}
_TABLED: Final = ("label", "list-nolabel")


def _pages_of(kind: str, questions: list[Question]) -> Iterator[Page]:
    silent = [each for each in questions if isinstance(each.how.answer, Untouched)]
    if silent:
        yield Page("", ("", ""), tuple(silent), appearance="", opens="")
        return
    alone = [each for each in questions if each.how.alone]
    tabled = [each for each in questions if each.appearance in _TABLED]
    rest = [each for each in questions if each not in alone and each not in tabled]
    for number, start in enumerate(range(0, len(rest), MOST_ON_A_PAGE), start=1):
        part = tuple(rest[start : start + MOST_ON_A_PAGE])
        yield Page(f"page_{kind}_{number}", (f"{kind} {number}", f"{kind} {number}"), part)
    if tabled:
        yield Page(f"page_{kind}_table", (f"{kind} 一张表", f"{kind} in a table"), tuple(tabled))
    for question in alone:
        yield Page("", ("", ""), (question,), appearance="", opens="")


def _groups() -> Iterator[Page]:
    yield Page(
        "plain_group",
        ("一般的组", "A plain group"),
        (Question("plain_group_text", "text", TYPES["text"], ()),),
        appearance="",
        cells=(Cell("type", "begin_group", ""), Cell("type", "end_group", "")),
    )
    yield Page(
        "one_screen",
        ("一屏几题", "Several on a screen"),
        tuple(Question(f"one_screen_{each}", each, TYPES[each], ()) for each in ("text", "integer")),
        cells=(Cell("appearance", "begin_group", "field-list"),),
    )
    yield Page(
        "table",
        ("这一周", "This week"),
        tuple(
            Question(f"table_{each}", "select_one food", TYPES["select_one"], ())
            for each in ("morning", "noon")
        ),
        appearance="table-list",
        cells=(Cell("appearance", "begin_group", "table-list"),),
    )
    yield Page(
        "rows",
        ("客人", "Guest"),
        (
            Question("rows_text", "text", TYPES["text"], ()),
            Question("rows_integer", "integer", TYPES["integer"], ()),
        ),
        opens="begin_repeat",
        rows=2,
        cells=(
            Cell("type", "begin_repeat", ""),
            Cell("type", "end_repeat", ""),
            Cell("appearance", "begin_repeat", "field-list"),
        ),
    )


PICTURE: Final = "wash.png"
SOUND: Final = "wash.wav"
FILM: Final = "turn.mp4"
_MEDIA: Final = {
    "image": (PICTURE, ".label-picture"),
    "big-image": ("large.png", ".enlarge .label-picture"),
    "audio": (SOUND, ".label-files .player"),
    "video": (FILM, ".label-film"),
}


def _columns() -> Iterator[Page]:
    survey = [*_words(), *_rules()]
    for number, start in enumerate(range(0, len(survey), MOST_ON_A_PAGE), start=1):
        part = tuple(survey[start : start + MOST_ON_A_PAGE])
        yield Page(f"columns_{number}", (f"列 {number}", f"Columns {number}"), part)
    yield Page(
        "counted",
        ("每一位", "Each of them"),
        (Question("counted_text", "text", TYPES["text"], ()),),
        opens="begin_repeat",
        count="${column_count}",
        cells=(_survey("repeat_count"),),
    )


def _survey(name: str) -> Cell:
    return Cell("column", "survey", name)


def _text(name: str, cells: tuple[str, ...], **changes: object) -> Question:
    how = How(("怎么称呼", "What to call them"), Typed("老耿"), "老耿", **changes)  # type: ignore[arg-type]
    return Question(f"column_{name}", "text", how, tuple(_survey(cell) for cell in cells))


def _words() -> Iterator[Question]:
    yield _text("label", ("type", "name", "label:zh", "label:en"), shows=("怎么称呼", "What to call them"))
    yield _text(
        "hint",
        ("hint:zh", "hint:en"),
        columns={"hint:zh": "写平时的叫法", "hint:en": "As they are called at home"},
        shows=("写平时的叫法", "As they are called at home"),
    )
    guidance = "牙口不好的选软的"
    yield _text(
        "guidance", ("guidance_hint",), columns={"guidance_hint": guidance}, shows=(guidance, guidance)
    )
    yield _text(
        "guidance_said",
        ("guidance_hint:zh", "guidance_hint:en"),
        columns={"guidance_hint:zh": guidance, "guidance_hint:en": "Soft food for bad teeth"},
        shows=(guidance, "Soft food for bad teeth"),
    )
    for column, (file, holds) in _MEDIA.items():
        small = {"image": PICTURE} if column == "big-image" else {}
        both = {f"{column}:zh": file, f"{column}:en": file}
        small_both = {f"image:{code}": PICTURE for code in ("zh", "en")} if column == "big-image" else {}
        name = column.replace("-", "_")
        yield _text(name, (column,), columns={column: file, **small}, holds=holds)
        yield _text(
            f"{name}_said", (f"{column}:zh", f"{column}:en"), columns={**both, **small_both}, holds=holds
        )


def _rules() -> Iterator[Question]:
    settings = _of("settings", "form_id", "form_title", "version", "default_language", "remark")
    kept = _text("class", ("data_class", "purpose", "remark"), columns={"remark": "谁也不看"})
    yield replace(kept, cells=(*kept.cells, *settings))
    wanted = {
        "required": "yes",
        "required_message:zh": "这里要写",
        "required_message:en": "This is needed",
    }
    how = How(
        ("要填的", "To be filled"), Typed("老耿", "", ("这里要写", "This is needed")), "老耿", columns=wanted
    )
    messages = ("required", "required_message:zh", "required_message:en")
    yield Question("column_required", "text", how, tuple(_survey(each) for each in messages))
    bounds = {
        "constraint": ". < 10",
        "constraint_message:zh": "请填 10 以下的数",
        "constraint_message:en": "A number below 10",
    }
    how = How(
        ("几个", "How many"), Typed("7", "99", ("请填 10 以下的数", "A number below 10")), 7, columns=bounds
    )
    messages = ("constraint", "constraint_message:zh", "constraint_message:en")
    yield Question("column_constraint", "integer", how, tuple(_survey(each) for each in messages))
    yield _text("relevant", ("relevant",), columns={"relevant": "${text} != ''"})
    yield Question(
        "column_default",
        "integer",
        How(("几位", "How many"), Read(), 4, columns={"default": "4"}),
        (_survey("default"),),
    )
    yield Question(
        "column_read_only",
        "text",
        How(
            ("看看就行", "To be read"),
            Read(),
            "别改",
            columns={"default": "别改", "read_only": "yes"},
            shows=("别改", "别改"),
        ),
        (_survey("read_only"),),
    )
    chosen = How(
        ("哪个村", "Which village"), Chosen(("stone",)), "stone", columns={"choice_filter": "town = 'west'"}
    )
    yield Question("column_choice_filter", "select_one village", chosen, (_survey("choice_filter"),))
    yield Question(
        "column_appearance",
        "text",
        How(("网址", "Address"), Typed("a.cn"), "a.cn"),
        (_survey("appearance"),),
        "url",
    )
    yield Question(
        "column_parameters",
        "range",
        How(("几分", "How many points"), Chosen(("2",)), 2, columns={"parameters": "start=1 end=3 step=1"}),
        (_survey("parameters"),),
    )
    yield Question(
        "column_calculation",
        "text",
        How(
            ("算出来的", "Calculated"),
            Read(),
            "老耿，粥不烫！",
            columns={"calculation": "concat(${text}, '！')", "read_only": "yes"},
            shows=("老耿，粥不烫！", "老耿，粥不烫！"),
        ),
        (_survey("calculation"),),
    )
    yield Question(
        "column_trigger",
        "text",
        How(
            ("跟着变的", "Follows"),
            Read(),
            "老耿，粥不烫？",
            columns={"calculation": "concat(${text}, '？')", "trigger": "${text}"},
        ),
        (_survey("trigger"),),
    )
    yield Question(
        "column_save_to",
        "text",
        How(("地点叫什么", "What the place is called"), Typed("老槐树下"), "老槐树下"),
        (*_of("entities", "entity_id", "list_name", "create_if", "update_if", "label", "remark"),),
    )
    yield Question(
        "column_kind",
        "select_one place_kind",
        How(("什么地点", "Kind of place"), Chosen(("square",)), "square", columns={"save_to": "kind"}),
        (_survey("save_to"),),
    )
    pictured = How(
        ("选图", "By picture"), Chosen(("two",)), "two", holds=".choice-picture", shows=("第二", "Second")
    )
    yield Question(
        "column_choices",
        "select_one pictured",
        pictured,
        _of("choices", "list_name", "name", "label:zh", "label:en", "remark", *_all_media()),
    )
    yield Question("column_count", "integer", How(("几位", "How many"), Typed("1"), 1), ())


def _all_media() -> Iterator[str]:
    return (f"{column}{code}" for column in _MEDIA for code in ("", ":zh", ":en"))


def _of(sheet: str, *names: str) -> tuple[Cell, ...]:
    return tuple(Cell("column", sheet, name) for name in names)


def _functions(said: Support) -> Page:
    """Calculations at the end; nobody sees them."""
    found = tuple(
        Question(
            field_of(name),
            "calculate",
            How(("", ""), Untouched(), Like(f'^"({pattern})"$'), columns={"calculation": expression}),
            (Cell("function", "", name),),
        )
        for name, (expression, pattern) in FUNCTIONS.items()
        if name in said.functions
    )
    return Page("", ("", ""), found, appearance="", opens="")
