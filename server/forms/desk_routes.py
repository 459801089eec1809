"""Forms at the desk: look a workbook over, publish it, list what is published, fetch a workbook again.

Looking a form over runs it in a process of its own, which takes seconds: no unit of the database is open
meanwhile, and what is handed in is kept only when it is published.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from server.base import clock
from server.base.db import reading, writing
from server.base.http import (
    answer,
    blueprint,
    current_actor,
    half_of_threads,
    permit,
    raw_body,
    refuses,
    unit,
)
from server.base.permissions import Permission
from server.base.problems import Problem
from server.forms import published, service, shown, uploads
from server.forms.compared import Compared, compared
from server.forms.look_over import LookedOver, look_over
from server.forms.schemas import FormLookedOverMessage, FormPublishedMessage, FormsMessage
from server.forms.service import Source
from server.forms.uploads import Upload

bp = blueprint("desk_forms", "/api/desk/forms")


@bp.get("")
@permit(Permission.FORMS_PUBLISH)
@answer(FormsMessage)
def forms() -> dict[str, Any]:
    """Every form of the programmes, with its published versions."""
    return {"items": published.listed(current_actor().org_id)}


@bp.get("/<sha256:sha256>/workbook")
@permit(Permission.FORMS_PUBLISH)
@answer(None, media="*/*")
@refuses("not_found")
def workbook(sha256: str) -> Response:
    """The workbook that a version was published from, by the hash of its XForm."""
    found = published.workbook(current_actor().org_id, sha256)
    if found is None:
        raise Problem("not_found")
    name, kind, content = found
    answered = Response(content, content_type=kind)
    answered.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answered


@bp.post("/check")
@permit(Permission.FORMS_PUBLISH)
@unit("none")
@half_of_threads
@raw_body(uploads.FORM_DATA, *uploads.PARTS, max_bytes=uploads.MOST_BYTES)
@answer(FormLookedOverMessage)
@refuses("workbook_missing")
def check(raw: bytes) -> dict[str, Any]:
    """Everything that publishing would find."""
    looked, against = _looked_over(uploads.read(request, raw))
    return shown.looked_over(looked, against)


@bp.post("/publish")
@permit(Permission.FORMS_PUBLISH)
@unit("none")
@half_of_threads
@raw_body(uploads.FORM_DATA, *uploads.PARTS, max_bytes=uploads.MOST_BYTES)
@answer(FormPublishedMessage, 201)
@refuses("workbook_missing", "form_refused", "form_version_taken")
def publish(raw: bytes) -> dict[str, Any]:
    """Publish a workbook, parts as for `check`. Phones fetch it at their next exchange."""
    actor = current_actor()
    upload = uploads.read(request, raw)
    looked, against = _looked_over(upload)
    findings = [*looked.findings, *(against.findings if against else ())]
    if looked.converted is None or any(each.severity == "error" for each in findings):
        raise Problem("form_refused", findings=[each.json() for each in findings])
    source = Source(upload.content, upload.suffix)
    with writing():
        done = service.publish(actor.org_id, looked.converted, clock.now(), by=actor, source=source)
    return shown.published(done, looked, findings)


def _looked_over(upload: Upload) -> tuple[LookedOver, Compared | None]:
    looked = look_over(upload.content, upload.suffix, upload.media)
    if looked.workbook is None or looked.converted is None:
        return looked, None
    with reading():
        org_id = current_actor().org_id
        return looked, compared(org_id, looked.workbook, looked.converted, clock.now().date())
