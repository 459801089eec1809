"""A phone of version 1 of the exchange: the reference client, less what came with version 2 (rule S11).

It names no parts. A feed whose sum differs it leaves out of its cursor and reads from its start, sweeping as
after a ``reset`` (S12); when that has not helped twice, the feed rests for a day. Its store is the same, so
one day the app is updated and goes on with what is there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sync.client.exchange import Exchange
from sync.client.loop import Loop
from sync.client.world import DAY_MS, World

VERSION: Final = 1
HOPELESS: Final = 2  # whole readings in a row that did not help


class FormerWorld(World):
    def _doubt(self, feed: str, parts: Mapping[str, Sequence[int]], now_ms: int) -> None:
        known = self.store.row("SELECT * FROM doubts WHERE feed = ?", feed)
        if known is not None and (known["rests_until_ms"] or 0) > now_ms:
            return
        tries = len(json.loads(known["mended"])) if known is not None else 0
        if tries >= HOPELESS and known is not None and known["rests_until_ms"] is None:
            self._note_doubt(feed, [], now_ms + DAY_MS)
            return
        self.read_again(feed)
        self._note_doubt(feed, list(range(tries + 1)), None)
        cursor = self.store.get("cursor")
        for places in (cursor["feeds"], cursor["walks"]):
            places.pop(feed, None)
        self.store.put("cursor", cursor)


class FormerExchange(Exchange):
    def compared(self) -> dict[str, Any]:
        return {}


def speak(loop: Loop) -> None:
    """This loop is a former app's from now on."""
    loop.world = FormerWorld(loop.store)
    loop.exchange = FormerExchange(loop.store, loop.outbox, loop.world, loop.photos, VERSION)
