"""How much goes into one exchange (rule S10).

Budgets count UTF-8 bytes, both ways. On a cut the bytes halve, down to one op; when the county will not take
a batch as a whole, the number of ops halves, until the one that it stumbles over stands alone (rule S3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from sync.messages import MOST_PREVIEWS

FIRST_BYTES: Final = 65_536
MOST_BYTES: Final = 262_144
LEAST_BYTES: Final = 4_096
MOST_OPS: Final = 50


class Sized(Protocol):
    """Something that takes so many bytes of a request."""

    @property
    def size(self) -> int: ...


S = TypeVar("S", bound=Sized)


@dataclass(frozen=True, slots=True)
class Batch:
    bytes: int = FIRST_BYTES
    ops: int = MOST_OPS


FIRST: Final = Batch()


def pick(waiting: Sequence[S], batch: Batch) -> list[S]:
    """The ops of the next exchange, in their order: as many as fit, and always one."""
    picked: list[S] = []
    room = batch.bytes
    for one in waiting:
        room -= one.size + 1  # the comma
        if len(picked) >= batch.ops or (picked and room < 0):
            break
        picked.append(one)
    return picked


def preview_cost(size: int) -> int:
    """What a preview of so many bytes costs in an exchange: base64, and its name round it."""
    return (size + 2) // 3 * 4 + 130


def pick_previews(waiting: Sequence[S], batch: Batch, ops_bytes: int) -> list[S]:
    """The previews that go with ops of so many bytes: while there is room, one if no op goes (rule S8)."""
    picked: list[S] = []
    room = batch.bytes - ops_bytes
    for one in waiting[:MOST_PREVIEWS]:
        room -= preview_cost(one.size)
        if room < 0 and (ops_bytes > 0 or picked):
            break
        picked.append(one)
    return picked


def after_cut(batch: Batch) -> Batch:
    """The link broke: send and ask for half as much."""
    return replace(batch, bytes=max(LEAST_BYTES, batch.bytes // 2))


def after_denial(batch: Batch, sent: int) -> Batch:
    """A batch of so many ops was refused as a whole: half as many."""
    return replace(batch, ops=max(1, sent // 2))


def after_success(batch: Batch) -> Batch:
    """It went through: twice as much."""
    return Batch(min(MOST_BYTES, batch.bytes * 2), min(MOST_OPS, batch.ops * 2))
