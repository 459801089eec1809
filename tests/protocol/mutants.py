"""Rules broken on purpose: what each mutant breaks, how, and where it must be noticed.

A mutant replaces one function of the server, the reference client or what both share by the version that
somebody might write who does not know the rule. The simulation tries it on plans that could show it, in their
order; the vectors on every case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from flask import g
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from server.base import db, feeds, ledger
from server.base.db import session
from server.base.ledger import Claim
from server.base.models import LedgerEntry
from server.photos import cleaning, places, queries
from server.photos.models import Photo
from server.replication import push, routes
from server.replication.push import Became, Pushed
from server.visits import commands, first, intake, reading
from sync.client.exchange import Exchange
from sync.client.outbox import Outbox
from sync.client.world import World
from sync.core import canonical, clock, digest
from sync.core.clock import Corrected
from sync.messages import Response
from sync.versions import VERSION
from tests.factories.county import TEAM, XIUYUN
from tests.simulation.faults import Fate, Fault
from tests.simulation.plan import DRAWER, HOUR, MINUTE, Event, Plan
from tests.simulation.play import Where

DAY = 24 * HOUR


@dataclass(frozen=True)
class Mutant:
    """``where`` it lives: the client's are tried against the hub. ``plans`` None: the vectors must notice."""

    name: str
    rule: str
    broken: Callable[[], AbstractContextManager[Any]]
    where: Where = "server"
    plans: tuple[Plan, ...] | None = None


# ---------------------------------------------------------------- plans that could show it
def plan(*events: Event, number: int = 0, **fates: Fate) -> Plan:
    """A plan by hand; fates by ``phone_stream_number``."""
    named = {(*key.split("_")[:2], int(key.split("_")[2])): fate for key, fate in fates.items()}
    return Plan(number, events, named)  # type: ignore[arg-type]


FINISH = Event(MINUTE, "a", "finish", (1, "good", 0))
WAKE = Event(2 * MINUTE, "a", "wake")
NOTES = (Event(MINUTE + 1, "a", "note", (0,)), Event(MINUTE + 2, "a", "note", (0,)))
BOUNDARIES = (3, 2, 5, 4, 1, 6, 0)  # units of a request before which somebody may come in

TWICE_AT_ONCE = tuple(plan(FINISH, *NOTES, WAKE, a_ops_0=Fate(again_ms=1, meanwhile=at)) for at in BOUNDARIES)
TWO_PHONES_AT_ONCE = tuple(
    plan(
        FINISH, Event(MINUTE, "b", "finish", (2, "good", 0)), WAKE, Event(2 * MINUTE + 1, "b", "wake"),
        a_ops_0=Fate(meanwhile=at), a_pull_0=Fate(meanwhile=at),
    )
    for at in BOUNDARIES
)  # fmt: skip
READS_WHILE_OTHERS_WRITE = tuple(
    plan(
        Event(0, "a", "wake"), Event(MINUTE, "b", "finish", (2, "good", 0)),
        WAKE, Event(2 * MINUTE + 1, "b", "wake"), a_pull_1=Fate(meanwhile=at),
    )
    for at in BOUNDARIES
)  # fmt: skip
IN_ONE_BATCH = (plan(FINISH, *NOTES, WAKE),)
FULL_DISK = tuple(
    plan(FINISH, *NOTES, WAKE, a_ops_0=Fate(fault=Fault("full", at))) for at in (12, 15, 18, 21, 24, 30)
)
KILLED = tuple(plan(FINISH, WAKE, a_ops_0=Fate(fault=Fault("killed_before", at))) for at in (1_000, 1, 5, 9))
TWO_SIDES = (
    plan(
        FINISH, WAKE, Event(HOUR, "a", "clone"),
        *(Event(HOUR + n * MINUTE, "a", "revise", (n,)) for n in range(1, 4)),
        *(Event(HOUR + n * MINUTE, "a2", "revise", (n + 7,)) for n in range(1, 4)),
        Event(2 * HOUR, "a", "wake"), Event(3 * HOUR, "a2", "wake"),
    ),
)  # fmt: skip
ONE_PHOTO = (plan(Event(MINUTE, "a", "finish", (1, "good", 1)), WAKE),)
CLEANED_MEANWHILE = tuple(
    plan(
        Event(0, "office", "orphan", ("a 1 0",)),
        Event(9 * DAY, "a", "finish", (1, "good", 1)), Event(9 * DAY + 1, "a", "wake"),
        Event(9 * DAY + 2, "office", "tidy", (at,)),
    )
    for at in BOUNDARIES
)  # fmt: skip
RESTORED = (
    plan(
        Event(0, "a", "wake"), Event(1_000, "office", "backup"), FINISH, WAKE,
        Event(HOUR, "office", "restore"), Event(2 * HOUR, "a", "wake"),
    ),
)  # fmt: skip
CRASHED = tuple(plan(Event(0, "a", "crash", (left, "before")), Event(1, "a", "wake")) for left in range(3))
ANSWER_LOST = (
    plan(
        FINISH, Event(MINUTE + 1, "a", "wake"), Event(MINUTE + 2_000, "a", "revise", (1,)),
        Event(MINUTE + 2_001, "a", "revise", (2,)), Event(2 * HOUR, "a", "wake"), a_ops_0=Fate(lost="down"),
    ),
)  # fmt: skip
NEVER_ARRIVED = (plan(FINISH, WAKE, a_ops_0=Fate(lost="up")),)
LEFT_THE_TEAM = (plan(Event(0, "a", "wake"), Event(MINUTE, "office", "leave", ((TEAM, XIUYUN),))),)
REVOKED = (plan(Event(MINUTE, "office", "revoke", ("a",)), Event(HOUR, "a", "wake")),)
FORMER = replace(plan(Event(0, "a", "wake"), FINISH, WAKE), former=("a",))
RETIRED = (replace(FORMER, events=(Event(DRAWER, "a", "wake"),)),)
FROM_THE_FUTURE = (plan(Event(MINUTE, "a", "finish", (1, "future", 0)), WAKE),)


# ---------------------------------------------------------------- the server's
@contextmanager
def ledger_by_select() -> Iterator[None]:
    """What is new is decided by a look beforehand, not by the unique constraint."""
    ready, claim = first.ready, ledger.claim

    def look(*asked: Any) -> Any:
        g.known = set(session.scalars(select(LedgerEntry.op_id)))
        return ready(*asked)

    def by_the_look(*asked: Any) -> Any:
        known = g.get("known", set())
        return {op: Claim(op not in known, one.org_id, op) for op, one in claim(*asked).items()}

    with mock.patch.object(first, "ready", look), mock.patch.object(ledger, "claim", by_the_look):
        yield


@contextmanager
def counter_instead_of_op_id() -> Iterator[None]:
    """The next number overwrites the last: nobody asks what its author had seen."""
    head = intake._head

    def last_wins(author: Any, told: Any, seen: Any, visit: Any, now: Any) -> Any:
        if visit is not None:
            told = replace(told, op=replace(told.op, base=visit.current_revision))
        return head(author, told, seen, visit, now)

    with mock.patch.object(intake, "_head", last_wins):
        yield


@contextmanager
def heads_per_op() -> Iterator[None]:
    """Each op numbers its changes at once, and so locks the feeds' heads before the next op's rows."""
    carry = commands.carry

    def and_flush(*asked: Any, **more: Any) -> Any:
        done = carry(*asked, **more)
        feeds.flush()
        return done

    with mock.patch.object(commands, "carry", and_flush):
        yield


@contextmanager
def numbers_from_a_sequence() -> Iterator[None]:
    """Numbers are drawn as a request begins, as from a sequence object: they commit out of order."""
    ready, move, drawn = first.ready, feeds._move, [1_000]

    def draw(*asked: Any) -> Any:
        g.drawn = drawn[0] = drawn[0] + 50
        return ready(*asked)

    def move_from(head: Any, parts: Any) -> Any:
        if "drawn" not in g:
            g.drawn = drawn[0] = drawn[0] + 50
        before, head.seq = head.seq, g.drawn
        rows = list(move(head, parts))
        head.seq = max(before, head.seq)
        return rows

    with mock.patch.object(first, "ready", draw), mock.patch.object(feeds, "_move", move_from):
        yield


@contextmanager
def results_before_commit() -> Iterator[None]:
    """The answer is on its way before the commit has returned."""
    take, became = routes.push, push._Batch.carry_out

    def remember(batch: Any) -> Any:
        g.became = became(batch)
        return g.became

    def answer_anyhow(*asked: Any) -> Any:
        g.pop("became", None)
        try:
            return take(*asked)
        except BaseException:
            if "became" not in g:
                raise
            return Pushed(tuple(push._in_words(one, "zh") for one in g.became))

    with (
        mock.patch.object(routes, "push", answer_anyhow),
        mock.patch.object(push._Batch, "carry_out", remember),
    ):
        yield


@contextmanager
def pull_in_two_snapshots() -> Iterator[None]:
    """Rows are read in one snapshot, heads in the next."""
    pull = routes.pull

    def twice(actor: Any, *asked: Any) -> Any:
        pulled = pull(actor, *asked)
        if pulled.more or pulled.cursor is None:
            return pulled
        with db.reading():
            heads = feeds.heads(actor.org_id, list(pulled.cursor.feeds))
        read = {feed: heads[feed].seq if feed in heads else 0 for feed in pulled.cursor.feeds}
        return replace(pulled, cursor=replace(pulled.cursor, feeds=read))

    with mock.patch.object(routes, "pull", twice):
        yield


@contextmanager
def batch_goes_on_after_a_lost_savepoint() -> Iterator[None]:
    """Whatever goes wrong with one op, the others are carried out."""
    one_op = push._Batch._one

    def anyhow(batch: Any, one: Any, claim: Any) -> Any:
        try:
            return one_op(batch, one, claim)
        except DBAPIError:
            return Became(claim.op_id, "refused", "malformed")

    with mock.patch.object(push._Batch, "_one", anyhow):
        yield


@contextmanager
def receipt_before_verification() -> Iterator[None]:
    """A receipt for whatever an op names, before its bytes have come and been hashed."""
    mine = queries.mine

    def held(*asked: Any) -> Any:
        return [replace(one, held=True) for one in mine(*asked)]

    with mock.patch.object(queries, "mine", held):
        yield


@contextmanager
def cleaning_without_the_lock() -> Iterator[None]:
    """What was found needless is taken away without another look."""

    def at_once(blobs: Any, org_id: int, sha256: str) -> bool:
        with db.writing():
            photo = session.get(Photo, (org_id, sha256))
            if photo is None:
                return False
            cleaning._await_again(photo)
            session.delete(photo)
        blobs.delete([places.photo(org_id, sha256)])
        return True

    with mock.patch.object(cleaning, "_forget", at_once):
        yield


@contextmanager
def answered_in_the_newest() -> Iterator[None]:
    """Whatever version the phone speaks."""
    with mock.patch.object(routes, "Response", lambda **said: Response(**{**said, "v": VERSION})):
        yield


@contextmanager
def revoked_still_reads() -> Iterator[None]:
    pulled = routes._pulled

    def all_alike(actor: Any, asked: Any) -> Any:
        return pulled(replace(actor, revoked=False), asked)

    with mock.patch.object(routes, "_pulled", all_alike):
        yield


@contextmanager
def future_is_refused() -> Iterator[None]:
    """What this server does not know is wrong."""
    prepare = reading.prepare

    def never_deferred(*asked: Any, **more: Any) -> Any:
        return prepare(*asked, **more)._replace(deferred=False)

    with mock.patch.object(reading, "prepare", never_deferred):
        yield


# ---------------------------------------------------------------- the phone's
@contextmanager
def cursor_before_rows() -> Iterator[None]:
    """The cursor is kept first, the rows in a transaction of their own."""
    take_in = Exchange.take_in

    def in_two(exchange: Any, offer: Any, answer: Any, heard: Any) -> Any:
        if answer.cursor is not None:
            with exchange.store.writing("cursor"):
                exchange.store.put("epoch", answer.epoch)
                cursor = answer.cursor
                said = {"epoch": cursor.epoch, "feeds": cursor.feeds, "walks": cursor.walks}
                exchange.store.put("cursor", said)
        return take_in(exchange, offer, answer, heard)

    with mock.patch.object(Exchange, "take_in", in_two):
        yield


@contextmanager
def edit_of_a_sent_op() -> Iterator[None]:
    """A later edit is written into the op that waits."""
    put = Outbox.put

    def into_the_last(outbox: Any, kind: str, body: Any, base: Any = None, files: Any = ()) -> str:
        open_one = outbox.store.row(
            "SELECT id, n FROM ops WHERE visit = ? AND kind = ? AND state = 'waiting'", body["visit"], kind
        )
        made = put(outbox, kind, body, base, files)
        if open_one is None:
            return made
        with outbox.store.writing("edit") as store:
            (written,) = store.execute("SELECT bytes FROM ops WHERE id = ?", (made,)).fetchone()
            edited = bytes(written).replace(made.encode(), open_one["id"].encode())
            store.execute("UPDATE ops SET bytes = ? WHERE id = ?", (edited, open_one["id"]))
            store.execute("DELETE FROM ops WHERE id = ?", (made,))
        return str(open_one["id"])

    with mock.patch.object(Outbox, "put", into_the_last):
        yield


@contextmanager
def gone_once_sent() -> Iterator[None]:
    """An op leaves the outbox as it is sent."""
    batch = Outbox.batch

    def let_go(outbox: Any, size: Any) -> Any:
        sent = batch(outbox, size)
        with outbox.store.writing("sent") as store:
            for one in sent:
                store.execute("UPDATE ops SET state = 'accepted' WHERE id = ?", (one.id,))
        return sent

    with mock.patch.object(Outbox, "batch", let_go):
        yield


@contextmanager
def refresh_of_a_swept_row() -> Iterator[None]:
    """A row that came again keeps its mark, and is swept with those that did not."""
    apply = World.apply

    def still_marked(world: Any, changes: Any) -> None:
        stale = world.store.rows("SELECT feed, kind, id FROM rows WHERE stale = 1")
        apply(world, changes)
        for row in stale:
            world.store.db.execute(
                "UPDATE rows SET stale = 1 WHERE feed = ? AND kind = ? AND id = ?", tuple(row)
            )

    with mock.patch.object(World, "apply", still_marked):
        yield


def nothing(*_: Any, **__: Any) -> None:
    """What somebody forgot."""


# ---------------------------------------------------------------- what both compute
def by_code_point(value: Any) -> Any:
    """Keys in Python's own order."""
    if isinstance(value, dict):
        return {key: by_code_point(value[key]) for key in sorted(value)}
    return [by_code_point(member) for member in value] if isinstance(value, list) else value


def by_the_wall(at: Any, anchors: Any) -> Corrected:
    """The phone's wall clock is believed."""
    del anchors
    return Corrected(clock.parse(at.wall), True, 0)


def without_what_left(sum: str, *, add: Any = (), take: Any = ()) -> str:
    """Rows that go are forgotten in the sum."""
    del take
    return MOVED(sum, add=add)


MOVED = digest.moved


def swapped(owner: object, name: str, broken: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: mock.patch.object(owner, name, broken)


MUTANTS: tuple[Mutant, ...] = (
    Mutant("ledger by select", "S2", ledger_by_select, plans=TWICE_AT_ONCE),
    Mutant("counter instead of op id", "S6", counter_instead_of_op_id, plans=TWO_SIDES),
    Mutant("heads per op", "S4", heads_per_op, plans=IN_ONE_BATCH),
    Mutant("numbers from a sequence", "S4", numbers_from_a_sequence, plans=TWO_PHONES_AT_ONCE),
    Mutant("results before COMMIT", "S1", results_before_commit, plans=KILLED),
    Mutant("pull in two snapshots", "S4", pull_in_two_snapshots, plans=READS_WHILE_OTHERS_WRITE),
    Mutant(
        "batch goes on after a lost savepoint", "S3", batch_goes_on_after_a_lost_savepoint, plans=FULL_DISK
    ),
    Mutant("receipt before verification", "S7", receipt_before_verification, plans=ONE_PHOTO),
    Mutant("cleaning without the lock", "S7", cleaning_without_the_lock, plans=CLEANED_MEANWHILE),
    Mutant("a revoked phone still reads", "S5", revoked_still_reads, plans=REVOKED),
    Mutant("the future is refused", "S11", future_is_refused, plans=FROM_THE_FUTURE),
    Mutant("all are answered in the newest", "S11", answered_in_the_newest, plans=(FORMER,)),
    Mutant("a retired version still reads", "S11", swapped(routes, "retired", nothing), plans=RETIRED),
    Mutant("cursor before rows", "S4", cursor_before_rows, "hub", CRASHED),
    Mutant("edit of a sent op", "S2", edit_of_a_sent_op, "hub", ANSWER_LOST),
    Mutant("gone once sent", "S1", gone_once_sent, "hub", NEVER_ARRIVED),
    Mutant("refresh of a swept row", "S4", refresh_of_a_swept_row, "hub", RESTORED),
    Mutant("epoch ignored", "S14", swapped(Outbox, "offer_again", nothing), "hub", RESTORED),
    Mutant("a feed that left is kept", "S5", swapped(World, "leave", nothing), "hub", LEFT_THE_TEAM),
    Mutant("keys by code point", "S2", swapped(canonical, "_by_utf16", by_code_point)),
    Mutant("the wall clock is believed", "S9", swapped(clock, "correct", by_the_wall)),
    Mutant("the sum forgets what left", "S12", swapped(digest, "moved", without_what_left)),
)
