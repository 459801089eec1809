"""[S6] What was taken apart into fields and merged is an instance again that says just that."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.core import ids
from sync.core.merge import Merged, Version, merge
from sync.core.spread import Shape, spread
from sync.core.weave import weave

RECORD = "019abf6e-1e40-7000-8000-000000000003"
ROW_1, ROW_2, ROW_3 = (f"0193a000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
A, B, C = (f"019abf6e-1e40-7000-8000-0000000000a{number}" for number in (1, 2, 3))
SHAPE = Shape(
    repeats=("/data/meals", "/data/meals/dishes"),
    answers={
        "/data/who",
        "/data/care/ate",
        "/data/care/photo",
        "/data/note",
        "/data/meals/when",
        "/data/meals/dishes/name",
    },
)


def shape_of(_form: str, _version: str) -> Shape:
    return SHAPE


def body(inner: str, **changes: Any) -> dict[str, Any]:
    record = {
        "record": RECORD,
        "form": "f",
        "version": "1",
        "xml": f'<data xmlns:orx="http://openrosa.org/xforms" id="f" version="1">{inner}'
        "<orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></data>",
        "list_rows": {},
        "attachments": [],
        **{name: changes.pop(name) for name in ("version", "list_rows", "attachments") if name in changes},
    }
    at = {"wall": "2026-11-24T00:58:00.000Z", "mono": 1, "start": ROW_1}
    return {
        "visit": "v", "team": "t", "programme": "p", "entry": "live", "subject": None, "place": None,
        "check_in": {"at": at}, "check_out": None, "participants": [], "helpers_unnamed": 0,
        "records": [record], **changes,
    }  # fmt: skip


def merged(bodies: dict[str, Any], bases: dict[str, tuple[str, ...]]) -> tuple[Merged, dict[str, Any]]:
    fields = spread(bodies, shape_of)
    found = merge(Version(id, fields[id], bases.get(id, ())) for id in bodies)
    return found, weave(bodies, found, shape_of)


def inner(woven: dict[str, Any]) -> str:
    xml: str = woven["records"][0]["xml"]
    return xml.partition('version="1">')[2].partition("<orx:meta>")[0]


def meal(row: str, when: str, *dishes: str) -> str:
    rows = "".join(
        f"<dishes><row_id>{ROW_3[:-1]}{n}</row_id><name>{d}</name></dishes>" for n, d in enumerate(dishes)
    )
    return f"<meals><row_id>{row}</row_id><when>{when}</when>{rows}</meals>"


def test_each_side_changed_another_answer_and_both_are_there() -> None:
    """[S6]"""
    found, woven = merged(
        {
            A: body("<who>x</who><sum>3</sum><care><ate>no</ate></care><note/>"),
            B: body("<who>y</who><sum>4</sum><care><ate>no</ate></care><note/>"),
            C: body("<who>x</who><sum>3</sum><care><ate>yes</ate></care><note/>"),
        },
        {B: (A,), C: (A,)},
    )
    assert found.conflicts == ()
    # what the form calculates stays that of the version that goes before the other
    assert inner(woven) == "<who>y</who><sum>3</sum><care><ate>yes</ate></care><note/>"


def test_an_answer_that_the_frame_lacks_stands_where_the_other_has_it() -> None:
    """[S6] asked on one side only"""
    _, woven = merged(
        {
            A: body("<who>x</who><note>n</note>"),
            B: body("<who>x</who><care><ate>yes</ate></care><note>n</note>"),
            C: body("<who>x</who><note>more</note>"),
        },
        {B: (A,), C: (A,)},
    )
    assert inner(woven) == "<who>x</who><care><ate>yes</ate></care><note>more</note>"


def test_an_answer_that_is_not_asked_any_more_goes() -> None:
    """[S6] missing is a value"""
    found, woven = merged(
        {
            A: body("<who>x</who><care><ate>yes</ate></care><note>n</note>"),
            B: body("<who>no</who><note>n</note>"),
            C: body("<who>x</who><care><ate>yes</ate></care><note>more</note>"),
        },
        {B: (A,), C: (A,)},
    )
    assert found.conflicts == ()
    assert inner(woven) == "<who>no</who><care/><note>more</note>"


def test_rows_that_two_sides_added_are_two() -> None:
    """[S6]"""
    found, woven = merged(
        {
            A: body("<who>x</who>" + meal(ROW_1, "noon", "rice") + "<note/>"),
            B: body("<who>x</who>" + meal(ROW_1, "noon", "rice") + meal(ROW_2, "night") + "<note/>"),
            C: body("<who>x</who>" + meal(ROW_1, "noon", "rice", "egg") + "<note/>"),
        },
        {B: (A,), C: (A,)},
    )
    assert found.conflicts == ()
    both = meal(ROW_1, "noon", "rice", "egg") + meal(ROW_2, "night")
    assert inner(woven) == f"<who>x</who>{both}<note/>"


def test_a_row_that_one_side_deleted_and_the_other_filled_is_one_question() -> None:
    """[S6]"""
    found, _ = merged(
        {
            A: body(meal(ROW_1, "noon", "rice")),
            B: body(""),
            C: body(meal(ROW_1, "night", "rice", "egg")),
        },
        {B: (A,), C: (A,)},
    )
    assert found.conflicts == (f"records/{RECORD}/data/meals[{ROW_1}]",)


def test_a_record_by_two_versions_of_its_form_is_one_field() -> None:
    """[S6]"""
    bodies = {
        A: body("<who>x</who>"),
        B: body("<who>y</who>", version="2"),
        C: body("<who>x</who><note>n</note>"),
    }
    found, woven = merged(bodies, {B: (A,), C: (A,)})
    assert found.conflicts == (f"records/{RECORD}",)
    assert woven["records"] == bodies[C]["records"]


def test_a_photo_that_was_taken_anew_goes_with_its_answer() -> None:
    """[S6]"""

    def file(name: str) -> dict[str, Any]:
        return {"name": name, "sha256": name[0] * 64, "bytes": 1, "type": "image/jpeg"}

    def photo(name: str) -> str:
        return f"<care><photo>{name}</photo></care>"

    found, woven = merged(
        {
            A: body(photo("a/1.jpg"), attachments=[file("a/1.jpg")]),
            B: body(photo("b.jpg"), attachments=[file("b.jpg")]),
            C: body(photo("c.jpg"), attachments=[file("c.jpg")]),
        },
        {B: (A,), C: (A,)},
    )
    assert found.conflicts == (f"records/{RECORD}/data/care/photo",)
    assert woven["records"][0]["attachments"] == [file("c.jpg")]


def test_a_list_row_is_kept_whichever_side_read_it() -> None:
    """[S6]"""
    _, woven = merged(
        {
            A: body("<who>x</who>", list_rows={"people": [{"name": "x", "label": "X"}]}),
            B: body("<who>y</who>", list_rows={"people": [{"name": "y", "label": "Y"}]}),
            C: body("<who>x</who><note>n</note>", list_rows={"people": [{"name": "x", "label": "X now"}]}),
        },
        {B: (A,), C: (A,)},
    )
    assert woven["records"][0]["list_rows"] == {
        "people": [{"name": "x", "label": "X now"}, {"name": "y", "label": "Y"}]
    }


texts = st.sampled_from(["", "x", 'a&<"\r\n', "字"])
leaf = st.none() | texts


@st.composite
def bodies(draw: Any) -> dict[str, Any]:
    def node(name: str, said: str | None) -> str:
        if said is None:
            return ""
        escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
        return f"<{name}>{escaped}</{name}>"

    inside = node("who", draw(leaf))
    if draw(st.booleans()):
        inside += f"<care>{node('ate', draw(leaf))}</care>"
    for row in draw(st.lists(st.sampled_from([ROW_1, ROW_2]), unique=True)):
        dishes = "".join(
            f"<dishes><row_id>{each}</row_id>{node('name', draw(leaf))}</dishes>"
            for each in draw(st.lists(st.sampled_from([ROW_1, ROW_3]), unique=True))
        )
        inside += f"<meals><row_id>{row}</row_id>{node('when', draw(leaf))}{dishes}</meals>"
    return body(inside + node("note", draw(leaf)), helpers_unnamed=draw(st.integers(0, 2)))


@given(st.lists(bodies(), min_size=1, max_size=5), st.data())
def test_what_is_woven_spreads_into_what_was_merged(made: list[Any], data: Any) -> None:
    """[S6]"""
    named = {ids.uuid7(1_764_000_000_000 + number, bytes(10)): one for number, one in enumerate(made)}
    bases = {
        id: (data.draw(st.sampled_from(list(named)[:number])),)
        for number, id in enumerate(named)
        if number and data.draw(st.booleans())
    }
    found, woven = merged(named, bases)
    assert spread({"woven": woven}, shape_of)["woven"] == found.shown
