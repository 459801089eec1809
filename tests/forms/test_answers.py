"""Answers are typed by the form's own definition; what the form could not have produced is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.base.problems import Problem
from server.entities.change import EntityChange
from server.forms import lines
from server.forms.answers import read
from server.forms.convert import convert_spec
from server.forms.definition import Definition, Field
from server.programmes.programme import form_specs
from sync.core.instance import write

PERSON = "0193f8a0-0000-7000-8000-000000000001"
CARE = convert_spec(form_specs()["day-care-visit"]).definition
CONTACT = convert_spec(form_specs()["daily-contact"]).definition
META = {"/data/meta/instanceID": "uuid:9c0f0f6e-0a4b-4a53-9b3e-0d9c7c3a4a01"}


def care(**answers: str) -> bytes:
    values = {f"/data/{name.replace('__', '/')}": value for name, value in answers.items()}
    return write(CARE.form, CARE.version, values | META)


def refused(definition: Definition, xml: bytes) -> Problem:
    with pytest.raises(Problem) as problem:
        read(definition, xml)
    return problem.value


def test_each_kind_of_answer_has_its_type() -> None:
    values = read(
        CARE,
        care(
            start="2026-11-24T08:42:10.123+08:00", today="2026-11-24", person=PERSON, door="opened", met="1",
            purpose="", care__tasks="meal stove", care__room_temp="-3", care__hazard="",
            revisit_on="2026-11-30", note="腿疼\n昨晚没睡好", refer_agreed="",
        ),
    ).values  # fmt: skip
    assert values == {
        "/data/start": "2026-11-24T08:42:10.123+08:00",
        "/data/today": "2026-11-24",
        "/data/person": PERSON,
        "/data/door": "opened",
        "/data/met": "1",
        "/data/care/tasks": ["meal", "stove"],
        "/data/care/room_temp": -3,
        "/data/care/hazard": [],
        "/data/revisit_on": "2026-11-30",
        "/data/note": "腿疼\n昨晚没睡好",
        "/data/refer_agreed": "",
    }


def test_what_was_not_relevant_is_absent_and_what_was_left_blank_is_empty() -> None:
    values = read(CARE, care(door="nobody", note="")).values
    assert values["/data/note"] == ""
    assert "/data/wellbeing" not in values


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"door": "flew"}, "not_an_answer"),
        ({"door": "opened family"}, "not_an_answer"),
        ({"care__tasks": "meal dance"}, "not_an_answer"),
        ({"care__room_temp": "12.5"}, "not_an_answer"),
        ({"care__room_temp": "twelve"}, "not_an_answer"),
        ({"care__room_temp": "9007199254740993"}, "not_an_answer"),
        ({"care__room_temp": "１２"}, "not_an_answer"),
        ({"revisit_on": "2026-02-30"}, "not_an_answer"),
        ({"revisit_on": "24.11.2026"}, "not_an_answer"),
        ({"start": "yesterday"}, "not_an_answer"),
        ({"belief": "any"}, "unknown_question"),
        ({"care": "text in a group"}, "unknown_question"),
    ],
)
def test_what_the_form_could_not_have_produced_is_refused(answers: dict[str, str], reason: str) -> None:
    problem = refused(CARE, care(**answers))
    assert (problem.code, problem.params["reason"]) == ("answers_do_not_fit", reason)


def test_a_record_of_another_form_or_version_is_refused() -> None:
    for form, version in ((CARE.form, "2020010101"), ("daily-contact", CARE.version)):
        assert refused(CARE, write(form, version, META)).params["reason"] == "another_form"


def test_a_record_without_an_instance_id_is_refused() -> None:
    xml = write(CARE.form, CARE.version, {"/data/note": "x"})
    assert refused(CARE, xml).params["reason"] == "no_instance_id"


def test_bytes_that_are_no_instance_are_refused_in_words() -> None:
    problem = refused(CARE, b"<!DOCTYPE x><x/>")
    assert (problem.code, problem.params["reason"]) == ("xml_unreadable", "doctype")
    assert problem.words("zh").title
    assert problem.words("en").next


def entity(**attributes: str) -> dict[str, str]:
    return {f"/data/meta/entity/@{name}": value for name, value in attributes.items()}


def change(values: dict[str, str]) -> EntityChange | None:
    return read(CARE, write(CARE.form, CARE.version, values | META)).entity


def test_consent_given_at_the_door_changes_the_persons_entry() -> None:
    asked = {"/data/consent_now": "all", "/data/consent_now_on": "2026-11-24"}
    assert change(asked | entity(dataset="people", id=PERSON, update="true")) == EntityChange(
        "people", PERSON, create=False, update=True, properties={"consent": "all", "consent_on": "2026-11-24"}
    )


def test_an_entity_block_whose_condition_did_not_hold_changes_nothing() -> None:
    assert change(entity(dataset="people", id=PERSON, update="false")) is None
    assert change(entity(dataset="people", id=PERSON, update="")) is None


def test_properties_that_were_not_asked_are_left_alone() -> None:
    found = change({"/data/consent_now": "declined"} | entity(id=PERSON, update="1"))
    assert found is not None
    assert found.properties == {"consent": "declined"}


def test_an_entity_without_a_proper_id_is_refused() -> None:
    for id in ("", "朴顺姬", "../../etc"):
        values = {"/data/consent_now": "all"} | entity(id=id, update="1") | META
        problem = refused(CARE, write(CARE.form, CARE.version, values))
        assert problem.params["reason"] == "no_entity_id"


def field(name: str, type: str, **more: Any) -> Field:
    label = {"zh": name, "en": name}
    given = {"many": False, "choices": None, "group": None, "repeat": None, "calculated": False} | more
    return Field(
        f"/data/{name}", name.split("/")[-1], type, data_class="none", label=label, required=False, **given
    )


def test_kinds_that_later_forms_have_are_typed_too() -> None:
    rows = "/data/rows"
    wide = replace(
        CONTACT,
        fields=(
            field("weight", "decimal"),
            field("at", "time"),
            field("when", "dateTime"),
            field("gps", "geopoint"),
            field("rows/name", "text", repeat=rows),
            field("rows/count", "integer", repeat=rows),
        ),
        repeats=(rows,),
    )
    values = {
        "/data/weight": "61.50",
        "/data/at": "08:30:00.000+08:00",
        "/data/when": "2026-11-24T08:30:00.000Z",
        "/data/gps": "40.1 134.5 0 12.3",
    }
    xml = write(
        wide.form, wide.version, values | META, {rows: [{f"{rows}/name": "甲", f"{rows}/count": "2"}]}
    )
    record = read(wide, xml)
    assert record.values == {
        "/data/weight": "61.50",
        "/data/at": "08:30:00.000+08:00",
        "/data/when": "2026-11-24T08:30:00.000Z",
        "/data/gps": {"lat": "40.1", "lon": "134.5", "alt": "0", "acc": "12.3"},
    }
    assert record.rows == {rows: [{f"{rows}/name": "甲", f"{rows}/count": 2}]}
    for path, text in (("weight", "1e5"), ("weight", "NaN"), ("at", "25:00"), ("gps", "91 0"), ("gps", "1")):
        assert (
            refused(wide, write(wide.form, wide.version, {f"/data/{path}": text} | META)).code
            == "answers_do_not_fit"
        )


WAY = "45.27 130.25 0.0 4.0;45.271 130.25 0.0 6.0"
PLOT = "45.27 130.25;45.27 130.251;45.271 130.251;45.27 130.25"
ON_THE_WAY = replace(
    CONTACT,
    fields=(
        field("way", "geotrace"),
        field("plot", "geoshape"),
        field("code", "text"),
        field("film", "video"),
        field("paper", "file"),
    ),
)


def on_the_way(**answers: str) -> bytes:
    values = {f"/data/{name}": text for name, text in answers.items()}
    return write(ON_THE_WAY.form, ON_THE_WAY.version, values | META)


def test_ways_and_areas_are_points_and_films_and_files_are_names() -> None:
    values = read(
        ON_THE_WAY, on_the_way(way=WAY, plot=PLOT, code="6901234567892", film="a.mp4", paper="")
    ).values
    assert values["/data/way"] == {
        "points": [
            {"lat": "45.27", "lon": "130.25", "alt": "0.0", "acc": "4.0"},
            {"lat": "45.271", "lon": "130.25", "alt": "0.0", "acc": "6.0"},
        ],
        "closed": False,
    }
    assert values["/data/plot"]["closed"] is True
    assert [one["lon"] for one in values["/data/plot"]["points"]] == [
        "130.25",
        "130.251",
        "130.251",
        "130.25",
    ]
    assert (values["/data/code"], values["/data/film"], values["/data/paper"]) == (
        "6901234567892",
        "a.mp4",
        "",
    )


def test_ways_and_areas_are_measured_in_words_and_written_for_map_programs() -> None:
    values = read(ON_THE_WAY, on_the_way(way=WAY, plot=PLOT)).values
    way, plot = values["/data/way"], values["/data/plot"]
    assert lines.wkt(way) == "LINESTRING (130.25 45.27, 130.25 45.271)"
    assert lines.wkt(plot) == "POLYGON ((130.25 45.27, 130.251 45.27, 130.251 45.271, 130.25 45.27))"
    assert lines.words(way) == {"zh": "2 个点，长约 111 米", "en": "2 points, about 111 m"}
    assert lines.words(plot) == {
        "zh": "3 个点，约 4,351 平方米，一圈约 325 米",
        "en": "3 points, about 4,351 m², 325 m round it",
    }
    assert lines.is_line(way)
    assert not lines.is_line({"lat": "1", "lon": "2"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("way", "45.27 130.25"),
        ("way", "45.27 130.25;91 0"),
        ("way", "45.27 130.25;north"),
        ("way", ";".join(["45.27 130.25"] * 5_001)),
        ("plot", "45.27 130.25;45.27 130.251;45.271 130.251"),
        ("plot", "45.27 130.25;45.27 130.251;45.271 130.251;45.28 130.25"),
        ("film", "x" * 201),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(name: str, text: str) -> None:
    assert refused(ON_THE_WAY, on_the_way(**{name: text})).params["reason"] == "not_an_answer"
