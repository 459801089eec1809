"""What an op brings, read before any unit: its shape, its forms, its answers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sync.core.spread import Shape
from sync.hub.founding import Form, Judge, Refused, read_record
from sync.hub.state import Answers
from sync.ops import BadOp, Body, Op, VisitPut, canonical_op, read_op


@dataclass(frozen=True, slots=True)
class Prepared:
    """An op, read. ``code`` says why it cannot be taken; ``deferred`` that a newer county may."""

    raw: Any
    bytes: bytes
    op: Op[Body] | None = None
    answers: tuple[Answers, ...] = ()
    code: str | None = None
    deferred: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()

    @property
    def id(self) -> str:
        return str(self.raw["id"])


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads ops by the forms that the county has published."""

    forms: dict[tuple[str, str], Form]
    judge: Judge

    def prepare(self, raw: Any) -> Prepared:
        """Raises nothing that the op itself is to blame for."""
        try:
            spelled = canonical_op(raw)
        except BadOp as bad:
            written = json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()
            return Prepared(raw, written, code=bad.code)
        try:
            op = read_op(raw)
        except BadOp as bad:
            return Prepared(raw, spelled, code=bad.code, deferred=bad.deferred)
        try:
            return Prepared(raw, spelled, op, self.read_records(op.body))
        except Refused as refused:
            return Prepared(raw, spelled, op, code=refused.code)

    def read_records(self, body: Body) -> tuple[Answers, ...]:
        """What its filled forms say. Raises Refused."""
        records = body.records if isinstance(body, VisitPut) else ()
        return tuple(
            read_record(self.forms.get((one.form, one.version)), one.xml, self.judge) for one in records
        )

    def shape(self, form: str, version: str) -> Shape:
        """What of a form decides how its answers are merged."""
        known = self.forms[form, version]
        return Shape(known.repeats, known.answers)
