"""One seed and one last day give one county, byte for byte; its duties are kept and its traps are in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import hypot

import pytest

from server.demo import days
from server.demo.days import Visit
from server.demo.facts import facts
from server.demo.plan import County, Size, draw
from server.programmes.programme import programmes

LAST_DAY = date(2026, 11, 24)
COUNTY = draw(7, LAST_DAY)


def visits(county: County) -> list[Visit]:
    return [visit for exchange in days.exchanges(county) for visit in exchange.visits]


@pytest.fixture(scope="module")
def told() -> list[Visit]:
    return visits(COUNTY)


def test_the_same_seed_and_day_give_the_same_county(told: list[Visit]) -> None:
    again = draw(7, LAST_DAY)
    assert again == COUNTY
    assert visits(again) == told


def test_another_seed_gives_another() -> None:
    assert COUNTY.people != draw(8, LAST_DAY).people


def test_the_county_has_its_size(told: list[Visit]) -> None:
    assert (len(COUNTY.communities), len(COUNTY.compounds), len(COUNTY.volunteers)) == (6, 40, 300)
    assert (len(COUNTY.people), len(COUNTY.teams), len(COUNTY.seats)) == (3020, 90, 448)
    assert {team.programme for team in COUNTY.teams} == set(programmes())
    assert 1_500 <= len(told) <= 2_300
    assert len(COUNTY.pairs) == 26
    assert [pair.volunteer.name for pair in COUNTY.pairs].count("单秀云") == 5


def test_volunteers_are_in_as_many_teams_as_told_and_in_each_once() -> None:
    assert len({(seat.team.id, seat.volunteer.id) for seat in COUNTY.seats}) == len(COUNTY.seats)
    teams = Counter(Counter(seat.volunteer.id for seat in COUNTY.seats).values())
    assert teams == {1: 185, 2: 84, 3: 29, 4: 2}


def test_each_team_has_one_leader_but_that_of_the_leader_at_a_desk() -> None:
    leaders = Counter(seat.team.called for seat in COUNTY.seats if seat.leads)
    assert set(leaders.values()) == {1}
    assert {team.called for team in COUNTY.teams} - set(leaders) == {facts()["leader_of"]}


def test_every_pair_hears_from_somebody_on_nearly_every_day_since_it_began(told: list[Visit]) -> None:
    heard = Counter(visit.pair.id for visit in told)
    for pair in COUNTY.pairs:
        due = min(COUNTY.days, (LAST_DAY - pair.began).days)
        assert due - max(4, due / 8) <= heard[pair.id] <= due
        assert heard[pair.id] >= 1


def test_more_visits_come_of_more_pairs_and_none_is_seen_less_often() -> None:
    county = draw(7, LAST_DAY, Size.of(days=20, visits=3_000))
    told = visits(county)
    assert 2_900 <= len(told) <= 3_300
    assert len({visit.pair.volunteer.id for visit in told}) > 40
    heard = Counter(visit.pair.id for visit in told)
    assert min(heard.values()) >= 15
    most = Counter(pair.volunteer.id for pair in county.pairs[5:])
    assert max(most.values()) <= facts()["pairs_each"]


def test_only_old_people_who_are_alone_or_cannot_care_for_themselves_are_paired() -> None:
    for pair in COUNTY.pairs:
        said = pair.person.properties
        assert int(said["birth_month"][:4]) <= LAST_DAY.year - 65
        assert said["living"] == "alone" or said["self_care"] == "dependent"


def test_two_of_one_name_live_in_one_stairwell() -> None:
    stairwells = Counter(
        (person.compound.name, person.properties["building"], person.properties["unit"])
        for person in COUNTY.people
        if person.name == "王秀兰" and person not in COUNTY.people[:5]
    )
    assert max(stairwells.values()) >= 2


def test_a_phones_running_numbers_have_no_gap(told: list[Visit]) -> None:
    numbers: dict[str, list[int]] = {}
    for visit in sorted(told, key=lambda each: (each.left, each.pair.id)):
        numbers.setdefault(visit.pair.volunteer.id, []).append(visit.number)
    assert len(numbers) > 1
    assert all(own == list(range(1, len(own) + 1)) for own in numbers.values())


def test_the_cast_is_where_the_stories_have_them() -> None:
    seats = {seat.volunteer.name: seat for seat in COUNTY.seats if not seat.leads}
    assert seats["解长河"].team.called == "neighbour-mediation TD"
    hers = [seat.team.called for seat in COUNTY.seats if seat.volunteer.name == "单秀云"]
    assert sorted(hers) == ["day-care LY", "flyer-cleanup LY", "free-clinic LY"]
    assert len({seat.volunteer.id for seat in COUNTY.seats if seat.volunteer.name == "单秀云"}) == 1


def test_names_that_break_software_are_in_it() -> None:
    names = Counter(person.name for person in COUNTY.people)
    for name in facts()["must_include"]:
        assert names[name] >= 1, name
    assert names["王秀兰"] >= 7


def test_nothing_happens_on_the_last_day_or_after(told: list[Visit]) -> None:
    assert max(visit.came.date() for visit in told) == LAST_DAY - timedelta(days=1)
    assert all(visit.came <= visit.left <= visit.received for visit in told)
    assert max(visit.received for visit in told) < days.all_there(COUNTY)
    assert days.all_there(COUNTY).date() < LAST_DAY


def test_what_phones_bring_comes_in_the_order_of_time() -> None:
    moments = [exchange.at for exchange in days.exchanges(COUNTY)]
    assert moments == sorted(moments)


def test_the_county_lies_in_the_open_sea() -> None:
    for person in COUNTY.people:
        assert hypot(person.lat - 40.0, person.lon - 134.5) < 0.05
