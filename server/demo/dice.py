"""Chance and ids from a seed: every topic has its own sequence, so more of one thing changes no other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import TypeVar

from sync.core import ids

T = TypeVar("T")


class Dice:
    """Throws for one topic."""

    def __init__(self, seed: int, topic: str) -> None:
        self._seed = seed
        self._topic = topic
        self._random = Random(f"{seed} {topic}")  # noqa: S311 - invented people, no secrets
        self._made = 0

    def topic(self, name: str) -> Dice:
        """Dice of a topic below this one."""
        return Dice(self._seed, f"{self._topic} {name}")

    def one(self, weights: Mapping[T, float]) -> T:
        """One of these, by weight."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def some(self, weights: Mapping[T, float], count: int) -> list[T]:
        """So many different ones, by weight, in the order in which they are listed."""
        left, chosen = dict(weights), set()
        for _ in range(min(count, len(left))):
            taken = self.one(left)
            chosen.add(taken)
            del left[taken]
        return [each for each in weights if each in chosen]

    def of(self, things: Sequence[T]) -> T:
        return self._random.choice(things)

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def near(self, mean: float, spread: float) -> float:
        return self._random.gauss(mean, spread)

    def happens(self, percent: float) -> bool:
        return self._random.random() * 100 < percent

    def id(self, at: datetime) -> str:
        """The next UUIDv7 of this topic, as if made at that moment."""
        self._made += 1
        salt = hashlib.sha256(f"{self._seed} {self._topic} {self._made}".encode()).digest()
        return ids.uuid7(int(at.timestamp() * 1000), salt[: ids.RAND_BYTES])

    def uuid4(self) -> str:
        """A random UUID, as a form engine names its instances."""
        self._made += 1
        text = hashlib.sha256(f"{self._seed} {self._topic} uuid {self._made}".encode()).hexdigest()
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"
