"""What the county really keeps of a visit's files, read past the server from its database and its store."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import Any

from tests.e2e.harness.county import County


def kept_files(county: County, name: str) -> list[dict[str, Any]]:
    """The files of her newest visit, each found in the store and equal to what the phone sealed."""
    with closing(sqlite3.connect(county.data / "lianxin.sqlite")) as books:
        (attachments,) = books.execute(
            "SELECT r.attachments FROM records r JOIN visits v ON v.current_revision = r.revision_id"
            " JOIN entities e ON e.id = v.subject_id WHERE e.label = ? ORDER BY v.received_at DESC LIMIT 1",
            [name],
        ).fetchone()
    files: list[dict[str, Any]] = json.loads(attachments)
    for file in files:
        (kept,) = (county.data / "blobs").rglob(file["sha256"])
        bytes_ = kept.read_bytes()
        assert (hashlib.sha256(bytes_).hexdigest(), len(bytes_)) == (file["sha256"], file["bytes"])
    return files
