"""Every cell of ``support.yaml``: what a form may use, and what is refused, each by a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.forms.support import Because, Support, TypeSupport


@dataclass(frozen=True, order=True)
class Cell:
    """``kind``: type, appearance, parameter, column or function; ``of``: the type or sheet it belongs to."""

    kind: str
    of: str
    name: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.of, self.name) if part)


def works(said: Support) -> list[Cell]:
    """What a form may use, in the list's order."""
    return [
        *(cell for name, one in said.types.items() for cell in _of_type(name, one)),
        *(Cell("column", sheet, name) for sheet, names in said.columns.items() for name in sorted(names)),
        *(Cell("function", "", name) for name in sorted(said.functions)),
    ]


def _of_type(name: str, one: TypeSupport) -> Iterator[Cell]:
    yield Cell("type", name, "")
    for appearance in sorted(one.appearances):
        yield Cell("appearance", name, appearance)
    for parameter, values in one.parameters.items():
        if isinstance(values, str):
            yield Cell("parameter", name, parameter)
        else:
            yield from (Cell("parameter", name, f"{parameter}={value}") for value in sorted(values))


def refused(said: Support) -> list[tuple[Cell, Because]]:
    """What is refused, each with its reason."""
    kinds = (
        ("type", said.refused.types),
        ("appearance", said.refused.appearances),
        ("parameter", said.refused.parameters),
        ("column", said.refused.columns),
    )
    return [(Cell(kind, "", name), because) for kind, names in kinds for name, because in names.items()]
