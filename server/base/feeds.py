"""Feeds: what one audience may know, as an ordered index (rule S4).

A feed holds one row per thing with the number of its latest change; an update moves the row to the end, so a
fresh phone pays for what is alive and not for history. Concerns ``stage`` what they changed, anywhere in a
writing unit; ``flush`` gives the numbers, last and once per transaction, with the heads of all touched feeds
locked in sorted order. So the order of numbers is the order of commits, and two publishers cannot deadlock.
(A sequence object would give numbers that commit out of order, and a pull would skip changes.)

Each head carries the digest of its alive rows (rule S12), moved with every row. A version says what the
phone then holds: whoever changes what a row renders to must give it another version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Insert, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from server.base import clock, db, many
from server.base.asked import Asked
from server.base.db import session
from server.base.models import FeedHead, FeedRow
from sync.core import digest

TOMBSTONE_LIFE: Final = timedelta(days=400)

_STAGED: Final = "feeds.staged"
_PARTS: Final = "feeds.parts"
_CHUNK: Final = 400

Row = tuple[str, str]  # kind, id
_BUMP: Final[Row] = ("", "")
Staged = dict[tuple[int, str], dict[Row, str | None]]  # (org, feed) → row → version, None: gone
Part = tuple[datetime, Staged]  # what was staged together, and when


@dataclass(slots=True)
class Head:
    """Where a feed stands."""

    org_id: int
    feed: str
    seq: int  # of the last change
    floor: int  # a cursor below it hears a reset
    alive: int
    digest: str


class Carried(NamedTuple):
    """A row of a feed, as it is read."""

    feed: str
    kind: str
    id: str
    seq: int
    version: str
    tombstone: bool


def stage(org_id: int, feed: str, kind: str, id: str, version: str) -> None:
    """This feed now carries this version of the thing."""
    _staged().setdefault((org_id, feed), {})[kind, id] = version


def stage_gone(org_id: int, feed: str, kind: str, id: str) -> None:
    """This feed no longer carries the thing: phones hear a tombstone."""
    _staged().setdefault((org_id, feed), {})[kind, id] = None


def bump(org_id: int, feed: str) -> None:
    """Only say that something moved: the head's number goes on, no row is kept."""
    _staged().setdefault((org_id, feed), {})[_BUMP] = None


@contextmanager
def savepoint() -> Iterator[None]:
    """A savepoint of the database that takes back what was staged as well.

    A database in trouble may have dropped the whole transaction, savepoint and all (SQLite does on a full
    disk): what is raised then is the trouble, not that there is nothing left to go back to.
    """
    kept: Staged = {head: dict(rows) for head, rows in _staged().items()}
    trouble: DBAPIError | None = None
    try:
        with session.begin_nested():
            try:
                yield
            except DBAPIError as error:
                trouble = _first(error)
                raise
    except BaseException:
        session.info[_STAGED] = kept
        if trouble is not None:
            raise trouble from None
        raise


def _first(error: DBAPIError) -> DBAPIError:
    """The trouble itself: a flush that failed has already tried to go back to a savepoint that was gone."""
    at: BaseException | None = error
    while at is not None and "no such savepoint" in str(error.orig):
        at = at.__context__
        error = at if isinstance(at, DBAPIError) else error
    return error


def part() -> None:
    """What was staged until here is a unit of its own, although it is committed with others: bulk loading
    moves the feeds exactly as if each exchange had been a transaction."""
    parts: list[Part] = session.info.setdefault(_PARTS, [])
    parts.append((clock.now(), session.info.pop(_STAGED, {})))


def flush() -> None:
    """Give every staged change its number. Runs by itself, last in every writing unit."""
    parts: list[Part] = session.info.pop(_PARTS, [])
    last: Staged = session.info.pop(_STAGED, {})
    if last:
        parts.append((clock.now(), last))
    touched = sorted({head for _, staged in parts for head in staged})
    if not touched:
        return
    session.flush()
    if all(rows == {_BUMP: None} for _, staged in parts for rows in staged.values()):
        _only_bump(Counter(head for _, staged in parts for head in staged))
        return
    for org_id in sorted({org_id for org_id, _ in touched}):
        heads = _lock_heads(org_id, [feed for org, feed in touched if org == org_id])
        moved = [
            row
            for feed, head in sorted(heads.items())
            for row in _move(
                head, [(at, staged[org_id, feed]) for at, staged in parts if (org_id, feed) in staged]
            )
        ]
        _keep(heads.values())
        many.bound(_writing(db.dialect()), moved).write()


def _only_bump(times: Counter[tuple[int, str]]) -> None:
    """No rows, only numbers that go on: one statement, in the order in which heads are locked."""
    fresh = [
        {"org_id": org_id, "feed": feed, "seq": n, "floor": 0, "alive": 0, "digest": digest.EMPTY}
        for (org_id, feed), n in sorted(times.items())
    ]
    many.bound(_bumping(db.dialect()), fresh).write()


@cache
def _bumping(dialect: str) -> Insert:
    insert = _insert(dialect, FeedHead)
    further = {"seq": FeedHead.seq + insert.excluded.seq}
    made: Insert = insert.on_conflict_do_update(index_elements=["org_id", "feed"], set_=further)
    return made


def heads(org_id: int, feeds: Sequence[str]) -> dict[str, Head]:
    """The heads of these feeds, as the open unit sees them. A feed that nobody published to has none."""
    return _heads(_HEADS, org_id, feeds)


def _heads(asked: Asked, org_id: int, feeds: Sequence[str]) -> dict[str, Head]:
    return {row.feed: Head(*row) for row in asked(org=org_id, feeds=list(feeds))}


def rows_after(org_id: int, feed: str, seq: int, limit: int, *, alive_until: int = 0) -> list[Carried]:
    """The next rows after a number, in order. Up to ``alive_until`` tombstones are left out: who walks a
    feed from its start has never held what they take away."""
    rows = _AFTER(org=org_id, feed=feed, seq=seq, most=limit, alive_until=alive_until)
    return [Carried(*row) for row in rows]


def alive(org_id: int, feed: str) -> list[Carried]:
    """Everything that the feed carries, in the order of its numbers."""
    return [Carried(*row) for row in _ALIVE(org=org_id, feed=feed)]


def prune(org_id: int, before: datetime) -> int:
    """Forget tombstones older than this; a cursor below a feed's new floor will hear a reset."""
    old = (FeedRow.org_id == org_id, FeedRow.tombstone, FeedRow.at < before)
    floors = session.execute(
        select(FeedRow.feed, func.max(FeedRow.seq), func.count()).where(*old).group_by(FeedRow.feed)
    ).all()
    locked = _lock_heads(org_id, sorted(feed for feed, _, _ in floors))
    for feed, floor, _ in floors:
        locked[feed].floor = max(locked[feed].floor, floor)
        session.execute(delete(FeedRow).where(*old, FeedRow.feed == feed, FeedRow.seq <= floor))
    _keep(locked.values())
    return sum(count for _, _, count in floors)


def _staged() -> Staged:
    if db.unit() != "writing":
        raise RuntimeError("changes are staged inside a writing unit")
    found: Staged = session.info.setdefault(_STAGED, {})
    return found


def _lock_heads(org_id: int, feeds: Sequence[str]) -> dict[str, Head]:
    """The heads of these (sorted) feeds, made where there is none, locked until the commit."""
    if not feeds:
        return {}
    fresh = [
        {"org_id": org_id, "feed": feed, "seq": 0, "floor": 0, "alive": 0, "digest": digest.EMPTY}
        for feed in feeds
    ]
    many.bound(many.unless_there(FeedHead), fresh).write()
    return _heads(_LOCKED_HEADS, org_id, feeds)


def _keep(locked: Iterable[Head]) -> None:
    """Write down where these feeds stand now."""
    stand = [
        {"of": head.org_id, "named": head.feed, "seq": head.seq, "floor": head.floor,
         "alive": head.alive, "digest": head.digest}
        for head in locked
    ]  # fmt: skip
    if stand:
        session.connection().execute(_STAND, stand)


def _move(head: Head, parts: Sequence[tuple[datetime, dict[Row, str | None]]]) -> Iterable[dict[str, Any]]:
    """Move the staged rows to the end of the feed, part by part, and its digest with them; gives the rows
    that are to be written."""
    held = _held(head, {row for _, staged in parts for row in staged if row != _BUMP})
    written: dict[Row, dict[str, Any]] = {}
    add: list[int] = []
    take: list[int] = []
    for at, staged in parts:
        head.seq += _BUMP in staged
        for row, version in staged.items():
            before = held.get(row)
            if row == _BUMP or version == before:  # it already stands so, or was never there
                continue
            if before is not None:
                take.append(digest.row(*row, before))
                head.alive -= 1
            if version is not None:
                add.append(digest.row(*row, version))
                head.alive += 1
                held[row] = version
            else:
                del held[row]
            head.seq += 1
            kind, id = row
            written[row] = {
                "org_id": head.org_id,
                "feed": head.feed,
                "kind": kind,
                "id": id,
                "seq": head.seq,
                "version": version or before,
                "tombstone": version is None,
                "at": at,
            }
    if written:
        head.digest = digest.moved(head.digest, add=add, take=take)
    return written.values()


def _held(head: Head, rows: Iterable[Row]) -> dict[Row, str]:
    """The versions that the feed carries alive of these rows."""
    held: dict[Row, str] = {}
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, id in sorted(rows):
        ids[kind].append(id)
    for kind in ids:  # each by the whole key: a feed may be long
        for chunk in _chunks(ids[kind]):
            for id, version in _VERSIONS(org=head.org_id, feed=head.feed, kind=kind, ids=chunk):
                held[kind, id] = version
    return held


_OF_THESE: Final = select(
    FeedHead.org_id, FeedHead.feed, FeedHead.seq, FeedHead.floor, FeedHead.alive, FeedHead.digest
).where(FeedHead.org_id == bindparam("org"), FeedHead.feed.in_(bindparam("feeds", expanding=True)))
_HEADS: Final = Asked(_OF_THESE)
_LOCKED_HEADS: Final = Asked(_OF_THESE.order_by(FeedHead.feed).with_for_update())
_STAND: Final = (
    update(FeedHead)
    .where(FeedHead.org_id == bindparam("of"), FeedHead.feed == bindparam("named"))
    .values({name: bindparam(name) for name in ("seq", "floor", "alive", "digest")})
)
_CARRIED: Final = (
    select(FeedRow.feed, FeedRow.kind, FeedRow.id, FeedRow.seq, FeedRow.version, FeedRow.tombstone)
    .where(FeedRow.org_id == bindparam("org"), FeedRow.feed == bindparam("feed"))
    .order_by(FeedRow.seq)
)
_ALIVE: Final = Asked(_CARRIED.where(~FeedRow.tombstone))
_AFTER: Final = Asked(
    _CARRIED.where(
        FeedRow.seq > bindparam("seq"), or_(~FeedRow.tombstone, FeedRow.seq > bindparam("alive_until"))
    ).limit(bindparam("most"))
)
_VERSIONS: Final = Asked(
    select(FeedRow.id, FeedRow.version).where(
        FeedRow.org_id == bindparam("org"),
        FeedRow.feed == bindparam("feed"),
        FeedRow.kind == bindparam("kind"),
        FeedRow.id.in_(bindparam("ids", expanding=True)),
        ~FeedRow.tombstone,
    )
)


def _chunks(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


@cache
def _writing(dialect: str) -> Insert:
    """Rows, new or moved to the end."""
    insert = _insert(dialect, FeedRow)
    upsert: Insert = insert.on_conflict_do_update(
        index_elements=["org_id", "feed", "kind", "id"],
        set_={name: insert.excluded[name] for name in ("seq", "version", "tombstone", "at")},
    )
    return upsert


def _insert(dialect: str, table: Any) -> Any:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table.__table__)


db.before_commit(flush)
