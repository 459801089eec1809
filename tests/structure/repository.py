"""What the structure tests look at: the files that git knows, without those it ignores."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from deploy.bootstrap.places import ROOT

BINARY = {".png", ".webp", ".ico", ".woff2", ".xlsx", ".jpg", ".wav", ".mp4"}
GENERATED = {"package-lock.json", "NOTICES.txt"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, tracked or about to be, as a path from the top."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = sorted({Path(name) for name in listed.stdout.split("\0") if name})
    return tuple(path for path in found if (ROOT / path).is_file())


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def texts() -> list[Path]:
    return [path for path in files() if path.suffix not in BINARY and path.name not in GENERATED]


def python(*folders: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]


def is_test(path: Path) -> bool:
    return path.parts[0] == "tests" or ".test." in path.name
