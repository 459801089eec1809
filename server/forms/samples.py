"""Invented rows for the county's lists (people, places): a form that reads them can be tried and shown.

A row for every value that a filter of the form asks for, so that no question of the preview stands empty.
"""

from __future__ import annotations

import csv
import io
import re

from server.forms.support import asked
from server.forms.workbook import Workbook
from server.programmes.allow_list import EntityList, allow_list

_FEWEST = 3
_ASKED_FOR = re.compile(r"([A-Za-z_]\w*)\s*=\s*'([^']*)'")


def samples(workbook: Workbook) -> dict[str, str]:
    """List → csv with its header, for every list of the county that the form chooses from or looks into."""
    filters: dict[str, list[tuple[str, str]]] = {}
    for row in workbook["survey"]:
        kind = asked(row["type"])
        if kind.from_file:
            wanted = filters.setdefault(str(kind.list).removesuffix(".csv"), [])
            wanted.extend(_ASKED_FOR.findall(row["choice_filter"]))
    known = allow_list().lists
    return {name: _csv(known[name], wanted) for name, wanted in filters.items() if name in known}


def _csv(listed: EntityList, wanted: list[tuple[str, str]]) -> str:
    columns = ["name", "label", *listed.properties]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    given = dict.fromkeys(wanted)
    for number in range(1, max(_FEWEST, len(given)) + 1):
        column, value = list(given)[number - 1] if number <= len(given) else ("", "")
        row = dict.fromkeys(columns, "") | {
            "name": f"sample-{number}",
            "label": f"{listed.name.zh} {number} {listed.name.en} {number}",
        }
        writer.writerow(row | {column: value})
    return out.getvalue()
