"""What every table is made of.

One column type per kind of value, so that SQLite and PostgreSQL hold the same thing and a reader of a
model sees at once what it means. Every growing table carries ``org_id`` (the county) first in its primary
and unique keys: one server can hold several counties, and the tables can be distributed by it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Table(DeclarativeBase):
    """The base of all models."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides; SQLite, which knows no zone, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """On SQLite the text that SQLAlchemy would write, in one step instead of three."""
        return _sqlite_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _sqlite_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:26]


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
BigInt = BigInteger().with_variant(Integer, "sqlite")

# Primary keys: org_id, then the row's own id.
OrgKey = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=False)]
IdKey = Annotated[str, mapped_column(String(36), primary_key=True)]  # a UUID in its 36 characters

Id = Annotated[str, mapped_column(String(36))]
Key = Annotated[str, mapped_column(String(64))]  # a short machine name: a programme, a form, a role
Sha256 = Annotated[str, mapped_column(String(64))]  # lower-case hex
Words = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Count = Annotated[int, mapped_column(BigInt)]
JsonDict = Annotated[dict[str, Any], mapped_column(Json)]
Blob = Annotated[bytes, mapped_column(LargeBinary)]
JsonList = Annotated[list[Any], mapped_column(Json)]
