"""Ways and areas (``geotrace``, ``geoshape``) as data: read from a record, measured, written for others.

Typed, one is ``{"points": [{lat, lon, alt, acc}, …], "closed": bool}``, each number as the phone wrote it.
The last point of an area is its first once more, as XForms has it. Lengths and areas take the earth as flat
round the first point, which is right to a metre over some kilometres.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any, Final

_NUMBER = re.compile(r"[+-]?([0-9]{1,24}(\.[0-9]{0,24})?|\.[0-9]{1,24})", re.ASCII)
_NAMES = ("lat", "lon", "alt", "acc")
_EARTH_M: Final = 6_371_008.8
_MOST_POINTS: Final = 5_000
FEWEST: Final = {"geotrace": 2, "geoshape": 4}  # an area's first point stands at its end again

Point = dict[str, str]


def point(text: str) -> Point:
    """``lat lon alt acc`` in degrees and metres, the last two as 0 where they are left out.

    Raises ValueError for what is no place on earth."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(text)
    if abs(float(parts[0])) > 90 or abs(float(parts[1])) > 180:
        raise ValueError(text)
    return dict(zip(_NAMES, [*parts, "0", "0"], strict=False))


def read(kind: str, text: str) -> dict[str, Any]:
    """A way or an area; raises ValueError for one of too few points, or an area that does not close."""
    found = [point(part) for part in text.rstrip("; \n").split(";")]
    closed = kind == "geoshape"
    if not FEWEST[kind] <= len(found) <= _MOST_POINTS:
        raise ValueError(text)
    if closed and _place(found[0]) != _place(found[-1]):
        raise ValueError(text)
    return {"points": found, "closed": closed}


def is_line(value: object) -> bool:
    """Is this typed answer a way or an area?"""
    return isinstance(value, Mapping) and "points" in value


def wkt(value: Mapping[str, Any]) -> str:
    """Well-known text (OGC 06-103r4), which map programs read: longitude first."""
    inside = ", ".join(f"{one['lon']} {one['lat']}" for one in value["points"])
    return f"POLYGON (({inside}))" if value["closed"] else f"LINESTRING ({inside})"


def words(value: Mapping[str, Any]) -> dict[str, str]:
    """How many points, how long, how large: {zh, en}."""
    points = value["points"]
    length = length_m(points)
    if not value["closed"]:
        n = len(points)
        return {"zh": f"{n} 个点，长约 {_zh(length)}", "en": f"{n} points, about {_en(length)}"}
    n, area = len(points) - 1, f"{area_m2(points):,.0f}"
    return {
        "zh": f"{n} 个点，约 {area} 平方米，一圈约 {_zh(length)}",
        "en": f"{n} points, about {area} m², {_en(length)} round it",
    }


def length_m(points: Sequence[Mapping[str, str]]) -> float:
    """Metres from the first to the last."""
    flat = _flat(points)
    return sum(hypot(x - w, y - v) for (w, v), (x, y) in pairwise(flat))


def area_m2(ring: Sequence[Mapping[str, str]]) -> float:
    """Square metres inside of a ring."""
    flat = _flat(ring)
    return abs(sum(w * y - x * v for (w, v), (x, y) in pairwise(flat))) / 2


def _flat(points: Sequence[Mapping[str, str]]) -> list[tuple[float, float]]:
    """Metres to the east and north of the first."""
    lat, lon = _place(points[0])
    east = radians(1) * _EARTH_M * cos(radians(lat))
    return [((x - lon) * east, (y - lat) * radians(1) * _EARTH_M) for y, x in map(_place, points)]


def _place(one: Mapping[str, str]) -> tuple[float, float]:
    return float(one["lat"]), float(one["lon"])


def _zh(metres: float) -> str:
    return f"{metres:.0f} 米" if metres < 1000 else f"{metres / 1000:.2f} 公里"


def _en(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.2f} km"
