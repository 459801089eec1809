"""Who and where: places with their points, people with their homes, volunteers, pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, radians
from typing import Any

from server.demo.dice import Dice
from server.demo.facts import facts

METRES_A_DEGREE = 111_320


@dataclass(frozen=True)
class Place:
    """A community or a compound, with the point that stands for it."""

    id: str
    key: str  # of its community
    name: str
    kind: str
    parent: str | None
    lat: float
    lon: float
    buildings: int = 0
    units: int = 0
    floors: int = 0
    single_storey: bool = False
    board_no: str = ""  # of a notice board

    @property
    def geometry(self) -> str:
        """As a form writes a point: latitude, longitude, altitude, accuracy."""
        return f"{self.lat:.6f} {self.lon:.6f} 0 0"


@dataclass(frozen=True)
class Person:
    """Somebody on the list of people, and the point of their door."""

    id: str
    name: str
    compound: Place
    properties: dict[str, str]
    lat: float
    lon: float

    @property
    def consent(self) -> str:
        return self.properties["consent"]


@dataclass(frozen=True)
class Volunteer:
    id: str
    name: str
    community: str


@dataclass(frozen=True)
class Pair:
    """Who looks after whom. `yesterday` is how the last contact went, where the story needs it so."""

    id: str
    person: Person
    volunteer: Volunteer
    community: str
    began: date
    yesterday: str | None = None


def places(dice: Dice, at: datetime) -> tuple[dict[str, Place], list[Place]]:
    """Communities by key, and all compounds."""
    communities = {
        row["key"]: Place(dice.id(at), row["key"], row["zh"], "community", None, *_point(*row["at"]))
        for row in facts()["communities"]
    }
    compounds = [
        _compound(dice, at, communities[key], row)
        for key, rows in facts()["compounds"].items()
        for row in rows
    ]
    return communities, compounds


def _compound(dice: Dice, at: datetime, community: Place, row: list[Any]) -> Place:
    name, kind, buildings, units, floors = row
    near = (community.lat, community.lon)
    lat, lon = _moved(near, dice.whole(-300, 300), dice.whole(-300, 300))
    return Place(
        dice.id(at), community.key, name, "compound", community.id, lat, lon,
        buildings, units, floors, kind == "single_storey",
    )  # fmt: skip


def cast(dice: Dice, at: datetime, compounds: list[Place], communities: dict[str, Place]) -> list[Person]:
    """单秀云's five, as the stories know them."""
    by_name = {place.name: place for place in compounds}
    made = []
    for row in facts()["cast"]:
        name, building, unit, room = row["home"]
        home = by_name[name]
        age = {"birth_month": _birth(dice, row["age"], at.date()), "sex": row["sex"]}
        where = {"building": str(building), "unit": str(unit), "room": str(room)}
        rest = {"living": row["living"], "self_care": row["self_care"], "situation": "alone_old"}
        made.append(
            _person(dice, at, row["name"], home, communities, {**age, **where, **rest, "consent": "all"})
        )
    return made


def people(
    dice: Dice, at: datetime, compounds: list[Place], communities: dict[str, Place], count: int
) -> Iterator[Person]:
    """The rest of the list: first the names that must be borne, then drawn ones."""
    listed = facts()
    shares = {row["key"]: row["people_share"] for row in listed["communities"]}
    bearers: dict[str, list[tuple[Place, dict[str, str]]]] = {}
    for number in range(count):
        community = dice.one(shares)
        home = dice.of([place for place in compounds if place.key == community])
        door = _door(dice, home)
        low, high = (int(part) for part in dice.one(listed["age"]).split("-"))
        age, sex = dice.whole(low, high), dice.one({"f": 58, "m": 42})
        must = listed["must_include"]
        name = must[number] if number < len(must) else drawn_name(dice, sex, at.year - age)
        if number < len(must):
            known = bearers.setdefault(name, [])
            if len(known) == 1:  # two of one name in one stairwell, who must not be merged
                home, door = known[0][0], _neighbour(*known[0])
            known.append((home, door))
        said = {
            "birth_month": _birth(dice, age, at.date()) if dice.happens(96) else "",
            "sex": sex,
            **door,
            "living": dice.one(listed["living"]),
            "self_care": dice.one(listed["self_care"]),
            "situation": dice.one(listed["situation"]),
            "consent": dice.one(listed["consent"]),
        }
        yield _person(dice, at, name, home, communities, said)


def _neighbour(home: Place, door: dict[str, str]) -> dict[str, str]:
    """Another door in the same stairwell (in the same yard of single-storey houses)."""
    if home.single_storey:
        return door
    flat = int(door["room"][-1]) % 4 + 1
    return {**door, "room": f"{door['room'][:-1]}{flat}"}


def drawn_name(dice: Dice, sex: str, born: int) -> str:
    """A name of its time."""
    when = "before_1960" if born < 1960 else "1960_1985" if born < 1985 else "after_1985"
    return f"{dice.one(facts()['surnames'])}{dice.of(facts()['given'][f'{sex}_{when}'])}"


def near(dice: Dice, lat: float, lon: float, metres: float) -> tuple[float, float]:
    """A point about so far away, in any direction."""
    return _moved((lat, lon), dice.near(0, metres), dice.near(0, metres))


def _person(
    dice: Dice, at: datetime, name: str, home: Place, communities: dict[str, Place], said: dict[str, str]
) -> Person:
    consent = said["consent"]
    agreed = {
        "consent_by": "self" if consent else "",
        "consent_on": (at.date() - timedelta(days=dice.whole(30, 400))).isoformat() if consent else "",
    }
    # Seven digits without an area code: nobody's number, wherever the demo is shown.
    phone = f"{dice.whole(2, 9)}{dice.whole(0, 999_999):06d}" if dice.happens(77) else ""
    lat, lon = near(dice, home.lat, home.lon, 25)
    properties = {
        "full_name": name,
        "community": communities[home.key].id,
        "compound": home.id,
        "phone": phone,
        **said,
        **agreed,
    }
    return Person(dice.id(at), name, home, properties, lat, lon)


def _door(dice: Dice, home: Place) -> dict[str, str]:
    building = str(dice.whole(1, home.buildings))
    if home.single_storey:
        return {"building": building, "unit": "", "room": ""}
    floor, flat = dice.whole(1, home.floors), dice.whole(1, 4)
    return {"building": building, "unit": str(dice.whole(1, home.units)), "room": f"{floor}{flat:02d}"}


def _birth(dice: Dice, age: int, today: date) -> str:
    """The first of a month in which somebody of this age was born."""
    return date(today.year - age, dice.whole(1, today.month), 1).isoformat()


def _point(east: float, north: float) -> tuple[float, float]:
    centre = facts()["centre"]
    return _moved((centre["lat"], centre["lon"]), east, north)


def _moved(point: tuple[float, float], east: float, north: float) -> tuple[float, float]:
    lat, lon = point
    return lat + north / METRES_A_DEGREE, lon + east / (METRES_A_DEGREE * cos(radians(lat)))
