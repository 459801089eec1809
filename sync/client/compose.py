"""Bodies of ops, as PROTOCOL.md §4 writes them: what a script has to say, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from sync.client.outbox import File
from sync.core import instance
from sync.ops import At


def filled_form(
    record: str,
    form: str,
    version: str,
    answers: Mapping[str, str],
    list_rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    files: Sequence[File] = (),
) -> dict[str, Any]:
    """A record: ``answers`` are texts by path, in the form's order, as ``/data/contact``."""
    root = next(iter(answers), "/data/").split("/")[1]
    named = {f"/{root}/meta/instanceID": f"uuid:{record}", **answers}
    return {
        "record": record,
        "form": form,
        "version": version,
        "xml": instance.write(form, version, named).decode(),
        "list_rows": {name: [dict(row) for row in rows] for name, rows in (list_rows or {}).items()},
        "attachments": [file.attachment() for file in files],
    }


def visit(
    id: str,
    team: str,
    programme: str,
    records: Sequence[Mapping[str, Any]],
    check_in: At,
    check_out: At | None = None,
    *,
    person: str | None = None,
    place: str | None = None,
    reason: str = "no_fix",
    correction: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The body of ``visit.put``, of a visit that was tapped; ``reason`` says why there is no position."""
    return {
        "visit": id,
        "team": team,
        "programme": programme,
        "entry": "live",
        "subject": None if person is None else {"list": "people", "id": person},
        "place": place,
        "check_in": {"at": asdict(check_in), "reason": reason},
        "check_out": None if check_out is None else {"at": asdict(check_out)},
        "participants": [],
        "helpers_unnamed": 0,
        "records": [dict(record) for record in records],
        **({} if correction is None else {"correction": dict(correction)}),
    }
