"""A visit out of merged fields (rule S6): what ``spread`` took apart, put together again as a ``visit.put``.

Each record is written into the instance of the version that goes before the others, so that everything which
is no field (what the form calculates, names in ``meta``, name spaces) comes from one hand and is what a
renderer once made. It is as it was for *that* version: a merged record counts as not calculated until a
renderer has opened it and written it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sync.core import grafting, instance
from sync.core.merge import Merged
from sync.core.spread import FACTS, Body, Shape, ShapeOf


def weave(bodies: Mapping[str, Body], merged: Merged, shape_of: ShapeOf) -> dict[str, Any]:
    """The body of the visit as it is shown; ``bodies`` are those of all versions that somebody made."""
    shown = merged.shown
    frame = bodies[next(id for id in merged.best if id in merged.tips)]
    return {
        **{name: frame[name] for name in ("visit", "team", "programme")},
        **{name: shown[name] for name in FACTS},
        "participants": [
            {"user": path.partition("/")[2], **value}
            for path, value in shown.items()
            if path.startswith("participants/")
        ],
        "records": [_record(record, bodies, merged, shape_of) for record in _records(bodies, merged)],
    }


def _records(bodies: Mapping[str, Body], merged: Merged) -> list[str]:
    """In the order of the versions that go before the others."""
    named = (one["record"] for id in merged.best for one in bodies[id]["records"])
    return [record for record in dict.fromkeys(named) if f"records/{record}" in merged.shown]


def _record(record: str, bodies: Mapping[str, Body], merged: Merged, shape_of: ShapeOf) -> dict[str, Any]:
    field = f"records/{record}"
    told = {
        id: one
        for id in sorted(merged.best, key=lambda id: id not in merged.tips)  # stable: tips first
        for one in bodies[id]["records"]
        if one["record"] == record
    }
    if isinstance(merged.shown[field], dict):
        return dict(told[merged.said[field][0].version])
    frame = next(iter(told.values()))
    shape = shape_of(frame["form"], frame["version"])
    fields = {
        path.removeprefix(field): value
        for path, value in merged.shown.items()
        if path.startswith(f"{field}/")
    }
    answers = {path: value for path, value in fields.items() if not path.startswith("/@files/")}
    xml = grafting.written(answers, [one["xml"] for one in told.values()], shape)
    return {
        **{name: frame[name] for name in ("record", "form", "version")},
        "xml": xml,
        "list_rows": _list_rows(told.values()),
        "attachments": _attachments(fields, told.values(), shape),
    }


def _list_rows(told: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Every row that one of the versions read, each as the one that goes before the others had it."""
    lists: dict[str, dict[str, Any]] = {}
    for record in told:
        for name, rows in record["list_rows"].items():
            kept = lists.setdefault(name, {})
            for row in rows:
                kept.setdefault(str(row.get("name", row)), row)
    return {name: list(rows.values()) for name, rows in lists.items()}


def _attachments(
    fields: Mapping[str, Any], told: Iterable[Mapping[str, Any]], shape: Shape
) -> list[dict[str, Any]]:
    """The files that stand, without those whose answer has become another one."""
    answered = {text for record in told for text in _texts(record["xml"], shape)}
    named = {value for path, value in fields.items() if isinstance(value, str)}
    files = [value for path, value in fields.items() if path.startswith("/@files/")]
    return [one for one in files if one["name"] in named or one["name"] not in answered]


def _texts(xml: str, shape: Shape) -> set[str]:
    read = instance.read(xml.encode(), shape.repeats)
    rows = [answers for each in read.rows.values() for answers in each]
    return {text for texts in (read.values, *rows) for text in texts.values()}
