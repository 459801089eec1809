"""Small writes of several threads at once, committed together.

A commit costs a flush of the disk however much it holds. Who comes while another one's commit is under way
waits for it anyway; so the next one to write takes along whatever has gathered meanwhile, and each thread
goes on when the transaction that holds its own write is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from server.base import db

Item = TypeVar("Item")
Became = TypeVar("Became")


@dataclass
class _Waiting(Generic[Item, Became]):
    item: Item
    became: Became | None = None
    failed: BaseException | None = None
    done: bool = False


class Gathered(Generic[Item, Became]):
    """``write`` takes what has gathered inside a writing unit, and answers one result for each. If it raises,
    nothing of it is written and every one of them hears so: what concerns one alone must be a result."""

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Became]]) -> None:
        self._write = write
        self._turn = Lock()
        self._lock = Lock()
        self._waiting: list[_Waiting[Item, Became]] = []

    def put(self, item: Item) -> Became:
        """Write this, with whatever else is waiting; returns after the commit. Opens its own unit."""
        mine: _Waiting[Item, Became] = _Waiting(item)
        with self._lock:
            self._waiting.append(mine)
        with self._turn:
            if not mine.done:
                self._carry_out()
        if mine.failed is not None:
            raise mine.failed
        return mine.became  # type: ignore[return-value]

    def _carry_out(self) -> None:
        with self._lock:
            together, self._waiting = self._waiting, []
        try:
            with db.writing():
                results = self._write([one.item for one in together])
            for one, became in zip(together, results, strict=True):
                one.became = became
        except BaseException as error:
            for one in together:
                one.failed = error
        finally:
            for one in together:
                one.done = True
