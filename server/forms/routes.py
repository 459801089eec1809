"""A form's bytes, by their hash. They never change, so a phone asks for them once."""

from __future__ import annotations

from flask import Response

from server.base.http import answer, blueprint, current_actor, permit, refuses
from server.base.permissions import Permission
from server.base.problems import Problem
from server.forms import queries

bp = blueprint("forms", "/api/forms")


@bp.get("/<sha256:sha256>")
@permit(Permission.FORMS_READ)
@answer(None, media="application/xml")
@refuses("not_found")
def xform(sha256: str) -> Response:
    """An XForm, as the phone's form engine reads it."""
    found = queries.xform(current_actor().org_id, sha256)
    if found is None:
        raise Problem("not_found")
    answered = Response(found, content_type="application/xml; charset=utf-8")
    answered.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answered.set_etag(sha256)
    return answered
