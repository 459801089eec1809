"""What an op brings, read before any unit that writes, since on SQLite everybody else waits for that.

``prepare`` reads its shape, the forms' versions, the answers; it raises nothing that the op itself is to
blame for, and notes the Problem instead. Only a Problem whose code is in ``REFUSALS`` refuses an op;
everything else that goes wrong is the server's trouble or a bug, and is nobody's refusal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar, cast

from server.base import db
from server.base.ledger import Arrival
from server.base.problems import Problem
from server.forms import answers
from server.forms import queries as forms
from server.forms.answers import ReadRecord
from server.forms.definition import Definition
from server.photos import service as photos
from server.visits import assessment
from sync.ops import MOST_OP_BYTES, BadOp, Body, FilledForm, Op, VisitPut, canonical_op, read_op

B = TypeVar("B", bound=Body)

REFUSALS: Final = frozenset(
    {
        "malformed",
        "text_not_allowed",
        "too_large",
        "form_version_unknown",
        "xml_unreadable",
        "answers_do_not_fit",
        "not_your_team",
        "not_your_visit",
        "visit_unknown",
        "already_decided",
        "op_id_reused",
        "device_revoked",
    }
)


class Filled(NamedTuple):
    """One record, read by the version of the form that it was filled with."""

    form: FilledForm
    definition: Definition
    read: ReadRecord


class Prepared(NamedTuple):
    """An op, read. ``problem`` says why it cannot be taken; ``deferred`` that a newer server may."""

    raw: Any
    bytes: bytes  # canonical, or as near to it as it can be written
    op: Op[Body] | None = None
    filled: tuple[Filled, ...] = ()
    problem: Problem | None = None
    deferred: bool = False


Find = Callable[[int, str, str], Definition | None]  # (county, form, version) → its definition


def prepare(org_id: int, raw: Any, find: Find = forms.definition) -> Prepared:
    """Read an op. Raises nothing that the op itself is to blame for."""
    op = _understood(raw)
    try:
        found = canonical_op(raw, None if isinstance(op, BadOp) else op)
    except BadOp as bad:
        written = json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()  # escapes what is not UTF-8
        return Prepared(raw, written, problem=Problem(bad.code, reason=bad.reason, limit_bytes=_limit(bad)))
    if isinstance(op, BadOp):
        return Prepared(raw, found, problem=Problem(op.code, reason=op.reason), deferred=op.deferred)
    try:
        filled = tuple(_read(org_id, record, find) for record in records_of(op.body))
    except Problem as problem:
        if problem.code not in REFUSALS:
            raise
        return Prepared(raw, found, op=op, problem=problem)
    return Prepared(raw, found, op=op, filled=filled)


def _understood(raw: Any) -> Op[Body] | BadOp:
    """What the op says, or why nobody can tell."""
    try:
        return read_op(raw)
    except BadOp as bad:
        return bad


def lock(org_id: int, prepared: Sequence[Prepared], now: datetime) -> None:
    """Lock what these ops are about before the first of them is carried out."""
    if db.dialect() != "sqlite":  # there everything is ours: it has one writer
        _lock_rows(org_id, prepared)
    named = [one.op.body for one in prepared if one.op]  # what is refused names its files too
    files = [each.sha256 for body in named for record in records_of(body) for each in record.attachments]
    photos.lock(org_id, files, now)


def _lock_rows(org_id: int, prepared: Sequence[Prepared]) -> None:
    ready = [one for one in prepared if one.op and not one.problem]
    bodies = [one.op.body for one in ready if one.op]
    changed = sorted({filled.read.entity.id for one in ready for filled in one.filled if filled.read.entity})
    assessment.lock_rows(org_id, sorted({body.visit for body in bodies}), changed, sorted(_people(ready)))


def _people(ready: Sequence[Prepared]) -> set[str]:
    """Whom these visits and their records are about."""
    named = [
        assessment.person_of(one.op.body, filled)
        for one in ready
        if one.op and isinstance(one.op.body, VisitPut)
        for filled in one.filled
    ]
    return {person for person in named if person}


def arrival(one: Prepared) -> Arrival:
    """What the ledger keeps of an op, whatever becomes of it."""
    kind, n = one.raw.get("kind"), one.raw.get("n")
    known = one.op is not None
    return Arrival(
        op_id=one.raw["id"],
        n=n if type(n) is int and 0 < n < 2**53 else 0,
        kind=str(kind) if known else "unknown",
        sha256=hashlib.sha256(one.bytes).hexdigest(),
    )


def op_of(prepared: Prepared, kind: type[B]) -> Op[B]:
    """The op, whose body is of this class: what carries it out is chosen by its kind."""
    if prepared.op is None or not isinstance(prepared.op.body, kind):
        raise TypeError(f"no {kind.__name__}")
    return cast("Op[B]", prepared.op)


def records_of(body: Body) -> tuple[FilledForm, ...]:
    """The filled forms that an op brings; none if it brings none."""
    return body.records if isinstance(body, VisitPut) else ()


def _read(org_id: int, record: FilledForm, find: Find) -> Filled:
    definition = find(org_id, record.form, record.version)
    if definition is None:
        raise Problem("form_version_unknown", form=record.form, version=record.version)
    return Filled(record, definition, answers.read(definition, record.xml.encode()))


def _limit(bad: BadOp) -> int | None:
    return MOST_OP_BYTES if bad.code == "too_large" else None
