"""Phones of both kinds, killed and on a bad line, lose nothing in a live county, and make nothing twice."""

from __future__ import annotations

import pytest

from tests.conftest import DATABASES
from tests.simulation.live import county
from tests.simulation.live.main import COUNTIES, run

OF_A_DATABASE = {"sqlite": "small", "postgresql": "small-postgresql"}


@pytest.mark.timeout(600)
def test_s1_s2_s7_s12_what_phones_made_over_a_bad_line_is_in_the_county_once() -> None:
    found = run(phones=6, visits=3, loss=0.2, seed=7, where=county.small)
    assert found.faults == []
    assert found.phones == {"node": 3, "python": 3}
    assert found.made >= 18, "drafts come on top"
    assert (found.found_once, found.lost, found.doubled) == (found.made, 0, 0)
    assert found.drafts + found.discarded > 0
    assert found.photos > 5
    assert found.photos == found.photos_equal == found.receipts
    assert found.digests_equal >= 6 * 3, "a phone compared fewer feeds than every phone has"
    assert sum(found.line.values()) - found.line["passed"] > 10, "the line was not bad"
    assert found.deaths > 0


@pytest.mark.timeout(600)
def test_s1_s2_s7_the_same_seed_gives_the_same_answers_from_hub_and_servers() -> None:
    """Over real HTTP and the same bad line: the oracle, and gunicorn over each kind of database."""
    names = ["hub", *(OF_A_DATABASE[one] for one in DATABASES)]
    found = {name: run(phones=4, visits=2, loss=0.2, seed=11, where=COUNTIES[name]) for name in names}
    assert {name: one.faults for name, one in found.items()} == {name: [] for name in names}
    assert all(one.found_once == one.made >= 8 for one in found.values())
    assert len({one.answers for one in found.values()}) == 1, "hub and servers show different things"


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_s1_s2_s7_s12_fifty_phones_lose_nothing() -> None:
    found = run(phones=50, visits=20, loss=0.2, seed=7)
    assert found.faults == []
    assert found.found_once == found.made >= 1000
    assert found.photos == found.photos_equal == found.receipts
