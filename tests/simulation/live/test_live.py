"""Phones of both kinds, killed and on a bad line, lose nothing in a live county, and make nothing twice."""

from __future__ import annotations

import pytest

from tests.simulation.live import county
from tests.simulation.live.main import run


@pytest.mark.timeout(600)
def test_s1_s2_s7_s12_what_phones_made_over_a_bad_line_is_in_the_county_once() -> None:
    found = run(phones=6, visits=3, loss=0.2, seed=7, where=county.small)
    assert found.faults == []
    assert found.phones == {"node": 3, "python": 3}
    assert (found.made, found.found_once, found.lost, found.doubled) == (18, 18, 0, 0)
    assert found.photos > 5
    assert found.photos == found.photos_equal == found.receipts
    assert found.digests_equal >= 6 * 3, "a phone compared fewer feeds than every phone has"
    assert sum(found.line.values()) - found.line["passed"] > 10, "the line was not bad"
    assert found.deaths > 0


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_s1_s2_s7_s12_fifty_phones_lose_nothing() -> None:
    found = run(phones=50, visits=20, loss=0.2, seed=7)
    assert found.faults == []
    assert found.found_once == 1000
    assert found.photos == found.photos_equal == found.receipts
