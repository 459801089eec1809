"""What a finished backup says of itself, and whether all of it is there.

`SHA256SUMS` names every file with its hash, as `sha256sum -c` reads it; `manifest.json` comes last and names
that list's hash. A folder without it is no backup, and one whose sums agree is whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from server.base.problems import Problem

DATABASE = "lianxin.sqlite"
SECRET = "secret"  # noqa: S105  (a file's name)
BLOBS = "blobs"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)", re.ASCII)


@dataclass(frozen=True)
class Manifest:
    made: str  # everything that was committed until then is in it
    schema: str  # of its database
    counties: list[str]
    files: int
    bytes: int
    missing: list[str]  # files that the database names and that were not there when it was made
    sums: str  # SHA-256 of the list of sums
    format: int = 1

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.made)


def write(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Raises backup_broken where there is no backup that has finished."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Manifest(**found)
    except (OSError, ValueError, TypeError):
        raise Problem("backup_broken", file=str(folder / MANIFEST)) from None


def check(folder: Path) -> Manifest:
    """Read and hash every file. Raises backup_broken with the first that is not what it should be."""
    manifest = read(folder)
    if _hash(folder / SUMS) != manifest.sums:
        raise Problem("backup_broken", file=str(folder / SUMS))
    for name, sha256 in sums(folder):
        if _hash(folder / name) != sha256:
            raise Problem("backup_broken", file=str(folder / name))
    return manifest


def sums(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, hash) of every file of a backup."""
    with (folder / SUMS).open(encoding="utf-8") as lines:
        for line in lines:
            found = _LINE.fullmatch(line.rstrip("\n"))
            if found is None or ".." in Path(found[2]).parts or Path(found[2]).is_absolute():
                raise Problem("backup_broken", file=str(folder / SUMS))
            yield found[2], found[1]


def _hash(file: Path) -> str | None:
    try:
        with file.open("rb") as bytes_:
            return hashlib.file_digest(bytes_, "sha256").hexdigest()
    except OSError:
        return None
