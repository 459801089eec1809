"""Who may know whom: a team's feed carries its members, its pairs, and the people of its open pairs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.accounts import service as accounts
from server.base.db import reading, session, writing
from server.base.models import FeedRow
from server.base.policy import Actor
from server.entities import service as entities
from server.entities.change import EntityChange
from server.teams import queries, service
from server.teams.models import Pair
from tests.factories import hualing

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def name(n: int) -> str:
    return f"0193f8a0-0000-7000-8000-{n:012x}"


LY, SHAN, XIE, TEAM, OTHER, PIAO, PAIR, PAIR_2, OP, OP_2 = map(name, range(1, 11))


@pytest.fixture
def county(in_app: Any) -> None:
    with writing():
        hualing.found(NOW, is_demo=True)
        accounts.add_user(1, accounts.NewUser("单秀云"), NOW, id=SHAN)
        accounts.add_user(1, accounts.NewUser("解长河"), NOW, id=XIE)
        entities.put(1, "places", LY, "柳荫社区", {"kind": "community"}, OP, NOW)
        entities.put(1, "people", PIAO, "朴顺姬", {"community": LY, "self_care": "dependent"}, OP, NOW)
        service.found_team(1, "day-care", "柳荫日间照料小队", "Liuyin day care", [LY], id=TEAM)
        service.found_team(1, "neighbour-mediation", "铁东邻里调解小队", "Tiedong mediation", [LY], id=OTHER)
        service.join(1, TEAM, SHAN, NOW - 30 * DAY, leads=True)
        service.join(1, OTHER, XIE, NOW - 30 * DAY)
        service.pair(1, TEAM, SHAN, PIAO, TODAY - 30 * DAY, id=PAIR)


def alive(feed: str) -> set[tuple[str, str]]:
    with reading():
        rows = session.scalars(select(FeedRow).where(FeedRow.feed == feed, ~FeedRow.tombstone))
        return {(row.kind, row.id) for row in rows}


def version(feed: str, id: str) -> str:
    with reading():
        return session.scalars(select(FeedRow.version).where(FeedRow.feed == feed, FeedRow.id == id)).one()


def pair() -> Pair:
    with reading():
        return session.get_one(Pair, (1, PAIR))


def test_a_team_feed_carries_team_pairs_and_their_people(county: None) -> None:
    assert alive(f"team:{TEAM}") == {("team", TEAM), ("pair", PAIR), ("entity", PIAO)}
    assert alive(f"team:{OTHER}") == {("team", OTHER)}


def test_a_volunteer_reads_the_county_her_teams_and_herself(county: None) -> None:
    with reading():
        assert queries.feeds_of(1, SHAN, NOW) == ["county", f"team:{TEAM}", f"user:{SHAN}"]
        assert queries.feeds_of(1, SHAN, NOW - 31 * DAY) == ["county", f"user:{SHAN}"]


def test_who_leaves_a_team_no_longer_reads_its_feed(county: None) -> None:
    with writing():
        service.leave(1, TEAM, SHAN, NOW)
    with reading():
        assert queries.feeds_of(1, SHAN, NOW) == ["county", f"user:{SHAN}"]
        assert not queries.is_member(1, TEAM, SHAN, NOW)
        assert queries.is_member(1, TEAM, SHAN, NOW - DAY)
        assert queries.render_team(1, [TEAM])[TEAM][1]["members"] == []
        assert queries.render_me(1, [SHAN])[SHAN][1]["teams"] == []


def test_a_team_reads_with_its_places_and_members(county: None) -> None:
    with reading():
        _, body = queries.render_team(1, [TEAM])[TEAM]
    assert body == {
        "id": TEAM,
        "programme": "day-care",
        "name": {"zh": "柳荫日间照料小队", "en": "Liuyin day care"},
        "communities": [LY],
        "members": [{"user": SHAN, "name": "单秀云", "leads": True}],
    }


def test_a_contact_that_reached_the_person_stands_on_the_pair(county: None) -> None:
    before = version(f"team:{TEAM}", PAIR)
    with writing():
        service.note_contact(1, PIAO, "day-care", TODAY, "seen", reached=True)
    assert (pair().last_seen_on, pair().last_seen_how) == (TODAY, "seen")
    assert version(f"team:{TEAM}", PAIR) != before


def test_a_contact_that_reached_nobody_leaves_the_pair_as_it_was(county: None) -> None:
    with writing():
        service.note_contact(1, PIAO, "day-care", TODAY, "nobody", reached=False)
    assert pair().last_seen_on is None


def test_an_older_visit_that_comes_late_does_not_turn_the_clock_back(county: None) -> None:
    with writing():
        service.note_contact(1, PIAO, "day-care", TODAY, "seen", reached=True)
        service.note_contact(1, PIAO, "day-care", TODAY - DAY, "phone", reached=True)
    assert (pair().last_seen_on, pair().last_seen_how) == (TODAY, "seen")


def test_another_programmes_visit_is_not_this_pairs_contact(county: None) -> None:
    with writing():
        service.note_contact(1, PIAO, "haircuts", TODAY, "seen", reached=True)
    assert pair().last_seen_on is None


def test_a_pair_that_ends_takes_its_person_away_unless_another_keeps_them(county: None) -> None:
    with writing():
        service.pair(1, TEAM, None, PIAO, TODAY, id=PAIR_2)
    with writing():
        service.end_pair(1, PAIR, TODAY)
    assert alive(f"team:{TEAM}") == {("team", TEAM), ("pair", PAIR_2), ("entity", PIAO)}
    with writing():
        service.end_pair(1, PAIR_2, TODAY)
    assert alive(f"team:{TEAM}") == {("team", TEAM)}


def test_a_changed_person_reaches_the_teams_that_look_after_them(county: None) -> None:
    actor = Actor(1, SHAN, None, "单秀云", "zh", ())
    change = EntityChange("people", PIAO, create=False, update=True, properties={"phone": "1"})
    with writing():
        entities.apply(actor, change, OP_2, NOW)
    assert version(f"team:{TEAM}", PIAO) == OP_2
    with reading():
        assert queries.audience_of_entity(1, PIAO) == [f"team:{TEAM}"]


def test_a_pairs_rendering_is_the_messages(county: None) -> None:
    with reading():
        _, body = queries.render_pair(1, [PAIR])[PAIR]
    assert body == {
        "id": PAIR,
        "team": TEAM,
        "user": SHAN,
        "entity": PIAO,
        "began_on": "2026-10-25",
        "ended_on": None,
        "last_seen_on": None,
        "last_seen_how": None,
    }
