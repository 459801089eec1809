"""What an export was asked for, and how much of it the asker may have.

The policy decides rows (communities, teams); this decides columns. Without `names` a person is a number that
is the same in every sheet of one export and in no other, and free text about a person is left out. `names`
and `sensitive` each need their permission and a stated purpose, which the audit keeps.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from server.base.permissions import Permission
from server.base.policy import Actor, allows
from server.base.problems import Problem

Format = Literal["xlsx", "csv", "csv-excel"]
STATES = ("received", "returned", "approved", "withdrawn")
SHORTEST_PURPOSE = 4  # characters: "月报" is a title, not a purpose


@dataclass(frozen=True)
class Asked:
    """An export as it was asked for. Empty tuples mean all."""

    format: Format
    from_day: date
    to_day: date
    states: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    names: bool = False
    sensitive: bool = False
    purpose: str = ""
    language: Literal["zh", "en"] = "zh"

    def to_json(self) -> dict[str, Any]:
        """As the job's row and the audit keep it."""
        return {**asdict(self), "from_day": self.from_day.isoformat(), "to_day": self.to_day.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Asked:
        lists = {key: tuple(kept[key]) for key in ("states", "forms", "teams", "communities")}
        days = {key: date.fromisoformat(kept[key]) for key in ("from_day", "to_day")}
        return cls(**{**kept, **lists, **days})


def require(actor: Actor, asked: Asked) -> None:
    """Raise the Problem that stands against this export, if any."""
    if asked.to_day < asked.from_day:
        raise Problem("period_upside_down")
    if not (asked.names or asked.sensitive):
        return
    if asked.names and not allows(actor, Permission.EXPORTS_NAMES):
        raise Problem("forbidden")
    if asked.sensitive and not allows(actor, Permission.EXPORTS_SENSITIVE):
        raise Problem("forbidden")
    if len(asked.purpose.strip()) < SHORTEST_PURPOSE:
        raise Problem("purpose_missing")


def number_of(person: str, export: str) -> str:
    """A person's number within one export: it joins sheets, and cannot be joined with another export."""
    return hashlib.sha256(f"{export}\n{person}".encode()).hexdigest()[:10]
