"""The demo's open door: its phone enrols for real, with a code that it may ask for itself.

Registered only in demo mode on a loopback bind, so that elsewhere the address does not exist.
"""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import NotFound

from server.accounts import queries, service
from server.accounts.schemas import CodeMessage
from server.accounts.service import IssuedCode
from server.base import clock
from server.base.http import answer, blueprint, public
from server.base.settings import Settings

bp = blueprint("demo_door")

VOLUNTEER = "单秀云"


@bp.post("/demo/enrolment")
@public("invented people on this machine only")
@answer(CodeMessage, 201)
def demo_code() -> IssuedCode:
    settings: Settings = current_app.extensions["lianxin.settings"]
    org = queries.org_by_code(None)
    person = queries.volunteer_named(org.id, VOLUNTEER) if org and org.is_demo else None
    if person is None or not settings.loopback or request.remote_addr not in {"127.0.0.1", "::1"}:
        raise NotFound
    return service.issue_code(person.org_id, person.id, clock.now(), days=1)
