"""Whoever reviews a visit says who looks after the people of whom it speaks."""

from __future__ import annotations

from typing import Any

from server.base import clock
from server.base.http import answer, blueprint, body, current_actor, permit, refuses
from server.base.permissions import Permission
from server.review.follow_schemas import FollowerMessage, FollowLine
from server.visits import follows
from server.visits.follows import Follower

bp = blueprint("follows", "/api/visits")


@bp.put("/<id:visit>/follows/<id:entity>")
@permit(Permission.VISITS_REVIEW)
@body(FollowerMessage)
@answer(FollowLine)
@refuses("not_found")
def put_follower(visit: str, entity: str, wanted: Follower) -> dict[str, Any]:
    return follows.put(current_actor(), visit, entity, wanted, clock.now())
