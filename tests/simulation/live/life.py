"""What one phone does, drawn from its seed: visits with photos and without, second thoughts, deaths."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from functools import cache

from tests.factories.pictures import File, picture
from tests.simulation.live.citizens import Citizen, Done, Drafting, Made, Report
from tests.simulation.live.node import Refused

PHOTOS = (0, 1, 1, 2)
SIZES = (4_000, 30_000, 30_000, 200_000)  # bytes; the last goes in pieces once a line has broken
REST_S = 0.05
PATIENCE_S = 120.0
ENDINGS = ("stays", "thrown away", "killed", "found again", "finished")  # of a draft


def live(citizen: Citizen, visits: int, seed: int, tell: Callable[[], None]) -> Done:
    """A phone's life until the county has everything, or nothing moves any more."""
    dice = random.Random(f"{seed} {citizen.name}")
    done = Done(citizen.name, citizen.kind)
    until_heard(citizen, lambda report: report.ready)
    for number in range(visits):
        visited(citizen, done, dice, f"{citizen.name} {number}")
        if dice.random() < 0.4:
            second_thoughts(citizen, done, dice)
        if isinstance(citizen, Drafting) and number % 2 == 0:
            half_done(citizen, done, dice, number // 2)
        if dice.random() < 0.1:
            citizen.die_in_the_middle(dice.randrange(4))
            done.deaths += 1
        if dice.random() < 0.5:
            citizen.sync()
        tell()
    done.report = until_heard(citizen, is_done)
    return done


def visited(citizen: Citizen, done: Done, dice: random.Random, note: str) -> None:
    photos = [photo(dice) for _ in range(dice.choice(PHOTOS))]
    made = citizen.visit(note, dice.randrange(1000), photos)
    done.made[made.visit] = made
    done.puts[made.visit] = [made.op]


def second_thoughts(citizen: Citizen, done: Done, dice: random.Random) -> None:
    """About one of her visits: other words in it, a word about it, or it is taken back."""
    open_ones = [made for visit, made in done.made.items() if visit not in done.withdrawn]
    if not open_ones:
        return
    made = dice.choice(open_ones)
    which = dice.random()
    if which < 0.5:
        change(citizen, done, made, f"{citizen.name} {dice.random():.6f}")
    elif which < 0.85:
        citizen.note(made.visit, "记一笔")
        done.notes += 1
    else:
        citizen.withdraw(made.visit)
        done.withdrawn.append(made.visit)


def change(citizen: Citizen, done: Done, made: Made, note: str) -> None:
    try:
        op = citizen.edit(made, note)
    except Refused:  # the phone says that it can no longer be changed here
        done.refused_here += 1
        return
    done.puts[made.visit].append(op)
    done.made[made.visit] = Made(made.visit, op, made.photos)


def half_done(citizen: Drafting, done: Done, dice: random.Random, number: int) -> None:
    """A visit that is begun: it is finished later, thrown away, found again, or stays as it is. Phones take
    turns at these, so that a few of them do all."""
    note = f"{done.phone} draft {number}"
    photos = [photo(dice) for _ in range(dice.choice(PHOTOS))]
    visit = citizen.begin_draft(note, dice.randrange(1000), photos)
    for change in range(dice.randrange(3)):
        note = f"{note} {change}"
        citizen.change_draft(visit, note)
    what = ENDINGS[(number + int(done.phone[-2:]) // 2) % len(ENDINGS)]
    if what in ("thrown away", "found again"):
        citizen.discard_draft(visit)
    if what == "found again":
        citizen.find_draft_again(visit)
    match what:
        case "stays":
            done.drafts[visit] = note
        case "thrown away":
            done.discarded.append(visit)
        case "killed":
            citizen.die_while_finishing(visit)
            done.deaths += 1
            done.unnamed.add(visit)
            done.made[visit], done.puts[visit] = Made(visit, "", tuple(photos)), []
        case _:
            op = citizen.finish_draft(visit)
            done.made[visit], done.puts[visit] = Made(visit, op, tuple(photos)), [op]


def is_done(report: Report) -> bool:
    return report.waiting == 0 and not report.unreceived


def until_heard(citizen: Citizen, enough: Callable[[Report], bool]) -> Report:
    """Syncs until it is enough, or nothing has moved for so long that nothing will: then the report shows
    what is missing. How fast things move is the machine's, and no fault."""
    before, moved_at = None, time.monotonic()
    while not enough(report := citizen.report()) and time.monotonic() - moved_at < PATIENCE_S:
        missing = (report.ready, report.waiting, report.unreceived)
        if missing != before:
            before, moved_at = missing, time.monotonic()
        citizen.sync()
        time.sleep(REST_S)  # a line that loses everything just now must not be asked without end
    return report


def photo(dice: random.Random) -> File:
    """A small picture, and behind its end bytes that no other has."""
    small = _small()
    return File(small + dice.randbytes(dice.choice(SIZES)))


@cache
def _small() -> bytes:
    made = io.BytesIO()
    picture(3, 64, 48).save(made, "JPEG", quality=40)
    return made.getvalue()
