"""``or_other`` asks what else it was, in both languages, and nobody has to write that into the sheet."""

from __future__ import annotations

import re

import pytest

from server.forms.convert import Converted, convert_file
from server.forms.findings import FormRefused
from server.forms.look_over import look_over

ASKED = ("select_one contact | contact", "select_one contact or_other | contact")


@pytest.fixture
def sheet(good: str) -> str:
    return good.replace("| hint::中文 (zh) |\n", "| remark |\n")


def converted(text: str) -> Converted:
    return convert_file(text.encode(), ".md")


def test_a_choice_and_a_question_for_it_are_written_out_in_both_languages(sheet: str) -> None:
    form = converted(sheet.replace(*ASKED))
    assert [name for name, *_ in form.definition.choices["contact"]][-1] == "other"
    asked = form.definition.by_path["/data/contact_other"]
    plain = converted(sheet).definition.by_path["/data/contact"]
    assert (asked.label, asked.data_class) == ({"zh": "其他是什么", "en": "What else"}, plain.data_class)
    bind = re.search(rb'<bind[^>]*nodeset="/data/contact_other"[^>]*>', form.xform)
    assert bind is not None
    assert b"selected( /data/contact , 'other')" in bind.group()
    assert "其他".encode() in form.xform


def test_it_runs_and_publishing_says_what_it_wrote(sheet: str) -> None:
    looked = look_over(sheet.replace(*ASKED).encode(), ".md")
    assert [finding for finding in looked.findings if finding.severity == "error"] == []
    (said,) = [change for change in looked.changed if change.code == "or_other"]
    assert "contact_other" in said.zh
    assert "contact_other" in said.en


def test_a_choice_of_the_authors_own_stays_as_it_is(sheet: str) -> None:
    seen = next(line for line in sheet.splitlines() if "| contact | seen |" in line)
    own = seen.replace("| seen |", "| other |").replace("见到", "别的")
    form = converted(sheet.replace(*ASKED).replace(seen, f"{seen}\n{own}"))
    names = [name for name, *_ in form.definition.choices["contact"]]
    assert names.count("other") == 1
    assert "别的".encode() in form.xform


def test_a_finding_below_still_names_the_row_of_the_sheet(sheet: str) -> None:
    rows = [line for line in sheet.splitlines() if line.startswith("|")]
    note = next(number for number, line in enumerate(rows, start=1) if "| text | note |" in line)
    with pytest.raises(FormRefused) as refused:
        converted(sheet.replace(*ASKED).replace("| text | note |", "| txt | note |"))
    assert [(each.code, each.row) for each in refused.value.findings] == [("type_unknown", note)]
