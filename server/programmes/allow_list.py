"""The allow-list of ``fields.yaml``: which field may exist, how it is guarded, and what it is for.

A person who asks "why do you keep this?" is owed an answer; a field without one must not be published. The
class in a form's table is checked against the list, so that neither can drift alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from server.programmes.programme import HERE, DataClass, Name


@dataclass(frozen=True)
class Listed:
    """A field's class and its purpose."""

    data_class: DataClass
    purpose: str


@dataclass(frozen=True)
class Closes:
    """By which property an entry says that the matter is done, and by which of its values."""

    property: str
    values: tuple[str, ...]

    def json(self) -> dict[str, str | list[str]]:
        return {"property": self.property, "values": list(self.values)}


@dataclass(frozen=True)
class EntityList:
    """A named list of people, places or cases: its words, class and properties."""

    key: str
    name: Name
    data_class: DataClass
    properties: Mapping[str, Listed]
    closes: Closes | None  # None: whoever stands on it is not a matter that could be done

    def state(self, properties: Mapping[str, str]) -> str:
        """How an entry stands that says this: active, or closed."""
        if self.closes is None:
            return "active"
        return "closed" if properties.get(self.closes.property) in self.closes.values else "active"

    @property
    def kept_from_teams(self) -> frozenset[str]:
        """What the feed of a team does not carry: the sensitive ones, in a list that is not so whole."""
        if self.data_class == "sensitive":
            return frozenset()
        return frozenset(key for key, listed in self.properties.items() if listed.data_class == "sensitive")


@dataclass(frozen=True)
class AllowList:
    purposes: Mapping[str, Name]
    lists: Mapping[str, EntityList]
    forms: Mapping[str, Mapping[str, Listed]]


@cache
def allow_list() -> AllowList:
    """What ``fields.yaml`` says."""
    said = yaml.safe_load((HERE / "fields.yaml").read_text(encoding="utf-8"))
    return AllowList(
        purposes={key: Name.read(words) for key, words in said["purposes"].items()},
        lists={
            key: EntityList(
                key,
                Name.read(one["name"]),
                one["class"],
                _listed(one["properties"]),
                _closes(one.get("closes")),
            )
            for key, one in said["lists"].items()
        },
        forms={key: _listed(fields) for key, fields in said["forms"].items()},
    )


def _closes(said: Mapping[str, Any] | None) -> Closes | None:
    return Closes(said["property"], tuple(said["values"])) if said else None


def _listed(fields: Mapping[str, Mapping[str, str]]) -> dict[str, Listed]:
    return {
        name: Listed(said["class"], said["purpose"])  # type: ignore[arg-type]
        for name, said in fields.items()
    }
