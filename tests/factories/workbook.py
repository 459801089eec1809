"""A data sheet as somebody at the desk downloads it."""

from __future__ import annotations

import csv
import io
from typing import Any

from server.base.jobs import Runner
from tests.factories.county import County


def sheet(county: County, user: str, form: str, **asked: Any) -> list[dict[str, str]]:
    """A row a record of November 2026, by the words of the header."""
    body = {"format": "csv", "from": "2026-11-01", "to": "2026-11-30", "forms": [form], **asked}
    job = county.desk(user).post("/api/exports", body, 202)
    runner: Runner = county.app.extensions["lianxin.jobs"]
    assert runner.run_one()
    client = county.app.test_client()
    file = client.post(f"/api/exports/{job['id']}/file", headers=county.desk(user).headers(), buffered=True)
    header, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline=""))
    file.close()
    return [dict(zip(header, row, strict=True)) for row in rows]
