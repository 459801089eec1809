"""Asking for an export, stopping it, and the work itself.

The work runs as whoever asked: the policy is read again when the job starts, so that a grant that ended
meanwhile ends the export too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import audit, clock, db, jobs
from server.base.blobs import Blobs
from server.base.db import session
from server.base.models import Job, Org
from server.base.permissions import Permission
from server.base.policy import Actor, reach
from server.base.problems import Problem
from server.base.sheets.sheet import Column, Kind, Sheet, fit_names
from server.entities.models import Entity
from server.exports import columns, files, legend, rows
from server.exports.asked import Asked, require
from server.exports.columns import FormColumns, RepeatColumns
from server.exports.rows import Choice, Source
from server.exports.words import Words
from server.forms import queries as forms
from server.forms.definition import Definition

KIND = "export"


def ask(actor: Actor, asked: Asked, now: datetime) -> Job:
    """Put an export down to be made. Raises Problem when the asker may not have it."""
    require(actor, asked)
    job = jobs.enqueue(actor.org_id, KIND, asked.to_json(), actor.user_id, now)
    audit.record(actor, "export.ask", "job", job.id, **asked.to_json())
    return job


def cancel(actor: Actor, job_id: str, now: datetime) -> Job:
    """Stop an export of one's own."""
    job = mine(actor, job_id)
    jobs.cancel(job, now)
    audit.record(actor, "export.cancel", "job", job.id)
    return job


def mine(actor: Actor, job_id: str) -> Job:
    """An export that the actor asked for; anybody else's does not exist for them."""
    job = session.get(Job, (actor.org_id, job_id))
    if job is None or job.kind != KIND or job.created_by != actor.user_id:
        raise Problem("not_found")
    return job


def make(task: jobs.Task, report: jobs.Progress) -> jobs.Result:
    """The job: read, write, keep."""
    asked = Asked.from_json(task.asked)
    with db.reading():
        asker = accounts.user(task.org_id, task.created_by)
        if asker is None or not asker.active:
            raise Problem("forbidden")
        actor = accounts.actor(asker, clock.now())
        org = session.get_one(Org, task.org_id)
        places = {
            place.id: place.label
            for place in session.scalars(
                select(Entity).where(Entity.org_id == task.org_id, Entity.list == "places")
            )
        }
    require(actor, asked)
    choice = Choice(task.org_id, reach(actor, Permission.EXPORTS_MAKE), asked)
    counts = rows.count_by_form_version(choice)
    versions = _definitions(task.org_id, counts)
    every = [definition for of_form in versions.values() for definition in of_form]
    words = Words(asked.language, places, every, labels=asked.format != "csv")
    source = Source(choice, export_id=task.id, words=words)
    counter = _Counter(report, sum(counts.values()))
    sheets = _sheets(source, versions, counts, counter)
    blobs = Blobs.of(current_app.extensions["lianxin.settings"])
    made = blobs.scratch()
    zone = ZoneInfo(org.timezone)
    ending, media_type = files.write(made, asked.format, sheets, zone)
    blob, size = blobs.keep(made)
    name = f"{org.name_zh}-数据表-{asked.from_day}至{asked.to_day}.{ending}"
    return jobs.Result(blob=blob, bytes=size, filename=name, type=media_type)


class _Counter:
    """Counts rows over all sheets towards one progress."""

    def __init__(self, report: jobs.Progress, total: int) -> None:
        self._report, self._total, self._done = report, total, 0
        report(0, total)

    def over(self, each: Any) -> Any:
        for row in each:
            yield row
            self._done += 1
            self._report(self._done, self._total)


def _definitions(org_id: int, counts: dict[tuple[str, str], int]) -> dict[str, list[Definition]]:
    """The versions that the records were filled with, by form, newest first."""
    by_form: dict[str, list[Definition]] = {}
    with db.reading():
        for form, version in sorted(counts, reverse=True):
            definition = forms.definition(org_id, form, version)
            if definition is not None:
                by_form.setdefault(form, []).append(definition)
    return dict(sorted(by_form.items()))


def _sheets(
    source: Source,
    versions: dict[str, list[Definition]],
    counts: dict[tuple[str, str], int],
    counter: _Counter,
) -> list[Sheet]:
    asked = source.choice.asked
    sheets = []
    told: list[list[object]] = []
    layouts = _layouts(versions, asked)
    names = fit_names([layout.title for layout in layouts])
    for name, layout in zip(names, layouts, strict=True):
        if isinstance(layout, FormColumns):
            total = sum(count for (of, _), count in counts.items() if of == layout.form)
            found = counter.over(rows.form_rows(source, layout))
            sheets.append(Sheet(name, layout.columns, found, total))
        else:
            sheets.append(Sheet(name, layout.columns, rows.repeat_rows(source, layout)))
        told += legend.rows(name, layout, asked)
    if not sheets:
        sheets.append(Sheet("没有记录" if asked.language == "zh" else "No records", [Column("none", "")], []))
    if asked.format == "xlsx":
        sheets.append(_choices_sheet(asked, versions))
        if told:
            sheets.append(legend.sheet(told, asked))
    return sheets


def _layouts(versions: dict[str, list[Definition]], asked: Asked) -> list[FormColumns | RepeatColumns]:
    """Each form's sheet, and behind it those of its repeats."""
    found: list[FormColumns | RepeatColumns] = []
    for definitions in versions.values():
        found += [columns.for_form(definitions, asked), *columns.for_repeats(definitions, asked)]
    return found


def _choices_sheet(asked: Asked, versions: dict[str, list[Definition]]) -> Sheet:
    """Every choice's code beside its words, so that an analysis can go by codes; twice where a version called
    it otherwise."""
    zh = asked.language == "zh"
    listed: dict[tuple[str, ...], list[object]] = {}
    for form, definitions in versions.items():
        for definition in definitions:
            for field in definition.fields:
                for value, label_zh, label_en in definition.choices.get(field.choices or "", ()):
                    row = [definitions[0].title[asked.language], field.name, value, label_zh, label_en]
                    listed.setdefault((form, field.name, value, label_zh, label_en), list[object](row))
    headings = [
        Column("form", "表单" if zh else "Form", Kind.TEXT, 16),
        Column("question", "问题" if zh else "Question", Kind.TEXT, 18),
        Column("code", "代码" if zh else "Code", Kind.TEXT, 18),
        Column("zh", "中文", Kind.TEXT, 26),
        Column("en", "English", Kind.TEXT, 26),
    ]
    return Sheet("选项" if zh else "Choices", headings, list(listed.values()))
