"""Every cell of ``support.yaml``: what works is published in one form, what is refused is refused by name.

The browser fills that form (``tests/e2e/stories/test_every_cell.py``).
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from server.cli import main
from server.forms.look_over import look_over
from server.forms.support import support
from tests.forms.cells.book import files, workbook
from tests.forms.cells.cells import refused, works
from tests.forms.cells.pages import pages
from tests.forms.cells.refusals import Refusal, refusals
from tests.forms.cells.refusals import workbook as workbook_of


def test_every_cell_that_works_has_a_question_that_shows_it() -> None:
    shown = {cell for page in pages(support()) for cell in page.cells}
    shown |= {cell for page in pages(support()) for question in page.questions for cell in question.cells}
    assert [str(cell) for cell in works(support()) if cell not in shown] == []


def test_no_question_shows_a_cell_that_does_not_work() -> None:
    known = set(works(support()))
    told = {cell for page in pages(support()) for question in page.questions for cell in question.cells}
    assert [str(cell) for cell in told - known] == []


def test_the_form_of_all_cells_is_published_without_a_finding_of_the_engine() -> None:
    looked = look_over(workbook(pages(support())), ".xlsx", files())
    assert [finding.words("en") for finding in looked.findings if finding.severity == "error"] == []
    assert looked.publishable


@pytest.mark.parametrize("refusal", refusals(support()), ids=lambda refusal: str(refusal.cell))
def test_every_refused_cell_is_refused_by_its_name(refusal: Refusal) -> None:
    assert refusal.by_name, [(each.code, each.where("en"), each.words("en")) for each in refusal.findings]


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_the_command_names_every_refused_cell(
    spoken: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[spoken])
    table = tmp_path_factory.mktemp("refused") / "refused.xlsx"
    cells = refused(support())
    table.write_bytes(workbook_of(support(), *(cell for cell, _ in cells)))
    done = CliRunner().invoke(main, ["form", "check", str(table)])
    assert done.exit_code != 0
    missing = [str(cell) for cell, because in cells if because[spoken] not in done.output]
    assert missing == []
