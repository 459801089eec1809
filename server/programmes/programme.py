"""A programme as data: one folder each, with ``programme.yaml`` and its forms as tables.

The twenty-first programme is a copy of one of these folders. What a programme is called, whom it serves, how
often, by which forms, is read here once and is the same for every county; nothing of it is code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

HERE = Path(__file__).resolve().parent
COMMON = "common"  # the folder of the cards that every team may fill; it is no programme
DataClass = Literal["none", "personal", "sensitive"]
CLASSES: tuple[DataClass, ...] = ("none", "personal", "sensitive")


@dataclass(frozen=True)
class Name:
    """Words in both languages of the county."""

    zh: str
    en: str

    @classmethod
    def read(cls, value: Mapping[str, str]) -> Name:
        return cls(zh=value["zh"], en=value["en"])

    def json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True)
class Minutes:
    """How long a visit with this form takes: the fewest that are believable, the usual, the most."""

    fewest: int
    usual: int
    most: int


@dataclass(frozen=True)
class Binds:
    """Which question of the form holds a fact of the visit; None where the form does not ask it."""

    subject: str | None = None
    door: str | None = None
    place: str | None = None
    volunteers: str | None = None


@dataclass(frozen=True)
class FormSpec:
    """What a programme says about one of its forms, beyond the form's own table."""

    key: str
    programme: str
    title: Name
    kind: str
    list: str | None
    data_class: DataClass
    minutes: Minutes
    one_page: bool
    binds: Binds
    met: tuple[str, ...]  # answers to the door question: somebody was met there
    phone: tuple[str, ...]  # reached from afar, so that no position is expected
    tried: tuple[str, ...]  # tried from afar and nobody was reached: no position either

    @property
    def table(self) -> Path:
        """The form as its authors wrote it."""
        return HERE / self.programme / "forms" / f"{self.key}.md"


@dataclass(frozen=True)
class Duty:
    """What a team has to do, and by which answers of which form it counts as done."""

    key: str
    name: Name
    n: int
    period: str
    per: str
    look_in: bool
    counts_when: Mapping[str, str]  # form → condition, in the form's own notation

    @property
    def field(self) -> str:
        """The hidden calculation that publishing adds to each of these forms."""
        return "counts_" + self.key.replace("-", "_")


@dataclass(frozen=True)
class Programme:
    """One kind of service team."""

    key: str
    name: Name
    group: str
    sensitivity: DataClass
    keeps_position: bool  # of a check-in; what somebody is helped with may not say where they are
    retention_months: Mapping[str, int]
    people_list: str | None
    pairs: str | None  # who looks after one of them: a volunteer, or the team together
    added_by: str  # who puts somebody on that list: its teams' own forms (volunteer), or a supervisor
    doors: Mapping[str, Any] | None
    forms: tuple[FormSpec, ...]
    duties: tuple[Duty, ...]

    @property
    def sensitive(self) -> bool:
        """Does the mere fact that somebody is served here need guarding?"""
        return self.sensitivity == "sensitive"

    @property
    def daily(self) -> bool:
        """Is whomever it looks after looked in on every day? Then a day without is one too many."""
        return any(duty.look_in and duty.period == "day" for duty in self.duties)

    def form(self, key: str) -> FormSpec | None:
        return next((spec for spec in self.forms if spec.key == key), None)


@cache
def programmes() -> Mapping[str, Programme]:
    """All programmes by key, in the order of their folders' names."""
    folders = sorted(path.parent for path in HERE.glob("*/programme.yaml"))
    return {folder.name: _read(folder) for folder in folders if folder.name != COMMON}


@cache
def common_forms() -> tuple[FormSpec, ...]:
    """The cards of `common/`, which belong to no programme."""
    said = yaml.safe_load((HERE / COMMON / "programme.yaml").read_text(encoding="utf-8"))
    return tuple(_form(COMMON, form) for form in said["forms"])


def form_specs() -> Mapping[str, FormSpec]:
    """Every form of every programme by key, and the common ones."""
    own = (spec for programme in programmes().values() for spec in programme.forms)
    return {spec.key: spec for spec in (*own, *common_forms())}


def duties_of(form: str) -> tuple[Duty, ...]:
    """The duties that a visit with this form may fulfil."""
    return tuple(
        duty for programme in programmes().values() for duty in programme.duties if form in duty.counts_when
    )


def _read(folder: Path) -> Programme:
    said = yaml.safe_load((folder / "programme.yaml").read_text(encoding="utf-8"))
    if said["key"] != folder.name:
        raise ValueError(f"{folder.name}/programme.yaml calls itself {said['key']!r}")
    people = said.get("people") or {}
    return Programme(
        key=said["key"],
        name=Name.read(said["name"]),
        group=said["group"],
        sensitivity=said["sensitivity"],
        keeps_position=said.get("position") != "none",
        retention_months=said["retention_months"],
        people_list=people.get("list"),
        pairs=people.get("pairs"),
        added_by=people.get("added_by", "volunteer"),
        doors=said.get("doors"),
        forms=tuple(_form(said["key"], form) for form in said["forms"]),
        duties=tuple(_duty(duty) for duty in said["duties"]),
    )


def _form(programme: str, said: Mapping[str, Any]) -> FormSpec:
    reached = said.get("reached") or {}
    return FormSpec(
        key=said["key"],
        programme=programme,
        title=Name.read(said["title"]),
        kind=said["kind"],
        list=said.get("list"),
        data_class=said["class"],
        minutes=Minutes(*said["minutes"]),
        one_page=said["one_page"],
        binds=Binds(**said["binds"]),
        met=tuple(reached.get("met", ())),
        phone=tuple(reached.get("phone", ())),
        tried=tuple(reached.get("tried", ())),
    )


def _duty(said: Mapping[str, Any]) -> Duty:
    return Duty(
        key=said["key"],
        name=Name.read(said["name"]),
        n=said["every"]["n"],
        period=said["every"]["period"],
        per=said["per"],
        look_in=said["look_in"],
        counts_when=said["counts_when"],
    )
