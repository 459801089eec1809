"""What codes are called in an export: labels for people, the codes themselves for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from server.forms import lines
from server.forms.definition import Definition, Field

_STATES = {
    "received": ("县里已收到", "received"),
    "returned": ("请补一下", "returned"),
    "approved": ("通过了", "approved"),
    "withdrawn": ("已撤回", "withdrawn"),
}
_ENTRIES = {
    "live": ("当时记的", "on the spot"),
    "later": ("补记", "entered later"),
    "desk": ("代录", "by the desk"),
}
_FLAGS = {
    "far_from_home": ("离家远", "far from home"),
    "no_position": ("没有位置，也没说原因", "no position and no reason"),
    "too_short": ("时间太短", "too short"),
    "clock_uncertain": ("手机时间不准", "clock uncertain"),
    "person_unknown": ("名单里没有此人", "not on the list"),
    "two_versions": ("两边都改过", "changed on two sides"),
    "not_a_member": ("当时不在这个小队", "not in the team then"),
}

NOT_ASKED = ("（当时没问）", "(not asked then)")


class Words:
    """Looks codes up for one export. With `labels` False every code stays as it is."""

    def __init__(
        self,
        language: Literal["zh", "en"],
        places: Mapping[str, str],
        definitions: Iterable[Definition],
        *,
        labels: bool,
    ) -> None:
        self._at = 0 if language == "zh" else 1
        self._labels = labels
        self._places = places
        self._choices = {
            (definition.form, definition.version, key): {
                value: zh if language == "zh" else en for value, zh, en in choices
            }
            for definition in definitions
            for key, choices in definition.choices.items()
        }

    @property
    def not_asked(self) -> str | None:
        """What stands where the record's version had no such question. To machines it is a blank: their
        columns hold one kind each, and the version stands beside."""
        return NOT_ASKED[self._at] if self._labels else None

    def state(self, code: str) -> str:
        return self._word(_STATES, code)

    def entry(self, code: str) -> str:
        return self._word(_ENTRIES, code)

    def flags(self, flags: list[dict[str, Any]]) -> str:
        return self._join([self._word(_FLAGS, flag["code"]) for flag in flags])

    def place(self, place_id: str | None) -> str | None:
        return self._places.get(place_id, place_id) if place_id else None

    def names(self, names: Sequence[str]) -> str:
        return ("、" if self._at == 0 else ", ").join(names)

    def answer(self, version: tuple[str, str], field: Field, value: Any) -> object:
        """An answer as its cell shows it: typed values as they are, choices by that version's words."""
        if value is None:
            return None
        if lines.is_line(value):
            return lines.wkt(value)
        if isinstance(value, dict):  # a position
            return " ".join(str(value[part]) for part in ("lat", "lon", "alt", "acc") if part in value)
        known = self._choices.get((*version, field.choices), {}) if field.choices and self._labels else {}
        if isinstance(value, list):
            return self._join([str(known.get(each, each)) for each in value])
        return known.get(value, value) if isinstance(value, str) else value

    def _join(self, words: list[str]) -> str:
        return ("、" if self._labels and self._at == 0 else ", " if self._labels else " ").join(words)

    def _word(self, table: dict[str, tuple[str, str]], code: str) -> str:
        return table[code][self._at] if self._labels and code in table else code
