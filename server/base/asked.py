"""What every exchange asks, by the shortest way to the driver: the reading half of ``many``.

SQLAlchemy writes the statement, and says how values are put down and how columns are read; it is asked once
for each number of ids. What is left for a question is a tuple down and its rows up.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

from server.base import db
from server.base.db import session

Values = dict[str, Any]


class Asked:
    """A SELECT of columns under ``bindparam``s: ``asked(org=1, ids=[…])`` are its rows, inside a unit. A list
    is for an expanding one."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._ways: dict[tuple[Any, ...], _Way] = {}

    def __call__(self, **values: Any) -> Sequence[Any]:
        """The rows, whose columns are attributes."""
        counts = [len(value) if isinstance(value, list) else None for value in values.values()]
        key = db.dialect(), *values, *counts
        way = self._ways.get(key) or self._ways.setdefault(
            key, _Way(self._statement, db.db.engine.dialect, values)
        )
        return way.rows(values)

    def one(self, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self(**values)), None)


class _Way:
    """How one statement with so many values goes to one kind of database, and its rows come back."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect, values: Values) -> None:
        compiled = statement.compile(dialect=dialect)
        state = compiled.construct_expanded_state(values)
        self._sql = state.statement
        self._by_place = state.positiontup
        self._lists = {name: names for name, names in state.parameter_expansion.items() if name in values}
        self._put = {name: put for name in values if (put := _putting(compiled, name)) is not None}
        self._constant = {
            name: put(value) if (put := _putting(compiled, name)) else value
            for name, value in state.parameters.items()
            if name in compiled.binds and name not in values
        }
        columns = list(statement.selected_columns)
        read = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
        self._read = [(place, one) for place, one in enumerate(read) if one is not None]
        self._make = _making([one.key or "" for one in columns])

    def rows(self, values: Values) -> Sequence[Any]:
        given = {**self._constant, **values}
        for name, put in self._put.items():
            value = given[name]
            given[name] = [put(each) for each in value] if name in self._lists else put(value)
        for name, names in self._lists.items():
            given.update(zip(names, given.pop(name), strict=True))
        asked = tuple(given[name] for name in self._by_place) if self._by_place else given
        found: Sequence[Any] = session.connection().exec_driver_sql(self._sql, asked).all()
        if not found or not self._read:
            return found
        columns: list[Any] = list(zip(*found, strict=True))
        for place, read in self._read:
            columns[place] = [read(value) for value in columns[place]]
        return list(map(self._make, zip(*columns, strict=True)))


def _making(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes a row of its values; a column without a name is read by its place."""
    row: Any = namedtuple("row", names, rename=True)  # type: ignore[misc]
    return cast("Callable[[Iterable[Any]], Any]", row._make)


def _putting(compiled: SQLCompiler, name: str) -> Callable[[Any], Any] | None:
    kind = compiled.binds[name].type
    return kind.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
