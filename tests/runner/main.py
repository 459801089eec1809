"""`tests/run` from command line to exit status: 0 only if every stage that was asked for ran and passed."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from deploy.bootstrap import environment, webapp
from deploy.bootstrap.commands import clean_environment
from deploy.bootstrap.node import Node
from deploy.bootstrap.places import REPORTS, alone
from deploy.bootstrap.start import guarded, interrupt
from deploy.bootstrap.words import say
from tests.runner import chromium
from tests.runner.play import Result, end_running, forget_old_reports, not_run, play, tail
from tests.runner.stages import STAGES, Pick, Stage, chosen

NAMES = [stage.name for stage in STAGES]


def main(arguments: Sequence[str]) -> int:
    return guarded(lambda: run(parser().parse_args(arguments)))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="tests/run",
        description="Install what the tests need and run them, stage by stage.",
        epilog="\n".join(f"  {stage.name:<11} {stage.asks}" for stage in STAGES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--fast", action="store_true", help="no browsers: for every commit")
    made.add_argument("--deep", action="store_true", help="also what takes long")
    made.add_argument(
        "--only", action="append", default=[], choices=NAMES, metavar="STAGE", help="this stage alone"
    )
    made.add_argument("-k", metavar="WORDS", help="only tests whose names match")
    return made


def run(asked: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, interrupt)
    began = time.monotonic()
    pick = Pick(asked.k)
    stages = chosen(fast=asked.fast, deep=asked.deep, only=asked.only, pick=pick)
    with alone():
        environment.ensure("test")
        node = webapp.ensure_packages(everything=True)
    settings = node.path_first(test_settings())
    if any(stage.name in ("browser", "deep") for stage in stages):
        settings[chromium.VARIABLE] = str(chromium.ensure())
    forget_old_reports(stages)
    results = play_all(stages, node, pick, settings)
    return summary(results, time.monotonic() - began)


def test_settings() -> dict[str, str]:
    """No setting of the person's own server may reach a test."""
    kept = {name: value for name, value in clean_environment().items() if not name.startswith("LIANXIN_")}
    return kept | {"PATH": f"{environment.PYTHON.parent}{os.pathsep}{kept.get('PATH', '')}"}


def play_all(stages: list[Stage], node: Node, pick: Pick, settings: dict[str, str]) -> list[Result]:
    """Checks two at a time, then the tests one by one; a person who stops us stops them all."""
    results: list[Result] = []
    pool = ThreadPoolExecutor(max_workers=2)

    def add(result: Result) -> None:
        tell(result)
        results.append(result)

    try:
        checks = [stage for stage in stages if not stage.tests]
        for result in pool.map(lambda stage: play(stage, node, pick, settings), checks):
            add(result)
        for stage in (stage for stage in stages if stage.tests):
            broken = [each.stage.name for each in results if not each.ok and each.stage.name in stage.after]
            add(not_run(stage, broken[0]) if broken else play(stage, node, pick, settings))
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        end_running()
        raise
    pool.shutdown()
    return results


def tell(result: Result) -> None:
    say(result.line())
    for line in result.closing:
        say(f"  {line}")
    if not result.ok:
        say(f"  {result.why}")
        if result.state == "failed":
            say(tail(result.stage))


def summary(results: list[Result], seconds: float) -> int:
    bad = [result.stage.name for result in results if not result.ok]
    passed = sum(result.passed for result in results)
    failed = sum(result.failed if result.ok else max(result.failed, 1) for result in results)
    say("")
    say(f"{len(results) - len(bad)} of {len(results)} stages passed in {seconds:.0f} s. Logs: {REPORTS}")
    if bad:
        say("Failed: " + ", ".join(bad))
    say(f"{passed} passed, {failed} failed")
    return 1 if bad or not results else 0
