"""All migration steps together give what the models say, on both databases; and they can be taken back."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text

from server import migrations
from server.base.db import schema_engine
from server.base.settings import Settings
from server.base.tables import Table
from tests.conftest import DATABASES, SECRET

SERVER = Path(migrations.__file__).parent.parent


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a database with nothing in it."""
    if request.param == "sqlite":
        return Settings(data=tmp_path, secret=SECRET)
    make: Callable[[str], str] = request.getfixturevalue("postgres_server")
    return Settings(data=tmp_path, database_url=make(tmp_path.name), secret=SECRET)


def tables(settings: Settings) -> set[str]:
    engine = schema_engine(settings)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_every_model_is_known_to_the_migrations() -> None:
    known = set(Table.metadata.tables)
    for path in SERVER.glob("*/models.py"):
        importlib.import_module(f"server.{path.parent.name}.models")
    assert known == set(Table.metadata.tables)


def test_the_head_equals_the_models(empty: Settings) -> None:
    migrations.upgrade(empty)
    engine = schema_engine(empty)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Table.metadata) == []
            assert migrations.current(connection) == migrations.head()
            assert names(connection_metadata(connection)) == names(Table.metadata)
    finally:
        engine.dispose()


def test_upgrading_twice_changes_nothing(empty: Settings) -> None:
    migrations.upgrade(empty)
    before = tables(empty)
    migrations.upgrade(empty)
    assert tables(empty) == before != set()


def test_every_step_can_be_taken_back(empty: Settings) -> None:
    migrations.upgrade(empty)
    migrations.downgrade(empty, "base")
    assert tables(empty) == set()
    migrations.upgrade(empty)
    assert tables(empty) == set(Table.metadata.tables)


def test_a_step_that_fails_leaves_the_database_as_it_was(empty: Settings) -> None:
    engine = schema_engine(empty)
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE visits (id INTEGER)"))
        with pytest.raises(Exception, match="already exists"):
            migrations.upgrade(empty)
        assert tables(empty) == {"visits"}
    finally:
        engine.dispose()


def connection_metadata(connection: object) -> MetaData:
    found = MetaData()
    found.reflect(connection)  # type: ignore[arg-type]
    found.remove(found.tables["alembic_version"])
    return found


def names(metadata: MetaData) -> set[tuple[str, str, str]]:
    """(table, kind, name) of every constraint and index that has a name of ours."""
    found = set()
    for table in metadata.tables.values():
        found |= {(table.name, "index", str(index.name)) for index in table.indexes}
        for constraint in table.constraints:
            columns = "_".join(column.name for column in constraint.columns)
            found.add((table.name, type(constraint).__name__, columns))
    return found
