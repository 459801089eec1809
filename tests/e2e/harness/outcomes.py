"""What became of each cell, and the table that a test run prints of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.forms.cells.answers import Untouched
from tests.forms.cells.cells import Cell
from tests.forms.cells.pages import Page, Question
from tests.forms.cells.questions import Like
from tests.forms.cells.refusals import Refusal

_LONGEST = 48
_HEAD = (
    "| cell | of | kind | works | answered | kept after a reload | the county has |\n"
    "|------|----|------|-------|----------|---------------------|----------------|\n"
)


@dataclass
class Outcome:
    """Of one question: answered by hand, seen again after a reload, what has to stand with it in either
    language, and what the county has, a value for each row."""

    question: Question
    answered: bool = False
    kept: bool = False
    shown: dict[str, bool] = field(default_factory=dict)
    has: list[Any] = field(default_factory=list)
    rows: int = 1

    @property
    def silent(self) -> bool:
        """Nobody is asked."""
        return isinstance(self.question.how.answer, Untouched)

    @property
    def received(self) -> bool:
        return len(self.has) == self.rows and all(self._is_wanted(each) for each in self.has)

    def _is_wanted(self, value: Any) -> bool:
        wanted = self.question.how.server
        if isinstance(wanted, Like):
            return re.search(wanted.pattern, json.dumps(value, ensure_ascii=False)) is not None
        return bool(value == wanted)

    @property
    def faults(self) -> list[str]:
        by_hand = {"not answered": self.answered, "not kept": self.kept}
        by_hand |= {f"not shown in {language}": self.shown.get(language, False) for language in ("zh", "en")}
        missing = [] if self.silent else [fault for fault, good in by_hand.items() if not good]
        if not self.received:
            missing.append(f"the county has {self.has}, wanted {self.question.how.server!r}")
        return [f"{self.question.name}: {fault}" for fault in missing]


def table(pages: Iterable[Page], outcomes: Mapping[str, Outcome], refused: Iterable[Refusal]) -> str:
    """Markdown, a line a cell; above it how many there are."""
    lines: list[str] = []
    for page in pages:
        for question in page.questions:
            lines.extend(_line(cell, outcomes[question.name]) for cell in question.cells)
        lines.extend(_line(cell, outcomes[page.questions[0].name]) for cell in page.cells)
    good = sum("| works |" in line for line in lines)
    refusals = list(refused)
    named = sum(each.by_name for each in refusals)
    said = f"{good} of {len(lines)} cells work, {named} of {len(refusals)} are refused by name.\n\n"
    return said + _HEAD + "".join([*lines, *map(_refused, refusals)])


def _line(cell: Cell, outcome: Outcome) -> str:
    works = "FAILS" if outcome.faults else "works"
    answered, kept = ("—", "—") if outcome.silent else (_mark(outcome.answered), _mark(outcome.kept))
    has = json.dumps(outcome.has[0] if outcome.rows == 1 and outcome.has else outcome.has, ensure_ascii=False)
    short = (has if len(has) <= _LONGEST else f"{has[:_LONGEST]}…").replace("|", "\\|")
    return f"| {cell.name or cell.of} | {cell.of} | {cell.kind} | {works} | {answered} | {kept} | {short} |\n"


def _refused(refusal: Refusal) -> str:
    mark = "refused" if refusal.by_name else "FAILS"
    return f"| {refusal.cell.name} | | {refusal.cell.kind} | {mark} | — | — | {refusal.because['en']} |\n"


def _mark(done: bool) -> str:
    return "yes" if done else "NO"
