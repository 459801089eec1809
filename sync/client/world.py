"""What the county has told: rows of feeds as they came, and the answer taken in (rules S4, S5, S12).

A thing may stand in several feeds; it is gone when the last of them no longer carries it, save what an unsent
op refers to. A feed that is read anew is marked, and what did not come again is swept when there is no more.
A feed whose sum differs is doubted: its 256 parts go with the next exchanges, as long as buckets come that
have not come before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sync.client.store import OWN, Store
from sync.core import digest
from sync.messages import MOST_PARTS, Change, FeedSum

DAY_MS: Final = 86_400_000


class World:
    """Rows of feeds. All that writes does so inside the caller's transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # ------------------------------------------------------------ taking in
    def apply(self, changes: Iterable[Change]) -> None:
        """Changes as they came: what cannot be rendered just now keeps what is held of it."""
        for one in changes:
            if one.body is None and not one.unreadable:
                self._drop(one.feed, one.kind, one.id)
                continue
            body = None if one.body is None else json.dumps(one.body, ensure_ascii=False)
            self.store.db.execute(
                "INSERT INTO rows (feed, kind, id, version, body) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (feed, kind, id) DO UPDATE SET version = excluded.version,"
                " body = coalesce(excluded.body, body), stale = 0",
                (one.feed, one.kind, one.id, one.version, body),
            )
            self.store.db.execute(
                "DELETE FROM rows WHERE feed = ? AND kind = ? AND id = ?", (OWN, one.kind, one.id)
            )

    def leave(self, feed: str) -> None:
        """The phone may no longer read it."""
        for row in self.store.rows("SELECT kind, id FROM rows WHERE feed = ?", feed):
            self._drop(feed, row["kind"], row["id"])
        self.store.db.execute("DELETE FROM doubts WHERE feed = ?", (feed,))

    def read_again(self, feed: str) -> None:
        """The feed begins anew: what does not come again is swept."""
        self.store.db.execute("UPDATE rows SET stale = 1 WHERE feed = ?", (feed,))
        self.store.db.execute("DELETE FROM doubts WHERE feed = ?", (feed,))

    def read_all_again(self) -> None:
        for feed in self.feeds():
            self.read_again(feed)

    def sweep(self) -> None:
        """There is no more: what is still marked is gone."""
        for row in self.store.rows("SELECT feed, kind, id FROM rows WHERE stale = 1 AND feed <> ?", OWN):
            self._drop(row["feed"], row["kind"], row["id"])

    def drop_missing(self, parts: Mapping[str, Sequence[int]], changes: Iterable[Change]) -> None:
        """Buckets that came are whole: what was not named in this answer is no more."""
        came = {(one.feed, one.kind, one.id) for one in changes}
        for feed, buckets in parts.items():
            for row in self.store.rows("SELECT kind, id FROM rows WHERE feed = ?", feed):
                lies = digest.bucket(row["kind"], row["id"])
                if lies in buckets and (feed, row["kind"], row["id"]) not in came:
                    self._drop(feed, row["kind"], row["id"])

    def drop_kept(self) -> None:
        """What was kept for an op that is sent by now is kept no longer."""
        refers = self._referred()
        for row in self.store.rows("SELECT kind, id FROM rows WHERE feed = ?", OWN):
            if row["id"] not in refers:
                self.store.db.execute(
                    "DELETE FROM rows WHERE feed = ? AND kind = ? AND id = ?", (OWN, row["kind"], row["id"])
                )

    def _drop(self, feed: str, kind: str, id: str) -> None:
        """This feed no longer carries the thing; the last one takes it away, unless an unsent op needs it."""
        last = self.store.count("SELECT count(*) FROM rows WHERE kind = ? AND id = ?", kind, id) == 1
        key = (feed, kind, id)
        if last and id in self._referred():
            self.store.db.execute(
                "UPDATE rows SET feed = ?, stale = 0 WHERE feed = ? AND kind = ? AND id = ?", (OWN, *key)
            )
        else:
            self.store.db.execute("DELETE FROM rows WHERE feed = ? AND kind = ? AND id = ?", key)

    def _referred(self) -> set[str]:
        unsent = self.store.rows("SELECT refers FROM ops WHERE state = 'waiting'")
        return {one for row in unsent for one in json.loads(row["refers"])}

    # ------------------------------------------------------------ comparing
    def compare(
        self, sums: Mapping[str, FeedSum], parts: Mapping[str, Sequence[int]], now_ms: int
    ) -> list[str]:
        """Count every feed anew and compare; the feeds whose parts are to be sent."""
        for feed in set(self.feeds()) - sums.keys():
            self.leave(feed)
        for feed, told in sums.items():
            rows = self._thing_rows(feed)
            if told == FeedSum(len(rows), digest.of(rows)):
                self.store.db.execute("DELETE FROM doubts WHERE feed = ?", (feed,))
            else:
                self._doubt(feed, parts, now_ms)
        return self.doubted()

    def _doubt(self, feed: str, parts: Mapping[str, Sequence[int]], now_ms: int) -> None:
        known = self.store.row("SELECT * FROM doubts WHERE feed = ?", feed)
        if known is not None and known["rests_until_ms"] is not None:
            if known["rests_until_ms"] > now_ms:
                return
            known = None
        if known is None:
            self._note_doubt(feed, [], None)
            return
        mended = json.loads(known["mended"])
        came = parts.get(feed)
        goes_on = bool(parts) if came is None else bool(set(came) - set(mended))
        rests = None if goes_on else now_ms + DAY_MS
        self._note_doubt(feed, sorted({*mended, *(came or ())}), rests)

    def _note_doubt(self, feed: str, mended: list[int], rests_until_ms: int | None) -> None:
        self.store.db.execute(
            "INSERT INTO doubts VALUES (?, ?, ?) ON CONFLICT (feed) DO UPDATE"
            " SET mended = excluded.mended, rests_until_ms = excluded.rests_until_ms",
            (feed, json.dumps(mended), rests_until_ms),
        )

    def doubted(self) -> list[str]:
        """Feeds that do not hold what the county holds and are being mended."""
        found = self.store.rows("SELECT feed FROM doubts WHERE rests_until_ms IS NULL ORDER BY feed")
        return [row["feed"] for row in found]

    def mismatched(self) -> list[str]:
        """All feeds that differ, for the manifest."""
        return [row["feed"] for row in self.store.rows("SELECT feed FROM doubts ORDER BY feed")]

    def parts(self) -> dict[str, list[str]]:
        """The sums of the buckets of doubted feeds, as many feeds as one exchange takes."""
        return {feed: list(digest.parts(self._thing_rows(feed))) for feed in self.doubted()[:MOST_PARTS]}

    def _thing_rows(self, feed: str) -> list[tuple[str, str, str]]:
        found = self.store.rows("SELECT kind, id, version FROM rows WHERE feed = ? AND stale = 0", feed)
        return [(row["kind"], row["id"], row["version"]) for row in found]

    # ------------------------------------------------------------ looking
    def feeds(self) -> list[str]:
        found = self.store.rows("SELECT DISTINCT feed FROM rows WHERE feed <> ? ORDER BY feed", OWN)
        return [row["feed"] for row in found]

    def things(self, kind: str) -> dict[str, Any]:
        """What is held of one kind, by id; each once, whatever feeds carry it."""
        found = self.store.rows(
            "SELECT id, body FROM rows WHERE kind = ? AND body IS NOT NULL ORDER BY id, feed", kind
        )
        return {row["id"]: json.loads(row["body"]) for row in found}

    def carriers(self, kind: str, id: str) -> list[str]:
        """The feeds that carry a thing; none: it is kept for an own op, or not held at all."""
        found = self.store.rows(
            "SELECT feed FROM rows WHERE kind = ? AND id = ? AND feed <> ? ORDER BY feed", kind, id, OWN
        )
        return [row["feed"] for row in found]
