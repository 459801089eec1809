"""What a reviewer can filter by: only what lies within the reach, so that no list tells of the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from server.accounts.models import User
from server.base.db import session
from server.base.policy import Reach
from server.entities.models import Entity
from server.forms.models import Form
from server.teams.models import Team, TeamPlace
from server.visits import flags, queries
from server.visits.models import Visit


def filters(org_id: int, reach: Reach) -> dict[str, Any]:
    """Teams, communities, forms and volunteers that there are visits of or that serve here."""
    seen = (Visit.org_id == org_id, queries.within(reach))
    guarded = Team.programme.in_(queries.sensitive_programmes())
    teams = session.scalars(
        select(Team)
        .distinct()
        .outerjoin(TeamPlace, (TeamPlace.org_id == Team.org_id) & (TeamPlace.team_id == Team.id))
        .where(Team.org_id == org_id, reach.where(TeamPlace.place_id, Team.id, guarded))
        .order_by(Team.programme, Team.name_zh, Team.id)
    ).all()
    communities = session.scalars(
        select(Entity)
        .where(
            Entity.org_id == org_id,
            Entity.list == "places",
            Entity.kind == "community",
            Entity.id.in_(select(Visit.community_id).where(*seen)) | Entity.id.in_(sorted(reach.communities)),
        )
        .order_by(Entity.pinyin, Entity.id)
    ).all()
    forms = session.scalars(
        select(Form)
        .where(Form.org_id == org_id, Form.key.in_(select(Visit.form).where(*seen)))
        .order_by(Form.programme, Form.key)
    ).all()
    volunteers = session.scalars(
        select(User)
        .where(User.org_id == org_id, User.id.in_(select(Visit.user_id).where(*seen)))
        .order_by(User.pinyin, User.id)
    ).all()
    return {
        "teams": [{"id": one.id, "name": {"zh": one.name_zh, "en": one.name_en}} for one in teams],
        "communities": [{"id": one.id, "name": one.label} for one in communities],
        "forms": [{"form": one.key, "title": {"zh": one.title_zh, "en": one.title_en}} for one in forms],
        "volunteers": [{"id": one.id, "name": one.name} for one in volunteers],
        "flags": list(flags.RULES),
    }
