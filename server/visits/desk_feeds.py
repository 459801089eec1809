"""What moved for whom at the desk: numbers that only grow, in the order of commits.

A desk asks every few seconds whether anything changed. The answer is read from heads of feeds without rows,
one per community and team, sensitive programmes apart, so that it costs a few rows, is never late for a
commit that overtook another, and tells nobody of what they may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from server.base import feeds
from server.base.asked import Asked
from server.base.db import session
from server.base.models import FeedHead
from server.base.policy import Places, Reach, Scope
from server.visits import queries
from server.visits.models import Visit

_WHERE: Final = Asked(
    select(Visit.community_id, Visit.team_id, Visit.programme).where(
        Visit.org_id == bindparam("org"), Visit.id.in_(bindparam("visits", expanding=True))
    )
)


def bump(org_id: int, scope: Scope) -> None:
    """Something that lies there has changed."""
    kind = "sensitive" if scope.sensitive else "open"
    feeds.bump(org_id, f"desk:{kind}:community:{scope.community or ''}")
    if scope.team:
        feeds.bump(org_id, f"desk:{kind}:team:{scope.team}")


def photo_seen(org_id: int, visits: Sequence[str]) -> None:
    """A file of these visits can be seen; of one that stands in quarantine nobody looks at a page yet."""
    lies = _WHERE(org=org_id, visits=list(visits))
    sensitive = queries.sensitive_programmes() if lies else ()
    for community, team, programme in lies:
        bump(org_id, Scope(community, team, programme in sensitive))


def moved(org_id: int, reach: Reach) -> int:
    """A number that grows with every change within the reach."""
    watched = [*_watched("open", reach), *_watched("sensitive", reach.sensitive)]
    if not watched:
        return 0
    total = select(func.sum(FeedHead.seq)).where(FeedHead.org_id == org_id, or_(*watched))
    return int(session.execute(total).scalar() or 0)


def _watched(kind: str, places: Places) -> list[ColumnElement[bool]]:
    if places.county:
        return [FeedHead.feed.like(f"desk:{kind}:community:%")]
    names = [f"desk:{kind}:community:{one}" for one in sorted(places.communities)]
    names += [f"desk:{kind}:team:{one}" for one in sorted(places.teams)]
    return [FeedHead.feed.in_(names)] if names else []
