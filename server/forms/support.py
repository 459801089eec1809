"""What ``support.yaml`` says a form may use, typed; and how a cell of the column ``type`` is read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

OUR_SHEETS = ("survey", "choices", "entities", "settings")


@dataclass(frozen=True)
class TypeSupport:
    """One type of question: the kind of answer that it gives (None: none) and how it may look."""

    answer: str | None
    silent: bool  # nobody is asked, so it needs no label
    appearances: frozenset[str]
    parameters: dict[str, frozenset[str] | None]  # what each may say; None: a whole number above zero
    needs: tuple[str, ...]  # parameters that must be said


@dataclass(frozen=True)
class Support:
    types: dict[str, TypeSupport]
    later_types: frozenset[str]
    later_columns: frozenset[str]
    columns: dict[str, frozenset[str]]
    functions: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A cell of the column ``type``, taken apart: ``select_one door`` is base and list."""

    base: str
    list: str | None = None
    or_other: bool = False

    @property
    def selects(self) -> bool:
        return self.base.startswith("select_")

    @property
    def many(self) -> bool:
        return self.base.startswith("select_multiple")

    @property
    def from_file(self) -> bool:
        return self.base.endswith("_from_file")

    @property
    def opens(self) -> bool:
        return self.base in ("begin_group", "begin_repeat")

    @property
    def closes(self) -> bool:
        return self.base in ("end_group", "end_repeat")


def asked(cell: str) -> Asked:
    """Read a cell of the column ``type``."""
    words = cell.split()
    if len(words) >= 2 and words[0].lower() in ("begin", "end"):
        return Asked(f"{words[0]}_{words[1]}".lower())
    base = words[0] if words else ""
    rest = words[1:]
    or_other = bool(rest) and rest[-1] in ("or_other", "or_specify")
    return Asked(base, rest[0] if rest and not (or_other and len(rest) == 1) else None, or_other)


@cache
def support() -> Support:
    said = yaml.safe_load(Path(__file__).with_name("support.yaml").read_text(encoding="utf-8"))
    return Support(
        types={
            name: TypeSupport(
                answer=one.get("answer"),
                silent=one.get("silent", False),
                appearances=frozenset(one.get("appearances", ())),
                parameters={
                    parameter: None if values == "number" else frozenset(values)
                    for parameter, values in one.get("parameters", {}).items()
                },
                needs=tuple(one.get("needs", ())),
            )
            for name, one in said["types"].items()
        },
        later_types=frozenset(said["later"]["types"]),
        later_columns=frozenset(said["later"]["columns"]),
        columns={sheet: frozenset(said["columns"][sheet]) for sheet in OUR_SHEETS},
        functions=frozenset(str(name) for name in said["functions"]),
    )
