"""The database's history, step by step, run by ``lianxin db upgrade``.

Steps are in ``versions/``. They run in one transaction on either database; on PostgreSQL with a lock timeout,
so that a busy table stops the upgrade and not the county.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

import server.accounts.models
import server.base.models
import server.entities.models
import server.forms.models
import server.photos.models
import server.review.models
import server.teams.models
import server.visits.models  # noqa: F401
from server.base.db import schema_engine
from server.base.settings import Settings
from server.base.tables import Table

LOCK_TIMEOUT = "10s"


def options() -> dict[str, Any]:
    """How models and database are compared and changed."""
    return {"target_metadata": Table.metadata, "compare_type": True, "render_as_batch": False}


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the database to this version; nothing happens when it is there."""
    engine = schema_engine(settings)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            command.upgrade(_config(connection), revision)
    finally:
        engine.dispose()


def downgrade(settings: Settings, revision: str) -> None:
    """Take steps back. For tests and for a development machine; a county goes forward."""
    engine = schema_engine(settings)
    try:
        with engine.begin() as connection:
            command.downgrade(_config(connection), revision)
    finally:
        engine.dispose()


def head() -> str:
    """The newest step of this code."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def knows(revision: str) -> bool:
    """Is this step one of this code's? A database at it can be brought to the newest."""
    try:
        return ScriptDirectory.from_config(_config(None)).get_revision(revision) is not None
    except CommandError:
        return False


def current(connection: Connection) -> str | None:
    """The step at which this database is."""
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
