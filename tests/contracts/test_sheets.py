"""One contract for every workbook writer, and the two csv profiles: what was typed is what is read back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.sheets import coerce, delimited, workbook
from server.base.sheets.sheet import Column, Kind, Sheet, cut_units, fit_names, split

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = [
    Column("day", "走访日期", Kind.DATE),
    Column("check_in_at", "签到", Kind.MOMENT),
    Column("name", "姓名"),
    Column("count", "次数", Kind.INTEGER),
    Column("degrees", "室温", Kind.DECIMAL),
    Column("met", "见到", Kind.YES_NO),
]
HARD_TEXT = [
    "=1+1",
    "+86",
    "-5",
    "@x",
    "0012",
    "230102194501010019",
    "_x0041_",
    "𠅤㛃䶮",
    "👵",
    "a\nb",
    "于　雪",
]


@pytest.fixture(params=[workbook.write_fast, workbook.write_plain], ids=["rust", "python"])
def write(request: pytest.FixtureRequest) -> workbook.Write:
    """Each of the two writers."""
    return request.param  # type: ignore[no-any-return]


def cells(path: Path, sheet: str) -> list[list[object]]:
    """What openpyxl reads, header first."""
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_typed_values_come_back_as_they_were(write: workbook.Write, tmp_path: Path) -> None:
    moment = datetime(2026, 11, 24, 0, 42, tzinfo=UTC)
    rows: list[list[object]] = [
        [None, None, None, None, None, None],
        [date(2026, 11, 24), moment, "朴顺姬", 3, "20.5", True],
        ["2026-11-25", "2026-11-25T01:00:00+00:00", "", 0, "", False],
    ]
    write(tmp_path / "a.xlsx", [Sheet("走访", COLUMNS, rows)], SHANGHAI)
    header, empty, first, second = cells(tmp_path / "a.xlsx", "走访")
    assert header[0] == "走访日期\nday"
    assert empty == [None] * 6
    assert first == [datetime(2026, 11, 24), datetime(2026, 11, 24, 8, 42), "朴顺姬", 3, 20.5, "是"]  # noqa: DTZ001
    assert second == [datetime(2026, 11, 25), datetime(2026, 11, 25, 9), None, 0, None, "否"]  # noqa: DTZ001


def test_text_stays_text_whatever_it_looks_like(write: workbook.Write, tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [Sheet("t", [Column("x", "x")], [[text] for text in HARD_TEXT])], SHANGHAI)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    read = [row[0] for row in book["t"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in read] == ["s"] * len(HARD_TEXT)
    # A literal _x0041_ is escaped in the file, as the format asks; openpyxl alone leaves the escape standing.
    assert [cell.value.replace("_x005F_", "_") for cell in read] == HARD_TEXT
    assert all(cell.quotePrefix for cell in read)


def test_a_value_that_does_not_fit_its_column_is_written_as_text(
    write: workbook.Write, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        [date(2026, 1, 1), None, None, 1, "1.5", None],
        ["不知道", "下午", "x", "三次", "很冷", None],
        [None, None, None, 10**15, "1" * 18, None],
    ]
    write(tmp_path / "a.xlsx", [Sheet("t", COLUMNS, rows)], SHANGHAI)
    read = cells(tmp_path / "a.xlsx", "t")
    assert read[2] == ["不知道", "下午", "x", "三次", "很冷", None]
    assert read[3][3:5] == [str(10**15), "1" * 18]


def test_an_empty_sheet_keeps_its_header(write: workbook.Write, tmp_path: Path) -> None:
    write(
        tmp_path / "a.xlsx",
        [Sheet("没有", COLUMNS, []), Sheet("有", COLUMNS[:1], [["2026-01-01"]])],
        SHANGHAI,
    )
    assert cells(tmp_path / "a.xlsx", "没有")[0][2] == "姓名\nname"
    assert len(cells(tmp_path / "a.xlsx", "有")) == 2


def test_the_header_stays_in_sight_and_filters(write: workbook.Write, tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [Sheet("t", COLUMNS, [[None] * 6, [None] * 6])], SHANGHAI)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F3"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$1"


def test_a_fault_while_reading_rows_leaves_no_file(tmp_path: Path) -> None:
    def rows() -> Iterator[list[object]]:
        yield [1]
        raise RuntimeError("the export was cancelled")

    with pytest.raises(RuntimeError, match="cancelled"):
        workbook.write(tmp_path / "a.xlsx", [Sheet("t", [Column("n", "n", Kind.INTEGER)], rows())], SHANGHAI)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_is_too_long_goes_on_in_the_next() -> None:
    sheet = Sheet("长", [Column("n", "n", Kind.INTEGER)], ([n] for n in range(7)), total=7)
    parts = [(part.name, [row[0] for row in part.rows]) for part in split(sheet, limit=3)]
    assert parts == [("长", [0, 1, 2]), ("长 2", [3, 4, 5]), ("长 3", [6])]


def test_sheet_names_are_made_to_fit() -> None:
    names = fit_names(["a/b", "A b", "History", "'x'", "", "日间照料" * 9, "日间照料" * 9])
    assert names == [
        "a b",
        "A b (2)",
        "History (2)",
        "x",
        "Sheet",
        "日间照料" * 7 + "日间照",
        "日间照料" * 6 + "日间照 (2)",
    ]
    assert all(len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


@given(st.text())
def test_any_text_becomes_a_cell_that_xml_can_carry(text: str) -> None:
    cell = coerce.text(text)
    cell.encode("utf-8")
    assert len(cell.encode("utf-16-le")) // 2 <= coerce.CELL_UNITS


def test_a_text_that_is_too_long_says_so() -> None:
    cell = coerce.text("𠅤" * 20_000)
    assert cell.endswith(coerce.CUT_MARK)
    assert len(cell.encode("utf-16-le")) // 2 <= coerce.CELL_UNITS


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_cutting_never_halves_a_character(text: str, units: int) -> None:
    cut = cut_units(text, units)
    assert text.startswith(cut)
    assert len(cut.encode("utf-16-le", "surrogatepass")) // 2 <= units


def test_the_exact_csv_holds_values_as_they_are(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 24, 0, 42, tzinfo=UTC)
    sheet = Sheet("t", COLUMNS, [[date(2026, 11, 24), moment, "=1+1", 3, "20.50", True]])
    delimited.write_exact(tmp_path / "a.csv", sheet, SHANGHAI)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert header == ["day", "check_in_at", "name", "count", "degrees", "met"]
    assert row == ["2026-11-24", "2026-11-24T08:42:00+08:00", "=1+1", "3", "20.50", "true"]


def test_the_csv_for_spreadsheets_runs_no_formula_and_keeps_zeros(tmp_path: Path) -> None:
    texts = ["=1+1", "＝1", "0012", "230102194501010019", "朴顺姬"]
    delimited.write_for_spreadsheets(
        tmp_path / "a.csv", Sheet("t", [Column("x", "姓名")], [[t] for t in texts]), SHANGHAI
    )
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith("\ufeff姓名\r\n".encode())
    read = [row[0] for row in csv.reader(raw.decode("utf-8-sig").splitlines()[1:])]
    assert read == ["'=1+1", "'＝1", "\t0012", "\t230102194501010019", "朴顺姬"]
