"""The same small history, once through the doors of phones and desks and once in bulk: the same rows.

Every table is compared, column by column, in a clean database each time. What may differ is what the server
draws by chance: the ids of audit rows and grants, the county's epoch, the keys of phones.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.base import db
from server.base.db import session
from server.base.tables import Table
from server.demo import fill, founding, plan, sending
from server.demo.facts import facts
from server.demo.plan import Size
from server.visits import notices

LAST_DAY = date(2026, 11, 24)
DAYS = 10
SMALL = Size(days=DAYS, people=150, volunteers=40, pairs={"HY": 3, "TD": 2})
CHANCE = {"audit_rows": {"id"}, "grants": {"id"}, "orgs": {"epoch"}, "devices": {"public_key"}}
Rows = dict[str, list[dict[str, Any]]]


def told(app: Flask, door_days: int) -> Rows:
    """Every table of a county whose last days came so."""
    county = plan.draw(7, LAST_DAY, SMALL)
    with app.app_context():
        with fill.story_time() as at:
            at(county.began)
            founding.found(fill.ORG, county, "not a password's hash")
            sender = sending.sender(fill.ORG, county, founding.phones(fill.ORG, county))
            fill.tell_story(county, sender, door_days, at, lambda *_: None)
        with db.reading():
            found = {table.name: rows(table) for table in Table.metadata.sorted_tables}
        fill.take_away()
    return found


def rows(table: Any) -> list[dict[str, Any]]:
    hidden = CHANCE.get(table.name, set())
    all_of_it = [
        {name: value for name, value in row.items() if name not in hidden}
        for row in session.execute(select(table)).mappings()
    ]
    return sorted(all_of_it, key=repr)


def test_a_bulk_load_writes_the_rows_that_phones_and_desks_would_have_made(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "KEPT", timedelta(days=4))  # so that some are let go within the story
    monkeypatch.setattr(fill, "AT_ONCE", 25)  # so that many are decided on in a later unit
    monkeypatch.setitem(facts(), "consent", {"all": 50, "": 50})  # so that forms change the list
    by_the_doors = told(app, DAYS + 1)
    in_bulk = told(app, 0)
    half = told(app, 4)  # where the bulk load ends and the doors begin cannot be seen either
    for table, expected in by_the_doors.items():
        assert in_bulk[table] == expected, table
        assert half[table] == expected, table

    assert len(in_bulk["visits"]) > 60
    assert Counter(visit["state"] for visit in in_bulk["visits"])["approved"] > 30
    assert {flag["code"] for visit in in_bulk["visits"] for flag in visit["flags"]}
    assert any(row["tombstone"] for row in in_bulk["feed_rows"])
    assert any(row["action"] == "entity.update" for row in in_bulk["audit_rows"])
