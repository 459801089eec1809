"""The demo's open door: its phone enrols for real, with a code that it may ask for itself.

Registered only in demo mode on a loopback bind, so that elsewhere the address does not exist.
"""

from __future__ import annotations

from flask import current_app, request
from marshmallow import fields
from werkzeug.exceptions import NotFound

from server.accounts import queries, service
from server.accounts.models import User
from server.accounts.schemas import CodeMessage
from server.accounts.service import IssuedCode
from server.base import clock
from server.base.http import answer, blueprint, public, query
from server.base.schemas import Message
from server.base.settings import Settings

bp = blueprint("demo_door")

VOLUNTEER = "单秀云"


class DoorQuery(Message):
    user = fields.String(load_default=None)  # another of its volunteers


@bp.post("/demo/enrolment")
@public("invented people on this machine only")
@query(DoorQuery)
@answer(CodeMessage, 201)
def demo_code(asked: dict[str, str | None]) -> IssuedCode:
    settings: Settings = current_app.extensions["lianxin.settings"]
    org = queries.org_by_code(None)
    person = _volunteer(org.id, asked["user"]) if org and org.is_demo else None
    if person is None or not settings.loopback or request.remote_addr not in {"127.0.0.1", "::1"}:
        raise NotFound
    return service.issue_code(person.org_id, person.id, clock.now(), days=1)


def _volunteer(org_id: int, wanted: str | None) -> User | None:
    if wanted is None:
        return queries.volunteer_named(org_id, VOLUNTEER)
    person = queries.user(org_id, wanted)
    return person if person is not None and person.active and person.username is None else None
