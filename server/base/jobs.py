"""Work that takes longer than a request may: a table, and a thread in each server process that takes from it.

A job is taken by one process: `SKIP LOCKED` on PostgreSQL, the one write lock on SQLite. While it works it
reports rows done, and with each report its heartbeat; a job whose heartbeat is older than `STALE` belonged
to a process that died and is taken again from the start. Nothing is held open between the units: a job reads
in short snapshots and pages by key. Between jobs the same thread does the house's chores, a few times a day.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from flask import Flask
from sqlalchemy import CursorResult, or_, select, update

from server.base import clock, db
from server.base.background import Background
from server.base.db import session
from server.base.models import Job
from server.base.problems import Problem

REPORT_EVERY_S = 0.5
POLL_EVERY_S = 1.0
FIRST_CHORES_S = 600.0  # not while everything else starts
CHORES_EVERY_S = 6 * 3600.0
STALE = timedelta(seconds=60)
log = structlog.get_logger(__name__)


class Cancelled(Exception):
    """Raised out of a progress report when somebody asked the job to stop."""


@dataclass(frozen=True)
class Task:
    """What a worker is given."""

    org_id: int
    id: str
    kind: str
    asked: dict[str, Any]
    created_by: str


@dataclass(frozen=True)
class Result:
    """What a worker gives back: a file in the blob store."""

    blob: str
    bytes: int
    filename: str
    type: str


Progress = Callable[[int, int | None], None]  # rows done, rows in all
Worker = Callable[[Task, Progress], Result]
Chore = Callable[[datetime], None]  # housekeeping that may run anywhere, often and twice at once


class Runner(Background):
    """Takes jobs in a thread of its own until it is stopped."""

    def __init__(self, app: Flask, workers: Mapping[str, Worker], chores: Sequence[Chore] = ()) -> None:
        self._app = app
        self._workers = workers
        self._chores = chores
        self._chores_at = time.monotonic() + FIRST_CHORES_S
        super().__init__("jobs")

    def turn(self) -> float:
        if time.monotonic() >= self._chores_at:
            self._chores_at = time.monotonic() + CHORES_EVERY_S
            self.run_chores()
        return 0 if self.run_one() else POLL_EVERY_S

    def run_chores(self) -> None:
        """Do the housekeeping; what fails is told and tried again the next time."""
        with self._app.app_context():
            for chore in self._chores:
                try:
                    chore(clock.now())
                except Exception:
                    log.exception("jobs.chore_failed", chore=chore.__qualname__)

    def run_one(self) -> bool:
        """Take and do one job; False if there was none, or the database could not be asked just now."""
        with self._app.app_context():
            try:
                task = _take(clock.now(), sorted(self._workers))
            except Exception:
                log.exception("jobs.take_failed")
                return False
            if task is None:
                return False
            _do(task, self._workers[task.kind])
            return True


def blobs_in(database: sqlite3.Connection) -> list[str]:
    """The files that jobs have made, in a copy of a database that no app has opened."""
    made = "SELECT DISTINCT json_extract(result, '$.blob') FROM jobs WHERE result IS NOT NULL"
    return [blob for (blob,) in database.execute(made) if blob]


def enqueue(org_id: int, kind: str, asked: dict[str, Any], created_by: str, now: datetime) -> Job:
    """Put a job down, inside the caller's writing unit."""
    job = Job(
        org_id=org_id,
        id=clock.new_id(now),
        kind=kind,
        state="queued",
        asked=asked,
        done_rows=0,
        total_rows=None,
        result=None,
        problem=None,
        cancel_asked=False,
        created_by=created_by,
        created_at=now,
        heartbeat_at=None,
        ended_at=None,
    )
    session.add(job)
    return job


def cancel(job: Job, now: datetime) -> None:
    """Ask a job to stop: at once if nobody has taken it, else at its next report. An ended one stays."""
    if job.state == "queued":
        job.state, job.ended_at = "cancelled", now
    elif job.state == "running":
        job.cancel_asked = True


def _take(now: datetime, kinds: list[str]) -> Task | None:
    with db.writing():
        free = or_(Job.state == "queued", (Job.state == "running") & (Job.heartbeat_at < now - STALE))
        job = session.scalars(
            select(Job)
            .where(free, Job.kind.in_(kinds))
            .order_by(Job.created_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if job is None:
            return None
        job.state, job.heartbeat_at, job.done_rows = "running", now, 0
        return Task(job.org_id, job.id, job.kind, job.asked, job.created_by)


def _do(task: Task, worker: Worker) -> None:
    try:
        result = worker(task, _reporter(task))
    except Cancelled:
        _end(task, "cancelled", {})
    except Problem as problem:
        _end(task, "failed", {"problem": {"code": problem.code, "params": problem.params}})
    except Exception:
        log.exception("jobs.failed", job=task.id, kind=task.kind)
        _end(task, "failed", {"problem": {"code": "broken", "params": {}}})
    else:
        _end(task, "done", {"result": vars(result)})


def _reporter(task: Task) -> Progress:
    last = 0.0

    def report(done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last < REPORT_EVERY_S:
            return
        last = time.monotonic()
        with db.writing():
            job = session.get_one(Job, (task.org_id, task.id))
            if job.cancel_asked:
                raise Cancelled
            job.done_rows, job.total_rows, job.heartbeat_at = done, total, clock.now()

    return report


def _end(task: Task, state: str, values: dict[str, Any]) -> None:
    with db.writing():
        ended = cast(
            "CursorResult[Any]",
            session.execute(
                update(Job)
                .where(Job.org_id == task.org_id, Job.id == task.id, Job.state == "running")
                .values(state=state, ended_at=clock.now(), **values)
            ),
        )
        if ended.rowcount == 1 and state == "done":
            job = session.get_one(Job, (task.org_id, task.id))
            job.done_rows = job.total_rows if job.total_rows is not None else job.done_rows
