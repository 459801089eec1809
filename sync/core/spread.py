"""A visit as fields that can be merged one by one (rule S6): ``{path: value}``.

    subject, place, entry, check_in, check_out, helpers_unnamed     as visit.put carries them
    participants/<user>                                             {in, out}
    records/<record>                                                [form, version]: there is such a record
    records/<record>/@files/<name>                                  {name, sha256, bytes, type, said_at?}
    records/<record>/data/care/ate                                  the text of the answer
    records/<record>/data/meals[<row_id>]                           there is such a row of the repeat
    records/<record>/data/meals[<row_id>]/dish                      the text of its answer

A row is known by its ``row_id``, which publishing adds to each repeat, so that rows which two sides added
stay two; a row without one (another tool's) is known by its place. What nobody answers is no field: what the
form calculates, what the phone notes by itself, the names in ``meta``. The renderer makes those anew.

If the versions of a visit carry a record by several versions of its form, their questions cannot be laid over
each other: the record is then one field, whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sync.core import ids, instance
from sync.core.canonical import canonical
from sync.core.instance import PARENT_ROW

Body = Mapping[str, Any]  # of visit.put, as the wire writes it
Fields = dict[str, Any]

ROW_ID: Final = "row_id"
FACTS: Final = ("subject", "place", "entry", "check_in", "check_out", "helpers_unnamed")


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a form decides how its answers are merged."""

    repeats: Collection[str]
    answers: Collection[str]  # paths of what somebody answers: not calculated, start, end, today


ShapeOf = Callable[[str, str], Shape]  # (form, version)


@dataclass(frozen=True, slots=True)
class Row:
    """One instance of a repeat."""

    path: str  # /data/meals[<row_id>]: its own, with the rows around it
    repeat: str
    answers: Mapping[str, str]  # all of them, by the form's paths


def spread(bodies: Mapping[str, Body], shape_of: ShapeOf) -> dict[str, Fields]:
    """The fields of all versions of one visit."""
    mixed = _mixed(bodies)
    return {id: _fields(body, mixed, shape_of) for id, body in bodies.items()}


def rows(read: instance.Instance) -> list[Row]:
    """The rows of all repeats, each after the one that it stands in."""
    paths: dict[tuple[str, int], str] = {}
    found: list[Row] = []
    for repeat in sorted(read.rows, key=len):
        taken: set[str] = set()
        for place, answers in enumerate(read.rows[repeat]):
            around = _around(read, repeat, answers, paths)
            path = row_path(around, answers.get(f"{repeat}/{ROW_ID}", ""), place, taken)
            taken.add(path)
            paths[repeat, place] = path
            found.append(Row(path, repeat, answers))
    return found


def row_path(around: str, named: str, place: int, taken: Collection[str]) -> str:
    """The path of a row: by its name, or where it has none of its own by its place among all."""
    path = f"{around}[{named}]"
    return path if ids.is_uuid(named) and path not in taken else f"{around}[#{place}]"


def file_path(record: str, name: str) -> str:
    """The field of a file; a stroke in its name parts nothing."""
    return f"records/{record}/@files/{name.replace('%', '%25').replace('/', '%2F')}"


def _mixed(bodies: Mapping[str, Body]) -> set[str]:
    """Records that came by several versions of their form."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for body in bodies.values():
        for record in body["records"]:
            seen.setdefault(record["record"], set()).add((record["form"], record["version"]))
    return {record for record, forms in seen.items() if len(forms) > 1}


def _fields(body: Body, mixed: Collection[str], shape_of: ShapeOf) -> Fields:
    found: Fields = {name: body[name] for name in FACTS}
    for one in body["participants"]:
        found[f"participants/{one['user']}"] = {"in": one["in"], "out": one["out"]}
    for record in body["records"]:
        if record["record"] in mixed:
            found[f"records/{record['record']}"] = _whole(record)
        else:
            found |= _record(record, shape_of(record["form"], record["version"]))
    return found


def _whole(record: Mapping[str, Any]) -> dict[str, str]:
    told = canonical([record["xml"], record["list_rows"], list(record["attachments"])])
    sha256 = hashlib.sha256(told).hexdigest()
    return {"form": record["form"], "version": record["version"], "sha256": sha256}


def _record(record: Mapping[str, Any], shape: Shape) -> Fields:
    at = f"records/{record['record']}"
    found: Fields = {at: [record["form"], record["version"]]}
    for one in record["attachments"]:
        found[file_path(record["record"], one["name"])] = dict(one)
    return found | {at + path: value for path, value in _answers(record["xml"], shape).items()}


def _answers(xml: str, shape: Shape) -> Fields:
    """The answers of one instance, by their paths in it."""
    read = instance.read(xml.encode(), shape.repeats)
    found: Fields = {path: text for path, text in read.values.items() if path in shape.answers}
    for row in rows(read):
        found[row.path] = True
        for path, text in row.answers.items():
            if path in shape.answers:
                found[row.path + path.removeprefix(row.repeat)] = text
    return found


def _around(
    read: instance.Instance,
    repeat: str,
    answers: Mapping[str, str],
    paths: Mapping[tuple[str, int], str],
) -> str:
    """The repeat's path, with the row that this one stands in."""
    if PARENT_ROW not in answers:
        return repeat
    outer = max((one for one in read.rows if repeat.startswith(one + "/")), key=len)
    return paths[outer, int(answers[PARENT_ROW])] + repeat.removeprefix(outer)
