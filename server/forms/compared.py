"""A looked-over form against what the county has published: what it changes, and what it must not.

A version that is published never changes, versions go upwards, and a field whose answers the county keeps is
not guarded less from one version to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from server.forms import diff, queries
from server.forms.convert import Converted
from server.forms.diff import Difference, Version
from server.forms.findings import Finding
from server.forms.workbook import Workbook
from server.programmes.allow_list import allow_list
from server.programmes.programme import CLASSES


@dataclass(frozen=True)
class Compared:
    """Against which version, and what is different."""

    version: str
    published_at: datetime
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]


def compared(org_id: int, workbook: Workbook, converted: Converted, today: date) -> Compared | None:
    """None: the county has not published this form yet."""
    key = converted.definition.form
    current = queries.current(org_id, key)
    if current is None:
        return None
    version, published_at, xform, definition = current
    old = Version(definition, xform)
    return Compared(
        version,
        published_at,
        tuple(diff.compare(old, Version(converted.definition, converted.xform))),
        (
            *_version(org_id, converted, version, today),
            *_classes(workbook, converted, old),
        ),
    )


def _version(org_id: int, converted: Converted, current: str, today: date) -> Iterator[Finding]:
    key, version = converted.definition.form, converted.definition.version
    taken = queries.sha256_of(org_id, key, version)
    params = {"value": version, "published": current, "next": next_version(current, today)}
    if taken is not None and taken != converted.sha256:
        yield Finding("version_taken", "settings", 2, "version", params)
    elif taken is None and version < current:
        yield Finding("version_older", "settings", 2, "version", params)


def next_version(current: str, today: date) -> str:
    """The next version after ``current``: today's first, or one more."""
    first = f"{today:%Y%m%d}01"
    return first if first > current else str(int(current) + 1)


def _classes(workbook: Workbook, converted: Converted, old: Version) -> Iterator[Finding]:
    """A field that is guarded less than before. The allow-list holds the fields that it names already."""
    listed = allow_list().forms.get(converted.definition.form, {})
    rows = {row["name"]: row for row in workbook["survey"] if row["name"] not in listed}
    before = {field.name: field.data_class for field in old.definition.fields}
    for field in converted.definition.fields:
        was = before.get(field.name, "none")
        if _strength(field.data_class) < _strength(was) and field.name in rows:
            params = {
                "name": field.name,
                "value": field.data_class,
                "listed": was,
                "version": old.definition.version,
            }
            yield Finding("class_weaker", "survey", rows[field.name].number, "data_class", params)


def _strength(data_class: str) -> int:
    return [str(each) for each in CLASSES].index(data_class)
