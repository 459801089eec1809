"""The small county as rows: the services make it once for each moment, and every test begins with a copy.

What the services do on the way is tested where they are; a test that only needs the county there pays a
quarter of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, select

from server.app import create_app
from server.base import db
from server.base.db import session
from server.base.settings import Settings
from server.base.tables import Table
from tests.factories.county import County

Rows = list[tuple[SqlTable, list[dict[str, Any]]]]  # in an order in which they may be put


class KeptCounty:
    """``folder`` takes the databases in which it is made, each from the empty one at ``template``."""

    def __init__(self, template: Path, folder: Path, secret: str) -> None:
        self._template = template
        self._folder = folder
        self._secret = secret
        self._kept: dict[datetime, Rows] = {}

    def put(self, app: Flask, moment: datetime) -> None:
        """Into the app's database, as if its services had made it at that moment."""
        if moment not in self._kept:
            self._kept[moment] = self._made(lambda: moment)
        with app.app_context(), db.writing():
            for table, rows in self._kept[moment]:
                session.connection().execute(insert(table), rows)

    def _made(self, clock: Callable[[], datetime]) -> Rows:
        data = self._folder / f"county-{len(self._kept)}"
        data.mkdir()
        shutil.copyfile(self._template, data / "lianxin.sqlite")
        app = create_app(Settings(data=data, secret=self._secret, log_level="error"))
        app.config.update(CLOCK=clock)
        County(app, clock).build()
        with app.app_context(), db.reading():
            rows = [(table, _all(table)) for table in Table.metadata.sorted_tables]
        db.close(app)
        return [(table, held) for table, held in rows if held]


def _all(table: SqlTable) -> list[dict[str, Any]]:
    return [dict(row) for row in session.connection().execute(select(table)).mappings()]
