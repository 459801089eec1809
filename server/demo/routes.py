"""What the demo asks of its server: the network's switch, how far the one who tries has got, and what the
phone has begun and not finished: drafts live on phones, so the demo's makes its own.

Registered only in demo mode on a loopback bind, so that elsewhere the addresses do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import current_app
from marshmallow import fields
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from server.accounts import queries as accounts
from server.accounts.demo_routes import VOLUNTEER
from server.base import clock
from server.base.db import session
from server.base.http import answer, blueprint, body, public, query, unit
from server.base.schemas import Message
from server.demo.facts import facts
from server.demo.network import Network
from server.entities import queries as entities
from server.entities.models import Entity
from server.teams import queries as teams
from server.teams.models import Pair
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


class VolunteerMessage(Message):
    """Somebody whom the demo's phone may belong to."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    team = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class BegunMessage(Message):
    """A visit that somebody began: of whom, by which form, what the door was, what was answered."""

    person = fields.String(required=True)
    form = fields.String(required=True)
    door = fields.String(required=True)
    answers = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


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


@bp.get("/demo/volunteers")
@public(WHY)
@answer(VolunteerMessage, many=True)
def volunteers() -> list[dict[str, Any]]:
    """Others than the demo's own whom one may be: of each team that
    `county.yaml` names whoever follows somebody, else its leader."""
    org = accounts.org_by_code(None)
    if org is None or not org.is_demo:
        return []
    return [one for called in facts()["tries"] for one in _first_of(org.id, called)]


def _first_of(org_id: int, called: str) -> Iterator[dict[str, Any]]:
    programme, community = called.split()
    name = next(row["zh"] for row in facts()["communities"] if row["key"] == community)
    for team in teams.teams(org_id, programme):
        served = entities.labels(org_id, teams.communities(org_id, team.id)).values()
        members = teams.members(org_id, [team.id], clock.now())[team.id]
        phones = [user for _, user in members if user.username is None]
        if name in served and phones:
            follows = session.scalars(
                select(Pair.user_id)
                .where(Pair.org_id == org_id, Pair.team_id == team.id, Pair.ended_on.is_(None))
                .order_by(Pair.id)
            ).first()
            first = next((user for user in phones if user.id == follows), phones[0])
            yield {"id": first.id, "name": first.name, "team": {"zh": team.name_zh, "en": team.name_en}}
            return


@bp.get("/demo/draft")
@public(WHY)
@answer(BegunMessage)
def draft() -> dict[str, Any]:
    """Not found where this is no demo, or its volunteer looks after nobody of that name."""
    org = accounts.org_by_code(None)
    carer = accounts.volunteer_named(org.id, VOLUNTEER) if org and org.is_demo else None
    told: dict[str, Any] = facts()["draft"]
    if carer is None:
        raise NotFound
    people = session.scalars(
        select(Entity)
        .join(Pair, (Pair.org_id == Entity.org_id) & (Pair.entity_id == Entity.id))
        .where(Entity.org_id == carer.org_id, Pair.user_id == carer.id, Pair.ended_on.is_(None))
    )
    person = next((one.id for one in people if one.properties.get("full_name") == told["person"]), None)
    if person is None:
        raise NotFound
    answers = {f"/data/{path}": said for path, said in told["answers"].items()}
    return {"person": person, "form": told["form"], "door": told["door"], "answers": answers}
