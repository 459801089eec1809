"""How a file's bytes come in, piece by piece, and what is told of files (rule S7).

Only her own device's partial and her own holding decide what is skipped: what another user sent of the same
file is never told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sync.hub.county import Caller
from sync.hub.state import Held, Partial, State
from sync.hub.unit import DAY_MS, Unit
from sync.messages import MOST_PHOTO_BYTES, MOST_PIECE_BYTES, Receipt, Wanted

KEEP_PARTIAL_MS = 7 * DAY_MS
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})", re.ASCII)


class No(Exception):
    """A problem of the door, by its code."""

    def __init__(self, status: int, code: str, **said: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.said = said


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes ``first`` to ``first + len(data)`` of a file of ``total``."""

    first: int
    total: int
    data: bytes


def read_piece(content_range: str | None, data: bytes) -> Piece:
    """A piece from its header; without one, the whole. Raises No."""
    if len(data) > MOST_PIECE_BYTES:
        raise No(413, "photo_too_large")
    if content_range is None and data:
        return Piece(0, len(data), data)
    matched = _RANGE.fullmatch(content_range or "")
    if matched is not None:
        first, last, total = (int(number) for number in matched.groups())
        if first <= last < total and last - first + 1 == len(data):
            return Piece(first, total, data)
    raise No(422, "invalid", errors=[{"path": "Content-Range", "says": "not the range of these bytes"}])


def receive(
    unit: Unit, caller: Caller, sha256: str, piece: Piece, look: Callable[[bytes], str | None]
) -> tuple[int, dict[str, Any]]:
    """Take one piece: a status and what it says. Raises No; before photo_hash what had come is forgotten."""
    if piece.total > MOST_PHOTO_BYTES:
        raise No(413, "photo_too_large")
    if not _is_named(unit.state, caller, sha256):
        raise No(404, "photo_unknown")
    held = unit.state.held.get(sha256)
    if held is not None and caller.user in held.holders:
        return 200, _receipt_json(sha256, held)
    before = _partial(unit.state, caller, sha256, piece.total)
    if piece.first > len(before):
        raise No(409, "photo_offset", offset=len(before))
    data = before + piece.data[len(before) - piece.first :]
    key = (sha256, caller.device)
    if len(data) < piece.total:
        if len(data) > len(before):
            unit.state.partials[key] = Partial(piece.total, data, unit.now_ms)
        return 202, {"sha256": sha256, "offset": len(data)}
    unit.state.partials.pop(key, None)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise No(422, "photo_hash", offset=0)
    landed = replace(held or Held(data, look(data), frozenset()))
    landed = replace(landed, holders=landed.holders | {caller.user})
    unit.state.held[sha256] = landed
    return 201, {**_receipt_json(sha256, landed), "pending": True}  # it is looked at before anybody asks


def told(
    state: State, caller: Caller, files: Iterable[str]
) -> tuple[tuple[Wanted, ...], tuple[Receipt, ...]]:
    """What is wanted of these files and what is held: nothing of those that her ops do not name."""
    wanted, receipts = [], []
    for sha256 in sorted({one for one in files if _is_named(state, caller, one)}):
        held = state.held.get(sha256)
        if held is not None and caller.user in held.holders:
            receipts.append(Receipt(sha256, len(held.data), held.aside))
        else:
            partial = state.partials.get((sha256, caller.device))
            wanted.append(Wanted(sha256, len(partial.data) if partial else 0))
    return tuple(wanted), tuple(receipts)


def clean(unit: Unit) -> None:
    """Forget partials that their devices have left alone."""
    for key, partial in list(unit.state.partials.items()):
        if partial.touched_ms < unit.now_ms - KEEP_PARTIAL_MS:
            del unit.state.partials[key]


def _is_named(state: State, caller: Caller, sha256: str) -> bool:
    return any(ref.sha256 == sha256 and ref.user == caller.user for ref in state.refs.values())


def _partial(state: State, caller: Caller, sha256: str, total: int) -> bytes:
    """What has come of this device; another total is another beginning."""
    partial = state.partials.get((sha256, caller.device))
    return partial.data if partial is not None and partial.total == total else b""


def _receipt_json(sha256: str, held: Held) -> dict[str, Any]:
    return {"sha256": sha256, "bytes": len(held.data), **({"aside": held.aside} if held.aside else {})}
