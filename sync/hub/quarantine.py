"""What could not be taken is kept aside, whole, with the reason (rule S3), until somebody lets it in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from sync.core import ids
from sync.core.clock import Anchor
from sync.hub.county import Aside, Caller
from sync.hub.founding import Refused
from sync.hub.reading import Prepared, Reader
from sync.hub.state import Entry, Item
from sync.hub.unit import Unit
from sync.hub.visits import carry, refer, tell

DEFERRED = {"unknown_kind", "version_retired"}  # it may be read one day


@dataclass(frozen=True, slots=True)
class Work:
    """A unit, with what ops need to be taken in it."""

    unit: Unit
    reader: Reader
    new_id: Callable[[], str]


def carry_out(
    work: Work, author: Caller, one: Prepared, anchors: Sequence[Anchor], *, vouched: bool = False
) -> None:
    """Carry out an op that was read. Raises Refused with what is wrong with it."""
    if one.code is not None or one.op is None:
        raise Refused(one.code or "malformed")
    carry(work.unit, author, one.op, one.raw["body"], one.answers, anchors, work.reader, vouched=vouched)


def keep(
    work: Work,
    author: Caller,
    one: Prepared,
    code: str,
    anchors: Sequence[Anchor],
    waits_for: str | None = None,
) -> None:
    """Keep an op aside; its files are wanted as well: what is let in one day should have them."""
    if one.op is not None:
        refer(work.unit, author, one.op)
    keep_bytes(work, author, one.id, one.bytes, code, anchors, waits_for)


def keep_bytes(
    work: Work,
    author: Caller,
    op_id: str | None,
    raw: bytes,
    code: str,
    anchors: Sequence[Anchor] = (),
    waits_for: str | None = None,
) -> str:
    """Keep bytes aside, the same for the same reason once; the item's id."""
    sha256 = hashlib.sha256(raw).hexdigest()
    same = [one for one in work.unit.state.items.values() if (one.aside.op, one.sha256) == (op_id, sha256)]
    for item in same:
        if item.aside.code == code:
            return item.aside.id
    for item in same:
        if item.aside.state == "open" and item.aside.code in DEFERRED:  # it can be read by now
            found = replace(item.aside, code=code, waits_for=waits_for)
            work.unit.state.items[found.id] = replace(item, aside=found, anchors=tuple(anchors))
            return found.id
    aside = Aside(work.new_id(), op_id, author.user, code, "open", raw, waits_for)
    work.unit.state.items[aside.id] = Item(aside, author.device, sha256, tuple(anchors))
    return aside.id


def op_id_in(raw: bytes) -> str | None:
    """The op's id in bytes that may be anything."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    said = value.get("id") if isinstance(value, dict) else None
    return said if ids.is_uuid(said) else None


def let_in(work: Work, by: str, item: Item) -> None:
    """Take an op that stood aside as its author's, and what waited behind it. Raises Refused."""
    author = Caller(0, item.aside.user or "", item.device)
    one = _again(work.reader, item)
    known = work.unit.state.ledger.get(one.id)
    if known is not None and known.sha256 != one.sha256:  # its own id is another op's for ever
        one = _renamed(one, item.aside.id)
        known = work.unit.state.ledger.get(one.id)
    if known is None or known.outcome != "accepted":
        carry_out(work, author, one, item.anchors, vouched=True)
    sha256 = known.sha256 if known else one.sha256
    work.unit.state.ledger[one.id] = Entry(one.id, sha256, "accepted", None)
    if item.aside.code != "waits" and one.op is not None:
        tell(work.unit, author.user, "released", work.new_id(), by, one.op.body.visit, None)
    settle(work.unit, item, "released")
    follow(work, by, one.id, author.user)


def taken_after_all(work: Work, author: Caller, op_id: str) -> None:
    """A deferred op came again and was taken: its item is settled, and what waited behind it follows."""
    for item in open_items(work.unit, author.user):
        if item.aside.op == op_id:
            settle(work.unit, item, "released")
    follow(work, author.user, op_id, author.user)


def follow(work: Work, by: str, op_id: str, user: str) -> None:
    """What waited behind this op is tried now; one that is still refused stays, with its own reason."""
    for item in open_items(work.unit, user):
        if item.aside.code != "waits" or item.aside.waits_for != op_id:
            continue
        try:
            with work.unit.savepoint():
                let_in(work, by, item)
        except Refused as refused:
            aside = replace(item.aside, code=refused.code)
            work.unit.state.items[aside.id] = replace(item, aside=aside)
            entry = work.unit.state.ledger.get(aside.op or "")
            if entry is not None:
                work.unit.state.ledger[entry.op] = replace(entry, outcome="refused", code=refused.code)


def stands_aside(work: Work, op_id: str) -> bool:
    """Does this op wait for somebody to look at it? What builds on it waits as long."""
    return any(one.aside.op == op_id and one.aside.state == "open" for one in work.unit.state.items.values())


def open_items(unit: Unit, user: str | None) -> list[Item]:
    """What of this user's stands aside, in the order in which it came."""
    return [one for one in unit.state.items.values() if one.aside.state == "open" and one.aside.user == user]


def settle(unit: Unit, item: Item, state: str) -> None:
    """Say what became of it."""
    unit.state.items[item.aside.id] = replace(item, aside=replace(item.aside, state=state))


def _again(reader: Reader, item: Item) -> Prepared:
    try:
        value = json.loads(item.aside.raw)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    one = reader.prepare(value)
    if one.code is not None or one.op is None:
        raise Refused(one.code or "malformed")
    return one


def _renamed(one: Prepared, id: str) -> Prepared:
    if one.op is None:
        raise Refused("malformed")
    return replace(one, op=structs.replace(one.op, id=id), raw={**one.raw, "id": id})
