"""Nothing is asked that the allow-list does not name with class and purpose, and nothing there is stale."""

from __future__ import annotations

from server.forms.convert import convert_spec
from server.programmes.allow_list import allow_list
from server.programmes.programme import CLASSES, form_specs


def test_the_allow_list_names_exactly_the_fields_of_the_forms() -> None:
    asked = {
        key: {field.name: field.data_class for field in convert_spec(spec).definition.fields}
        for key, spec in form_specs().items()
    }
    listed = {
        key: {name: one.data_class for name, one in fields.items()}
        for key, fields in allow_list().forms.items()
    }
    assert asked == listed


def test_every_field_has_a_class_and_a_purpose_with_words() -> None:
    allowed = allow_list()
    everything = [
        *(one for fields in allowed.forms.values() for one in fields.values()),
        *(one for declared in allowed.lists.values() for one in declared.properties.values()),
    ]
    assert {one.data_class for one in everything} <= set(CLASSES)
    assert {one.purpose for one in everything} == set(allowed.purposes)


def test_what_a_form_saves_to_a_list_is_guarded_there_as_in_the_form() -> None:
    compared = 0
    for spec in form_specs().values():
        definition = convert_spec(spec).definition
        if definition.entity is not None:
            properties = allow_list().lists[definition.entity.list].properties
            for name, path in definition.entity.saves.items():
                assert properties[name].data_class == definition.by_path[path].data_class
                compared += 1
    assert compared > 50


def test_no_field_asks_for_a_citizen_number() -> None:
    allowed = allow_list()
    names = [name for fields in allowed.forms.values() for name in fields]
    names += [name for one in allowed.lists.values() for name in one.properties]
    assert not [name for name in names if name.startswith(("id_", "citizen", "shenfen"))]


def test_what_closes_a_matter_is_an_answer_that_some_form_saves() -> None:
    saved: dict[tuple[str, str], set[str]] = {}
    for spec in form_specs().values():
        definition = convert_spec(spec).definition
        if definition.entity is None:
            continue
        for name, path in definition.entity.saves.items():
            offered = definition.choices.get(definition.by_path[path].choices or "", ())
            saved.setdefault((definition.entity.list, name), set()).update(value for value, *_ in offered)
    for declared in allow_list().lists.values():
        if declared.closes is not None:
            assert declared.closes.property in declared.properties
            answers = saved[declared.key, declared.closes.property]
            assert set(declared.closes.values) <= answers or answers == set()  # a calculation has no choices
