"""Which of the demo's visits brought a picture, and of what: drawn, never a photo of anybody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache

from server.demo.answers import CARE
from server.demo.days import Visit
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.plan import County
from server.demo.scenes import SCENES

PHOTO, HAZARD = "/data/photo", "/data/hazard_photo"
_OF_HAZARD = ("stairwell", "stove")
_OF_CARE = ("bowl", "window", "stove", "yard", "bowl", "window")
_DRAWN = 64  # pictures that are kept in memory


@dataclass(frozen=True)
class Shot:
    """One picture of a visit, as a phone would have named it."""

    path: str  # of the question
    scene: str
    seed: int
    topic: str

    def draw(self) -> bytes:
        """The picture: a JPEG of 1600 × 1200, at most 120 kB."""
        return _drawn(self.scene, self.seed, self.topic)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.draw()).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.sha256[:32]}.jpg"


class Album:
    """The pictures of one county, drawn when they are asked for."""

    def __init__(self, county: County) -> None:
        self._seed = county.seed
        told = facts()["photos"]
        self._since = county.last_day - timedelta(days=told["days"])
        self._pairs = {pair.id for pair in county.pairs[: told["of"]]}
        self._hers = county.pairs[0].volunteer.id

    def shots(self, visit: Visit) -> list[Shot]:
        """What was photographed at this visit: the same each time it is asked."""
        allowed = visit.form == CARE and visit.values.get("/data/may_photo") == "1"
        if not allowed or visit.came.date() < self._since or visit.pair.id not in self._pairs:
            return []
        topic = f"photo {visit.pair.id} {visit.came.date()}"
        dice, told = Dice(self._seed, topic), facts()["photos"]
        if not dice.happens(told["hers"] if visit.pair.volunteer.id == self._hers else told["share"]):
            return []
        if visit.values.get("/data/care/hazard", "none") != "none":
            return [Shot(HAZARD, dice.of(_OF_HAZARD), self._seed, topic)]
        out = "out" in visit.values.get("/data/care/tasks", "").split()
        return [Shot(PHOTO, "square" if out else dice.of(_OF_CARE), self._seed, topic)]


def answered(visit: Visit, shots: list[Shot]) -> dict[str, str]:
    """The visit's answers with the pictures' names among them, before what the form keeps of itself."""
    own = {path: said for path, said in visit.values.items() if "/meta/" not in path}
    meta = {path: said for path, said in visit.values.items() if "/meta/" in path}
    return own | {shot.path: shot.name for shot in shots} | meta


@lru_cache(_DRAWN)
def _drawn(scene: str, seed: int, topic: str) -> bytes:
    return SCENES[scene](Dice(seed, f"{scene} {topic}")).jpeg()
