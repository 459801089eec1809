"""Remembers with which inputs a step last succeeded, so that a second start takes seconds.

A stamp is written only after the step has succeeded, under a temporary name and then renamed: a start that
was cut off half-way leaves no stamp, and the step is done again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from deploy.bootstrap.places import ROOT, STAMPS


def hash_of(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def hash_of_files(paths: Iterable[Path]) -> str:
    """One hash over names and contents; a file that moved counts as changed."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        name = os.path.relpath(path, ROOT).encode()
        content = path.read_bytes()
        digest.update(len(name).to_bytes(8, "big") + name)
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def holds(name: str, value: str, folder: Path = STAMPS) -> bool:
    try:
        return (folder / name).read_text().strip() == value
    except OSError:
        return False


def write(name: str, value: str, folder: Path = STAMPS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.{os.getpid()}"
    fresh.write_text(value + "\n")
    fresh.replace(folder / name)


def forget(name: str, folder: Path = STAMPS) -> None:
    (folder / name).unlink(missing_ok=True)
