"""A volunteer of every team, whose phone holds every form of the county."""

from __future__ import annotations

from server.programmes.programme import form_specs
from tests.e2e.pages.phone import Phone

OPENS_WITHIN_MS = 60_000
COME_WITHIN_MS = 120_000  # forty forms, one after the other
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


def has_all_forms(volunteer: Phone) -> None:
    """The forms of her teams have come, and no more than those: with all teams, all."""
    volunteer.page.wait_for_function(
        """async (all) => {
          const names = (await indexedDB.databases()).map(({ name }) => name);
          const count = (name) => new Promise((done) => {
            const ask = indexedDB.open(name);
            ask.onerror = () => done(0);
            ask.onsuccess = () => {
              const db = ask.result;
              if (!db.objectStoreNames.contains('bodies')) { db.close(); return done(0); }
              const rows = db.transaction('bodies').objectStore('bodies').count();
              rows.onsuccess = () => { db.close(); done(rows.result); };
            };
          });
          const counted = await Promise.all(names.map(count));
          return Math.max(...counted) >= all;
        }""",
        arg=len(form_specs()),
        timeout=COME_WITHIN_MS,
    )
