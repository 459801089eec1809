"""Small work that may wait a moment: a thread in each server process goes round and does a little of it.

It lies in a concern's own rows, so that whoever was killed over it leaves it to the next one. Requests come
first: while bodies of photos are on their way into this process, the thread rests after each piece of work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from flask import Flask

from server.base.background import Background
from server.base.lanes import Lane

LOOK_EVERY_S = 1.0
GIVE_WAY_S = 0.2
log = structlog.get_logger(__name__)

Work = Callable[[], bool]  # does one piece; True: there may be more. May run in several processes at once


class Rounds(Background):
    """Does its works, one piece after the other, until it is stopped."""

    def __init__(self, app: Flask, works: Sequence[Work]) -> None:
        self._app = app
        self._works = works
        super().__init__("rounds")

    def turn(self) -> float:
        lane: Lane = self._app.extensions["lianxin.lane"]
        if not self.run_once():
            return LOOK_EVERY_S
        return GIVE_WAY_S if lane.taken else 0

    def run_once(self) -> bool:
        """One piece of each work; False when there was none. What fails is told and tried again later."""
        done = False
        with self._app.app_context():
            for work in self._works:
                try:
                    done |= work()
                except Exception:
                    log.exception("rounds.failed", work=work.__qualname__)
        return done
