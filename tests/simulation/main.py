"""``lianxin simulate --virtual``: many seeds, one line of JSON last, and status 1 if anything was wrong.

A seed that fails is printed with what was wrong, shrunk, and printed again as a test for ``regressions``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.simulation import plan as plans
from tests.simulation.play import Verdict, Where, play
from tests.simulation.shrink import as_test, shrink

MOST_SHRUNK = 3  # the first few tell what is wrong; the rest is the same or comes next


def main(arguments: Sequence[str]) -> int:
    asked = parser().parse_args(arguments)
    where: Where = "hub" if asked.hub else "server" if asked.server else "both"
    seeds = [asked.seed] if asked.seed is not None else range(asked.seeds)
    began, counts, failed = time.monotonic(), Counter[str](), []
    for number, (seed, verdict) in enumerate(played(seeds, where, asked.jobs), 1):
        counts += verdict.counts
        if verdict.faults:
            failed.append(seed)
            tell(seed, verdict, where, shrinking=len(failed) <= MOST_SHRUNK)
        if number % 100 == 0:
            print(f"{number} seeds, {len(failed)} failed, {time.monotonic() - began:.0f} s", flush=True)
    seconds = time.monotonic() - began
    print(json.dumps(summary(len(seeds), failed, counts, seconds, where)))
    return 1 if failed else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="lianxin simulate --virtual", description=__doc__)
    made.add_argument("--seeds", type=int, default=2000)
    made.add_argument("--seed", type=int)
    only = made.add_mutually_exclusive_group()
    only.add_argument("--hub", action="store_true")
    only.add_argument("--server", action="store_true")
    made.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return made


def played(seeds: Sequence[int], where: Where, jobs: int) -> Iterator[tuple[int, Verdict]]:
    """Each seed's verdict, in their order; a run is of one thread, so processes take the seeds in turn."""
    if jobs <= 1 or len(seeds) == 1:
        yield from _each(seeds, where)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(_one, ((seed, where) for seed in seeds), chunksize=5)


def _each(seeds: Iterable[int], where: Where) -> Iterator[tuple[int, Verdict]]:
    return (_one((seed, where)) for seed in seeds)


def _one(asked: tuple[int, Where]) -> tuple[int, Verdict]:
    seed, where = asked
    return seed, play(plans.of(seed), where)


def tell(seed: int, verdict: Verdict, where: Where, *, shrinking: bool) -> None:
    print(f"seed {seed} failed:")
    for fault in verdict.faults[:10]:
        print(f"  {fault}")
    if shrinking:
        small = shrink(plans.of(seed), lambda plan: play(plan, where).kind == verdict.kind)
        print(as_test(small, verdict.faults[0].splitlines()[0]))
    print(f"again: lianxin simulate --virtual --seed {seed}", flush=True)


def summary(
    seeds: int, failed: Sequence[int], counts: Counter[str], seconds: float, where: Where
) -> dict[str, object]:
    return {
        "bench": "simulate", "value": round(seeds / seconds, 2), "unit": "seeds/s", "better": "higher",
        "seeds": seeds, "failed": len(failed), "failed_seeds": list(failed[:20]), "where": where,
        "seconds": round(seconds, 1), **counts,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
