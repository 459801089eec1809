"""What ``pwa/src/forms/support.yaml`` says a form may use, typed; and how the column ``type`` is read.

The list stands beside the screens that it speaks of; a wheel carries a copy in this folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

OUR_SHEETS = ("survey", "choices", "entities", "settings")
_HERE = Path(__file__).resolve().parent
LIST = next(
    path
    for path in (_HERE / "support.yaml", _HERE.parents[1] / "pwa" / "src" / "forms" / "support.yaml")
    if path.is_file()
)


@dataclass(frozen=True)
class TypeSupport:
    """One type of question: the kind of answer that it gives (None: none) and how it may look."""

    answer: str | None
    silent: bool  # nobody is asked, so it needs no label
    appearances: frozenset[str]
    parameters: dict[str, frozenset[str] | Literal["number", "decimal", "column"]]  # what each may say
    needs: tuple[str, ...]  # parameters that must be said


Because = dict[str, str]  # {zh, en}: why it is refused


@dataclass(frozen=True)
class Refused:
    """What XLSForm has and we do not take, each with its reason, by name."""

    types: dict[str, Because]
    appearances: dict[str, Because]
    parameters: dict[str, Because]
    columns: dict[str, Because]


@dataclass(frozen=True)
class Support:
    types: dict[str, TypeSupport]
    refused: Refused
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
        return self.base.startswith("select_") or self.base == "rank"

    @property
    def many(self) -> bool:
        return self.base.startswith("select_multiple") or self.base == "rank"

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
    said = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return Support(
        types={
            name: TypeSupport(
                answer=one.get("answer"),
                silent=one.get("silent", False),
                appearances=frozenset(one.get("appearances", ())),
                parameters={
                    parameter: values if values in ("number", "decimal", "column") else frozenset(values)
                    for parameter, values in one.get("parameters", {}).items()
                },
                needs=tuple(one.get("needs", ())),
            )
            for name, one in said["types"].items()
        },
        refused=Refused(**said["refused"]),
        columns={sheet: frozenset(said["columns"][sheet]) for sheet in OUR_SHEETS},
        functions=frozenset(str(name) for name in said["functions"]),
    )
