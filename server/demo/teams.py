"""Who is in which team: the places of all teams, filled with named people first, then with drawn ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from server.demo import people
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Volunteer
from server.programmes.programme import programmes

CARE_TEAMS = "day-care"  # the programme whose visits are told


@dataclass(frozen=True)
class Team:
    """A team of a programme; its community is the first that it serves."""

    id: str
    programme: str
    name_zh: str
    name_en: str
    communities: tuple[str, ...]

    @property
    def called(self) -> str:
        """As `county.yaml` calls it."""
        return f"{self.programme} {self.communities[0]}"


@dataclass(frozen=True)
class Seat:
    """One volunteer's place in one team."""

    team: Team
    volunteer: Volunteer
    leads: bool


def draw(dice: Dice, at: datetime, carers: dict[str, int], count: int) -> tuple[list[Team], list[Seat]]:
    """All teams and who is in them; `carers` is how many each day-care team needs, `count` all volunteers."""
    teams = list(_teams(dice.topic("teams"), at))
    places = [(team, number) for team in teams for number in range(_members(team, carers))]
    places.sort(
        key=lambda place: (place[0].programme != CARE_TEAMS, place[1])
    )  # stable: teams in their order
    fresh = max(count, sum(team.programme == CARE_TEAMS for team, _ in places))
    made: list[tuple[Team, Volunteer]] = []
    who = dice.topic("volunteers")
    for team, number in places[:fresh]:
        made.append((team, _volunteer(who, at, team, number)))
    deck = _deck(dice.topic("deck"), [volunteer for _, volunteer in made])
    for team, _ in places[fresh:]:
        again = _again(deck, team, {one.id for mate, one in made if mate.id == team.id})
        if again is not None:  # a small county leaves places empty
            made.append((team, again))
    made += _known_again(teams, made)
    return teams, _led(made)


def _teams(dice: Dice, at: datetime) -> Iterator[Team]:
    listed = facts()
    names = {row["key"]: row for row in listed["communities"]}
    for key, said in listed["teams"].items():
        programme = programmes()[key]
        short = programme.name.zh.removesuffix("服务小队")
        for serves in said["serves"]:
            whole = len(serves) == len(names)
            zh = "全县" if whole else "".join(names[one]["zh"].removesuffix("社区") for one in serves)
            en = "whole county" if whole else ", ".join(names[one]["en"] for one in serves)
            yield Team(dice.id(at), key, f"{zh}{short}小队", f"{programme.name.en} {en}", tuple(serves))


def _members(team: Team, carers: dict[str, int]) -> int:
    told: int = facts()["teams"][team.programme]["members"]
    told -= sum(team.called in called for called in facts()["also"].values())
    return max(told, carers.get(team.communities[0], 0)) if team.programme == CARE_TEAMS else told


def _volunteer(dice: Dice, at: datetime, team: Team, number: int) -> Volunteer:
    named = facts()["named"].get(team.called, [])
    drawn = people.drawn_name(dice, dice.one({"f": 62, "m": 38}), dice.whole(1950, 1990))
    community = dice.of(team.communities)
    return Volunteer(dice.id(at), named[number] if number < len(named) else drawn, community)


def _known_again(teams: list[Team], made: list[tuple[Team, Volunteer]]) -> list[tuple[Team, Volunteer]]:
    """Further teams of those who are known by name: the same people, not their namesakes."""
    named = facts()["named"]
    first = {one.name: one for team, one in made if one.name in named.get(team.called, ())}
    return [
        (team, first[name])
        for name, called in facts()["also"].items()
        for team in teams
        if name in first and team.called in called
    ]


def _deck(dice: Dice, volunteers: list[Volunteer]) -> list[Volunteer]:
    """Those who are in more than one team, once for each further one, shuffled. Named ones are in one."""
    named = {name for names in facts()["named"].values() for name in names}
    free = [one for one in volunteers if one.name not in named]
    share = len(volunteers) / facts()["volunteers"]
    deck: list[Volunteer] = []
    for teams, many in facts()["teams_each"].items():
        for _ in range(ceil(many * share)):
            if free:
                deck += [free.pop(dice.whole(0, len(free) - 1))] * (teams - 1)
    return [deck.pop(dice.whole(0, len(deck) - 1)) for _ in range(len(deck))]


def _again(deck: list[Volunteer], team: Team, there: set[str]) -> Volunteer | None:
    """One more team for somebody, of the same community where that can be."""
    fits = [one for one in deck if one.id not in there]
    near = [one for one in fits if one.community in team.communities]
    if not fits:
        return None
    chosen = (near or fits)[0]
    deck.remove(chosen)
    return chosen


def _led(made: list[tuple[Team, Volunteer]]) -> list[Seat]:
    """Who leads: whoever is known to, else the first not known by name; a desk's leader leads alone."""
    listed: dict[str, Any] = facts()
    named = {name for names in listed["named"].values() for name in names}
    leaders: dict[str, str] = {}
    for team, volunteer in made:
        if volunteer.name in listed["leads"]:
            leaders[team.id] = volunteer.id
        elif volunteer.name not in named:
            leaders.setdefault(team.id, volunteer.id)
    return [
        Seat(team, volunteer, leaders.get(team.id) == volunteer.id and team.called != listed["leader_of"])
        for team, volunteer in made
    ]
