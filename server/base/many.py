"""Many rows at once, by the shortest way to the driver.

SQLAlchemy writes the statement and says how the values of each column are put down; both are asked once.
What is left for a row is one tuple, and those can be made before the write lock is asked for: ``bound`` needs
no unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, cast

from sqlalchemy import Dialect, Insert, insert
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite

from server.base import db
from server.base.db import session
from server.base.tables import Table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Bound:
    """Rows of one statement, as the driver takes them."""

    sql: str
    rows: list[Any]

    def write(self) -> int:
        """Carry it out, inside a writing unit. How many rows were written."""
        if not self.rows:
            return 0
        return session.connection().exec_driver_sql(self.sql, self.rows).rowcount


def returned(statement: Insert, rows: Sequence[Row]) -> list[Any]:
    """Carry it out in one statement for all these rows (a few hundred at most, all of the same columns),
    inside a writing unit; the first column of what it returns."""
    if not rows:
        return []
    key = statement, db.dialect(), (*rows[0], len(rows))
    way = _together.get(key) or _together.setdefault(key, _Together(statement, db.db.engine.dialect, rows))
    return list(session.connection().exec_driver_sql(way.sql, way.put(rows)).scalars())


@cache
def into(table: type[Table]) -> Insert:
    """New rows."""
    return insert(cast("SqlTable", table.__table__))


def unless_there(table: type[Table]) -> Insert:
    """New rows, except those whose key is there already."""
    return _unless_there(table, db.dialect())


@cache
def _unless_there(table: type[Table], dialect: str) -> Insert:
    made: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return cast("Insert", made(cast("SqlTable", table.__table__)).on_conflict_do_nothing())


def bound(statement: Insert, rows: Iterable[Row]) -> Bound:
    """The statement, which is made once for ever, for these rows, which all have the same columns."""
    listed = list(rows)
    if not listed:
        return Bound("", [])
    key = statement, db.dialect(), tuple(listed[0])
    way = _ways.get(key) or _ways.setdefault(key, _Way(statement, db.db.engine.dialect, key[2]))
    return Bound(way.sql, way.put(listed))


class _Way:
    """How one statement goes to one kind of database."""

    def __init__(self, statement: Insert, dialect: Dialect, columns: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        self.sql = str(compiled)
        self._by_place = compiled.positiontup
        types = {one.name: one.type for one in cast("SqlTable", statement.table).columns}
        self._columns = [
            (name, types[name].dialect_impl(dialect).bind_processor(dialect))
            for name in self._by_place or columns
        ]

    def put(self, rows: Sequence[Row]) -> list[Any]:
        """The rows as the driver takes them: by place, or by name."""
        columns = [
            [row[name] for row in rows] if put is None else _put(put, [row[name] for row in rows])
            for name, put in self._columns
        ]
        made = zip(*columns, strict=True)
        if self._by_place:
            return list(made)
        names = [name for name, _ in self._columns]
        return [dict(zip(names, one, strict=True)) for one in made]


class _Together:
    """How one statement with so many rows goes to one kind of database."""

    def __init__(self, statement: Insert, dialect: Dialect, rows: Sequence[Row]) -> None:
        columns = dict.fromkeys(rows[0])
        compiled = statement.values([columns] * len(rows)).compile(dialect=dialect)
        self.sql = str(compiled)
        self._way = _Way(statement, dialect, list(columns))
        self._by_place = compiled.positiontup

    def put(self, rows: Sequence[Row]) -> Any:
        each = self._way.put(rows)
        if self._by_place:
            return tuple(chain.from_iterable(each))
        return {f"{name}_m{place}": value for place, row in enumerate(each) for name, value in row.items()}


def _put(put: Callable[[Any], Any], values: list[Any]) -> list[Any]:
    """Each as it is put down; what is the same for many rows, as the moment of the exchange, only once."""
    made: list[Any] = []
    last, text = values[0], put(values[0])
    for value in values:
        if value is not last:
            last, text = value, put(value)
        made.append(text)
    return made


_ways: dict[tuple[Insert, str, tuple[str, ...]], _Way] = {}
_together: dict[tuple[Insert, str, tuple[Any, ...]], _Together] = {}
