"""Is the process alive, and can it do its work? For what starts it and what stands before it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from marshmallow import fields
from sqlalchemy import text

from server.base.db import reading, session
from server.base.http import answer, blueprint, public, refuses, unit
from server.base.problems import Problem
from server.base.schemas import Message

bp = blueprint("health", "")


class HealthMessage(Message):
    status = fields.String(required=True)


@bp.get("/healthz")
@public("the process supervisor asks")
@unit("none")
@answer(HealthMessage)
def healthz() -> dict[str, str]:
    """The process answers; nothing else is asked of it."""
    return {"status": "alive"}


@bp.get("/readyz")
@public("the balancer asks")
@unit("none")
@answer(HealthMessage)
@refuses("not_ready")
def readyz() -> dict[str, str]:
    """The database answers and has the shape that this code expects."""
    try:
        with reading():
            found = session.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except Exception as error:  # whatever it is, the answer is the same
        raise Problem("not_ready", reason=f"database: {type(error).__name__}") from error
    if list(found) != [schema_head()]:
        raise Problem("not_ready", reason="lianxin db upgrade")
    return {"status": "ready"}


@cache
def schema_head() -> str | None:
    """The newest migration of this code, read from its folder."""
    return ScriptDirectory(str(Path(__file__).resolve().parent.parent / "migrations")).get_current_head()
