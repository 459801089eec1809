"""The bench measures what it says: a real form in a real browser, beside the engine alone, one line told."""

from __future__ import annotations

import json

import pytest

from server.forms import publishing_steps
from tests.bench import form
from tests.bench.form_workbook import CHOICES, QUESTIONS, ROWS, xform


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_bench_form_tells_one_line() -> None:
    told = form.main(turns=2, edits=200)
    assert (told["bench"], told["unit"], told["better"]) == ("form", "ms", "lower")
    assert (told["questions"], told["rows"], told["slower"]) == (QUESTIONS, ROWS, 6)
    assert told["ratio"] == pytest.approx(told["value"] / told["limit"], rel=0.05)
    keys = {"key_work", "key_paint", "key_answer", "key_disk"}
    assert set(told["ms"]) == keys | {"open_cold", "open_warm", "restore", "add_row", "finish"}
    assert set(told["bare_ms"]) == {"open_cold", "open_warm", "restore", "key_work", "key_answer", "add_row"}
    assert told["ms"]["key_disk"][0] >= 100  # it waits a tenth of a second for the next key
    assert told["ms"]["key_paint"][0] >= told["ms"]["key_work"][0] > 0
    assert json.loads(json.dumps(told)) == told


def test_the_form_that_is_measured_is_as_large_as_it_is_said_to_be() -> None:
    written = publishing_steps.apply(xform()).decode()
    controls = sum(written.count(f"<{kind} ref=") for kind in ("input", "select1", "select"))
    in_a_row, notes = 3, 1
    assert controls == QUESTIONS + in_a_row + notes
    assert written.count("<name>village") == CHOICES
