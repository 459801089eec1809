"""Which exact versions.

`python -m deploy.bootstrap.pins`, run in the environment, writes `deploy/constraints.txt`.
The pins are the closure of the project with its test extra and of the build backend, as installed here; a
structure test holds the file to it. Node's package is installed only where a machine has no Node, so its pin
is carried over from the file. Runs inside the environment: it needs `packaging`.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.bootstrap.environment import DIVIDE
from deploy.bootstrap.node import PACKAGE as NODE_PACKAGE
from deploy.bootstrap.places import CONSTRAINTS

RUNTIME = ("lianxin", "hatchling")
TEST = ("lianxin[test]", "hatchling")
HEADER = """\
# Every version that an installation takes. pyproject.toml says why each is needed.
# Written by: .lianxin/env/bin/python -m deploy.bootstrap.pins
"""


def closure(roots: tuple[str, ...] = TEST) -> dict[str, str]:
    """Name → installed version of everything that the roots need on this machine."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(root) for root in roots]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in sorted(wanted.extras | {""}):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                installed = distribution(name)
            except PackageNotFoundError as error:
                raise SystemExit(f"{name} is not installed: run ./tests/run --fast first") from error
            found[name] = installed.version
            for line in installed.requires or []:
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    waiting.append(needed)
    found.pop("lianxin", None)
    return found


def read() -> dict[str, str]:
    """Name → pinned version, as the file has it."""
    kept = CONSTRAINTS.read_text(encoding="utf-8").splitlines() if CONSTRAINTS.exists() else []
    pairs = (line.split("==", 1) for line in kept if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version.strip() for name, version in pairs}


def write() -> None:
    CONSTRAINTS.write_text(text(), encoding="utf-8")
    print(f"{len(read())} pins → {CONSTRAINTS}")


def text() -> str:
    """The file as it should be: what runs first, then what only tests and builds need."""
    runtime = closure(RUNTIME)
    rest = {name: version for name, version in closure(TEST).items() if name not in runtime}
    if NODE_PACKAGE in read():
        rest[NODE_PACKAGE] = read()[NODE_PACKAGE]
    return "".join([HEADER, *lines(runtime), f"{DIVIDE}\n", *lines(rest)])


def lines(pins: dict[str, str]) -> list[str]:
    return [f"{name}=={version}\n" for name, version in sorted(pins.items())]


if __name__ == "__main__":
    write()
