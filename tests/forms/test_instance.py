"""Instance XML to {path: value} and back: faithful to what a phone writes, deaf to everything else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.core.instance import MOST_BYTES, PARENT_ROW, Unreadable, read, write

# What XML 1.0 can carry; a phone strips the rest while typing.
TEXT = st.text(
    st.characters(
        exclude_categories=("Cs",),
        exclude_characters=[
            *map(chr, range(9)),
            "\x0b",
            "\x0c",
            *map(chr, range(14, 32)),
            "\ufffe",
            "\uffff",
        ],
    ),
    max_size=40,
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def instance(inner: str, attributes: str = 'id="f" version="1"') -> bytes:
    return f"<data {attributes}>{inner}<meta><instanceID>uuid:1</instanceID></meta></data>".encode()


@given(st.dictionaries(NAMES.filter(lambda name: name != "rows"), TEXT, min_size=1, max_size=8))
def test_what_is_written_is_read_back(values: dict[str, str]) -> None:
    paths = {f"/data/{name}": value for name, value in values.items()}
    found = read(write("f", "7", paths))
    assert (found.form, found.version, found.values, found.rows) == ("f", "7", paths, {})


@given(st.lists(st.dictionaries(NAMES, TEXT, min_size=1, max_size=4), max_size=5), TEXT)
def test_rows_of_a_repeat_are_read_back_in_order(rows: list[dict[str, str]], text: str) -> None:
    repeat = "/data/group/rows"
    paths = [{f"{repeat}/{name}": value for name, value in row.items()} for row in rows]
    found = read(write("f", "7", {"/data/note": text}, {repeat: paths}), [repeat])
    assert found.values["/data/note"] == text
    assert found.rows == ({repeat: paths} if rows else {})


@given(st.binary(max_size=300))
def test_any_bytes_are_either_read_or_unreadable(data: bytes) -> None:
    with suppress(Unreadable):
        read(data)


@given(st.integers(0, 400))
def test_a_truncated_instance_is_unreadable(at: int) -> None:
    whole = write("f", "1", {"/data/note": "王秀兰" * 20, "/data/meta/instanceID": "uuid:1"})
    if at < len(whole):
        with pytest.raises(Unreadable):
            read(whole[:at])


def test_empty_and_missing_differ() -> None:
    found = read(instance("<a/><b></b><c> </c>"))
    assert found.values == {"/data/a": "", "/data/b": "", "/data/c": " ", "/data/meta/instanceID": "uuid:1"}
    assert "/data/d" not in found.values


def test_meta_may_stand_in_openrosas_namespace() -> None:
    xml = (
        b'<data xmlns:orx="http://openrosa.org/xforms" id="f" version="1"><orx:meta>'
        b"<orx:instanceID>uuid:2</orx:instanceID><orx:deprecatedID>uuid:1</orx:deprecatedID></orx:meta></data>"
    )
    found = read(xml)
    assert (found.instance_id, found.deprecated_id) == ("uuid:2", "uuid:1")


def test_attributes_of_the_entity_are_values() -> None:
    found = read(instance('<m><entity dataset="people" id="x" update="1"><label>王</label></entity></m>'))
    assert found.values["/data/m/entity/@id"] == "x"
    assert found.values["/data/m/entity/@update"] == "1"
    assert found.values["/data/m/entity/label"] == "王"


def test_a_repeats_template_is_no_answer() -> None:
    xml = instance(
        '<r jr:template=""><x>1</x></r><r><x>2</x></r>', 'xmlns:jr="http://openrosa.org/javarosa" id="f"'
    )
    assert read(xml, ["/data/r"]).rows == {"/data/r": [{"/data/r/x": "2"}]}


def test_rows_of_an_inner_repeat_know_their_outer_row() -> None:
    inner = "/data/r/s"
    xml = instance("<r><s><x>1</x></s></r><r><s><x>2</x></s><s><x>3</x></s></r>")
    rows = read(xml, ["/data/r", inner]).rows[inner]
    assert [(row[PARENT_ROW], row[f"{inner}/x"]) for row in rows] == [("0", "1"), ("1", "2"), ("1", "3")]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE data [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><data id="f"><n>&c;</n></data>"""
OUTSIDE = b'<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="f"><n>&x;</n></data>'


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"", "not_well_formed"),
        (b"not xml", "not_well_formed"),
        (b'<data id="f"><a></data>', "not_well_formed"),
        (b'<data id="f"><a>\x00</a></data>', "not_well_formed"),
        (b'<data id="f"><a>&#0;</a></data>', "not_well_formed"),
        (b'<data id="f"><a>&lol;</a></data>', "not_well_formed"),
        ('<data id="f"><a>王</a></data>'.encode("gb18030"), "not_well_formed"),
        (b'<data id="f"><a>\xed\xa0\x80</a></data>', "not_well_formed"),
        (BOMB, "doctype"),
        (OUTSIDE, "doctype"),
        (b"<!DOCTYPE data><data/>", "doctype"),
        (b'<data xmlns="http://example.org/evil" id="f"/>', "foreign_namespace"),
        (b'<data id="f"><a xmlns="http://www.w3.org/1999/xhtml"/></data>', "foreign_namespace"),
        (b'<data id="f"><a>1</a><a>2</a></data>', "node_twice"),
        (b'<data id="f"><g>text<a>1</a></g></data>', "text_between_nodes"),
        (b"<data><a>1</a></data>", "no_form_id"),
        (b'<data id="f">' + b"<g>" * 40 + b"</g>" * 40 + b"</data>", "too_deep"),
        (b'<data id="f">' + b"<g/>" * 30_000 + b"</data>", "too_many_nodes"),
        (b'<data id="f">' + b"<r><x/></r>" * 30_000 + b"</data>", "too_many_nodes"),
        (b" " * (MOST_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_instance_is_unreadable_and_says_why(xml: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(xml, ["/data/r"])
    assert error.value.reason == reason
