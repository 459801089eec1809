"""The way down: the next page of what a phone may know and does not have yet (rules S4, S5, S10, S12)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sync.core import clock
from sync.hub.county import Caller
from sync.hub.state import Feed, FeedRow, Member, Row, State
from sync.messages import LEAST_BUDGET_BYTES, MOST_BUDGET_BYTES, Change, Cursor, FeedSum, change_json

_ORDER = ("user", "device", "team", "county")


@dataclass(slots=True)
class Page:
    """What fits into this answer."""

    budget: int
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


@dataclass(frozen=True, slots=True)
class Pulled:
    """What goes down in one answer. Without a cursor the phone keeps its own."""

    page: Page
    cursor: Cursor | None = None
    more: bool = False
    feeds: dict[str, FeedSum] | None = None
    left: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(self.page.changes)


@dataclass(slots=True)
class _Place:
    """Where the phone stands in one feed; ``walk``: where the feed stood when a walk from its start began."""

    seq: int
    walk: int | None = None
    reset: bool = False


def scope_of(state: State, caller: Caller, now_ms: int) -> list[str]:
    """The feeds that this user may read now, the most personal first."""
    teams = {one.team for one in state.members.values() if one.user == caller.user and holds(one, now_ms)}
    feeds = ["county", f"user:{caller.user}", f"device:{caller.device}", *(f"team:{team}" for team in teams)]
    return sorted(feeds, key=lambda feed: (_ORDER.index(feed.partition(":")[0]), feed))


def pull(state: State, caller: Caller, cursor: Cursor | None, budget: int, now_ms: int) -> Pulled:
    """The next page; all of it is read from one state."""
    page = Page(max(LEAST_BUDGET_BYTES, min(budget, MOST_BUDGET_BYTES)))
    scope = scope_of(state, caller, now_ms)
    feeds = {name: state.feeds.get(name, Feed()) for name in scope}
    places = {name: _stands(name, feeds[name], cursor, state.epoch) for name in scope}
    complete = all(_fill(page, name, feeds[name], places[name]) for name in scope)
    return Pulled(
        page=page,
        cursor=Cursor(
            state.epoch,
            {name: place.seq for name, place in places.items()},
            {name: place.walk for name, place in places.items() if place.walk is not None},
        ),
        more=not complete,
        feeds={name: FeedSum(feed.alive, feed.digest) for name, feed in feeds.items()} if complete else None,
        left=tuple(sorted(cursor.feeds.keys() - feeds.keys())) if cursor else (),
        reset=tuple(name for name in scope if places[name].reset),
    )


def backed_up_to(state: State) -> str | None:
    """Until when everything is in a finished backup."""
    return None if state.backed_up_to_ms is None else clock.text(state.backed_up_to_ms)


def holds(member: Member, at_ms: int) -> bool:
    """Does somebody belong to the team at that moment?"""
    return member.since_ms <= at_ms and (member.until_ms is None or member.until_ms > at_ms)


def _stands(name: str, feed: Feed, cursor: Cursor | None, epoch: str) -> _Place:
    if cursor is None or name not in cursor.feeds:
        return _Place(0, walk=feed.seq or None)
    seq, walk = cursor.feeds[name], cursor.walks.get(name)
    too_old = seq < feed.floor and (walk is None or walk < feed.floor)
    if cursor.epoch != epoch or too_old or seq > feed.seq:
        return _Place(0, walk=feed.seq or None, reset=True)
    return _Place(seq, walk)


def _fill(page: Page, name: str, feed: Feed, place: _Place) -> bool:
    """Add the feed's next changes; True if it has been read to its end. Who walks from the start has never
    held what a tombstone of that time takes away."""
    ordered = sorted(feed.rows.items(), key=lambda one: one[1].seq)
    for key, row in ordered:
        if row.seq <= place.seq or (row.version is None and row.seq <= (place.walk or 0)):
            continue
        if not page.takes(change_of(name, key, row)):
            return False
        place.seq = row.seq
        if place.walk is not None and place.seq >= place.walk:
            place.walk = None
    place.seq = feed.seq
    place.walk = None
    return True


def _size(change: Change) -> int:
    return len(json.dumps(change_json(change), ensure_ascii=False, separators=(",", ":")).encode()) + 1


def change_of(name: str, key: Row, row: FeedRow) -> Change:
    """A row as it is sent."""
    body = None if row.body is None else dict(row.body)
    return Change(name, *key, row.seq, row.last_version, body)
