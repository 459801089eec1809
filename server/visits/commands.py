"""What each kind of op does, and how far an op about a visit may be its sender's.

``carry`` is the one place that goes from a kind to its command, for what a phone brings and for what the desk
releases. The table is filled by the app, since some commands belong to concerns above this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from server.base.db import session
from server.base.policy import Actor
from server.base.problems import Problem
from server.photos import service as photos
from server.visits import reading
from server.visits.models import Participant, Visit
from server.visits.reading import Prepared
from sync.core.clock import Anchor
from sync.ops import PhotoLost


class Command(Protocol):
    """Carries one op out, inside the caller's savepoint, and gives the visit that it was about.

    ``vouched``: a supervisor lets it in. Raises a Problem of ``reading.REFUSALS``.
    """

    def __call__(
        self,
        author: Actor,
        prepared: Prepared,
        anchors: Sequence[Anchor],
        now: datetime,
        *,
        vouched: bool = False,
    ) -> Visit: ...


CARRY: dict[str, Command] = {}  # by the op's kind, wired by the app


def carry(
    author: Actor, prepared: Prepared, anchors: Sequence[Anchor], now: datetime, *, vouched: bool = False
) -> Visit:
    """Carry out an op that was read. Raises what is wrong with it."""
    if prepared.problem:
        raise prepared.problem
    if prepared.op is None:
        raise LookupError("an op without a problem has been read")
    return CARRY[prepared.op.kind](author, prepared, anchors, now, vouched=vouched)


def lose_photo(
    author: Actor,
    prepared: Prepared,
    anchors: Sequence[Anchor],
    now: datetime,
    *,
    vouched: bool = False,
) -> Visit:
    """The op ``photo.lost``: of a file that this author promised for the visit. Raises visit_unknown."""
    del anchors, vouched
    op = reading.op_of(prepared, PhotoLost)
    visit = _locked(author.org_id, op.body.visit)
    photos.lost(author, op, now)
    return visit


def own_visit(author: Actor, visit_id: str, *, shared: bool = False) -> Visit:
    """The visit, locked, if it is the author's own; ``shared``: or one that she took part in.

    Raises visit_unknown, not_your_visit.
    """
    visit = _locked(author.org_id, visit_id)
    if visit.user_id != author.user_id and not (shared and _took_part(author, visit)):
        raise Problem("not_your_visit")
    return visit


def _locked(org_id: int, visit_id: str) -> Visit:
    visit = session.get(Visit, (org_id, visit_id), with_for_update=True, populate_existing=True)
    if visit is None:
        raise Problem("visit_unknown")
    return visit


def _took_part(author: Actor, visit: Visit) -> bool:
    return session.get(Participant, (author.org_id, visit.id, author.user_id)) is not None
