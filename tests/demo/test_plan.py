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
    assert 280 <= len(county.visits) <= 360
    assert len(county.pairs) == 26
    assert [pair.volunteer.name for pair in county.pairs].count("单秀云") == 5


def test_every_pair_hears_from_somebody_on_nearly_every_day_since_it_began() -> None:
    county = draw(7, LAST_DAY)
    days = Counter(visit.pair.id for visit in county.visits)
    for pair in county.pairs:
        due = min(21, (LAST_DAY - pair.began).days)
        assert due - 4 <= days[pair.id] <= due
        assert days[pair.id] >= 1


def test_only_old_people_who_are_alone_or_cannot_care_for_themselves_are_paired() -> None:
    for pair in draw(7, LAST_DAY).pairs:
        said = pair.person.properties
        assert int(said["birth_month"][:4]) <= LAST_DAY.year - 65
        assert said["living"] == "alone" or said["self_care"] == "dependent"


def test_two_of_one_name_live_in_one_stairwell() -> None:
    stairwells = Counter(
        (person.compound.name, person.properties["building"], person.properties["unit"])
        for person in draw(7, LAST_DAY).people
        if person.name == "王秀兰"
    )
    assert max(stairwells.values()) == 2


def test_a_phones_running_numbers_have_no_gap() -> None:
    numbers: dict[str, list[int]] = {}
    for visit in sorted(draw(7, LAST_DAY).visits, key=lambda each: (each.left, each.pair.id)):
        numbers.setdefault(visit.pair.volunteer.id, []).append(visit.number)
    assert all(own == list(range(1, len(own) + 1)) for own in numbers.values())


def test_the_cast_is_there() -> None:
    volunteers = {each.name: each.community for each in draw(7, LAST_DAY).volunteers}
    assert (volunteers["单秀云"], volunteers["解长河"]) == ("LY", "TD")


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
