"""Where teams work besides compounds (squares, boards, schools), and the matters that they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Place, near
from server.demo.teams import Seat, Team
from server.programmes.programme import programmes

SPREAD_M = 350


@dataclass(frozen=True)
class Matter:
    """An entry of the list of a team's programme, and who follows it since when."""

    id: str
    pair: str
    team: Team
    follows: str  # the volunteer
    label: str
    properties: dict[str, str]
    began: date

    @property
    def list(self) -> str:
        told = programmes()[self.team.programme].people_list
        if told is None:
            raise LookupError(self.team.programme)
        return told


def places(dice: Dice, at: datetime, communities: dict[str, Place]) -> list[Place]:
    """Squares, centres, homes, schools and notice boards."""
    made = []
    for key, name, kind, *number in facts()["places"]:
        of = communities[key]
        lat, lon = near(dice, of.lat, of.lon, SPREAD_M)
        made.append(
            Place(dice.id(at), key, name, kind, of.id, lat, lon, board_no=number[0] if number else "")
        )
    return made


def matters(
    dice: Dice, at: datetime, last_day: date, seats: list[Seat], communities: dict[str, Place]
) -> list[Matter]:
    """Each followed by the first who is in its team."""
    made = []
    for called, label, said, ago in facts()["matters"]:
        first = next((seat for seat in seats if seat.team.called == called), None)
        if first is None:  # a small county has not everybody
            continue
        lies = {"community": communities[first.team.communities[0]].id}
        properties = lies | {name: str(value) for name, value in said.items()}
        made.append(
            Matter(
                dice.id(at), dice.id(at), first.team, first.volunteer.id, label, properties,
                last_day - timedelta(days=ago),
            )
        )  # fmt: skip
    return made
