"""What the scopes of people's roles are called: a grant names its community or team by id only."""

from __future__ import annotations

from collections.abc import Iterable

from server.base.policy import GrantView
from server.entities import queries as entities
from server.teams import queries


def scope_names(org_id: int, grants: Iterable[GrantView]) -> dict[str, dict[str, str]]:
    """Names by id, in both languages. Places have one name, which both languages use."""
    wanted: dict[str, set[str]] = {"community": set(), "team": set()}
    for grant in grants:
        if grant.scope_id is not None:
            wanted[grant.scope_kind].add(grant.scope_id)
    places = entities.labels(org_id, wanted["community"])
    names = {id: {"zh": label, "en": label} for id, label in places.items()}
    for id in wanted["team"]:
        team = queries.team(org_id, id)
        if team is not None:
            names[id] = {"zh": team.name_zh, "en": team.name_en}
    return names
