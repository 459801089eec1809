"""A published form as the server reads it: its fields, choices, and what the visit takes from it.

It is made once, at publishing, from the form's table and its XForm, and kept with the version; so a record is
typed, labelled and exported by the version that it was filled with, whatever the form has become since.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Field:
    """One answer that a record can hold."""

    path: str
    name: str
    # text integer decimal date time dateTime select geopoint geotrace geoshape image audio video file start
    # end today
    type: str
    many: bool  # several choices at once
    data_class: str
    label: dict[str, str]  # {zh, en}; the name itself where nobody is asked
    choices: str | None  # key of `choices`; None for a list from a file
    group: str | None  # path of the group that it stands in
    repeat: str | None  # path of the innermost repeat
    calculated: bool
    required: bool
    purpose: str = ""  # of a field that the form itself declares; the allow-list has that of all others


@dataclass(frozen=True)
class EntityRule:
    """The form makes or changes one entry of a list."""

    list: str
    id_path: str
    create_path: str | None
    update_path: str | None
    label_path: str | None
    saves: dict[str, str]  # property → path of the answer that it takes


@dataclass(frozen=True)
class Doors:
    """The question at the door, and which of its answers mean that somebody was reached."""

    question: str
    met: tuple[str, ...]
    phone: tuple[str, ...]
    tried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    form: str
    version: str
    programme: str
    kind: str
    title: dict[str, str]
    list: str | None
    minutes: tuple[int, int, int]
    one_page: bool
    data_class: str
    binds: dict[str, str | None]  # subject, door, place, volunteers → path
    doors: Doors | None
    fields: tuple[Field, ...]
    groups: dict[str, dict[str, str]]  # path → {zh, en}
    repeats: tuple[str, ...]  # paths, outermost first
    choices: dict[str, tuple[tuple[str, str, str], ...]]  # key → (value, zh, en)
    lists: tuple[str, ...]  # entity lists that the form reads
    entity: EntityRule | None
    counts: dict[str, str]  # duty → path of its hidden calculation

    @property
    def questions(self) -> int:
        """How many somebody is asked."""
        return sum(not field.calculated for field in self.fields)

    @cached_property
    def by_path(self) -> dict[str, Field]:
        return {field.path: field for field in self.fields}

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The paths of the questions `need`, which ask whether help is needed."""
        return tuple(path for path in self.by_path if path.endswith("/need"))

    @cached_property
    def labels(self) -> dict[str, dict[str, dict[str, str]]]:
        """Choice list → value → {zh, en}."""
        return {
            key: {value: {"zh": zh, "en": en} for value, zh, en in rows} for key, rows in self.choices.items()
        }

    def json(self) -> dict[str, Any]:
        """As it is kept with the version and sent to whoever reads answers."""
        said = asdict(self)
        said["class"] = said.pop("data_class")
        for field in said["fields"]:
            field["class"] = field.pop("data_class")
        return said

    @classmethod
    def read(cls, said: dict[str, Any]) -> Definition:
        """Back from JSON."""
        rest = {key: value for key, value in said.items() if key not in _REBUILT}
        doors, entity = said["doors"], said["entity"]
        return cls(
            **rest,
            data_class=said["class"],
            minutes=tuple(said["minutes"]),
            doors=doors and _doors(doors),
            fields=tuple(_field(field) for field in said["fields"]),
            repeats=tuple(said["repeats"]),
            choices={key: tuple((v, zh, en) for v, zh, en in rows) for key, rows in said["choices"].items()},
            lists=tuple(said["lists"]),
            entity=entity and EntityRule(**entity),
        )


_REBUILT = {"class", "minutes", "doors", "fields", "repeats", "choices", "lists", "entity"}


def _doors(said: dict[str, Any]) -> Doors:
    tried = said.get("tried", ())  # versions that were published before say nothing of it
    return Doors(said["question"], tuple(said["met"]), tuple(said["phone"]), tuple(tried))


def _field(said: dict[str, Any]) -> Field:
    rest = {key: value for key, value in said.items() if key != "class"}
    return Field(**rest, data_class=said["class"])
