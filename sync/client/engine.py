"""What the phone does next, decided without doing anything: ``step(state, event)`` gives state and effects.

Each effect that ``loop.py`` carries out ends in another event, so every order of events can be tried in a
test. The states are those of the browser's engine (``pwa/src/sync/engine.ts``).

An exchange ends in one of four ways. Answered: go on while there is more. Cut (no answer, or one that says
"not now"): wait and ask for less; it never counts against an op. Denied (the county stumbles over what was
sent): halve the batch; when one op stands alone, an exchange without any op asks whether it is this op at
all, and only then does it count; the third time its bytes go into quarantine and the queue moves on (rule
S3). Barred (the signature is not taken): nothing is deleted, and it is tried again, seldom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from sync.client.backoff import backoff_ms
from sync.client.batch import FIRST, Batch, after_cut, after_denial, after_success

MOST_FAILS: Final = 3
QUIET_MS: Final = 60_000
BARRED_MS: Final = 5 * 60_000

Waker = Literal["user", "work", "line", "timer"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the county said went wrong, or a code of our own without words."""

    code: str
    title: str = ""
    next: str = ""


# ---------------------------------------------------------------- what is under way
@dataclass(frozen=True, slots=True)
class Resting:
    pass


@dataclass(frozen=True, slots=True)
class Exchanging:
    suspect: str | None = None  # asks without ops whether it is this op that the county stumbles over


@dataclass(frozen=True, slots=True)
class Counting:
    op: str


@dataclass(frozen=True, slots=True)
class HandingIn:
    op: str


@dataclass(frozen=True, slots=True)
class Uploading:
    pass


Doing = Resting | Exchanging | Counting | HandingIn | Uploading


@dataclass(frozen=True, slots=True)
class State:
    """``trouble`` None and not ``offline``: all is well."""

    doing: Doing = Resting()
    batch: Batch = FIRST
    offline: bool = False
    trouble: Trouble | None = None
    tries: int = 0  # failures in a row
    again: bool = False  # somebody woke us while something was under way
    next_try_ms: int | None = None
    not_before_ms: int = 0  # the server asked not to come before


START: Final = State()


# ---------------------------------------------------------------- events
@dataclass(frozen=True, slots=True)
class Woken:
    by: Waker


@dataclass(frozen=True, slots=True)
class Answered:
    sent: int
    more: bool  # to fetch, or to send
    moved: bool  # it brought or settled something: what moves nothing is not repeated at once
    revoked: Trouble | None = None
    photos: bool = False  # the county asks for originals


@dataclass(frozen=True, slots=True)
class Cut:
    unplugged: bool = False  # the size is not to blame
    retry_after_ms: int | None = None
    problem: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    sent: tuple[str, ...]
    problem: Trouble


@dataclass(frozen=True, slots=True)
class Barred:
    problem: Trouble


@dataclass(frozen=True, slots=True)
class Counted:
    fails: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    pass


@dataclass(frozen=True, slots=True)
class Uploaded:
    again: bool  # there is more to ask about


Event = Woken | Answered | Cut | Denied | Barred | Counted | HandedIn | Uploaded


# ---------------------------------------------------------------- effects
@dataclass(frozen=True, slots=True)
class Exchange:
    batch: Batch
    probe: bool = False  # without any op


@dataclass(frozen=True, slots=True)
class Count:
    op: str


@dataclass(frozen=True, slots=True)
class HandIn:
    op: str


@dataclass(frozen=True, slots=True)
class Upload:
    pass


@dataclass(frozen=True, slots=True)
class Alarm:
    at_ms: int


Effect = Exchange | Count | HandIn | Upload | Alarm
Step = tuple[State, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    now_ms: int
    rand: float  # in [0, 1)


def step(state: State, event: Event, moment: Moment) -> Step:
    """What follows from this event."""
    match event:
        case Woken(by):
            return _woken(state, by, moment.now_ms)
        case Answered():
            return _answered(state, event, moment)
        case Cut(unplugged, retry_after_ms, problem):
            batch = state.batch if unplugged else after_cut(state.batch)
            cut = replace(state, batch=batch, offline=problem is None, trouble=problem)
            return _failed(cut, moment, retry_after_ms)
        case Denied():
            return _denied(state, event, moment)
        case Barred(problem):
            return _rest(replace(state, offline=False, trouble=problem), moment.now_ms + BARRED_MS)
        case Counted(fails):
            return _counted(state, fails, moment)
        case HandedIn():
            return _exchange(state)
        case Uploaded(again):
            if again or state.again:
                return _exchange(state)
            return _rest(state, moment.now_ms + QUIET_MS)


def _exchange(state: State) -> Step:
    next_state = replace(state, doing=Exchanging(), again=False, next_try_ms=None)
    return next_state, (Exchange(state.batch),)


def _rest(state: State, at_ms: int) -> Step:
    return replace(state, doing=Resting(), again=False, next_try_ms=at_ms), (Alarm(at_ms),)


def _failed(state: State, moment: Moment, asked_ms: int | None = None) -> Step:
    tries = state.tries + 1
    wait_ms = max(backoff_ms(tries, moment.rand), asked_ms or 0)
    not_before_ms = state.not_before_ms if asked_ms is None else moment.now_ms + asked_ms
    return _rest(replace(state, tries=tries, not_before_ms=not_before_ms), moment.now_ms + wait_ms)


def _woken(state: State, by: Waker, now_ms: int) -> Step:
    if not isinstance(state.doing, Resting):
        return replace(state, again=True), ()
    if now_ms < state.not_before_ms and by != "user":
        return state, (Alarm(max(state.not_before_ms, state.next_try_ms or 0)),)
    return _exchange(replace(state, not_before_ms=0))


def _answered(state: State, event: Answered, moment: Moment) -> Step:
    suspect = state.doing.suspect if isinstance(state.doing, Exchanging) else None
    well = replace(state, offline=False, trouble=event.revoked, tries=0, not_before_ms=0)
    if suspect is not None:
        return replace(well, doing=Counting(suspect)), (Count(suspect),)
    grown = replace(well, batch=after_success(state.batch)) if event.sent or event.moved else well
    if event.more and not event.moved:
        stuck = replace(grown, tries=state.tries, trouble=Trouble("no_progress"))
        return _failed(stuck, moment)
    if event.more or state.again:
        return _exchange(grown)
    if event.photos:
        return replace(grown, doing=Uploading(), next_try_ms=None), (Upload(),)
    return _rest(grown, moment.now_ms + (BARRED_MS if event.revoked else QUIET_MS))


def _denied(state: State, event: Denied, moment: Moment) -> Step:
    if not event.sent:  # even without ops: no op is to blame
        return _failed(replace(state, offline=False, trouble=event.problem), moment)
    if len(event.sent) > 1:
        return _exchange(replace(state, batch=after_denial(state.batch, len(event.sent))))
    (suspect,) = event.sent
    asking = replace(state, doing=Exchanging(suspect), batch=replace(state.batch, ops=1))
    return asking, (Exchange(state.batch, probe=True),)


def _counted(state: State, fails: int, moment: Moment) -> Step:
    if fails < MOST_FAILS or not isinstance(state.doing, Counting):
        return _failed(replace(state, offline=False, trouble=None), moment)
    op = state.doing.op
    return replace(state, doing=HandingIn(op)), (HandIn(op),)
