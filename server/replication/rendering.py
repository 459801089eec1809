"""Which concern renders which kind of change. One feed has one rendering: another role has another feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from server.accounts import queries as accounts
from server.base.logs import log
from server.entities import queries as entities
from server.forms import queries as forms
from server.review import notes
from server.review import queries as review
from server.teams import queries as teams
from server.visits import notices
from server.visits.first import First

Rendered = tuple[str, dict[str, Any]]  # version, body
Render = Callable[[int, Sequence[str]], Mapping[str, Rendered]]
Fresh = Mapping[tuple[str, str], Rendered]  # kind and id of what this exchange itself has brought

RENDERERS: Final[dict[str, Render]] = {
    "org": accounts.render_org,
    "programme": forms.render_programme,
    "form": forms.render_form,
    "place": entities.render_place,
    "entity": entities.render_entity,
    "team": teams.render_team,
    "pair": teams.render_pair,
    "me": teams.render_me,
    "visit": review.render_visit,
    "note": notes.render,
    "notice": notices.render,
}


def fresh(org_id: int, firsts: Sequence[First]) -> Fresh:
    """What was just written, rendered from memory. It holds for a feed's row of the same version: whoever
    changes what a row renders to gives it another one."""
    return {("visit", id): one for id, one in review.render_first(org_id, firsts).items()}


def render(org_id: int, kind: str, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """Versions and bodies by id. What cannot be rendered is missing: one bad row must not hide the others."""
    renderer = RENDERERS.get(kind)
    if renderer is None:
        log.error("unrenderable", kind=kind)
        return {}
    try:
        return renderer(org_id, ids)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        if len(ids) == 1:
            log.exception("unreadable", kind=kind, id=ids[0])
            return {}
    found: dict[str, Rendered] = {}
    for id in ids:
        found.update(render(org_id, kind, [id]))
    return found
