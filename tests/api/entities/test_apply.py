"""A filled form makes and changes entries of lists; two phones in either order give the same result."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from server.base.db import reading, session, writing
from server.base.models import AuditRow
from server.base.policy import Actor
from server.entities import queries, service
from server.entities.change import EntityChange
from server.entities.models import Entity
from tests.factories import hualing

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
LY = "0193f8a0-0000-7000-8000-0000000000a1"
PIAO = "0193f8a0-0000-7000-8000-0000000000b1"
OPS = [f"0193f8a0-0000-7000-8000-00000000000{n}" for n in range(1, 6)]
SHAN = Actor(1, "0193f8a0-0000-7000-8000-0000000000c1", None, "单秀云", "zh", ())


@pytest.fixture
def county(in_app: Any) -> None:
    with writing():
        hualing.found(NOW, is_demo=True)
        service.put(1, "places", LY, "柳荫社区", {"kind": "community"}, OPS[0], NOW)


def change(**properties: str) -> EntityChange:
    return EntityChange("people", PIAO, create=False, update=True, properties=properties)


def made(**properties: str) -> EntityChange:
    return EntityChange("people", PIAO, create=True, update=False, label="朴顺姬", properties=properties)


def person() -> Entity:
    with reading():
        found = queries.entity(1, PIAO)
    assert found is not None
    return found


def test_a_form_makes_an_entry_with_its_sound_and_community(county: None) -> None:
    with writing():
        service.apply(SHAN, made(full_name="朴顺姬", community=LY), OPS[0], NOW)
    found = person()
    assert (found.label, found.pinyin, found.community_id) == ("朴顺姬", "piao shun ji", LY)
    assert found.version == OPS[0]


def test_a_form_changes_only_the_properties_that_it_names(county: None) -> None:
    with writing():
        service.apply(SHAN, made(full_name="朴顺姬", phone="1", room="17"), OPS[0], NOW)
        service.apply(SHAN, change(phone="2", consent=""), OPS[1], NOW)
    assert person().properties == {"full_name": "朴顺姬", "phone": "2", "room": "17", "consent": ""}


def test_the_order_of_arrival_does_not_matter(county: None) -> None:
    changes = [
        (OPS[1], change(phone="1", consent="all")),
        (OPS[2], change(phone="2")),
        (OPS[3], change(consent="declined", room="18")),
    ]
    results = set()
    for order in permutations(changes):
        with writing():
            service.put(1, "people", PIAO, "朴顺姬", {"room": "17"}, OPS[0], NOW)
            for op_id, one in order:
                service.apply(SHAN, one, op_id, NOW)
        results.add(tuple(sorted(person().properties.items())))
        with writing():
            session.delete(session.get_one(Entity, (1, PIAO)))
    assert results == {(("consent", "declined"), ("phone", "2"), ("room", "18"))}


def test_the_same_op_twice_leaves_the_same_entry(county: None) -> None:
    with writing():
        service.apply(SHAN, made(phone="1"), OPS[0], NOW)
        service.apply(SHAN, made(phone="1"), OPS[0], NOW)
    assert person().properties == {"phone": "1"}


def test_an_update_of_somebody_unknown_makes_nobody(county: None) -> None:
    with writing():
        assert service.apply(SHAN, change(phone="1"), OPS[0], NOW) is None
    with reading():
        assert queries.entity(1, PIAO) is None


def test_an_erased_entry_stays_erased(county: None) -> None:
    with writing():
        service.apply(SHAN, made(phone="1"), OPS[0], NOW)
        session.get_one(Entity, (1, PIAO)).state = "erased"
    with writing():
        assert service.apply(SHAN, change(phone="2"), OPS[1], NOW) is None
    assert person().properties == {"phone": "1"}


def test_an_entry_of_another_list_is_not_touched(county: None) -> None:
    with writing():
        put = EntityChange("people", LY, create=True, update=True, label="x", properties={"phone": "1"})
        assert service.apply(SHAN, put, OPS[1], NOW) is None
    with reading():
        place = queries.entity(1, LY)
    assert place is not None
    assert place.label == "柳荫社区"


def test_a_change_leaves_an_audit_row_without_answers(county: None) -> None:
    with writing():
        service.apply(SHAN, made(phone="13800138000"), OPS[0], NOW)
        service.apply(SHAN, change(phone="13900139000"), OPS[1], NOW)
    with reading():
        rows = session.scalars(
            select(AuditRow).where(AuditRow.target_id == PIAO).order_by(AuditRow.action)
        ).all()
    assert [row.action for row in rows] == ["entity.create", "entity.update"]
    assert [row.detail for row in rows] == [{"list": "people", "properties": ["phone"]}] * 2


def test_a_phone_reads_no_sensitive_property(county: None) -> None:
    with writing():
        service.apply(SHAN, made(phone="1", self_care="dependent", situation="empty_nest"), OPS[0], NOW)
    with reading():
        version, body = queries.render_entity(1, [PIAO])[PIAO]
    assert version == OPS[0]
    assert body == {
        "id": PIAO,
        "list": "people",
        "label": "朴顺姬",
        "properties": {"phone": "1"},
        "state": "active",
    }


def test_a_place_reads_with_its_kind_parent_and_community(county: None) -> None:
    compound = OPS[4]
    with writing():
        properties = {"kind": "compound", "community": LY, "parent": LY}
        service.put(1, "places", compound, "柳堤平房", properties, OPS[1], NOW)
    with reading():
        rendered = queries.render_place(1, [LY, compound])
        listed = [place.label for place in queries.places(1)]
    assert rendered[compound][1] == {
        "id": compound,
        "label": "柳堤平房",
        "kind": "compound",
        "parent": LY,
        "community": LY,
    }
    assert rendered[LY][1]["community"] == LY
    assert listed == ["柳堤平房", "柳荫社区"]
