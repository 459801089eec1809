"""A volunteer of every team, whose phone holds every form of the county."""

from __future__ import annotations

from tests.e2e.harness.browsers import Browser
from tests.e2e.harness.county import County
from tests.e2e.pages.phone import Phone

OPENS_WITHIN_MS = 60_000
# 单秀云 joins each team of 柳荫, and its supervisor may see the sensitive programmes.
EVERYWHERE = (
    "from datetime import UTC, datetime",
    "from sqlalchemy import select",
    "from server.accounts import service as accounts",
    "from server.accounts.models import User",
    "from server.base.db import session, writing",
    "from server.base.policy import Role",
    "from server.entities.models import Entity",
    "from server.teams import queries, service",
    "now = datetime.now(UTC)",
    "with writing():",
    "    who = session.scalars(select(User).where(User.name == '单秀云', User.username.is_(None))).one()",
    "    place = session.scalars(select(Entity).where(Entity.label == '柳荫社区')).one()",
    "    held = set(queries.teams_of(1, who.id, now))",
    "    near = [one for one in queries.teams(1) if place.id in queries.communities(1, one.id)]",
    "    for team in near:",
    "        if team.id not in held:",
    "            accounts.grant(1, who.id, Role.VOLUNTEER, 'team', team.id, now)",
    "            service.join(1, team.id, who.id, now)",
    "    chief = session.scalars(select(User).where(User.username == 'supervisor')).one()",
    "    accounts.grant(1, chief.id, Role.SUPERVISOR, 'community', place.id, now, sensitive=True)",
)


def open_everywhere(county: County, phone: Browser) -> Phone:
    """Her phone, enrolled and whole."""
    county.python(*EVERYWHERE)
    volunteer = Phone(phone, county.url)
    volunteer.open()
    volunteer.enrol()
    volunteer.keeps_itself()
    return volunteer
