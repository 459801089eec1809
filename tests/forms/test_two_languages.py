"""What a form says in two languages beyond its questions: rows of its own lists, longer hints of groups."""

from __future__ import annotations

import json

import pytest
from defusedxml.minidom import parseString

from server.forms import media_lists
from server.forms.convert import Converted, convert_file
from server.forms.findings import FormRefused

CSV = "name,label::中文 (zh),label::English (en)\nx,东镇卫生所,East clinic\ny,西镇卫生所,West clinic\n"
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "x",
            "properties": {"title::中文 (zh)": "东片", "title:English (en)": "East"},
            "geometry": {"type": "Point", "coordinates": [129.5, 42.9]},
        }
    ],
}
XML = "<root><item><name>x</name><label_zh>面粉</label_zh><label_en>Flour</label_en></item></root>"


MORE = ("choice_filter", "parameters", "purpose", "guidance_hint::中文 (zh)", "guidance_hint::English (en)")


def form(good: str, *rows: dict[str, str]) -> bytes:
    """The good workbook with more columns, and with rows before its question ``note``."""
    lines = good.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("| survey"))
    columns = [cell.strip() for cell in lines[at].strip("| ").split("|")][1:]
    columns = [*columns[:-1], *MORE] if columns[-1].startswith("hint") else [*columns, *MORE]
    lines[at] = "| survey | " + " | ".join(columns) + " |"
    drawn = ["|  | " + " | ".join(row.get(column, "") for column in columns) + " |" for row in rows]
    return "\n".join([*lines[: at + 1], *drawn, *lines[at + 1 :]]).encode()


def row(kind: str, name: str = "", **more: str) -> dict[str, str]:
    words = {"label::中文 (zh)": "哪里", "label::English (en)": "Where", "data_class": "none"} if name else {}
    return {"type": kind, "name": name, **words, **more}


def asks(file: str, parameters: str = "", name: str = "where") -> dict[str, str]:
    return row(f"select_one_from_file {file}", name, parameters=parameters, purpose="look-in")


def converted(good: str, file: str, content: str, parameters: str = "") -> Converted:
    return convert_file(form(good, asks(file, parameters)), ".md", {file: content.encode()})


def label_of(made: Converted) -> dict[str, str]:
    """The column that each language reads a row of the list by."""
    document = parseString(made.xform)
    [label] = [
        label
        for itemset in document.getElementsByTagName("itemset")
        if itemset.parentNode.getAttribute("ref") == "/data/where"
        for label in itemset.getElementsByTagName("label")
    ]
    text_id = label.getAttribute("ref").removeprefix("jr:itext('").removesuffix("')")
    return {
        text.parentNode.getAttribute("lang"): text.getElementsByTagName("output")[0].getAttribute("value")
        for text in document.getElementsByTagName("text")
        if text.getAttribute("id") == text_id
    }


@pytest.mark.parametrize(
    ("file", "content", "column", "words"),
    [
        ("mine.csv", CSV, "label", ("东镇卫生所", "East clinic")),
        ("mine.geojson", json.dumps(GEOJSON), "title", ("东片", "East")),
        ("mine.xml", XML, "label", ("面粉", "Flour")),
    ],
)
def test_a_list_speaks_the_language_of_the_screen_and_of_the_workbook(
    good: str, file: str, content: str, column: str, words: tuple[str, str]
) -> None:
    made = converted(good, file, content)
    assert label_of(made) == {"中文 (zh)": f"{column}_zh", "English (en)": f"{column}_en"}
    [published] = made.media
    assert f"{column}_en" in published.data.decode()
    assert "::" not in published.data.decode()
    assert made.definition.choices[file][0] == ("x", *words)


def test_a_list_of_one_language_is_read_by_its_one_column(good: str) -> None:
    made = converted(good, "mine.csv", "name,label\nx,东镇卫生所 East clinic\n")
    assert b'<label ref="label"/>' in made.xform
    assert b"list:mine.csv" not in made.xform


def test_the_columns_may_be_called_by_the_form(good: str) -> None:
    made = converted(good, "mine.csv", CSV.replace("label::", "called::"), "label=called")
    assert set(label_of(made).values()) == {"called_zh", "called_en"}


def test_a_language_that_a_list_lacks_is_told(good: str) -> None:
    with pytest.raises(FormRefused) as caught:
        converted(good, "mine.csv", "name,label::中文 (zh)\nx,东镇卫生所\n")
    [finding] = caught.value.findings
    assert (finding.code, finding.row, finding.column) == ("list_column_missing", 2, "type")
    assert "label_en" in finding.json()["zh"]


def test_two_questions_share_the_texts_of_their_list(good: str) -> None:
    both = (asks("mine.csv"), asks("mine.csv", name="whence"))
    made = convert_file(form(good, *both), ".md", {"mine.csv": CSV.encode()})
    assert made.xform.decode().count('<text id="list:mine.csv:label">') == 2  # one a language


def test_a_third_language_is_no_column() -> None:
    with pytest.raises(media_lists.BadList) as caught:
        media_lists.read("csv", "name,label::Русский (ru)\nx,y\n".encode())
    assert caught.value.code == "column_name_bad"


LONGER = {"guidance_hint::中文 (zh)": "先问再看", "guidance_hint::English (en)": "Ask first"}


def test_a_longer_hint_of_a_group_with_a_page_of_its_own_is_carried(good: str) -> None:
    pages = [row("begin_group", name, appearance="field-list", **LONGER) for name in ("visit", "inside")]
    text = row("text", "where", purpose="look-in")
    made = convert_file(form(good, *pages, text, row("end_group"), row("end_group")), ".md")
    said = [
        (each.getAttribute("ref"), each.getAttribute("lang"), each.firstChild.data)
        for each in parseString(made.xform).getElementsByTagName("guidance")
    ]
    assert said == [
        (path, language, words)
        for path in ("/data/visit", "/data/visit/inside")
        for language, words in (("zh", "先问再看"), ("en", "Ask first"))
    ]


@pytest.mark.parametrize("kind", ["begin_group", "begin_repeat"])
def test_a_longer_hint_that_nobody_would_see_is_told(good: str, kind: str) -> None:
    rows = (row(kind, "visit", **LONGER), asks("mine.csv"), row(kind.replace("begin", "end")))
    with pytest.raises(FormRefused) as caught:
        convert_file(form(good, *rows), ".md", {"mine.csv": CSV.encode()})
    assert {each.code for each in caught.value.findings} == {"media_unseen"}
