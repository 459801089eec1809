"""Distance and direction between two points, good for a county: both are hints for a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from statistics import median

E7 = 10_000_000
_EARTH_M = 6_371_008.8  # mean radius


@dataclass(frozen=True)
class Point:
    """A place on earth, WGS-84, in degrees × 10⁷."""

    lat: int
    lon: int


def read_geometry(text: str) -> Point | None:
    """ODK's geopoint "lat lon altitude accuracy", in degrees; None where there is none."""
    parts = text.split()
    try:
        lat, lon = float(parts[0]), float(parts[1])
    except (IndexError, ValueError):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return Point(round(lat * E7), round(lon * E7))


def distance_m(a: Point, b: Point) -> int:
    """Metres along the great circle."""
    lat_a, lat_b = radians(a.lat / E7), radians(b.lat / E7)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians((b.lon - a.lon) / E7) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return round(2 * _EARTH_M * asin(sqrt(min(1.0, chord))))


def bearing(origin: Point, to: Point) -> int:
    """In which direction the other point lies: whole degrees, 0 is north, clockwise."""
    lat_a, lat_b = radians(origin.lat / E7), radians(to.lat / E7)
    turn = radians((to.lon - origin.lon) / E7)
    east = sin(turn) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(turn)
    return round(degrees(atan2(east, north))) % 360


def middle(points: Sequence[Point]) -> Point:
    """The median of each coordinate: one stray fix moves it little."""
    return Point(round(median(p.lat for p in points)), round(median(p.lon for p in points)))
