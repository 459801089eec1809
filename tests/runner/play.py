"""Plays one stage: runs its commands, keeps what they wrote, and says in one line how it went.

All output goes to `.lianxin/reports/<stage>.log`. On the screen stands the stage's line, the closing lines of
its test runners (so that nobody has to trust our counting), and of a failed stage the end of its log.
"""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.bootstrap.commands import end_group
from deploy.bootstrap.node import Node
from deploy.bootstrap.places import REPORTS
from tests.runner.stages import Command, Pick, Stage

TAIL_LINES = 80
NOTHING_PICKED = 5  # pytest's status when -k left no test
PATIENCE = 10  # times its budget: a stage that hangs ends, and says so

RUNNING: set[subprocess.Popen[bytes]] = set()

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PYTEST_CLOSING = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*$")
VITEST_CLOSING = re.compile(r"^\s*Tests\s+.*\(\d+\)\s*$")
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|todo)")


@dataclass(frozen=True)
class Result:
    stage: Stage
    state: str  # passed · failed · not run
    seconds: float
    why: str
    closing: tuple[str, ...]
    passed: int
    failed: int
    left_out: int  # tests that a runner skipped: none are allowed

    @property
    def ok(self) -> bool:
        return self.state == "passed"

    def line(self) -> str:
        mark = "✓" if self.ok else "✗"
        over = " (over budget)" if self.seconds > self.stage.budget_s else ""
        times = f"{self.seconds:6.1f} s of {self.stage.budget_s} s{over}"
        return (
            f"{mark} {self.stage.name:<11} {self.state:<8} {times:<22}  ./tests/run --only {self.stage.name}"
        )


def not_run(stage: Stage, missing: str) -> Result:
    return Result(stage, "not run", 0.0, f"needs {missing}, which failed", (), 0, 0, 0)


def play(stage: Stage, node: Node, pick: Pick, environment: Mapping[str, str]) -> Result:
    began = time.monotonic()
    log = REPORTS / f"{stage.name}.log"
    why = ""
    with open(log, "wb") as record:
        for command in stage.commands(node, pick):
            record.write(f"$ {' '.join(str(part) for part in command)}\n".encode())
            record.flush()
            why = run_one(command, stage, environment, record.fileno(), pick)
            if why:
                break
    text = COLOUR.sub("", log.read_text("utf-8", "replace"))
    closing = tuple(line.strip() for line in text.splitlines() if closes(line))
    passed, failed, left_out = counts(closing)
    if not why and stage.tests and passed == 0 and not pick.expression:
        why = "no test ran"
    if not why and left_out:
        why = f"{left_out} tests were skipped"
    state = "failed" if why else "passed"
    return Result(stage, state, time.monotonic() - began, why, closing, passed, failed, left_out)


def run_one(command: Command, stage: Stage, environment: Mapping[str, str], output: int, pick: Pick) -> str:
    """Run one command to its end; return why it failed, or nothing."""
    try:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=stage.where, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    RUNNING.add(child)
    try:
        status = child.wait(max(stage.budget_s * PATIENCE, 300))
    except subprocess.TimeoutExpired:
        end_group(child)
        return "it hung and was ended"
    finally:
        RUNNING.discard(child)
    if status == NOTHING_PICKED and pick.expression:
        return ""
    if status < 0:
        return f"ended by {signal.Signals(-status).name}"
    return f"exit status {status}" if status else ""


def end_running() -> None:
    """The person stops us: end what every stage has started."""
    for child in list(RUNNING):
        end_group(child)


def closes(line: str) -> bool:
    return bool(PYTEST_CLOSING.match(line.strip()) or VITEST_CLOSING.match(line))


def counts(closing: tuple[str, ...]) -> tuple[int, int, int]:
    """(passed, failed, left out) over the closing lines of all runners of a stage."""
    totals = {"passed": 0, "failed": 0, "left out": 0}
    for line in closing:
        for number, word in COUNT.findall(line):
            kind = {"passed": "passed", "failed": "failed", "error": "failed", "errors": "failed"}.get(word)
            totals[kind or "left out"] += int(number)
    return totals["passed"], totals["failed"], totals["left out"]


def tail(stage: Stage) -> str:
    log = REPORTS / f"{stage.name}.log"
    lines = COLOUR.sub("", log.read_text("utf-8", "replace")).splitlines() if log.exists() else []
    cut = [f"… {len(lines) - TAIL_LINES} lines more in {log}"] if len(lines) > TAIL_LINES else []
    return "\n".join(f"    {line}" for line in [*cut, *lines[-TAIL_LINES:]])


def forget_old_reports(stages: list[Stage]) -> None:
    REPORTS.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        Path(REPORTS / f"{stage.name}.log").unlink(missing_ok=True)
