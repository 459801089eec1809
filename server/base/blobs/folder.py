"""A folder of this machine.

A file is flushed to the disk under its scratch name, renamed, and the folder flushed. obstore's LocalStore
renames too, but flushes neither (its Python side offers no such option), so a power cut could take back what
a phone was told is safe. So this is ours; obstore has the buckets.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from server.base.blobs.store import Found
from server.base.flushing import flush


class Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def adopt(self, key: str, made: Path) -> None:
        place = self._place(key)
        fresh = _make(place.parent)
        flush(made)
        made.replace(place)
        flush(place.parent)
        for folder in fresh:
            flush(folder.parent)

    def open(self, key: str) -> BinaryIO:
        return self._place(key).open("rb")

    def size(self, key: str) -> int | None:
        try:
            return self._place(key).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def walk(self, prefix: str) -> Iterator[Found]:
        for path in self._place(prefix).rglob("*"):
            try:
                seen = path.stat()
            except FileNotFoundError:  # somebody took it away while we walked
                continue
            if path.is_file():
                key = path.relative_to(self._folder).as_posix()
                yield Found(key, seen.st_size, datetime.fromtimestamp(seen.st_mtime, UTC))

    def _place(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or ".." in parts or key.startswith("/"):
            raise FileNotFoundError(key)
        return self._folder.joinpath(*parts)


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; which of them are new."""
    fresh = []
    above = folder
    while not above.exists():
        fresh.append(above)
        above = above.parent
    folder.mkdir(parents=True, exist_ok=True)
    return fresh
