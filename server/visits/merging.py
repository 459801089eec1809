"""What a visit shows when a revision came whose author had not seen all the others (rule S6).

If each side changed something else, both changes are shown, in a revision that the server makes and that says
``merged``. If they say different things of one field, one is shown and the visit is marked until a supervisor
has settled it. Every revision stays as it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from server.base import audit
from server.base.db import session
from server.base.models import Org
from server.base.policy import Actor
from server.base.problems import Problem
from server.forms import answers
from server.forms import queries as forms
from server.teams import queries as teams
from server.visits import assessment, facts, heads, rows, versions
from server.visits.heads import Told
from server.visits.models import Visit
from server.visits.reading import Filled
from server.visits.rows import Row
from server.visits.versions import Body, Versions
from sync.core.clock import Anchor
from sync.ops import MOST_OP_BYTES, VERSION, At, FilledForm, Op, visit_put


def reconcile(author: Actor, visit: Visit, anchors: Sequence[Anchor], now: datetime) -> None:
    """Let the visit show what all its revisions come to.

    Raises too_large where that is more than a visit can be: then the last one stands aside whole.
    """
    found = versions.read(visit)
    disputed = bool(found.merged.conflicts)
    if found.shown == visit.current_revision:
        mark(visit, disputed=disputed)
        return
    told = tell(visit, found, found.shown, found.bodies.get(found.shown) or found.woven(), anchors)
    if found.shown not in found.bodies:
        _join(author, visit, found, told, now)
    heads.move(visit, told, assess(visit, told, now, disputed=disputed), now)
    heads.follow(author, visit, told, now)


def tell(visit: Visit, found: Versions, id: str, body: Body, anchors: Sequence[Anchor] = ()) -> Told:
    """Read what a revision of this name and body says. Its moments are corrected by what is known of the
    phones' clocks from the revisions that it came from."""
    try:
        put = visit_put(body, "body")
    except ValidationError:
        raise Problem("too_large", limit_bytes=MOST_OP_BYTES) from None
    op = Op(v=VERSION, id=id, kind="visit.put", n=1, at=At(**found.frame.at), base=None, body=put)
    known = [
        *anchors,
        versions.check_in_anchor(visit, found.by_id(visit.current_revision)),
        *found.anchors(),
    ]
    when = facts.times(op, known, session.get_one(Org, visit.org_id).timezone)
    return Told(op, [_read(visit.org_id, record) for record in put.records], when)


def assess(visit: Visit, told: Told, now: datetime, *, disputed: bool) -> assessment.Assessed:
    """The hints that what is shown gives."""
    member_now = teams.is_member(visit.org_id, visit.team_id, visit.user_id, now)
    return assessment.assess(
        visit.org_id, told.op, told.filled, told.when, now, member_now=member_now, moved=disputed
    )


def row(author: Actor, visit: Visit, found: Versions, told: Told, now: datetime, **said: Any) -> Row:
    """The row of a revision that builds on all others; what no phone says is as the best of them has it."""
    visit.revisions += 1
    return {
        **rows.revision(author, told.op, told.when, visit.revisions, now),
        "device_id": None,
        "corrected_at": found.frame.corrected_at,
        "clock_certain": found.frame.clock_certain,
        "merges": list(found.merged.tips),
        **said,
    }


def mark(visit: Visit, *, disputed: bool) -> None:
    """Only the hint changes."""
    others = [flag for flag in visit.flags if flag["code"] != "two_versions"]
    visit.flags = [*others, {"code": "two_versions", "detail": {}}] if disputed else others


def _join(author: Actor, visit: Visit, found: Versions, told: Told, now: datetime) -> None:
    made = heads.add_revision(
        row(author, visit, found, told, now, why="merged", user_id=found.frame.user_id), told.filled
    )
    audit.record(
        author, "visit.merge", "visit", visit.id, revision=made.id, number=made.number, merges=made.merges
    )


def _read(org_id: int, record: FilledForm) -> Filled:
    definition = forms.definition(org_id, record.form, record.version)
    if definition is None:
        raise LookupError(f"a record by {record.form} {record.version}, which the county does not have")
    return Filled(record, definition, answers.read(definition, record.xml.encode()))
