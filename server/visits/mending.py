"""A visit that could not be taken is mended at the desk: its forms are filled again, its facts stay.

The mended visit is the volunteer's own, with her device and those who took part; the revision is the
supervisor's, with a name of its own and her reason. The op that stood aside then counts as accepted, and what
waited behind it follows. What the facts themselves lack cannot be mended: nobody at a desk was there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.base import clock, feeds, ledger
from server.base.ledger import Arrival
from server.base.models import LedgerEntry
from server.base.policy import Actor
from server.base.problems import Problem
from server.forms import queries as forms
from server.forms.models import FormVersion
from server.visits import intake, quarantine, reading
from server.visits.intake import Mending
from server.visits.models import QuarantineItem, Visit
from sync.ops import BadOp, FilledForm, Op, VisitPut, canonical_op, read_op

_NO_ANSWERS: dict[str, Any] = {"xml": "-", "list_rows": {}}  # what mending fills anew


@dataclass(frozen=True)
class MendedRecord:
    """One record as the desk filled it."""

    record: str
    xml: str
    list_rows: dict[str, Any]


def can(item: QuarantineItem) -> bool:
    """Could somebody mend it?"""
    try:
        _versions(item, _frame(_raw(item)))
    except Problem:
        return False
    return item.state == "open"


def record(item: QuarantineItem) -> dict[str, Any]:
    """The visit as it came, and the forms to open it with: the version that a record was filled with, or the
    one that is filled now where the county does not have that. Raises not_mendable."""
    raw = _raw(item)
    fitting = _versions(item, _frame(raw))
    return {
        "body": readable(raw["body"]),
        "forms": [
            {
                "record": record_id,
                "form": version.form,
                "version": version.version,
                "sha256": version.sha256,
                "title": version.definition["title"],
            }
            for record_id, version in fitting.items()
        ],
    }


def mend(
    actor: Actor, item: QuarantineItem, records: Sequence[MendedRecord], reason: str, now: datetime
) -> Visit:
    """Take the visit with these records in the place of what came. Raises what still does not fit."""
    author = quarantine.author_of(item, now)
    raw = _raw(item)
    fitting = _versions(item, _frame(raw))
    mended = {one.record: one for one in records}
    if len(mended) < len(records) or not mended.keys() <= fitting.keys():
        raise Problem("invalid", errors=[{"path": "/records", "says": "each a record of this visit, once"}])
    original = _entry(author, item, raw, now)
    op = {**raw, "id": clock.new_id(now), "body": {**raw["body"], "records": _filled(raw, mended, fitting)}}
    prepared = reading.prepare(item.org_id, op)
    if prepared.problem is not None:
        raise prepared.problem
    reading.lock(item.org_id, [prepared, *quarantine.behind(author, [raw["id"]])], now)
    mending = Mending(actor, reason, raw["id"])
    with feeds.savepoint():
        visit = intake.put(author, prepared, quarantine.anchors_of(item), now, vouched=True, mending=mending)
    if original is not None:
        ledger.settle(original, "accepted")
    item.note = reason
    quarantine.let_in(actor, author, item, raw["id"], visit, now, words=reason)
    return visit


def readable(value: Any) -> Any:
    """JSON as any browser can read it: a half of a letter as a mark, what cannot be written left out."""
    written = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return json.loads(written.decode("utf-8", "replace"))


def _raw(item: QuarantineItem) -> dict[str, Any]:
    try:
        raw = json.loads(item.raw, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Problem("not_mendable") from None
    if item.code == "waits" or not isinstance(raw, dict) or raw.get("kind") != "visit.put":
        raise Problem("not_mendable")
    return raw


def _frame(raw: dict[str, Any]) -> Op[VisitPut]:
    """The visit without its answers: what has to be whole already."""
    body = raw.get("body")
    records = body.get("records") if isinstance(body, dict) else None
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise Problem("not_mendable")
    bare = {**raw, "body": {**raw["body"], "records": [{**one, **_NO_ANSWERS} for one in records]}}
    try:
        canonical_op(bare)
        op = read_op(bare)
    except BadOp:
        raise Problem("not_mendable") from None
    return reading.op_of(reading.Prepared(bare, b"", op=op), VisitPut)


def _versions(item: QuarantineItem, op: Op[VisitPut]) -> dict[str, FormVersion]:
    return {one.record: _version(item.org_id, one) for one in op.body.records}


def _version(org_id: int, filled: FilledForm) -> FormVersion:
    """The version that the record can be opened with."""
    published = forms.versions(org_id, filled.form)
    if not published:
        raise Problem("not_mendable")
    current = forms.current_version(org_id, filled.form)
    by_version = {one.version: one for one in published}
    return by_version.get(filled.version) or by_version[current]


def _filled(
    raw: dict[str, Any], mended: dict[str, MendedRecord], fitting: dict[str, FormVersion]
) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "version": fitting[one["record"]].version,
            "xml": mended[one["record"]].xml,
            "list_rows": mended[one["record"]].list_rows,
        }
        if one["record"] in mended
        else one
        for one in raw["body"]["records"]
    ]


def _entry(author: Actor, item: QuarantineItem, raw: dict[str, Any], now: datetime) -> LedgerEntry | None:
    """What the ledger knows of the op that came; None where its id is another op's. Raises already_settled
    for one that was taken by the ordinary way meanwhile."""
    sha256 = quarantine.sha256_of(reading.prepare(item.org_id, json.loads(item.raw)))
    arrival = Arrival(raw["id"], raw["n"], raw["kind"], sha256)
    claim = ledger.claim(author.org_id, author.user_id, author.device_id or "", [arrival], now)[raw["id"]]
    if claim.entry.sha256 != sha256:
        return None
    if not claim.new and claim.entry.outcome == "accepted":
        raise Problem("already_settled")
    return claim.entry
