"""The models: what every table keeps, checked on all of them at once."""

from __future__ import annotations

import importlib

from sqlalchemy import Table as SqlTable

from server.base.tables import Table
from tests.structure import repository


def tables() -> list[SqlTable]:
    for path in repository.python("server"):
        if path.name == "models.py":
            importlib.import_module(".".join(path.with_suffix("").parts))
    found = list(Table.metadata.tables.values())
    assert len(found) > 15, "the models were not found"
    return found


def leading(table: SqlTable) -> list[tuple[str, ...]]:
    """The columns of every index, primary and unique key, in order."""
    keys = [tuple(column.name for column in table.primary_key.columns)]
    keys += [tuple(column.name for column in index.columns) for index in table.indexes]
    keys += [
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if type(constraint).__name__ == "UniqueConstraint"
    ]
    return keys


def test_every_foreign_key_has_an_index_that_begins_with_it() -> None:
    bare = []
    for table in tables():
        for key in table.foreign_key_constraints:
            columns = set(key.column_keys)
            if not any(set(index[: len(columns)]) == columns for index in leading(table)):
                bare.append(f"{table.name}: {sorted(columns)}")
    assert bare == []


def test_every_table_begins_with_the_county() -> None:
    """So that one server holds several counties, and the tables can be distributed by it."""
    own = {"orgs"}
    bare = [
        f"{table.name}: {key}"
        for table in tables()
        if table.name not in own and "org_id" in table.columns
        for key in [tuple(column.name for column in table.primary_key.columns)]
        if key[:1] != ("org_id",)
    ]
    assert bare == []


def test_every_constraint_has_a_name() -> None:
    bare = [
        f"{table.name}: {type(constraint).__name__}"
        for table in tables()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert bare == []
