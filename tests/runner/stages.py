"""What `tests/run` runs, in which order, and how long each may take on two cores.

A stage is one question with one command that repeats it. Checks are single-threaded and run two at a time;
tests use both cores and run alone. A stage over its budget says so: budgets are for people who keep the suite
fast, never a reason to fail, since a busy machine is not a bug.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.bootstrap import webapp
from deploy.bootstrap.environment import PYTHON
from deploy.bootstrap.node import Node
from deploy.bootstrap.places import PWA, ROOT

Command = list[str | Path]
BIN = PYTHON.parent


@dataclass(frozen=True)
class Pick:
    """What the person asked for: `-k` narrows the tests inside a stage."""

    expression: str | None = None

    def pytest(self) -> Command:
        return ["-k", self.expression] if self.expression else []

    def vitest(self) -> Command:
        return ["-t", self.expression, "--passWithNoTests"] if self.expression else []


@dataclass(frozen=True)
class Stage:
    name: str
    asks: str
    budget_s: int
    commands: Callable[[Node, Pick], list[Command]]
    where: Path = ROOT
    tests: bool = False  # has tests inside: it runs alone, prints its runner's closing line, and obeys -k
    fast: bool = True
    deep: bool = False
    after: tuple[str, ...] = field(default=())  # stages without which it cannot run


def pytest(*arguments: str) -> Callable[[Node, Pick], list[Command]]:
    return lambda _node, pick: [[PYTHON, "-m", "pytest", *arguments, *pick.pytest()]]


def packaged(script: str, *arguments: str) -> Callable[[Node, Pick], list[Command]]:
    """A tool of the app's packages, run by the Node that was found."""
    return lambda node, _pick: [node.tool(webapp.PACKAGES / script, *arguments)]


def npm_run(script: str) -> Callable[[Node, Pick], list[Command]]:
    return lambda node, _pick: [node.npm("run", "--silent", script)]


def npm_test(script: str) -> Callable[[Node, Pick], list[Command]]:
    return lambda node, pick: [[*node.npm("run", "--silent", script), "--", *pick.vitest()]]


def python_lint(_node: Node, _pick: Pick) -> list[Command]:
    return [[BIN / "ruff", "check"], [BIN / "ruff", "format", "--check"]]


def build_app(_node: Node, _pick: Pick) -> list[Command]:
    """Builds where `deploy/run` looks, and leaves its stamp: unchanged sources are not built twice."""
    return [[PYTHON, "-m", "deploy.bootstrap.webapp"]]


QUIET = ("-q", "--tb=short")
BOTH_CORES = ("-n", "2", "--dist", "worksteal")  # whoever is done takes what the other has not begun
NOT_LONG = ("-m", "not deep and not browser")

STAGES = (
    Stage("lint", "Does the Python read as ours?", 10, python_lint),
    Stage("web-types", "Do the app's types hold?", 75, npm_run("types"), PWA),
    Stage("types", "Do the server's types hold (mypy, strict)?", 60, lambda *_: [[BIN / "mypy"]]),
    Stage("web-lint", "Does the app read as ours?", 100, npm_run("lint"), PWA),
    Stage("layers", "Do imports go downwards only?", 15, lambda *_: [[BIN / "lint-imports"]]),
    Stage("web-format", "Is the app formatted?", 5, npm_run("format:check"), PWA),
    Stage("web-layers", "Do the app's imports go downwards only?", 15, npm_run("layers"), PWA),
    Stage("web-build", "Can the app be built?", 30, build_app),
    Stage(
        "structure", "Does the house keep its own rules?", 40,
        pytest("tests/structure", *QUIET, *NOT_LONG), tests=True,
    ),
    Stage(
        "python", "Do server and agreement keep their promises, on SQLite and PostgreSQL?", 840,
        pytest("tests", "--ignore=tests/structure", "--ignore=tests/e2e", *BOTH_CORES, *QUIET, *NOT_LONG),
        tests=True, after=("web-build",),
    ),
    Stage("web-tests", "Does the app keep its promises?", 270, npm_test("test"), PWA, tests=True),
    Stage(
        "live", "Does the phone's own client agree with a real server?", 130, npm_test("test:live"), PWA,
        tests=True, fast=False,
    ),
    Stage(
        "browser", "What does a person see, in a real browser against a real server?", 960,
        pytest("tests/e2e", *BOTH_CORES, *QUIET, "--timeout=300"), tests=True, fast=False,
        after=("web-build",),
    ),
    Stage(
        "deep", "What takes long: wheels in empty environments, many kills, many histories.", 900,
        pytest("tests", *QUIET, "-m", "deep"), tests=True, fast=False, deep=True, after=("web-build",),
    ),
)  # fmt: skip


def chosen(*, fast: bool, deep: bool, only: list[str], pick: Pick) -> list[Stage]:
    """The stages to run, in their order; a name given with --only counts whatever else was asked."""
    if only:
        return [stage for stage in STAGES if stage.name in only]
    stages = [stage for stage in STAGES if (stage.fast or not fast) and (deep or not stage.deep)]
    return [stage for stage in stages if stage.tests] if pick.expression else stages
