"""A form's own files: what may be one, what is wrong with it and where, what becomes of it in the XForm."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from defusedxml.minidom import parseString
from PIL import Image

from server.forms import media
from server.forms.convert import Converted, convert_file, files_beside
from server.forms.findings import Finding, FormRefused
from server.forms.workbook import read
from tests.forms.as_published import TABLE, as_published

FIXTURES = Path(__file__).resolve().parents[2] / "pwa" / "src" / "forms" / "fixtures" / "media-media"


def file(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def picture(**said: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", said.pop("size", (8, 8)), "green").save(made, said.pop("format", "PNG"))
    return made.getvalue()


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def film(codec: bytes) -> bytes:
    return box(b"ftyp", b"isom") + box(b"moov", codec)


def with_columns(good: str, columns: Mapping[str, str], choices: Mapping[str, str] | None = None) -> str:
    """The good workbook with more columns at its question ``note``, and at its first choice."""
    text = good.replace("| hint::中文 (zh) |\n", "| remark | " + " | ".join(columns) + " |\n")
    before = "| string-length(.) < 200 | multiline |"
    assert before in text
    text = text.replace(before, f"{before} | | {' | '.join(columns.values())} |")
    for n, (column, cell) in enumerate((choices or {}).items()):
        assert n == 0
        text = text.replace(
            "| choices | list_name | name | label::中文 (zh) | label::English (en) |",
            f"| choices | list_name | name | label::中文 (zh) | label::English (en) | {column} |",
        ).replace("| contact | seen | 见到 | Seen |", f"| contact | seen | 见到 | Seen | {cell} |")
    return text


@pytest.fixture
def convert(good: str) -> Callable[..., Converted]:
    """The good workbook with columns and files of its own, converted."""

    def of(
        columns: Mapping[str, str], files: Mapping[str, bytes], choices: Mapping[str, str] | None = None
    ) -> Converted:
        return convert_file(with_columns(good, columns, choices).encode(), ".md", files)

    return of


@pytest.fixture
def refused(convert: Callable[..., Converted]) -> Callable[..., list[Finding]]:
    def of(*given: Any) -> list[Finding]:
        with pytest.raises(FormRefused) as caught:
            convert(*given)
        return caught.value.findings

    return of


GOOD_FILES = {
    "a.png": picture(),
    "a.jpg": picture(format="JPEG"),
    "a.webp": picture(format="WEBP"),
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path id="x" d="M0 0h1"/></svg>',
    "a.mp3": b"ID3" + bytes(20),
    "a.wav": file("wash.wav"),
    "a.m4a": film(b"mp4a"),
    "a.mp4": film(b"avc1"),
    "a.csv": b"name,label\nx,X\n",
    "a.geojson": file("areas.geojson"),
    "a.xml": file("goods.xml"),
}


@pytest.mark.parametrize("name", GOOD_FILES)
def test_what_every_phone_shows_and_plays_is_taken(name: str) -> None:
    found, findings = media.look({name: GOOD_FILES[name]})
    assert findings == []
    assert found[name].name == name


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 2 2">'
    "%s</svg>"
)
UNSAFE = (
    "<script>alert(1)</script>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<image href='data:image/png;base64,AAAA'/>",
    "<path onclick='alert(1)' d='M0 0'/>",
    "<use xlink:href='https://example.org/a.svg#x'/>",
    "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
    "<rect fill='url(https://example.org/x)'/>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<path d='M0 0'><animate attributeName='d'/></path>",
)


@pytest.mark.parametrize("inside", UNSAFE)
def test_a_drawing_that_does_anything_but_draw_is_refused(inside: str) -> None:
    found, [finding] = media.look({"map.svg": (SVG % inside).encode()})
    assert found == {}
    assert (finding.code, finding.where("en")) == ("svg_unsafe", "file map.svg")


def test_a_drawing_is_as_wide_and_high_as_its_frame() -> None:
    """What is laid over it to be tapped would lie beside it otherwise."""
    odd = SVG.replace(
        'viewBox="0 0 2 2"', 'width="9" height="9" preserveAspectRatio="none" viewBox="0, 0, 200 300"'
    )
    found, findings = media.look({"map.svg": (odd % "").encode()})
    assert findings == []
    root = parseString(found["map.svg"].data).documentElement
    assert (root.getAttribute("width"), root.getAttribute("height")) == ("360", "540")
    assert not root.hasAttribute("preserveAspectRatio")


def test_a_drawing_with_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "b">]>' + (SVG % "&a;").encode()
    _, [finding] = media.look({"map.svg": bomb})
    assert finding.code == "svg_unsafe"


def test_what_a_drawing_program_notes_for_itself_is_left_out() -> None:
    view = '<n:view xmlns:n="http://example.org/n" n:zoom="2"/>'
    note = f'{view}<metadata><x/></metadata><path id="p" d="M0 0h1"/>'
    found, findings = media.look({"map.svg": (SVG % note).encode()})
    assert findings == []
    assert b"zoom" not in found["map.svg"].data
    assert b"metadata" not in found["map.svg"].data
    assert found["map.svg"].areas == {"p"}


# name, bytes → code, row, column
BAD_FILES: list[tuple[str, bytes, str, int | None, str | None]] = [
    ("a.gif", picture(format="GIF"), "media_kind", None, None),
    ("noname", b"x", "media_kind", None, None),
    ("图.png", picture(), "media_name_bad", None, None),
    ("a.png", picture(format="JPEG"), "media_unreadable", None, None),
    ("a.png", picture()[:40], "media_unreadable", None, None),
    ("a.png", picture(size=(4000, 3001)), "media_unreadable", None, None),
    ("a.png", bytes(500_001), "media_too_large", None, None),
    ("a.svg", b"<svg>", "media_unreadable", None, None),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "media_unreadable", None, None),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "media_unreadable", None, None),
    ("a.mp3", b"RIFFxxxxWAVE", "media_unreadable", None, None),
    ("a.wav", b"ID3", "media_unreadable", None, None),
    ("a.mp4", film(b"hvc1"), "film_codec", None, None),
    ("a.mp4", b"\x1a\x45\xdf\xa3webm", "media_unreadable", None, None),
    ("a.csv", "name,label\nx,东镇卫生所\n".encode("gb18030"), "list_not_utf8", None, None),
    ("a.csv", b"", "list_empty", None, None),
    ("a.csv", b"name,label\n", "list_empty", None, None),
    ("a.csv", b"name;label\nx;X\n", "csv_separator", 1, None),
    ("a.csv", b"name,full label\nx,X\n", "column_name_bad", 1, "2"),
    ("a.csv", b"name,\nx,X\n", "csv_ragged", 2, None),
    ("a.csv", b"name,label,name\nx,X,y\n", "column_name_twice", 1, "3"),
    ("a.csv", b"name,label\nx,X\ny\n", "csv_ragged", 3, None),
    ("a.csv", b"name,label\nx,X\ny,Y,2\n", "csv_ragged", 3, None),
    ("a.csv", b'name,label\nx,"X"\ny,"Y"Z\n', "csv_unreadable", 3, None),
    ("a.csv", b"name,label\n" + b"".join(b"%d,x\n" % n for n in range(10_001)), "list_too_long", None, None),
    ("a.geojson", b"{}", "geojson_unreadable", None, None),
    ("a.geojson", b"nothing", "geojson_unreadable", None, None),
    ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "list_empty", None, None),
    (
        "a.geojson",
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
        b'"geometry": {"type": "MultiPoint", "coordinates": [[1, 2]]}}]}',
        "geojson_shape",
        1,
        None,
    ),
    ("a.xml", b"<root><item>", "xml_unreadable", 1, None),
    ("a.xml", b"<list/>", "xml_unreadable", None, None),
    ("a.xml", b"<root/>", "list_empty", None, None),
    ("a.xml", b"<root><thing/></root>", "xml_item", 1, None),
]


@pytest.mark.parametrize(
    ("name", "data", "code", "row", "column"),
    BAD_FILES,
    ids=[f"{one[2]}-{n}" for n, one in enumerate(BAD_FILES)],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(
    name: str, data: bytes, code: str, row: int | None, column: str | None
) -> None:
    found, [finding] = media.look({name: data})
    assert found == {}
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, name, row, column)
    for language in ("zh", "en"):
        assert "{" not in finding.words(language)
        assert name in finding.where(language)


def test_too_many_bytes_in_all_are_refused() -> None:
    _, findings = media.look({f"a{n}.mp4": film(b"avc1" + bytes(2_900_000)) for n in range(4)})
    assert [each.code for each in findings] == ["media_too_much"]


def test_what_a_spreadsheet_leaves_behind_is_mended() -> None:
    """A mark at the start, empty cells at the end of rows, blank lines, line ends of another system."""
    raw = '\ufeffname,label,,\r\nx,"X, 1""",,\r\n,,,\r\n\r\ny,Y\r\n'.encode()
    found, findings = media.look({"a.csv": raw})
    assert findings == []
    assert found["a.csv"].data == b'"name","label"\n"x","X, 1"""\n"y","Y"\n'
    assert found["a.csv"].list is not None
    assert found["a.csv"].list.lines == (2, 5)


def test_a_cell_that_names_a_file_that_was_not_given_is_told(refused: Callable[..., list[Finding]]) -> None:
    [finding] = refused({"image": "a.png"}, {})
    assert (finding.code, finding.where("en")) == ("media_missing", "sheet survey, row 5, column image")


def test_a_file_that_no_cell_names_is_told(refused: Callable[..., list[Finding]]) -> None:
    [finding] = refused({"image": "a.png"}, {"a.png": picture(), "b.png": picture()})
    assert (finding.code, finding.where("zh")) == ("media_unused", "文件 b.png")


def test_a_list_of_the_county_is_not_given_with_a_form(refused: Callable[..., list[Finding]]) -> None:
    [finding] = refused({"image": ""}, {"people.csv": b"name,label\nx,X"})
    assert (finding.code, finding.sheet) == ("media_is_county_list", "people.csv")


@pytest.mark.parametrize(
    ("column", "name", "data"), [("image", "a.wav", file("wash.wav")), ("audio", "a.png", picture())]
)
def test_a_sound_is_no_picture(
    refused: Callable[..., list[Finding]], column: str, name: str, data: bytes
) -> None:
    [finding] = refused({column: name}, {name: data})
    assert (finding.code, finding.row, finding.column) == ("media_other_kind", 5, column)


@pytest.mark.parametrize(
    "columns",
    [
        {"image": "a.png", "audio": "s.wav"},
        {"media::image": "a.png", "media::audio": "s.wav"},
        {"image::中文 (zh)": "a.png", "audio::English (en)": "s.wav"},
        {"media::image::中文 (zh)": "a.png", "media::image::English (en)": "a.png", "audio": "s.wav"},
    ],
    ids=["plain", "media", "one language", "each language"],
)
def test_a_picture_is_there_in_each_language(
    convert: Callable[..., Converted], columns: Mapping[str, str]
) -> None:
    converted = convert(columns, {"a.png": picture(), "s.wav": file("wash.wav")})
    said = values(converted, "/data/note:label")
    assert said == {
        lang: {"image": "jr://images/a.png", "audio": "jr://audio/s.wav"}
        for lang in ("中文 (zh)", "English (en)")
    }


def values(converted: Converted, id: str) -> dict[str, dict[str, str]]:
    """Language → form → what it says, of one text."""
    found: dict[str, dict[str, str]] = {}
    for translation in parseString(converted.xform).getElementsByTagName("translation"):
        for text in translation.getElementsByTagName("text"):
            if text.getAttribute("id") == id:
                found[translation.getAttribute("lang")] = {
                    value.getAttribute("form"): value.firstChild.data
                    for value in text.getElementsByTagName("value")
                    if value.hasAttribute("form")
                }
    return found


def test_the_xform_names_its_files_by_their_hashes(convert: Callable[..., Converted]) -> None:
    converted = convert({"image": "a.png"}, {"a.png": picture()})
    [aside] = parseString(converted.xform).getElementsByTagName("aside")
    [named] = aside.getElementsByTagName("file")
    [medium] = converted.media
    assert {name: named.getAttribute(name) for name in ("name", "sha256", "bytes", "type")} == {
        "name": "a.png",
        "sha256": medium.sha256,
        "bytes": str(len(picture())),
        "type": "image/png",
    }
    assert aside.getAttribute("xmlns") == "urn:lianxin:form"
    assert aside.parentNode.tagName == "h:head"


def test_another_picture_is_another_form(convert: Callable[..., Converted]) -> None:
    one, other = (convert({"image": "a.png"}, {"a.png": picture(size=(8, n))}) for n in (8, 9))
    assert one.sha256 != other.sha256


def test_a_form_without_files_has_nothing_aside(convert: Callable[..., Converted]) -> None:
    assert b"aside" not in convert({"image": ""}, {}).xform


def test_a_longer_hint_is_carried_aside_and_not_glued_to_the_hint(convert: Callable[..., Converted]) -> None:
    hints = {"hint::中文 (zh)": "短", "hint::English (en)": "Short"}
    guidance = {"guidance_hint::中文 (zh)": "很长", "guidance_hint::English (en)": "Long"}
    converted = convert({**hints, **guidance}, {})
    document = parseString(converted.xform)
    said = {
        (each.getAttribute("ref"), each.getAttribute("lang")): each.firstChild.data
        for each in document.getElementsByTagName("guidance")
    }
    assert said == {("/data/note", "zh"): "很长", ("/data/note", "en"): "Long"}
    assert "guidance" not in {form for one in values(converted, "/data/note:hint").values() for form in one}


def test_a_longer_hint_cannot_quote_an_answer(refused: Callable[..., list[Finding]]) -> None:
    found = refused({"guidance_hint": "About ${contact}"}, {})
    assert [(each.code, each.row, each.column) for each in found] == [("guidance_quotes", 5, "guidance_hint")]


def test_a_large_picture_is_found_by_its_small_one(convert: Callable[..., Converted]) -> None:
    files = {"a.png": picture(), "b.png": picture(size=(99, 99))}
    converted = convert({"image": "a.png", "big-image": "b.png"}, files)
    [large] = parseString(converted.xform).getElementsByTagName("large")
    assert (large.getAttribute("of"), large.getAttribute("file")) == ("a.png", "b.png")
    assert values(converted, "/data/note:label")["中文 (zh)"] == {"image": "jr://images/a.png"}


def test_a_large_picture_without_a_small_one_is_told(refused: Callable[..., list[Finding]]) -> None:
    [finding] = refused({"image": "", "big-image": "b.png"}, {"b.png": picture()})
    assert (finding.code, finding.row, finding.column) == ("large_without_small", 5, "big-image")


def test_choices_have_pictures_too(convert: Callable[..., Converted]) -> None:
    converted = convert({"image": ""}, {"a.png": picture()}, {"image": "a.png"})
    assert values(converted, "contact-0")["English (en)"] == {"image": "jr://images/a.png"}


def test_a_workbook_names_a_column_in_whatever_way_xlsform_allows(good: str) -> None:
    for header, column in (
        ("image", "image"),
        ("media::image", "image"),
        ("media:image", "image"),
        ("image::中文 (zh)", "image:zh"),
        ("media::big-image::English (en)", "big-image:en"),
        ("Guidance_Hint::中文 (zh)", "guidance_hint:zh"),
    ):
        book = read(with_columns(good, {header: "x"}).encode(), ".md")
        assert column in book["survey"].headers, header


def test_the_renderers_fixture_is_as_publishing_makes_it() -> None:
    """Renew it with: python -m tests.forms.as_published"""
    assert TABLE.with_suffix(".xml").read_bytes() == as_published(TABLE)
    found, _ = media.look(files_beside(TABLE))
    assert {name: one.data for name, one in found.items()} == files_beside(TABLE)


def form(good: str, *rows: str, choices: str = "", columns: str = "") -> bytes:
    """The good workbook with rows before its question ``note``, and more columns."""
    header = "| choice_filter | parameters |" + columns
    text = good.replace("| hint::中文 (zh) |\n", f"{header}\n" + "".join(f"{row}\n" for row in rows))
    if choices:
        text = text.replace("| Hospital |\n", f"| Hospital |\n{choices}")
    return text.encode()


def codes(source: bytes, files: Mapping[str, bytes]) -> list[tuple[str, str, int | None]]:
    try:
        convert_file(source, ".md", files)
    except FormRefused as refused:
        return [(each.code, each.sheet, each.row) for each in refused.findings if each.code not in LISTED]
    return []


LISTED = ("field_not_listed", "purpose_missing")  # not of the programmes: these rows are the tests' own
CLINICS = {"clinics.csv": file("clinics.csv")}


def row(kind: str, name: str = "note2", filter: str = "", parameters: str = "") -> str:
    return f"|  | {kind} | {name} | 题 | Question | personal | | | | | | | {filter} | {parameters} |"


def test_a_list_of_the_forms_own_is_chosen_from_by_the_columns_that_it_has(good: str) -> None:
    asks = "select_one_from_file clinics.csv"
    assert codes(form(good, row(asks, parameters="value=code label=title")), CLINICS) == []
    assert codes(form(good, row(asks)), CLINICS) == [("list_column_missing", "survey", 2)] * 2
    wrong = row(asks, parameters="value=code label=titel")
    assert codes(form(good, wrong), CLINICS) == [("list_column_missing", "survey", 2)]


def test_a_filter_reads_the_columns_of_the_forms_own_list(good: str) -> None:
    asks, said = "select_one_from_file clinics.csv", "value=code label=title"
    assert codes(form(good, row(asks, filter="town = ${contact}", parameters=said)), CLINICS) == []
    found = codes(form(good, row(asks, filter="city = ${contact}", parameters=said)), CLINICS)
    assert found == [("filter_column_unknown", "survey", 2)]


def test_values_of_a_list_are_told_apart(good: str) -> None:
    rows = b"name,label\nx,X\nx,Y\ny z,Z\n,N\n"
    asks = row("select_one_from_file mine.csv")
    assert codes(form(good, asks), {"mine.csv": rows}) == [
        ("list_value_twice", "mine.csv", 3),
        ("list_value_bad", "mine.csv", 4),
        ("list_value_bad", "mine.csv", 5),
    ]


def test_a_filter_over_the_sheet_choices_reads_its_own_columns(good: str) -> None:
    text = good.replace(
        "| choices | list_name | name | label::中文 (zh) | label::English (en) |",
        "| choices | list_name | name | label::中文 (zh) | label::English (en) | town |",
    )
    narrowed = row("select_one contact", filter="town = ${contact}")
    assert codes(form(text, narrowed), {}) == []
    assert codes(form(text, row("select_one contact")), {}) == [("column_unknown", "choices", 1)]
    assert codes(form(good, narrowed), {}) == [("filter_column_unknown", "survey", 2)]


def test_pulldata_names_its_file_and_columns(good: str) -> None:
    def pulled(call: str) -> bytes:
        return form(good, f"|  | calculate | tel | | | personal | | | {call} |")

    assert codes(pulled("pulldata('clinics', 'phone', 'code', ${contact})"), CLINICS) == []
    assert codes(pulled("pulldata('clinics', 'fax', 'code', ${contact})"), CLINICS) == [
        ("list_column_missing", "survey", 2)
    ]
    assert codes(pulled("pulldata('clinic', 'phone', 'code', ${contact})"), {}) == [
        ("file_unknown", "survey", 2)
    ]
    assert ("pulldata_open", "survey", 2) in codes(pulled("pulldata(${contact}, 'phone', 'code', 'x')"), {})


def test_a_list_from_a_repeat_is_one_of_its_questions(good: str) -> None:
    rows = [
        "|  | begin_repeat | guest | 客人 | Guest | none |",
        row("text", "called"),
        "|  | end_repeat |",
        row("select_one ${called}", "eldest"),
    ]
    assert codes(form(good, *rows), {}) == []
    rows[3] = row("select_one ${note}", "eldest")
    assert codes(form(good, *rows), {}) == [("list_not_in_repeat", "survey", 5)]


def test_every_choice_of_a_map_has_its_part_of_the_drawing(good: str) -> None:
    names = ("seen", "phone", "family", "no_answer", "hospital")
    paths = "".join(f'<path id="{name}" d="M0 0h1v1z"/>' for name in names)
    asks = "|  | select_one contact | where2 | 题 | Q | personal | | | | | image-map | | | | map.svg |"
    source = form(good, asks, columns=" image |")
    assert codes(source, {"map.svg": (SVG % paths).encode()}) == []
    assert codes(source, {"map.svg": (SVG % paths.replace("family", "famly")).encode()}) == [
        ("map_without_area", "choices", 4)
    ]
    assert codes(source.replace(b"map.svg", b"map.png"), {"map.png": picture()}) == [
        ("map_needs_drawing", "survey", 2)
    ]


@pytest.mark.parametrize("kind", ["begin_group", "begin_repeat", "calculate", "hidden", "start"])
def test_a_picture_where_nobody_sees_it_is_told(good: str, kind: str) -> None:
    asks = f"|  | {kind} | g2 | 组 | Group | none | | | 1 | | | | | | a.png |"
    end = [f"|  | {kind.replace('begin', 'end')} |"] if kind.startswith("begin") else []
    found = codes(form(good, asks, *end, columns=" image |"), {"a.png": picture()})
    assert ("media_unseen", "survey", 2) in found


def test_a_group_on_a_page_of_its_own_may_have_a_picture(good: str) -> None:
    asks = "|  | begin_group | g2 | 组 | Group | none | | | | | field-list | | | | a.png |"
    found = codes(form(good, asks, "|  | end_group |", columns=" image |"), {"a.png": picture()})
    assert found == []
