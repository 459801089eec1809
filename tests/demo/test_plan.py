"""One seed and one last day give one county, byte for byte; its duties are kept and its traps are in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import hypot

from server.demo.facts import facts
from server.demo.plan import draw

LAST_DAY = date(2026, 11, 24)


def test_the_same_seed_and_day_give_the_same_county() -> None:
    assert draw(7, LAST_DAY) == draw(7, LAST_DAY)


def test_another_seed_gives_another() -> None:
    assert draw(7, LAST_DAY).people != draw(8, LAST_DAY).people


def test_the_county_has_its_size() -> None:
    county = draw(7, LAST_DAY)
    assert (len(county.communities), len(county.compounds), len(county.volunteers)) == (6, 40, 30)
    assert len(county.people) == 300
    assert 290 <= len(county.visits) <= 330


def test_every_pair_hears_from_somebody_on_nearly_every_day() -> None:
    county = draw(7, LAST_DAY)
    days = Counter(visit.pair.id for visit in county.visits)
    assert min(days[pair.id] for pair in county.pairs) >= 18


def test_names_that_break_software_are_in_it() -> None:
    names = Counter(person.name for person in draw(7, LAST_DAY).people)
    for name in facts()["must_include"]:
        assert names[name] >= 1, name
    assert names["王秀兰"] >= 7


def test_nothing_happens_on_the_last_day_or_after() -> None:
    county = draw(7, LAST_DAY)
    assert max(visit.came.date() for visit in county.visits) == LAST_DAY - timedelta(days=1)
    assert all(visit.came <= visit.left <= visit.received for visit in county.visits)


def test_the_county_lies_in_the_open_sea() -> None:
    for person in draw(7, LAST_DAY).people:
        assert hypot(person.lat - 40.0, person.lon - 134.5) < 0.05
