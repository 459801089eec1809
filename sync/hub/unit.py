"""One transaction of the hub, and what it tells the feeds (rules S1, S3, S4, S12).

A unit has its own copy of the tables; ``savepoint`` keeps another and puts it back; what was touched is
rendered and numbered last, feed by feed, when the unit is closed. Nothing of it is seen before the hub takes
the tables over in one assignment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sync.core import canonical, digest
from sync.hub.rendering import render
from sync.hub.state import Feed, FeedRow, Row, State

TOMBSTONE_DAYS = 400
DAY_MS = 86_400_000


class Unit:
    """Tables to work on, and what changed in which feed (True: it is there; False: it is gone)."""

    def __init__(self, state: State, now_ms: int) -> None:
        self.state = state.copy()
        self.now_ms = now_ms
        self.touched: dict[str, dict[Row, bool]] = {}

    def touch(self, feed: str, kind: str, id: str) -> None:
        """This feed carries the thing, as it will stand when the unit ends."""
        self.touched.setdefault(feed, {})[kind, id] = True

    def gone(self, feed: str, kind: str, id: str) -> None:
        """This feed no longer carries the thing."""
        self.touched.setdefault(feed, {})[kind, id] = False

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take everything back that was done inside, if it ends in an exception."""
        state, touched = self.state.copy(), {feed: dict(rows) for feed, rows in self.touched.items()}
        try:
            yield
        except BaseException:
            self.state, self.touched = state, touched
            raise

    def closed(self) -> State:
        """The tables, with every touched feed moved on."""
        for feed, rows in sorted(self.touched.items()):
            self.state.feeds[feed] = self._moved(self.state.feeds.get(feed, Feed()), rows)
        self.touched = {}
        return self.state

    def _moved(self, feed: Feed, touched: dict[Row, bool]) -> Feed:
        rows, seq = dict(feed.rows), feed.seq
        add: list[int] = []
        take: list[int] = []
        for (kind, id), there in touched.items():
            body = render(self.state, kind, id) if there else None
            version = version_of(body) if body is not None else None
            before = rows.get((kind, id))
            held = before.version if before else None
            if version == held:
                continue
            take += [digest.row(kind, id, held)] if held else []
            add += [digest.row(kind, id, version)] if version else []
            seq += 1
            rows[kind, id] = FeedRow(seq, version, body, self.now_ms, version or held or "-")
        alive = feed.alive + len(add) - len(take)
        moved = digest.moved(feed.digest, add=add, take=take)
        return replace(feed, seq=seq, alive=alive, digest=moved, rows=rows)

    def prune(self) -> None:
        """Forget tombstones that are older than any phone may be away; the floor says so."""
        before_ms = self.now_ms - TOMBSTONE_DAYS * DAY_MS
        for name, feed in self.state.feeds.items():
            old = {key for key, row in feed.rows.items() if row.version is None and row.at_ms < before_ms}
            if old:
                floor = max(feed.floor, *(feed.rows[key].seq for key in old))
                rows = {key: row for key, row in feed.rows.items() if key not in old}
                self.state.feeds[name] = replace(feed, floor=floor, rows=rows)


def version_of(body: Any) -> str:
    """The same body is the same version, and another is another."""
    return canonical.sha256(body)[:32]
