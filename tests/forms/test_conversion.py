"""A programme's tables become XForms that phones fill, with what publishing adds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml.minidom import parseString
from pyxform.xls2json_backends import md_table_to_workbook

from server.forms import publishing_steps
from server.forms.convert import convert_spec
from server.forms.definition import Definition
from server.forms.workbook import read
from server.programmes.programme import COMMON, FormSpec, duties_of, form_specs, programmes

FORMS = list(form_specs().values())
ALL = 39
FIXTURES = Path(__file__).resolve().parents[2] / "pwa" / "src" / "forms" / "fixtures"
every_form = pytest.mark.parametrize("spec", FORMS, ids=[spec.key for spec in FORMS])


def test_every_programme_has_forms_and_there_are_all_of_them() -> None:
    assert len(FORMS) == ALL
    assert {spec.programme for spec in FORMS} == {*programmes(), COMMON}


@every_form
def test_every_programmes_form_converts_without_a_warning(spec: FormSpec) -> None:
    assert convert_spec(spec).definition.form == spec.key


@every_form
def test_converting_twice_gives_the_same_bytes(spec: FormSpec) -> None:
    assert convert_spec(spec).sha256 == convert_spec(spec).sha256


@every_form
def test_the_renderers_fixtures_are_the_forms_as_they_are_now(spec: FormSpec) -> None:
    """Renew them with: lianxin form export-xform pwa/src/forms/fixtures"""
    assert (FIXTURES / f"{spec.key}.xml").read_bytes() == convert_spec(spec).xform


@every_form
def test_publishing_adds_an_empty_deprecated_id(spec: FormSpec) -> None:
    document = parseString(convert_spec(spec).xform)
    (deprecated,) = document.getElementsByTagName("deprecatedID")
    assert deprecated.parentNode.tagName == "meta"
    assert not deprecated.childNodes


COUNTED = [spec for spec in FORMS if duties_of(spec.key)]


@pytest.mark.parametrize("spec", COUNTED, ids=[spec.key for spec in COUNTED])
def test_publishing_turns_counts_when_into_a_hidden_calculation(spec: FormSpec) -> None:
    converted = convert_spec(spec)
    binds = {
        bind.getAttribute("nodeset"): bind.getAttribute("calculate")
        for bind in parseString(converted.xform).getElementsByTagName("bind")
    }
    for duty in duties_of(spec.key):
        path = converted.definition.counts[duty.key]
        assert path == f"/data/{duty.field}"
        assert binds[path].startswith("if(")
        assert converted.definition.by_path[path].calculated


@every_form
def test_a_definition_survives_being_kept_as_json(spec: FormSpec) -> None:
    definition = convert_spec(spec).definition
    assert Definition.read(json.loads(json.dumps(definition.json()))) == definition


def test_the_care_visit_writes_consent_back_to_the_list() -> None:
    definition = convert_spec(form_specs()["day-care-visit"]).definition
    assert definition.entity is not None
    assert definition.entity.list == "people"
    assert definition.entity.saves == {"consent": "/data/consent_now", "consent_on": "/data/consent_now_on"}
    assert definition.entity.create_path is None
    assert definition.binds == {
        "subject": "/data/person",
        "door": "/data/door",
        "place": None,
        "volunteers": None,
    }
    assert definition.lists == ("people",)


def test_a_field_in_a_group_has_the_groups_path_and_its_choices() -> None:
    definition = convert_spec(form_specs()["day-care-visit"]).definition
    ate = definition.by_path["/data/care/ate"]
    assert (ate.group, ate.type, ate.many, ate.data_class) == ("/data/care", "select", False, "sensitive")
    assert definition.labels[ate.choices]["little"] == {"zh": "吃得少", "en": "Ate little"}
    assert definition.by_path["/data/care/tasks"].many
    assert definition.groups["/data/care"] == {"zh": "照料", "en": "Care"}


def test_the_answers_of_the_three_buttons_are_choices_of_their_form() -> None:
    for programme in programmes().values():
        for door in (programme.doors or {}).values():
            spec = programme.form(door["form"])
            definition = convert_spec(spec).definition
            field = definition.by_path[definition.doors.question]
            for answer in door.get("answers", [door.get("answer")]):
                assert answer in definition.labels[field.choices]


def test_a_repeat_gets_an_identity_in_template_and_first_instance() -> None:
    xform = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance><data id="f"><g>
      <r jr:template=""><x/></r><r><x/></r></g><meta><instanceID/></meta></data></instance>
      <bind nodeset="/data/g/r/x" type="int"/></model></h:head>
      <h:body><group ref="/data/g/r"><repeat nodeset="/data/g/r"/></group></h:body></h:html>"""
    document = parseString(publishing_steps.apply(xform))
    rows = document.getElementsByTagName("r")
    assert [row.firstChild.tagName for row in rows] == ["row_id", "row_id"]
    binds = {
        bind.getAttribute("nodeset"): bind.getAttribute("calculate")
        for bind in document.getElementsByTagName("bind")
    }
    assert binds["/data/g/r/row_id"] == "once(uuid())"


def test_every_row_begins_with_a_row_of_the_repeats_in_it() -> None:
    """ODK's converter gives one to the first row only. The engine then gave a fresh row one, and none when
    the draft had been closed in between: a deep run of the draft property told it."""
    xform = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance><data id="f">
      <o jr:template=""><g><i jr:template=""><x/></i></g><c jr:template=""><y/></c></o>
      <o><g><i><x/></i></g><c><y/></c></o><meta><instanceID/></meta></data></instance>
      <bind nodeset="/data/o/g/i/x" type="int"/></model></h:head>
      <h:body><repeat nodeset="/data/o"><repeat nodeset="/data/o/g/i"/>
      <repeat nodeset="/data/o/c" jr:count="2"/></repeat></h:body></h:html>"""
    document = parseString(publishing_steps.apply(xform))
    template = {
        name: [row.hasAttribute("jr:template") for row in document.getElementsByTagName(name)]
        for name in ("o", "i", "c")
    }
    assert template == {
        "o": [True, False],
        "i": [False, False],
        "c": [True, False],
    }  # c: as many as are asked


def test_a_workbook_in_excel_is_read_like_the_table(good: str, tmp_path: Path) -> None:
    md_table_to_workbook(good).save(tmp_path / "form.xlsx")
    excel, table = read((tmp_path / "form.xlsx").read_bytes(), ".xlsx"), read(good.encode(), ".md")
    assert excel["survey"].headers == table["survey"].headers
    for sheet in ("survey", "choices", "settings"):
        assert [row.cells for row in excel[sheet]] == [row.cells for row in table[sheet]]
