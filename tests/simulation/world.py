"""The scheduler: virtual time, one queue, and everything that happens in one order that the seed decides.

Nothing here waits. A message that takes ten minutes is an entry of the queue; so is a phone that tries again.
When the plan is through, faults stop, and everybody exchanges until nothing moves any more: only then are the
checks asked.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from sync.client.answer import Ask, Heard
from sync.client.engine import Waker
from sync.client.outbox import DEFERRED_MS
from sync.hub.county import Caller, NotNow, Reply
from sync.versions import VERSION, retired
from tests.simulation import former
from tests.simulation.desk import Desk
from tests.simulation.faults import GOOD, Fate, Testable
from tests.simulation.history import History, Sent, Told
from tests.simulation.people import BEGINS_MS, HANDSETS, Handset
from tests.simulation.phone import Clocks, Crashed, Phone, heard_of
from tests.simulation.plan import HOUR, MINUTE, Event, Plan
from tests.simulation.volunteer import Volunteer

SIGNED_MS = 600_000
PATIENCE_MS = 55_000  # a phone gives an answer up
TOGETHER_MS = MINUTE  # who may come in between the units of a request
RETRIES = 3  # in a row; then the phone lies in a pocket until somebody wakes it
RESTART_MS = 5_000
MOST_ROUNDS = 40
MOST_STEPS = 6_000

Conversation = Generator[Ask, Heard | None, None]


@dataclass
class Line:
    """A phone, and what it has on the way."""

    phone: Phone
    volunteer: Volunteer
    conversation: Conversation | None = None
    serial: int = 0  # of the request that it waits for
    counts: dict[str, int] = field(default_factory=dict)  # requests by stream
    retries: int = 0


@dataclass(order=True)
class Entry:
    at_ms: int
    order: int
    act: Callable[[], None] = field(compare=False)
    at_county: bool = field(compare=False)  # it may come in between the units of somebody's request


class World:
    """One run. ``make`` gives the county for a seed; its clock is this world's."""

    def __init__(self, plan: Plan, make: Callable[[int, World], Testable]) -> None:
        self.plan = plan
        self.now_ms = BEGINS_MS
        self.history = History()
        self.calm = False
        self.lines: dict[str, Line] = {}
        self._queue: list[Entry] = []
        self._order = 0
        self._steps = 0
        self._clocks: dict[str, Clocks] = {}
        self.county = make(plan.seed, self)
        self.desk = Desk(self.county, self.history)
        for handset in HANDSETS:
            self._add(handset)

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now_ms / 1000, UTC)

    def run(self) -> None:
        """The plan, and then the calm."""
        for event in self.plan.events:
            self._later(event.at_ms, partial(self._happens, event), at_county=event.who == "office")
        self._drain()
        self.calm = True
        self._what_is_retired_is_updated()
        for _ in range(MOST_ROUNDS):
            self.now_ms += HOUR
            before = len(self.history.told)
            for name in self.lines:
                self._wake(name, "line")
            self._drain()
            if not any(_moved(told) for told in self.history.told[before:]):
                return
        self.history.faults.append(f"[S10] not settled after {MOST_ROUNDS} rounds without faults")

    def close(self) -> None:
        for line in self.lines.values():
            line.phone.store.close()

    # ------------------------------------------------------------ the queue
    def _later(self, in_ms: int, act: Callable[[], None], *, at_county: bool = False) -> None:
        self._order += 1
        heapq.heappush(self._queue, Entry(self.now_ms + in_ms, self._order, act, at_county))

    def _drain(self) -> None:
        while self._queue:
            self._step(heapq.heappop(self._queue))

    def _step(self, entry: Entry) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise RuntimeError("the run does not come to its end")
        self.now_ms = max(self.now_ms, entry.at_ms)
        entry.act()

    def _somebody_else(self) -> None:
        """The next of those who are on their way to the county comes in now."""
        near = [one for one in self._queue if one.at_county and one.at_ms <= self.now_ms + TOGETHER_MS]
        if near:
            first = min(near)
            self._queue.remove(first)
            heapq.heapify(self._queue)
            self._step(first)

    # ------------------------------------------------------------ what people do
    def _add(self, handset: Handset, copy_of: Phone | None = None) -> None:
        clocks = self._clocks.setdefault(handset.hardware, Clocks(lambda: self.now_ms))
        v = copy_of.v if copy_of else former.VERSION if handset.name in self.plan.former else VERSION
        phone = Phone(handset, clocks, self.plan.seed, v, copy_of)
        self.lines[handset.name] = Line(phone, Volunteer(phone, self.history))

    def _happens(self, event: Event) -> None:
        if event.who == "office":
            if event.what == "tidy":
                self.county.strike(None, event.args[0], self._somebody_else)
            with suppress(NotNow):  # as things stand it cannot be done: a page would say so
                self.desk.does(event.what, event.args, self.now_ms)
            return
        line = self.lines.get(event.who)
        if line is None:  # a twin that nobody has made
            return
        match event.what:
            case "wake":
                self._wake(event.who, "work")
            case "restart":
                self._restart(event.who)
            case "update":
                line.phone.v = VERSION
                self._restart(event.who)
            case "set_clock":
                line.phone.clocks.off_ms = event.args[0]
            case "crash":
                line.phone.crash = event.args
            case "clone":
                self._clone(event.who)
            case "rot":
                line.phone.rot(event.args[0])
                self.history.rotten |= {event.who.rstrip("2"), f"{event.who.rstrip('2')}2"}
            case "reuse":
                self._reuse(line, event.args[0])
            case _:
                self._acts(event, line)

    def _acts(self, event: Event, line: Line) -> None:
        try:
            line.volunteer.does(event.what, event.args)
        except Crashed:
            self._restart(event.who)
        line.volunteer.note(self.now_ms)

    def _restart(self, name: str) -> None:
        """Whatever was under way is forgotten by the phone, not by the network."""
        line = self.lines[name]
        line.conversation, line.retries = None, 0
        line.serial += 1
        line.phone.start()
        self._later(RESTART_MS, lambda: self._wake(name, "work"))

    def _what_is_retired_is_updated(self) -> None:
        """Whoever's app is no longer answered gets the new one; what was put off goes again a day later."""
        for name, line in self.lines.items():
            if retired(line.phone.v, self.moment()):
                line.phone.v = VERSION
                self._restart(name)
        self._drain()
        if any(own.code == "version_retired" for line in self.lines.values() for own in line.phone.ops()):
            self.now_ms += DEFERRED_MS

    def _clone(self, name: str) -> None:
        """The phone's storage is copied to another one: the same device twice from now on."""
        original, twin = self.lines[name].phone, f"{name}2"
        if twin in self.lines or name.endswith("2"):
            return
        owner = original.handset
        self.history.cloned.add(owner.device)
        self._add(Handset(twin, owner.user, owner.device, twin, owner.team, owner.person), original)
        self._wake(twin, "work")

    def _reuse(self, line: Line, which: int) -> None:
        """A broken app sends other bytes under the id of an op that was accepted."""
        known = [one for one in line.phone.ops() if one.state == "accepted"]
        if not known or line.phone.handset.device in self.history.revoked:
            return
        op = json.loads(known[which % len(known)].bytes)
        became = self.county.became(op["id"])
        if (
            became is None or became.outcome != "accepted"
        ):  # a restore took it away, and nobody has noticed yet
            return
        op["n"] += 1_000
        head = {"v": 1, "app": "broken", "epoch": None, "clock": line.phone.at(), "cursor": None, "ops": [op]}
        reply = self.county.handle(
            line.phone.handset.caller, "POST", "/api/sync", {"Content-Type": "application/json"},
            json.dumps(head).encode(),
        )  # fmt: skip
        (result,) = json.loads(reply.body)["results"]
        if result.get("code") != "op_id_reused":
            self.history.faults.append(f"[S2] other bytes under a known id heard {result}")
        self.history.reused.append((op["id"], json.dumps(op).encode()))

    # ------------------------------------------------------------ the line
    def _wake(self, name: str, by: Waker) -> None:
        line = self.lines[name]
        if line.conversation is not None:  # it has its hands full; that it was woken is remembered
            return
        line.conversation = line.phone.wake(by)
        self._goes_on(name, None, first=True)

    def _goes_on(self, name: str, heard: Heard | None, *, first: bool = False) -> None:
        """The phone hears something (None: nothing came), and goes on to its next request or to rest."""
        line = self.lines[name]
        assert line.conversation is not None
        line.serial += 1
        try:
            ask = next(line.conversation) if first else line.conversation.send(heard)
        except Crashed:
            line.volunteer.note(self.now_ms)
            self._restart(name)
            return
        except StopIteration:
            line.conversation = None
            line.volunteer.note(self.now_ms)
            self._rests(name, line)
            return
        line.volunteer.note(self.now_ms)
        self._send(name, line, ask)

    def _rests(self, name: str, line: Line) -> None:
        """Its alarm: as long as something went wrong, and a few times only."""
        state = line.phone.loop.state
        if state.next_try_ms is None or not (state.offline or state.trouble) or line.retries >= RETRIES:
            line.retries = 0
            return
        line.retries += 1
        in_ms = max(1, state.next_try_ms - line.phone.clocks.wall_ms())
        self._later(in_ms, lambda: self._wake(name, "timer"))

    def _send(self, name: str, line: Line, ask: Ask) -> None:
        said = json.loads(ask.body) if ask.path == "/api/sync" else {}
        sent = Sent(name, ask, said)
        self.history.sent.append(sent)
        fate, serial, caller = self._fate(line, sent), line.serial, line.phone.handset.caller
        if fate.lost != "up":
            self._later(fate.up_ms, lambda: self._arrives(name, serial, caller, sent, fate), at_county=True)
        late = fate.up_ms + (fate.again_ms or 0)
        if fate.again_ms is not None and late <= SIGNED_MS:  # later the door takes its signature no more
            self._later(late, lambda: self._arrives(name, -1, caller, sent, GOOD), at_county=True)
        self._later(PATIENCE_MS, lambda: self._given_up(name, serial))

    def _fate(self, line: Line, sent: Sent) -> Fate:
        which = line.counts[sent.stream] = line.counts.get(sent.stream, -1) + 1
        return GOOD if self.calm else self.plan.fates.get((sent.phone, sent.stream, which), GOOD)

    def _arrives(self, name: str, serial: int, caller: Caller, sent: Sent, fate: Fate) -> None:
        at_ms, revoked_ms = self.now_ms, self.history.revoked.get(caller.device)
        headers = {"Content-Type": sent.ask.type}
        if sent.ask.range is not None:
            headers["Content-Range"] = sent.ask.range
        self.county.strike(fate.fault, fate.meanwhile, self._somebody_else)
        reply = self.county.answer(caller, sent.ask.method, sent.ask.path, headers, sent.ask.body)
        if reply is not None and reply.status == 500:
            self.history.faults.append(f"[S3] {sent.ask.method} {sent.stream} of {name} met a bug: 500")
        if reply is not None and serial >= 0 and fate.lost != "down":
            told = Told(sent, reply, at_ms, revoked_ms)
            self._later(fate.down_ms, lambda: self._answered(name, serial, told, reply))

    def _answered(self, name: str, serial: int, told: Told, reply: Reply) -> None:
        line = self.lines[name]
        if line.serial == serial and line.conversation is not None:
            self.history.told.append(told)
            self._goes_on(name, heard_of(reply))

    def _given_up(self, name: str, serial: int) -> None:
        line = self.lines[name]
        if line.serial == serial and line.conversation is not None:
            self._goes_on(name, None)


def _moved(told: Told) -> bool:
    """Did this exchange bring anything, to either side?"""
    answer = told.answer
    if told.reply.status == 403:  # out of use for more than 90 days: it may ask for ever
        return False
    if answer is None or told.sent.ops:
        return True
    return bool(answer["changes"] or answer["more"] or answer["reset"] or answer["left"] or answer["wanted"])
