"""``lianxin simulate``: many phones against a live county through a bad line.

Half of the phones are the phone's own engine under Node, half the reference client in Python. Each lives as
its seed says; then the line is mended, all hear the county once more, and what they made is looked for in it.
Prints what was found, one line of JSON last, and ends with 1 on any fault. `answers` in it is the same for
the same phones, visits and seed, whatever county they lived in.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.simulation.live import county as counties
from tests.simulation.live.citizens import Citizen, Done
from tests.simulation.live.county import Held, Place, Reader
from tests.simulation.live.life import is_done, live, until_heard
from tests.simulation.live.line import BadLine
from tests.simulation.live.node import NodeCitizen, Process, bundle
from tests.simulation.live.oracle import hub
from tests.simulation.live.python import PythonCitizen

Where = Callable[[Path], AbstractContextManager[Place]]
COUNTIES: dict[str, Where] = {
    "demo": counties.demo,
    "demo-postgresql": counties.demo_on_postgresql,
    "small": counties.small,
    "small-postgresql": counties.small_on_postgresql,
    "hub": hub,
}


@dataclass
class Found:
    """What became of it all; `faults` are words for people."""

    phones: dict[str, int] = field(default_factory=dict)
    made: int = 0
    found_once: int = 0
    lost: int = 0
    doubled: int = 0
    revisions: int = 0
    notes: int = 0
    photos: int = 0
    photos_equal: int = 0
    receipts: int = 0
    drafts: int = 0
    discarded: int = 0
    deaths: int = 0
    digests_equal: int = 0
    answers: str = ""  # SHA-256 of what the county shows of each phone's visits, in the order of making
    line: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def main(phones: int, visits: int, loss: float, seed: int, county: str) -> int:
    began = time.monotonic()
    found = run(phones, visits, loss, seed, COUNTIES[county])
    found.seconds = round(time.monotonic() - began, 1)
    told = asdict(found) | {"visits": visits, "loss": loss, "seed": seed, "county": county}
    for fault in found.faults:
        print(f"FAULT {fault}")
    show(found)
    print(json.dumps({"simulate": "live"} | told, ensure_ascii=False))
    return 1 if found.faults else 0


def run(phones: int, visits: int, loss: float, seed: int, where: Where = counties.demo) -> Found:
    with tempfile.TemporaryDirectory(prefix="lianxin-simulate-") as folder, where(Path(folder)) as place:
        home = Path(folder)
        line = BadLine(place.port, loss, seed)
        process = Process(bundle(home))
        citizens: list[Citizen] = []
        try:
            citizens = enrolled(home, line, process, place.codes(phones))
            lives = lived(citizens, visits, seed)
            calm(line, citizens, lives)
            found = looked(home, place, citizens, lives)
            found.line = {fate.value: count for fate, count in line.fates.items()}
            return found
        finally:
            for citizen in citizens:
                citizen.close()
            process.close()
            line.close()


def enrolled(home: Path, line: BadLine, process: Process, codes: list[str]) -> list[Citizen]:
    def one(number: int, code: str) -> Citizen:
        name = f"phone-{number:02d}"
        if number % 2 == 0:
            return NodeCitizen(process, name, line.url(name), code)
        return PythonCitizen(home, name, line.url(name), code)

    with ThreadPoolExecutor(len(codes)) as pool:
        return list(pool.map(one, range(len(codes)), codes))


def lived(citizens: list[Citizen], visits: int, seed: int) -> list[Done]:
    made, lock = 0, threading.Lock()

    def tell() -> None:
        nonlocal made
        with lock:
            made += 1
            if made % 100 == 0:
                print(f"{made} visits made", flush=True)

    with ThreadPoolExecutor(len(citizens)) as pool:
        return list(pool.map(lambda citizen: live(citizen, visits, seed, tell), citizens))


def calm(line: BadLine, citizens: list[Citizen], lives: list[Done]) -> None:
    """Everything passes now; when all have sent, each hears the county once more."""
    line.mend()
    with ThreadPoolExecutor(len(citizens)) as pool:
        list(pool.map(lambda citizen: until_heard(citizen, is_done), citizens))

        def last(citizen: Citizen, done: Done) -> None:
            citizen.sync()
            done.report = citizen.report()

        list(pool.map(last, citizens, lives))


def looked(home: Path, place: Place, citizens: list[Citizen], lives: list[Done]) -> Found:
    held = place.held([citizen.device for citizen in citizens])
    found = Found(notes=held.notes)
    for number, (done, code) in enumerate(zip(lives, place.codes(len(lives)), strict=True)):
        found.phones[done.kind] = found.phones.get(done.kind, 0) + 1
        found.deaths += done.deaths
        of_its_visits(found, done, held)
        with closing(Reader(place, code, home / f"reader-{number}.db")) as reader:
            of_its_photos(found, done, reader)
        of_its_report(found, done)
        of_its_drafts(found, done, held.drafts.get(citizens[number].device, 0))
    foreign = set(held.visits) - {visit for done in lives for visit in done.made}
    found.doubled += len(foreign)
    found.faults += [f"visit {visit} was made by nobody" for visit in sorted(foreign)]
    expected = sum(done.notes for done in lives)
    if held.notes != expected:
        found.faults.append(f"{expected} notes were made, {held.notes} are there")
    found.answers = answers(lives, held)
    return found


def answers(lives: list[Done], held: Held) -> str:
    """What the county shows, told without the names that phones draw by chance."""
    shown = [
        [
            [
                held.visits.get(visit),
                len(held.revisions.get(visit, [])),
                sorted(one.sha256 for one in made.photos),
            ]
            for visit, made in done.made.items()
        ]
        for done in lives
    ]
    return hashlib.sha256(json.dumps([shown, held.notes]).encode()).hexdigest()


def of_its_visits(found: Found, done: Done, held: Held) -> None:
    for visit in done.made:
        found.made += 1
        there = held.revisions.get(visit, [])
        found.revisions += len(there)
        missing, others = set(done.puts[visit]) - set(there), set(there) - set(done.puts[visit])
        unnamed = 1 if visit in done.unnamed else 0
        more = len(there) - len(set(there)) + len(others) - unnamed
        if visit not in held.visits or missing or len(others) < unnamed:
            found.lost += 1
            found.faults.append(f"{done.phone}: visit {visit} lacks {sorted(missing)}")
        elif more:
            found.doubled += 1
            found.faults.append(f"{done.phone}: visit {visit} has {more} revisions that nobody made")
        else:
            found.found_once += 1
        state = held.visits.get(visit)
        if visit in done.withdrawn and state != "withdrawn":
            found.faults.append(f"{done.phone}: visit {visit} was taken back, and is {state}")


def of_its_photos(found: Found, done: Done, reader: Reader) -> None:
    for visit, made in done.made.items():
        for photo in made.photos:
            found.photos += 1
            if reader.photo(visit, photo.sha256) == photo.data:
                found.photos_equal += 1
            else:
                found.faults.append(
                    f"{done.phone}: photo {photo.sha256} of visit {visit} is not what was taken"
                )


def of_its_drafts(found: Found, done: Done, told: int) -> None:
    """What is not finished lies on its phone alone, as she left it; the county knows how many there are."""
    found.drafts += len(done.drafts)
    found.discarded += len(done.discarded)
    if done.report is not None and done.report.drafts != done.drafts:
        found.faults.append(f"{done.phone}: holds the drafts {done.report.drafts}, left were {done.drafts}")
    if told != len(done.drafts):
        found.faults.append(
            f"{done.phone}: the county was told of {told} drafts, there are {len(done.drafts)}"
        )


def of_its_report(found: Found, done: Done) -> None:
    report = done.report
    if report is None:
        found.faults.append(f"{done.phone}: tells nothing")
        return
    found.receipts += sum(len(made.photos) for made in done.made.values()) - len(report.unreceived)
    if report.waiting or report.unreceived:
        found.faults.append(f"{done.phone}: {report.waiting} ops and photos {report.unreceived} still wait")
    if report.aside or report.trouble:
        found.faults.append(f"{done.phone}: the county keeps {report.aside} aside, trouble {report.trouble}")
    if report.mismatched:
        found.faults.append(f"{done.phone}: digests of {report.mismatched} differ")
    else:
        found.digests_equal += report.feeds


def show(found: Found) -> None:
    once, lost, doubled = found.found_once, found.lost, found.doubled
    print(f"phones    {found.phones}, {found.deaths} deaths in the middle")
    print(f"line      {found.line}")
    print(f"visits    {found.made} made, {once} found once, {lost} lost, {doubled} doubled")
    print(f"          {found.revisions} revisions, {found.notes} notes")
    print(f"drafts    {found.drafts} as they were left, {found.discarded} thrown away")
    print(f"photos    {found.photos} taken, {found.photos_equal} byte for byte, {found.receipts} receipts")
    print(f"digests   {found.digests_equal} equal")


def asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lianxin simulate", description=__doc__)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--visits", type=int, default=20, help="of each phone")
    parser.add_argument("--loss", type=float, default=0.2, help="share of requests that come to nothing")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--county", choices=COUNTIES, default="demo")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    told = asked(sys.argv[1:])
    raise SystemExit(main(told.phones, told.visits, told.loss, told.seed, told.county))
