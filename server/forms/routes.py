"""A form's bytes and those of its files, by their hashes. They never change, so a phone asks once."""

from __future__ import annotations

from flask import Response, request

from server.base.http import answer, blueprint, current_actor, permit, refuses
from server.base.permissions import Permission
from server.base.problems import Problem
from server.forms import queries

bp = blueprint("forms", "/api/forms")

SANDBOX = "sandbox; default-src 'none'"


@bp.get("/<sha256:sha256>")
@permit(Permission.FORMS_READ)
@answer(None, media="application/xml")
@refuses("not_found")
def xform(sha256: str) -> Response:
    """An XForm, as the phone's form engine reads it."""
    found = queries.xform(current_actor().org_id, sha256)
    if found is None:
        raise Problem("not_found")
    return _for_ever(Response(found, content_type="application/xml; charset=utf-8"), sha256)


@bp.get("/media/<sha256:sha256>")
@permit(Permission.FORMS_READ)
@answer(None, media="*/*")
@refuses("not_found")
def medium(sha256: str) -> Response:
    """A file that a form carries, for its labels or as a list; in pieces by ``Range``."""
    found = queries.medium(current_actor().org_id, sha256)
    if found is None:
        raise Problem("not_found")
    answered = _for_ever(Response(found.data, mimetype=found.type), sha256)
    answered.headers["Content-Security-Policy"] = SANDBOX  # a drawing that is opened by itself runs nothing
    answered.make_conditional(request, accept_ranges=True, complete_length=found.bytes)
    return answered


def _for_ever(answered: Response, sha256: str) -> Response:
    answered.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answered.set_etag(sha256)
    return answered
