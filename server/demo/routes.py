"""What the demo page asks of its server: the network's switch, and how far the one who tries has got.

Registered only in demo mode on a loopback bind, so that elsewhere the addresses do not exist.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from marshmallow import fields
from sqlalchemy import func, select

from server.accounts import queries as accounts
from server.accounts.demo_routes import VOLUNTEER
from server.base.db import session
from server.base.http import answer, blueprint, body, public, query, unit
from server.base.schemas import Message
from server.demo.network import Network
from server.visits.models import Visit

bp = blueprint("demo_page")
WHY = "invented people on this machine only"


class SwitchMessage(Message):
    cut = fields.Boolean(required=True)


class StageQuery(Message):
    since = fields.AwareDateTime(required=True)


class StageMessage(Message):
    """How far it has got since the page was opened."""

    cut = fields.Boolean(required=True)
    received = fields.Integer(required=True)
    approved = fields.Integer(required=True)


def network() -> Network:
    found: Network = current_app.extensions["lianxin.demo_network"]
    return found


@bp.post("/demo/network")
@public(WHY)
@unit("none")
@body(SwitchMessage)
@answer(SwitchMessage)
def switch(asked: dict[str, bool]) -> dict[str, bool]:
    network().switch(cut=asked["cut"])
    return {"cut": network().cut}


@bp.get("/demo/stage")
@public(WHY)
@query(StageQuery)
@answer(StageMessage)
def stage(asked: dict[str, datetime]) -> dict[str, Any]:
    org = accounts.org_by_code(None)
    person = accounts.volunteer_named(org.id, VOLUNTEER) if org and org.is_demo else None
    told = dict.fromkeys(("received", "approved"), 0)
    if person is not None:
        rows = session.execute(
            select(Visit.state, func.count())
            .where(
                Visit.org_id == person.org_id,
                Visit.user_id == person.id,
                Visit.check_in_at >= asked["since"],
            )
            .group_by(Visit.state)
        ).all()
        told["received"] = sum(count for _, count in rows)
        told["approved"] = sum(count for state, count in rows if state == "approved")
    return {"cut": network().cut, **told}
