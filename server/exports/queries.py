"""Exports as their asker sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from server.base import clock
from server.base.db import session
from server.base.models import Job
from server.base.policy import Actor
from server.base.problems import Language, Problem
from server.exports.service import KIND

LISTED = 50


def of(actor: Actor) -> list[Job]:
    """The actor's exports, newest first."""
    return list(
        session.scalars(
            select(Job)
            .where(Job.org_id == actor.org_id, Job.kind == KIND, Job.created_by == actor.user_id)
            .order_by(Job.created_at.desc(), Job.id.desc())
            .limit(LISTED)
        )
    )


def told(job: Job, language: Language) -> dict[str, Any]:
    """A job as the desk shows it."""
    result = job.result or {}
    return {
        "id": job.id,
        "state": job.state,
        "asked": job.asked,
        "done_rows": job.done_rows,
        "total_rows": job.total_rows,
        "filename": result.get("filename"),
        "bytes": result.get("bytes"),
        "problem": _problem(job, language),
        "created_at": clock.iso(job.created_at),
        "ended_at": clock.iso(job.ended_at) if job.ended_at else None,
    }


def _problem(job: Job, language: Language) -> dict[str, str] | None:
    if not job.problem:
        return None
    words = Problem(job.problem["code"], **job.problem["params"]).words(language)
    return {"code": job.problem["code"], "title": words.title, "detail": words.next}
