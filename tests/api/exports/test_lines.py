"""A way or an area in a workbook: well-known text, which map programs read, in one cell."""

from __future__ import annotations

import pytest

from server.exports.words import Words
from server.forms import lines
from server.forms.definition import Field

WAY = "45.27 130.25 0.0 4.0;45.271 130.25 0.0 6.0"
PLOT = "45.27 130.25;45.27 130.251;45.271 130.251;45.27 130.25"
CELLS = [
    ("geotrace", WAY, "LINESTRING (130.25 45.27, 130.25 45.271)"),
    ("geoshape", PLOT, "POLYGON ((130.25 45.27, 130.251 45.27, 130.251 45.271, 130.25 45.27))"),
]


@pytest.mark.parametrize("labels", [True, False], ids=["for people", "for machines"])
@pytest.mark.parametrize(("kind", "text", "cell"), CELLS)
def test_it_is_well_known_text(kind: str, text: str, cell: str, labels: bool) -> None:
    label = {"zh": "路", "en": "Way"}
    field = Field("/data/way", "way", kind, False, "none", label, None, None, None, False, False)
    words = Words("zh", {}, [], labels=labels)
    assert words.answer(("patrol", "2026113001"), field, lines.read(kind, text)) == cell
