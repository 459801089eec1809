"""Which question shows that a cell works, what a person does to it, and what the county then has of it.

``TYPES`` has each type as it is, ``APPEARANCES`` and ``PARAMETERS`` each with one word more. A cell of
``support.yaml`` that is in none of these tables fails a test by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.forms.cells.answers import (
    Answer,
    Chosen,
    Confirmed,
    Counted,
    Drawn,
    FromList,
    Given,
    Month,
    Photographed,
    Picked,
    Ranked,
    Read,
    Slid,
    Spoken,
    Stood,
    Typed,
    Untouched,
)  # fmt: skip
from tests.forms.cells.cells import Cell


@dataclass(frozen=True)
class Like:
    """What the county has, written as JSON, fits this regular expression."""

    pattern: str


@dataclass(frozen=True)
class How:
    """One question. ``server``: the typed answer, or what it is like."""

    label: tuple[str, str]
    answer: Answer
    server: Any
    list: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    shows: tuple[str, str] = ("", "")  # words that stand with it
    holds: str = ""  # CSS of what stands with it
    alone: bool = False  # on a screen of its own


PLACE: Final = r'"lat": "40\.0', r'"lon": "134\.4'
POINT: Final = Like(".*".join(PLACE))
JPEG, PNG = Like(r"^\"[0-9a-f]{20,}\.jpe?g\"$"), Like(r"^\"[0-9a-f]{20,}\.(png|jpe?g|webp)\"$")
MOMENT: Final = Like(r"^\"20\d\d-\d\d-\d\dT")
SPOKEN: Final = Like(r"^\"[0-9a-f]{20,}\.(webm|m4a|ogg)\"$")
FILMED: Final = Like(r"^\"[0-9a-f]{20,}\.(mp4|webm)\"$")
PICTURED: Final = {"parameters": "max-pixels=1600"}
TEN_TO_THIRTY: Final = {"parameters": "start=10 end=30 step=1"}
ZERO_TO_TEN: Final = {"parameters": "start=0 end=10 step=1"}

ONE = How(("吃什么", "What to eat"), Chosen(("porridge",)), "porridge", "food")
# Several answers are a set: they stand as the choices stood.
EITHER_ORDER: Final = Like(r'^\["(rice", "noodles|noodles", "rice)"\]$')
EITHER_CLINIC: Final = Like(r'^\["(e1", "w1|w1", "e1)"\]$')
MANY = How(("带了什么", "What was brought"), Chosen(("rice", "noodles")), ["rice", "noodles"], "food")
CLINIC = How(("哪个卫生所", "Which clinic"), Chosen(("w1",)), "w1", "clinics.csv")
CLINICS = How(("去过哪些卫生所", "Clinics visited"), Chosen(("e1", "w1")), ["e1", "w1"], "clinics.csv")
_OF_CLINIC: Final = {"parameters": "value=code label=title"}
IMAGE = How(("哪里坏了", "What is broken"), Photographed(), JPEG, columns=PICTURED)
RANGE = How(("疼得厉害吗", "How bad is the pain"), Chosen(("3",)), 3, columns=ZERO_TO_TEN)
GEOPOINT = How(("院门在哪里", "Where is the gate"), Stood(((0, 0),)), POINT)
NOBODY = Untouched()

TYPES: dict[str, How] = {
    "text": How(("怎么称呼", "What to call them"), Typed("老耿，粥不烫"), "老耿，粥不烫"),
    "integer": How(("来了几位", "How many came"), Typed("12"), 12),
    "decimal": How(("体温", "Temperature"), Typed("36.5"), "36.5"),
    "date": How(("哪天再来", "Come again on"), Picked("2026-12-03"), "2026-12-03"),
    "time": How(("几点到的", "Came at"), Picked("08:30"), Like(r"^\"08:30:00")),
    "dateTime": How(("什么时候走的", "Left at"), Picked("2026-11-30T09:10"), Like(r"^\"2026-11-30T09:10:00")),
    "select_one": ONE,
    "select_multiple": MANY,
    "select_one_from_file": replace(CLINIC, columns=_OF_CLINIC),
    "select_multiple_from_file": replace(CLINICS, columns=_OF_CLINIC),
    "rank": How(
        ("哪样最要紧", "What matters most"),
        Ranked(("粥", "面条", "米饭")),
        ["porridge", "noodles", "rice"],
        "food",
    ),
    "range": RANGE,
    "acknowledge": How(("讲清楚了", "It was explained"), Confirmed(), "OK"),
    "trigger": How(("洗过手了", "Hands were washed"), Confirmed(), "OK"),
    "geopoint": GEOPOINT,
    "geotrace": How(
        ("走了哪条路", "Which way was walked"),
        Stood(((0, 0), (2, 1))),
        Like(r"\"points\": \[\{[^}]*\}, \{[^}]*\}\], \"closed\": false"),
    ),
    "geoshape": How(
        ("菜地有多大", "How large is the plot"),
        Stood(((0, 0), (2, 1), (1, 2))),
        Like(r"\"points\": \[(\{[^}]*\}(, )?){4}\], \"closed\": true"),
    ),
    "barcode": How(("药盒上的码", "The code on the box"), Typed("6901234567892"), "6901234567892"),
    "note": How(
        ("先洗手，再敲门", "Wash your hands, then knock"), Read(), None, shows=("先洗手", "then knock")
    ),
    "image": IMAGE,
    "audio": How(("说两句", "Say something"), Spoken(), SPOKEN),
    "video": How(("水管怎么漏的", "How the pipe leaks"), Given("film"), FILMED),
    "file": How(("低保证明", "The certificate"), Given("paper"), Like(r"^\"[0-9a-f]{20,}\.pdf\"$")),
    "calculate": How(("", ""), NOBODY, "12", columns={"calculation": "${integer} * 1"}),
    "hidden": How(("", ""), NOBODY, "x", columns={"default": "x"}),
    "start": How(("", ""), NOBODY, MOMENT),
    "end": How(("", ""), NOBODY, MOMENT),
    "today": How(("", ""), NOBODY, Like(r"^\"20\d\d-\d\d-\d\d\"$")),
}

_PLAIN_CHOICES: Final = (
    "horizontal", "horizontal-compact", "columns", "columns-pack", "columns-1", "columns-2", "columns-3",
    "columns-4", "columns-5",
)  # fmt: skip
_OPENING: Final = ("minimal", "autocomplete")
_ON_A_MAP: Final = {"image": "body.svg"}
_MAP: Final = ".map-picture img"
_CLINIC_ROW = FromList(("西镇卫生所 West clinic",))
_CLINIC_ROWS = FromList(("东镇卫生所 East clinic", "西镇卫生所 West clinic"))

APPEARANCES: dict[tuple[str, str], How] = {
    ("text", "multiline"): replace(TYPES["text"], answer=Typed("一行\n两行"), server="一行\n两行"),
    ("text", "numbers"): replace(TYPES["text"], answer=Typed("0433-1001"), server="0433-1001"),
    ("text", "url"): replace(
        TYPES["text"], answer=Typed("https://example.cn/a"), server="https://example.cn/a"
    ),
    ("text", "masked"): replace(TYPES["text"], answer=Typed("13800000000"), server="13800000000"),
    ("integer", "thousands-sep"): replace(
        TYPES["integer"], answer=Typed("1234567"), server=1234567, shows=("1,234,567", "1,234,567")
    ),
    ("integer", "counter"): replace(TYPES["integer"], answer=Counted(3), server=3),
    ("decimal", "thousands-sep"): replace(
        TYPES["decimal"], answer=Typed("12345.6"), server="12345.6", shows=("12,345.6", "12,345.6")
    ),
    ("date", "month-year"): replace(TYPES["date"], answer=Month("1950", "3"), server="1950-03-01"),
    ("date", "year"): replace(TYPES["date"], answer=Month("1998"), server="1998-01-01"),
    ("date", "no-calendar"): TYPES["date"],
    ("dateTime", "no-calendar"): TYPES["dateTime"],
    **{("select_one", each): ONE for each in _PLAIN_CHOICES},
    **{("select_multiple", each): MANY for each in _PLAIN_CHOICES},
    **{("select_one", each): replace(ONE, answer=FromList(("粥",))) for each in _OPENING},
    **{("select_multiple", each): replace(MANY, answer=FromList(("米饭", "面条"))) for each in _OPENING},
    ("select_one", "likert"): ONE,
    ("select_one", "image-map"): replace(
        ONE, list="part", answer=Chosen(("belly",)), server="belly", columns=_ON_A_MAP, holds=_MAP
    ),
    ("select_multiple", "image-map"): replace(
        MANY,
        list="part",
        answer=Chosen(("head", "knee")),
        server=["head", "knee"],
        columns=_ON_A_MAP,
        holds=_MAP,
    ),
    ("select_one", "label"): replace(ONE, answer=Read(), server="", shows=("米饭", "Rice")),
    ("select_one", "list-nolabel"): ONE,
    ("select_multiple", "label"): replace(MANY, answer=Read(), server=[], shows=("米饭", "Rice")),
    ("select_multiple", "list-nolabel"): MANY,
    ("select_one", "quick"): replace(ONE, answer=Chosen(("porridge",), goes_on=True), alone=True),
    ("select_one_from_file", "quick"): replace(
        CLINIC, answer=Chosen(("w1",), goes_on=True), columns=_OF_CLINIC, alone=True
    ),
    **{
        ("select_one_from_file", each): replace(CLINIC, answer=_CLINIC_ROW, columns=_OF_CLINIC)
        for each in _OPENING
    },
    **{
        ("select_multiple_from_file", each): replace(CLINICS, answer=_CLINIC_ROWS, columns=_OF_CLINIC)
        for each in _OPENING
    },
    ("range", "rating"): replace(RANGE, columns={"parameters": "start=1 end=5 step=1"}),
    ("range", "vertical"): replace(RANGE, answer=Slid(3, "12"), server=12, columns=TEN_TO_THIRTY),
    ("range", "no-ticks"): replace(RANGE, answer=Slid(2, "11"), server=11, columns=TEN_TO_THIRTY),
    ("range", "picker"): replace(RANGE, answer=FromList(("7",)), server=7),
    ("geopoint", "maps"): GEOPOINT,
    ("geopoint", "placement-map"): GEOPOINT,
    ("image", "signature"): replace(IMAGE, answer=Drawn(), server=PNG),
    ("image", "draw"): replace(IMAGE, answer=Drawn(), server=PNG),
    ("image", "annotate"): replace(IMAGE, answer=Photographed(drawn_on=True), server=PNG),
    ("image", "new"): IMAGE,
    ("image", "new-front"): IMAGE,
    ("audio", "new"): TYPES["audio"],
    ("video", "new"): TYPES["video"],
    ("video", "new-front"): TYPES["video"],
}  # fmt: skip


def _said(how: How, parameters: str) -> How:
    return replace(how, columns={**how.columns, "parameters": parameters})


_RANDOM: Final = ("randomize=true", "randomize=false")
PARAMETERS: dict[tuple[str, str], How] = {
    **{("select_one", each): _said(ONE, each) for each in _RANDOM},
    **{("select_multiple", each): _said(MANY, each) for each in _RANDOM},
    **{("select_one_from_file", each): _said(CLINIC, f"value=code label=title {each}") for each in _RANDOM},
    **{
        ("select_multiple_from_file", each): replace(
            _said(CLINICS, f"value=code label=title {each}"), server=EITHER_CLINIC
        )
        for each in _RANDOM
    },
    ("select_one", "seed"): _said(ONE, "randomize=true seed=7"),
    ("select_multiple", "seed"): replace(_said(MANY, "randomize=true seed=7"), server=EITHER_ORDER),
    ("select_multiple", "randomize=true"): replace(_said(MANY, "randomize=true"), server=EITHER_ORDER),
    ("select_one_from_file", "seed"): _said(CLINIC, "value=code label=title randomize=true seed=7"),
    ("select_multiple_from_file", "seed"): replace(
        _said(CLINICS, "value=code label=title randomize=true seed=7"), server=EITHER_CLINIC
    ),
    ("select_one_from_file", "value"): _said(CLINIC, "value=code label=title"),
    ("select_one_from_file", "label"): replace(
        _said(CLINIC, "value=code label=phone"), shows=("0433-2001", "0433-2001")
    ),
    ("select_multiple_from_file", "value"): _said(CLINICS, "value=code label=title"),
    ("select_multiple_from_file", "label"): replace(
        _said(CLINICS, "value=code label=phone"), shows=("0433-2001", "0433-2001")
    ),
    ("range", "start"): replace(_said(RANGE, "start=2 end=6 step=1"), answer=Chosen(("2",)), server=2),
    ("range", "end"): replace(_said(RANGE, "start=2 end=6 step=1"), answer=Chosen(("6",)), server=6),
    ("range", "step"): replace(
        _said(RANGE, "start=36 end=42 step=0.1"), answer=Slid(4, "36.3"), server="36.3"
    ),
    ("geopoint", "capture-accuracy"): replace(
        _said(GEOPOINT, "capture-accuracy=30"), answer=Stood(((0, 0),), by_itself=True)
    ),
    ("geopoint", "warning-accuracy"): replace(
        _said(GEOPOINT, "warning-accuracy=10"), shows=("误差约 20 米", "20")
    ),
    ("image", "max-pixels"): _said(IMAGE, "max-pixels=320"),
    **{
        ("audio", f"quality={each}"): _said(TYPES["audio"], f"quality={each}")
        for each in ("voice-only", "low", "normal")
    },
}  # fmt: skip


def question_of(cell: Cell) -> How | None:
    """The question that shows this cell of a type; None where no table knows it."""
    if cell.kind == "type":
        return TYPES.get(cell.of)
    table = APPEARANCES if cell.kind == "appearance" else PARAMETERS
    return table.get((cell.of, cell.name))
