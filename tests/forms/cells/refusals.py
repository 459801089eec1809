"""One workbook for each refused cell: a form that may be published, and that cell in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.forms.convert import convert_file
from server.forms.findings import Finding, FormRefused
from server.forms.support import Because, Support
from tests.forms.cells.book import FORM, KEPT, LANGUAGES, Cells, written
from tests.forms.cells.cells import Cell, refused

ROW: Final = 3  # the second row below the header
_COLUMNS: Final = {"type": "type", "appearance": "appearance", "parameter": "parameters"}
_CODES: Final = {
    "type": "type_refused",
    "appearance": "appearance_refused",
    "parameter": "parameter_refused",
    "column": "column_refused",
}


@dataclass(frozen=True)
class Refusal:
    cell: Cell
    because: Because
    findings: tuple[Finding, ...]

    @property
    def column(self) -> str:
        return _COLUMNS.get(self.cell.kind, self.cell.name)

    @property
    def by_name(self) -> bool:
        """It is the one finding, with sheet, row and column, and with the cell's name and reason in both
        languages."""
        if len(self.findings) != 1:
            return False
        [found] = self.findings
        where = (found.code, found.sheet, found.row, found.column)
        return where == (_CODES[self.cell.kind], "survey", ROW, self.column) and all(
            self.cell.name in found.words(spoken) and self.because[spoken] in found.words(spoken)
            for spoken in ("zh", "en")
        )


def refusals(said: Support) -> list[Refusal]:
    return [Refusal(cell, because, _findings(said, cell)) for cell, because in refused(said)]


def _findings(said: Support, cell: Cell) -> tuple[Finding, ...]:
    try:
        convert_file(workbook(said, cell), ".xlsx")
    except FormRefused as why:
        return tuple(why.findings)
    return ()


def workbook(said: Support, *cells: Cell) -> bytes:
    """A row for each of the cells, from ``ROW`` on."""
    first = _question(
        "existing", type="select_one_from_file places.csv", appearance="autocomplete", purpose=""
    )
    rows = [_refused(said, cell, f"asked_{number}") for number, cell in enumerate(cells)]
    settings = {
        "form_id": FORM,
        "form_title": "有不用的",
        "version": "2026113098",
        "default_language": LANGUAGES["zh"],
    }
    return written({"survey": [first, *rows], "settings": [settings]})


def _refused(said: Support, cell: Cell, name: str) -> Cells:
    if cell.kind == "type":
        return _question(name, type=cell.name)
    if cell.kind == "column":
        return _question(name, **{cell.name: "x"})
    if cell.kind == "parameter":
        return _question(name, parameters=f"{cell.name}=x")
    without = next(
        kind for kind in ("text", "integer", "note") if cell.name not in said.types[kind].appearances
    )
    return _question(name, type=without, appearance=cell.name)


def _question(name: str, **said: str) -> Cells:
    asked = {"type": "text", "name": name, "label:zh": "怎么称呼", "label:en": "What to call them"}
    return {**asked, **KEPT, **said}
