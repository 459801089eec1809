"""Exactly once for desk requests: the first answer to an ``Idempotency-Key`` is the answer.

The claim is a row under a unique constraint, taken in the request's own writing unit before any guard. Of two
requests at the same time the second waits for the first; a request that fails leaves no claim, so the same
key may be tried again. The same key with another request is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from server.base.db import insert_if_absent, session
from server.base.models import OnceAnswer
from server.base.policy import Actor
from server.base.problems import Problem

_CLAIMED = 0


@dataclass(frozen=True)
class Stored:
    """An answer that was given before."""

    status: int
    body: str


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same request."""
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()


def once(actor: Actor, key: str, request_sha256: str, now: datetime) -> Stored | None:
    """Claim the key; None means that this request is the first and must ``keep`` its answer."""
    claim = {
        "org_id": actor.org_id,
        "user_id": actor.user_id,
        "key": key,
        "request_sha256": request_sha256,
        "status": _CLAIMED,
        "body": "",
        "at": now,
    }
    if insert_if_absent(OnceAnswer, claim):
        return None
    row = session.scalars(select(OnceAnswer).where(*_key(actor, key))).one()
    if row.request_sha256 != request_sha256:
        raise Problem("key_reused")
    return Stored(row.status, row.body)


def keep(actor: Actor, key: str, answer: Stored) -> None:
    """Store the first answer beside what it tells of."""
    session.execute(
        update(OnceAnswer).where(*_key(actor, key)).values(status=answer.status, body=answer.body)
    )


def forget(actor: Actor, key: str) -> None:
    """Give the claim back: this answer is not one to store."""
    session.execute(delete(OnceAnswer).where(*_key(actor, key)))


def _key(actor: Actor, key: str) -> tuple[ColumnElement[bool], ...]:
    return (OnceAnswer.org_id == actor.org_id, OnceAnswer.user_id == actor.user_id, OnceAnswer.key == key)
