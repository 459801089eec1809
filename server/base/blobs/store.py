"""What a place for files must be able to do, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Found:
    """A file that a walk came by."""

    key: str
    bytes: int
    changed_at: datetime


class StoreTrouble(Exception):
    """The store cannot be reached, or it refuses us: passes by itself or by mending a setting."""


class Store(Protocol):
    """A folder or a bucket. Every write is whole and durable when it returns."""

    def adopt(self, key: str, made: Path) -> None: ...
    def open(self, key: str) -> BinaryIO: ...
    def size(self, key: str) -> int | None: ...
    def delete(self, key: str) -> None: ...
    def walk(self, prefix: str) -> Iterator[Found]: ...
