"""The phone's two doors: one exchange for everything, and one for what no exchange could carry."""

from __future__ import annotations

from server.base import clock, db, limits
from server.base.answers import language
from server.base.http import (
    also_revoked,
    answer,
    blueprint,
    body,
    current_actor,
    permit,
    raw_body,
    refuses,
    unit,
)
from server.base.logs import log
from server.base.permissions import Permission
from server.base.policy import Actor
from server.photos import queries as photos
from server.photos.queries import Told
from server.replication.pull import Pulled, nothing, pull
from server.replication.push import push
from server.replication.rendering import Fresh
from server.replication.schemas import KeptMessage
from server.visits import quarantine
from sync.messages import Request, RequestSchema, Response, ResponseSchema
from sync.versions import retired

bp = blueprint("replication")

HOUR = 3600
MOST_HANDED_IN = 120  # a phone in an hour: far above any honest queue of ops that failed three times


@bp.post("/sync")
@permit(Permission.SYNC)
@also_revoked
@unit("none")
@body(RequestSchema, strict_text=False)
@answer(ResponseSchema)
@refuses("clock_off", "device_revoked", "malformed", "busy")
def sync(asked: Request) -> Response:
    """One exchange: ops up and what became of them, changes down (PROTOCOL.md), in the caller's version."""
    actor = current_actor()
    with db.alone():
        pushed = push(actor, asked, clock.now(), language())
        files = _told(actor, [*pushed.files, *asked.have])
        pulled = _pulled(actor, asked, pushed.fresh)
    return Response(
        results=pushed.results,
        wanted=files.wanted,
        receipts=files.receipts,
        changes=pulled.changes,
        cursor=pulled.cursor,
        more=pulled.more,
        feeds=pulled.feeds,
        left=pulled.left,
        reset=pulled.reset,
        parts=pulled.parts,
        epoch=pulled.epoch,
        backed_up_to=clock.iso(pulled.backed_up_to) if pulled.backed_up_to else None,
        server_time=clock.iso(clock.now()),
        v=asked.v,
    )


@bp.post("/quarantine")
@permit(Permission.SYNC)
@also_revoked
@raw_body("application/octet-stream", max_bytes=quarantine.MOST_RAW_BYTES)
@unit("none")
@answer(KeptMessage, 201)
@refuses("device_revoked", "too_many")
def hand_in(raw: bytes) -> dict[str, str]:
    """Keep the bytes of an op that no exchange could carry."""
    actor = current_actor()
    limits.hit(f"quarantine:{actor.device_id}", MOST_HANDED_IN, HOUR)
    with db.writing():
        item = quarantine.keep_raw(actor, raw, clock.now())
        return {"id": item.id}


def _told(actor: Actor, files: list[str]) -> Told:
    """What the county has and lacks of these files, after the commit: a receipt needs a reference that stays.
    It is said again whenever a phone asks, so it never costs the ops their answer."""
    if not files:
        return Told((), ())
    try:
        with db.reading():
            return photos.told(actor, files)
    except Exception:
        log.exception("told_failed", user=actor.user_id)
        return Told((), ())


def _pulled(actor: Actor, asked: Request, fresh: Fresh) -> Pulled:
    """What comes down. The ops are committed by now and must be answered, whatever happens here."""
    if actor.revoked or retired(asked.v, clock.now()):
        return nothing(actor.org_id)
    try:
        return pull(actor, asked.cursor, asked.budget, clock.now(), asked.parts, fresh)
    except Exception:
        if not asked.ops:
            raise
        log.exception("pull_failed", user=actor.user_id)
        return nothing(actor.org_id)
