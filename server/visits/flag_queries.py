"""Hints in a WHERE: they are kept as JSON beside the visit, which the two databases ask in their own ways."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, String, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB

from server.base import db
from server.visits.models import Visit


def has_any() -> ColumnElement[bool]:
    """Visits with a hint of any kind."""
    if db.dialect() == "postgresql":
        return func.jsonb_array_length(Visit.flags) > 0
    return func.json_array_length(Visit.flags) > 0


def has(code: str) -> ColumnElement[bool]:
    """Visits with this hint."""
    if db.dialect() == "postgresql":
        return cast(Visit.flags, JSONB).op("@>")(cast(literal(json.dumps([{"code": code}])), JSONB))
    return cast(Visit.flags, String).contains(json.dumps(code), autoescape=True)  # no detail holds texts
