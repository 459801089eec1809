"""The file behind the answer to a question that asks for one (a photo, a film …), and what is known of it.

An answer holds the file's name; which file that is says the record's own list. A name that is not on it is of
a file that nobody promised, so nothing is waited for.
"""

from __future__ import annotations

from typing import Any

from server.base.db import session
from server.forms.definition import Definition
from server.photos import queries as photos
from server.photos.queries import Seen
from server.visits.models import Record, Revision

FILES = ("image", "audio", "video", "file")


def attach(definition: Definition, record: Record, lines: list[dict[str, Any]]) -> None:
    """Give each line of a photo, recording, film or file its ``attachment``; all others get None."""
    kinds = {field.path: field.type for field in definition.fields}
    asked = [line for line in lines if kinds.get(line["path"].partition("[")[0]) in FILES and line["raw"]]
    for line in lines:
        line["attachment"] = None
    if not asked:
        return
    named = {one["name"]: one for one in record.attachments}
    revision = session.get_one(Revision, (record.org_id, record.revision_id))
    hashes = [named[line["raw"]]["sha256"] for line in asked if line["raw"] in named]
    seen = photos.of_visit(record.org_id, revision.visit_id, hashes)
    for line in asked:
        line["attachment"] = _told(line["raw"], named.get(line["raw"]), seen)


def _told(name: str, file: dict[str, Any] | None, seen: dict[str, Seen]) -> dict[str, Any]:
    if file is None:
        nothing = {"sha256": None, "type": None, "bytes": None, "said_at": None}
        return {"name": name, **nothing, "state": "lost", "reason": "not_named"}
    found = seen.get(file["sha256"], Seen("awaited"))
    return {
        "name": name,
        "sha256": file["sha256"],
        "type": found.type or file["type"],
        "bytes": file["bytes"],
        "said_at": file.get("said_at"),
        "state": found.state,
        "reason": found.reason,
    }
