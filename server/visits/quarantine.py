"""What could not be taken is kept aside, whole, with the reason (rule S3). Nothing typed is ever dropped.

An item is an op that was refused, deferred or held, or raw bytes that a phone handed in after its op had
failed three times without a name. Releasing tries the same op again through the one door; if it is taken,
the ledger says *accepted*, the visit reaches the phone by its feed, and what waited behind it follows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import ColumnElement, select

from server.accounts import queries as accounts
from server.base import audit, clock, feeds, ledger, policy
from server.base.db import session
from server.base.ledger import Arrival, Claim
from server.base.permissions import Permission
from server.base.policy import Actor, Scope
from server.base.problems import Problem
from server.photos import service as photos
from server.teams import queries as teams
from server.teams.models import Team
from server.visits import commands, desk_feeds, notices, queries, reading
from server.visits.models import QuarantineItem, Visit
from server.visits.reading import Prepared
from sync.core import ids
from sync.core.clock import Anchor
from sync.ops import Body, Op

MOST_RAW_BYTES = 4_194_304
DEFERRED = {"unknown_kind", "version_retired"}  # it may be read one day
CODES = reading.REFUSALS | DEFERRED | {"waits"}  # why something stands aside


def keep(
    author: Actor,
    prepared: Prepared,
    code: str,
    now: datetime,
    anchors: Sequence[Anchor] = (),
    **detail: Any,
) -> QuarantineItem:
    """Keep an op aside, with the anchors by which its moments can be corrected when it is let in. The same
    bytes under the same op are kept once."""
    named = [asdict(one) for one in anchors if one.start.encode() in prepared.bytes]
    if prepared.op is not None:  # its files are wanted as well: what is let in one day should have them
        op = prepared.op
        photos.refer(author, op.id, op.body.visit, reading.records_of(op.body), now)
    return _keep(author, prepared.raw, prepared.bytes, code, {**detail, "anchors": named}, now)


def keep_raw(author: Actor, raw: bytes, now: datetime) -> QuarantineItem:
    """Keep bytes that a phone could hand in by no other way; if they are an op, say whose and about what."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    return _keep(author, value, raw, "device_revoked" if author.revoked else "malformed", {"raw": True}, now)


def release(actor: Actor, item: QuarantineItem, now: datetime) -> Visit:
    """Try the op again as its author's. Raises the Problem that still stands in its way."""
    author = author_of(item, now)
    op, prepared = _again(item)
    claim = _claim(author, op, prepared, now)
    if claim.entry.sha256 != sha256_of(prepared):  # its own id is another op's for ever
        op = structs.replace(op, id=item.id)
        prepared = prepared._replace(op=op)
        claim = _claim(author, op, prepared, now)
    reading.lock(item.org_id, [prepared, *behind(author, [op.id])], now)
    if not claim.new and claim.entry.outcome == "accepted":  # it came by the ordinary way meanwhile
        visit = session.get_one(Visit, (item.org_id, op.body.visit))
    else:
        with feeds.savepoint():
            visit = commands.carry(author, prepared, anchors_of(item), now, vouched=True)
        ledger.settle(claim.entry, "accepted")
    let_in(actor, author, item, op.id, visit, now)
    return visit


def behind(author: Actor, op_ids: Collection[str]) -> list[Prepared]:
    """What waits behind these ops, and behind that in turn. It follows them in the same transaction, so what
    it is about is locked with theirs: visits and people before files, as everywhere."""
    if not op_ids:
        return []
    behind_it: dict[str, list[QuarantineItem]] = {}
    for item in _open(author, QuarantineItem.code == "waits"):
        behind_it.setdefault(item.detail.get("for", ""), []).append(item)
    reached, found = list(op_ids), []
    for op_id in reached:  # grows on the way
        for item in behind_it.pop(op_id, []):
            reached += [item.op_id] if item.op_id else []
            with suppress(Problem):  # it will say so when its turn comes
                found.append(_again(item)[1])
    return found


def author_of(item: QuarantineItem, now: datetime) -> Actor:
    """Whose it is, on her device. Raises already_settled, or malformed where nobody is known."""
    if item.state != "open":
        raise Problem("already_settled", state=item.state)
    user = accounts.user(item.org_id, item.user_id) if item.user_id else None
    if user is None:
        raise Problem("malformed", reason="nobody is known who sent it")
    return accounts.actor(user, now, device_id=item.device_id)


def let_in(
    actor: Actor,
    author: Actor,
    item: QuarantineItem,
    op_id: str,
    visit: Visit,
    now: datetime,
    words: str | None = None,
) -> None:
    """The op has been taken: settle its item, tell its author, and let what waited behind it follow."""
    if item.code != "waits":
        notices.tell_phone(
            item.org_id, author.user_id, "released", now, by=actor.user_id, visit=visit.id, words=words
        )
    _settle(actor, item, "released", now)
    _follow(actor, author, op_id, now)


def taken_after_all(author: Actor, op_id: str, now: datetime) -> None:
    """A deferred op came again and was taken: its item is settled, and what waited behind it follows."""
    for item in _open(author, QuarantineItem.op_id == op_id):
        _settle(author, item, "released", now)
    _follow(author, author, op_id, now)


def close(actor: Actor, item: QuarantineItem, note: str, now: datetime) -> None:
    """Say that nothing more is to be done with it. It stays where it is; what waited behind it is tried
    without it, and stays aside for its own reason if it does not fit."""
    if item.state != "open":
        raise Problem("already_settled", state=item.state)
    author = author_of(item, now) if item.user_id and item.op_id else None
    item.note = note
    _settle(actor, item, "closed", now)
    if author is not None and item.op_id is not None:
        _follow(actor, author, item.op_id, now)


def stands_aside(org_id: int, op_id: str) -> bool:
    """Does this op wait for somebody to look at it? What builds on it waits as long."""
    mine = select(QuarantineItem.id).where(
        QuarantineItem.org_id == org_id, QuarantineItem.op_id == op_id, QuarantineItem.state == "open"
    )
    return session.scalars(mine.limit(1)).first() is not None


def scope_of(item: QuarantineItem) -> Scope:
    """Where an item lies, for the policy."""
    team = teams.team(item.org_id, item.team_id) if item.team_id else None
    guarded = team is not None and team.programme in queries.sensitive_programmes()
    return Scope(item.community_id, item.team_id, guarded)


def _keep(
    author: Actor, value: Any, raw: bytes, code: str, detail: dict[str, Any], now: datetime
) -> QuarantineItem:
    told = _what_it_tells(value)
    sha256 = hashlib.sha256(raw).hexdigest()
    same = session.scalars(
        select(QuarantineItem).where(
            QuarantineItem.org_id == author.org_id,
            QuarantineItem.op_id == told["op_id"],
            QuarantineItem.sha256 == sha256,
        )
    ).all()
    kept = next((one for one in same if one.code == code), None)
    if kept is not None:
        return kept
    put_off = next((one for one in same if one.state == "open" and one.code in DEFERRED), None)
    if put_off is not None:
        return _for_another_reason(author, put_off, code, detail, now)
    team_id, community_id = _lies(author, told["team_id"], told["visit_id"])
    item = QuarantineItem(
        org_id=author.org_id,
        id=clock.new_id(now),
        op_id=told["op_id"],
        device_id=author.device_id,
        user_id=author.user_id,
        team_id=team_id,
        community_id=community_id,
        visit_id=told["visit_id"],
        code=code,
        detail=detail,
        raw=raw,
        bytes=len(raw),
        sha256=sha256,
        state="open",
        received_at=now,
        settled_at=None,
        settled_by=None,
        note=None,
    )
    session.add(item)
    session.flush()
    audit.record(author, "quarantine.keep", "quarantine", item.id, code=code)
    desk_feeds.bump(item.org_id, scope_of(item))
    if code != "waits":  # it follows by itself
        _tell_readers(item, now)
    return item


def _for_another_reason(
    author: Actor, item: QuarantineItem, code: str, detail: dict[str, Any], now: datetime
) -> QuarantineItem:
    """What was deferred can be read by now, and stands aside for what is really in its way."""
    item.code, item.detail = code, detail
    session.flush()
    audit.record(author, "quarantine.keep", "quarantine", item.id, code=code)
    desk_feeds.bump(item.org_id, scope_of(item))
    if code != "waits":
        _tell_readers(item, now)
    return item


def _tell_readers(item: QuarantineItem, now: datetime) -> None:
    """Tell those who may see it."""
    permission, scope = Permission.QUARANTINE_READ, scope_of(item)
    holders = accounts.holders(item.org_id, permission, now)
    readers = [one.user_id for one in holders if policy.reach(one, permission).holds(scope)]
    notices.tell_desks(item.org_id, readers, "quarantined", now, by=item.user_id, item=item.id)


def _what_it_tells(value: Any) -> dict[str, str | None]:
    """Ids that can be read from a broken op; each only if it is one."""
    op: dict[str, Any] = value if isinstance(value, dict) else {}
    said = op.get("body")
    body: dict[str, Any] = said if isinstance(said, dict) else {}

    def one(found: Any) -> str | None:
        return found if ids.is_uuid(found) else None

    return {"op_id": one(op.get("id")), "team_id": one(body.get("team")), "visit_id": one(body.get("visit"))}


def _lies(author: Actor, team_id: str | None, visit_id: str | None) -> tuple[str | None, str | None]:
    """Who should see it: the team that it names or whose visit it is about, else the author's own; and that
    team's community."""
    team = teams.team(author.org_id, team_id) if team_id else None
    if team is None and visit_id is not None:
        team = _team_of(author.org_id, visit_id)
    if team is None:
        own = teams.teams_of(author.org_id, author.user_id)
        team = teams.team(author.org_id, own[0]) if own else None
    if team is None:
        return None, None
    served = teams.communities(author.org_id, team.id)
    return team.id, served[0] if served else None


def _team_of(org_id: int, visit_id: str) -> Team | None:
    """The team of a visit that the county has, or that stands aside itself."""
    visit = session.get(Visit, (org_id, visit_id))
    aside = select(QuarantineItem.team_id).where(
        QuarantineItem.org_id == org_id, QuarantineItem.visit_id == visit_id
    )
    team_id = visit.team_id if visit else session.scalars(aside.order_by(QuarantineItem.id).limit(1)).first()
    return teams.team(org_id, team_id) if team_id else None


def anchors_of(item: QuarantineItem) -> list[Anchor]:
    """The anchors that came with it."""
    return [Anchor(**kept) for kept in item.detail.get("anchors", [])]


def _again(item: QuarantineItem) -> tuple[Op[Body], Prepared]:
    """The op, read once more. Raises what is still wrong with it."""
    try:
        raw = json.loads(item.raw)
    except (ValueError, RecursionError):
        raise Problem("malformed", reason="the bytes are no JSON") from None
    prepared = reading.prepare(item.org_id, raw)
    if prepared.problem is not None or prepared.op is None:
        raise prepared.problem or Problem("malformed")
    return prepared.op, prepared


def _claim(author: Actor, op: Op[Body], prepared: Prepared, now: datetime) -> Claim:
    """Its row in the ledger, so that the phone's next replay hears accepted, even if the op never came by the
    ordinary way."""
    arrival = Arrival(op.id, op.n, op.kind, sha256_of(prepared))
    return ledger.claim(author.org_id, author.user_id, author.device_id or "", [arrival], now)[op.id]


def sha256_of(prepared: Prepared) -> str:
    """How the ledger knows the op."""
    return hashlib.sha256(prepared.bytes).hexdigest()


def _follow(actor: Actor, author: Actor, op_id: str, now: datetime) -> None:
    """Ops that waited behind this one are tried now; one that is still refused stays, with its own reason."""
    waiting = _open(author, QuarantineItem.code == "waits")
    for item in [one for one in waiting if one.detail.get("for") == op_id]:
        try:
            release(actor, item, now)
        except Problem as problem:
            if problem.code not in reading.REFUSALS:
                raise
            item.code = problem.code
            entry = ledger.entry(author.org_id, item.op_id) if item.op_id else None
            if entry is not None:
                ledger.settle(entry, "refused", problem.code)
            _tell_readers(item, now)


def _open(author: Actor, which: ColumnElement[bool]) -> list[QuarantineItem]:
    return list(
        session.scalars(
            select(QuarantineItem)
            .where(
                QuarantineItem.org_id == author.org_id,
                QuarantineItem.user_id == author.user_id,
                QuarantineItem.state == "open",
                which,
            )
            .order_by(QuarantineItem.received_at, QuarantineItem.id)
        )
    )


def _settle(actor: Actor, item: QuarantineItem, state: str, now: datetime) -> None:
    item.state = state
    item.settled_at = now
    item.settled_by = actor.user_id
    session.flush()
    audit.record(actor, f"quarantine.{state}", "quarantine", item.id, code=item.code)
    desk_feeds.bump(item.org_id, scope_of(item))
