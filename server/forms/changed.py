"""What publishing adds to what was drawn, said to whoever publishes: nothing is done to a form unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from server.forms.definition import Definition
from server.programmes.programme import duties_of

# code → (zh, en)
_WORDS: dict[str, tuple[str, str]] = {
    "deprecated_id": (
        "加上空的 deprecatedID：改到一半的更正再打开时，仍记得它改的是哪一份。",
        "An empty deprecatedID is added: a correction that is opened again half-way still knows what "
        "it corrects.",
    ),
    "row_identity": (
        "给“{zh}”的每一行加上隐藏的编号 row_id：行增减以后，仍认得是同一行。",
        'Every row of "{en}" gets a hidden number row_id: it stays the same row while others come and go.',
    ),
    "counts": (
        "加上隐藏的计算 {field}：手机和县里用同一句话判断“{zh}”算不算做到。",
        "A hidden calculation {field} is added: phone and county judge by the same words whether "
        '"{en}" was done.',
    ),
}


@dataclass(frozen=True)
class Change:
    """One thing that publishing adds or alters."""

    code: str
    zh: str
    en: str


def changed(definition: Definition) -> list[Change]:
    """Everything that publishing has done to this form, in the order in which it is done."""
    return [_change(code, params) for code, params in _all(definition)]


def _all(definition: Definition) -> Iterator[tuple[str, dict[str, Any]]]:
    for duty in duties_of(definition.form):
        yield "counts", {"field": duty.field, **duty.name.json()}
    yield "deprecated_id", {}
    for path in definition.repeats:
        yield "row_identity", definition.groups[path]


def _change(code: str, params: dict[str, Any]) -> Change:
    zh, en = _WORDS[code]
    return Change(code, zh.format_map(params), en.format_map(params))
