"""The way down: what the phone may know and does not have yet (rules S4, S5, S10, S12).

Scope, rows and heads are read in one snapshot, so that nothing is skipped. A phone that has read a feed up to
a number gets what came after it; one that begins, or whose number lies below the feed's floor, or that knows
another epoch, walks the feed's alive rows from the start. ``walks`` in the cursor remembers where the feed
stood when the walk began, so that a walk of many pages is not taken for a number that is too old.

A phone whose sum of a feed differs sends the sums of its 256 parts. Once it lacks nothing else, the buckets
that differ are sent again, whole, as many as the budget takes and at least one: what it holds there and does
not hear of is no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import bindparam, select

from server.base import db, feeds, spelling
from server.base.asked import Asked
from server.base.feeds import Carried, Head
from server.base.models import Org
from server.base.policy import Actor
from server.replication.rendering import Fresh, Rendered, render
from server.teams import queries as teams
from sync.core import digest
from sync.messages import (
    LEAST_BUDGET_BYTES,
    MOST_BUDGET_BYTES,
    Change,
    Cursor,
    FeedSum,
    change_json,
)

_PAGE_ROWS = 100
_FEED_ORDER = ("user", "device", "team", "county")


@dataclass(frozen=True)
class Pulled:
    """What goes down in one answer. Without a cursor the phone keeps its own."""

    epoch: str
    backed_up_to: datetime | None
    changes: tuple[Change, ...] = ()
    cursor: Cursor | None = None
    more: bool = False
    feeds: dict[str, FeedSum] | None = None
    left: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass
class _Place:
    """Where the phone stands in one feed."""

    seq: int
    walk: int | None = None  # reads from the start; where the feed stood when it began
    reset: bool = False


@dataclass
class _Page:
    """What fits into this answer."""

    org_id: int
    budget: int
    fresh: Fresh  # what need not be read, as this exchange has brought it
    changes: list[Change] = field(default_factory=list)
    bytes: int = 0

    def takes(self, *changes: Change, anyhow: bool = False) -> bool:
        """Add them if they fit; the first always do."""
        size = sum(_size(change) for change in changes)
        if self.changes and self.bytes + size > self.budget and not anyhow:
            return False
        self.changes += changes
        self.bytes += size
        return True

    def rendered(self, rows: Sequence[Carried]) -> list[Change]:
        """These rows as they are written; what was brought just now and has not moved is not read back."""
        alive = [row for row in rows if not row.tombstone]
        bodies = {(row.kind, row.id): one for row in alive if (one := self._known(row))}
        lacking: dict[str, list[str]] = defaultdict(list)
        for row in alive:
            if (row.kind, row.id) not in bodies:
                lacking[row.kind].append(row.id)
        for kind, ids in sorted(lacking.items()):
            bodies.update({(kind, id): one for id, one in render(self.org_id, kind, ids).items()})
        return [_change(row, None if row.tombstone else bodies.get((row.kind, row.id))) for row in rows]

    def _known(self, row: Carried) -> Rendered | None:
        found = self.fresh.get((row.kind, row.id))
        return found if found is not None and found[0] == row.version else None


def pull(
    actor: Actor,
    cursor: Cursor | None,
    budget: int,
    now: datetime,
    parts: Mapping[str, Sequence[str]] = MappingProxyType({}),
    fresh: Fresh = MappingProxyType({}),
) -> Pulled:
    """The next page of what this phone lacks. ``parts``: its own sums of feeds that it doubts; ``fresh``:
    what this exchange has brought."""
    page = _Page(actor.org_id, max(LEAST_BUDGET_BYTES, min(budget, MOST_BUDGET_BYTES)), fresh)
    with db.reading():
        epoch, backed_up_to = _stands_at(actor.org_id)
        scope = sorted(teams.feeds_of(actor.org_id, actor.user_id, now), key=_order)
        if actor.device_id is not None and f"device:{actor.device_id}" not in scope:
            scope.append(f"device:{actor.device_id}")
        heads = feeds.heads(actor.org_id, scope)
        places = {feed: _stands(feed, heads.get(feed), cursor, epoch) for feed in scope}
        complete = all(_fill(page, feed, heads.get(feed), places[feed]) for feed in scope)
        doubted = {feed: parts[feed] for feed in scope if feed in parts} if complete else {}
        mended = _mend(page, doubted)
    return Pulled(
        epoch=epoch,
        backed_up_to=backed_up_to,
        changes=tuple(page.changes),
        cursor=Cursor(
            epoch,
            {feed: place.seq for feed, place in places.items()},
            {feed: place.walk for feed, place in places.items() if place.walk is not None},
        ),
        more=not complete,
        feeds={feed: _sum(heads.get(feed)) for feed in scope} if complete else None,
        left=tuple(sorted(cursor.feeds.keys() - set(scope))) if cursor else (),
        reset=tuple(feed for feed in scope if places[feed].reset),
        parts=mended,
    )


def nothing(org_id: int) -> Pulled:
    """An answer without a pull."""
    with db.reading():
        return Pulled(*_stands_at(org_id))


def _stands_at(org_id: int) -> tuple[str, datetime | None]:
    """The database's epoch, and until when it is in a backup."""
    epoch, backed_up_to = _ORG.one(org=org_id)
    return epoch, backed_up_to


_ORG: Final = Asked(select(Org.epoch, Org.backed_up_to).where(Org.id == bindparam("org")))


def _order(feed: str) -> tuple[int, str]:
    kind = feed.partition(":")[0]
    return (_FEED_ORDER.index(kind) if kind in _FEED_ORDER else len(_FEED_ORDER), feed)


def _stands(feed: str, head: Head | None, cursor: Cursor | None, epoch: str) -> _Place:
    end, floor = (head.seq, head.floor) if head else (0, 0)
    if cursor is None or feed not in cursor.feeds:
        return _Place(0, walk=end or None)
    seq, walk = cursor.feeds[feed], cursor.walks.get(feed)
    too_old = seq < floor and (walk is None or walk < floor)
    if cursor.epoch != epoch or too_old or seq > end:
        return _Place(0, walk=end or None, reset=True)
    return _Place(seq, walk)


def _fill(page: _Page, feed: str, head: Head | None, place: _Place) -> bool:
    """Add the feed's next changes; True if it has been read to its end."""
    end = head.seq if head else 0
    while place.seq < end:
        rows = feeds.rows_after(page.org_id, feed, place.seq, _PAGE_ROWS, alive_until=place.walk or 0)
        for row, change in zip(rows, page.rendered(rows), strict=True):
            if not page.takes(change):
                return False
            place.seq = row.seq
        if len(rows) < _PAGE_ROWS:
            place.seq = end
        if place.walk is not None and place.seq >= place.walk:
            place.walk = None
    return True


def _mend(page: _Page, doubted: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Send the buckets that differ, whole; say which. A feed for which there is no room is left out, one in
    which nothing differs has none."""
    mended: dict[str, tuple[int, ...]] = {}
    for feed, sums in doubted.items():
        rows = feeds.alive(page.org_id, feed)
        ours = digest.parts((row.kind, row.id, row.version) for row in rows)
        differ = [bucket for bucket in range(digest.BUCKETS) if ours[bucket] != sums[bucket]]
        lying: dict[int, list[Carried]] = {bucket: [] for bucket in differ}
        for row in rows:
            if (bucket := digest.bucket(row.kind, row.id)) in lying:
                lying[bucket].append(row)
        first = not any(mended.values())
        sent = _whole_buckets(page, lying, first=first)
        if sent or not differ:
            mended[feed] = sent
    return mended


def _whole_buckets(page: _Page, lying: Mapping[int, Sequence[Carried]], *, first: bool) -> tuple[int, ...]:
    """As many of these as there is room for, and one in any case if it is the answer's first."""
    sent: list[int] = []
    for bucket, rows in lying.items():
        if not page.takes(*page.rendered(rows), anyhow=first and not sent):
            break
        sent.append(bucket)
    return tuple(sent)


def _size(change: Change) -> int:
    return len(spelling.written(change_json(change)).encode()) + 1


def _change(row: Carried, rendered: tuple[str, dict[str, object]] | None) -> Change:
    body = rendered[1] if rendered else None
    unreadable = rendered is None and not row.tombstone
    return Change(row.feed, row.kind, row.id, row.seq, row.version, body, unreadable)


def _sum(head: Head | None) -> FeedSum:
    return FeedSum(head.alive, head.digest) if head else FeedSum(0, digest.EMPTY)
