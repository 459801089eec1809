"""Exports over HTTP: asked for, watched, stopped, fetched."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, send_file

from server.base import audit, clock
from server.base.blobs import Blobs
from server.base.http import answer, blueprint, body, current_actor, permit, refuses
from server.base.permissions import Permission
from server.base.problems import Problem
from server.exports import queries, service
from server.exports.asked import Asked
from server.exports.schemas import AskedMessage, JobListMessage, JobMessage

bp = blueprint("exports", url_prefix="/api/exports")


@bp.post("")
@permit(Permission.EXPORTS_MAKE)
@body(AskedMessage)
@answer(JobMessage, 202)
@refuses("period_upside_down", "purpose_missing")
def ask(asked: Asked) -> dict[str, Any]:
    """Ask for a workbook or csv. It is made in the background; watch its job."""
    actor = current_actor()
    return queries.told(service.ask(actor, asked, clock.now()), actor.language)


@bp.get("")
@permit(Permission.EXPORTS_MAKE)
@answer(JobListMessage)
def mine() -> dict[str, Any]:
    """One's own exports, newest first."""
    actor = current_actor()
    return {"items": [queries.told(job, actor.language) for job in queries.of(actor)]}


@bp.get("/<id:job>")
@permit(Permission.EXPORTS_MAKE)
@answer(JobMessage)
@refuses("not_found")
def one(job: str) -> dict[str, Any]:
    """How far an export is."""
    actor = current_actor()
    return queries.told(service.mine(actor, job), actor.language)


@bp.post("/<id:job>/cancel")
@permit(Permission.EXPORTS_MAKE)
@answer(JobMessage)
@refuses("not_found")
def cancel(job: str) -> dict[str, Any]:
    """Stop an export that is not finished."""
    actor = current_actor()
    return queries.told(service.cancel(actor, job, clock.now()), actor.language)


@bp.post("/<id:job>/file")
@permit(Permission.EXPORTS_MAKE)
@answer(None, 200, media="application/octet-stream")
@refuses("not_found", "export_gone")
def fetch(job: str) -> Response:
    """The file. A POST, since handing out data is noted in the audit."""
    actor = current_actor()
    made = service.mine(actor, job)
    if made.state != "done" or made.result is None:
        raise Problem("not_found")
    try:
        file = Blobs.of(current_app.extensions["lianxin.settings"]).open(made.result["blob"])
    except FileNotFoundError:
        raise Problem("export_gone") from None
    audit.record(actor, "export.fetch", "job", made.id, bytes=made.result["bytes"])
    response = send_file(file, mimetype=made.result["type"], etag=False)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.result['filename'])}"
    response.headers["Content-Length"] = str(made.result["bytes"])
    return response
