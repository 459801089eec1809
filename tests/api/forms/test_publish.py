"""A published version never changes, stands beside the older ones, and reaches every phone as a head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from server.base.db import reading, session, writing
from server.base.models import AuditRow, FeedRow
from server.base.problems import Problem
from server.forms import queries, service
from server.forms.convert import Converted, convert_spec
from server.programmes.programme import form_specs, programmes
from tests.factories import hualing

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
CARE = convert_spec(form_specs()["day-care-visit"])
OLD, NEW = CARE.definition.version, "2027010101"


@pytest.fixture
def county(in_app: Any) -> None:
    with writing():
        hualing.found(NOW, is_demo=True)


def later(version: str = NEW) -> Converted:
    return Converted(
        CARE.xform.replace(OLD.encode(), version.encode()), replace(CARE.definition, version=version)
    )


def publish(converted: Converted) -> service.Published:
    with writing():
        return service.publish(1, converted, NOW)


def told() -> Iterable[FeedRow]:
    """What phones hear of forms."""
    return session.scalars(select(FeedRow).where(FeedRow.kind.in_(("form", "programme"))))


def test_publishing_the_same_again_is_nothing_new(county: None) -> None:
    assert publish(CARE).new
    assert not publish(CARE).new
    with reading():
        assert session.scalars(select(AuditRow.action).where(AuditRow.action == "form.publish")).all() == [
            "form.publish"
        ]


def test_other_bytes_under_the_same_version_are_refused(county: None) -> None:
    publish(CARE)
    changed = replace(CARE, xform=CARE.xform.replace("照料".encode(), "看护".encode()))
    with pytest.raises(Problem) as problem:
        publish(changed)
    assert problem.value.code == "form_version_taken"


def test_an_older_version_stays_readable_beside_the_new_one(county: None) -> None:
    publish(CARE)
    publish(later())
    with reading():
        assert [each.version for each in queries.versions(1, "day-care-visit")] == [NEW, OLD]
        assert queries.definition(1, "day-care-visit", OLD) == CARE.definition
        assert queries.definition(1, "day-care-visit", NEW) == later().definition
        assert queries.definition(1, "day-care-visit", "1999010101") is None
        assert queries.xform(1, CARE.sha256) == CARE.xform
        assert queries.xform(1, later().sha256) == later().xform
        assert queries.xform(2, CARE.sha256) is None
        assert [form.current_version for form in queries.forms(1)] == [NEW]


def test_phones_hear_of_the_newest_version_and_of_the_programme(county: None) -> None:
    publish(CARE)
    with reading():
        before = {(row.kind, row.id): row.version for row in told()}
    publish(later())
    with reading():
        after = {(row.kind, row.id): row.version for row in told()}
        version, body = queries.render_form(1, ["day-care-visit"])["day-care-visit"]
    assert set(before) == set(after) == {("form", "day-care-visit"), ("programme", "day-care")}
    assert before["form", "day-care-visit"] != after["form", "day-care-visit"] == version
    assert body == {
        "form": "day-care-visit",
        "version": NEW,
        "sha256": later().sha256,
        "bytes": len(later().xform),
        "programme": "day-care",
        "kind": "home_visit",
        "title": {"zh": "上门照料", "en": "Care visit"},
        "list": "people",
        "binds": {"subject": "/data/person", "door": "/data/door", "place": None, "volunteers": None},
        "lists": ["people"],
        "minutes": [10, 60, 300],
        "one_page": False,
        "entity": True,
        "creates": False,
    }


def test_a_programme_reads_with_its_doors_and_published_forms(county: None) -> None:
    publish(CARE)
    with reading():
        _, body = queries.render_programme(1, ["day-care"])["day-care"]
    assert body == {
        "key": "day-care",
        "name": programmes()["day-care"].name.json(),
        "forms": ["day-care-visit"],
        "doors": {
            "seen": {"form": "day-care-visit", "answer": "opened"},
            "not_met": {
                "form": "day-care-visit",
                "answers": ["family", "nobody", "hospital", "away", "moved", "refused", "unsafe", "deceased"],
            },
            "phone": {"form": "daily-contact", "answer": "phone"},
            "brief": {"form": "daily-contact", "answer": "seen"},
        },
        "sensitive": False,
        "position": True,
        "daily": True,
        "people": {"list": "people", "added_by": "volunteer", "pairs": "volunteer", "closes": None},
    }
