"""When it happened, although the phone's clock may be a month off (rule S9).

A phone's wall clock can be set to anything at any time; its monotonic clock only runs, but begins anew with
every start of the app. So each event says all three: wall, monotonic, and which start. Each exchange leaves
an anchor: the same three beside the server's time. An event is corrected by the nearest anchor of its own
start, where only the monotonic distance counts, and is then certain. Without one, the nearest anchor of
another start lends its difference between wall and server; that may be wrong (the clock may have been set
in between), so the moment is marked uncertain. Order never depends on any of this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SPELLED = "a moment is written 2026-11-24T01:02:03.456Z"
_TEXT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


class At(Protocol):
    """A moment as the phone knows it, as ``sync.ops`` writes it."""

    @property
    def wall(self) -> str: ...
    @property
    def mono(self) -> int: ...
    @property
    def start(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the phone's clocks said when the server's time was known."""

    start: str
    mono: int
    wall: str
    server: str


class Corrected(NamedTuple):
    """A phone's moment by the server's clock."""

    ms: int  # since 1970, UTC
    certain: bool  # an anchor of the same start was there
    offset_ms: int | None  # what was added to the wall clock; None: nothing known, the wall clock as it is


def parse(text: str) -> int:
    """Milliseconds since 1970 of a `…Z` text with exactly three decimals. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError(_SPELLED)
    return _parsed(text)


@lru_cache(maxsize=1024)  # the same moment stands in several places of a visit
def _parsed(text: str) -> int:
    if _TEXT.fullmatch(text) is None:
        raise ValueError(_SPELLED)
    return (datetime.fromisoformat(text) - _EPOCH) // _MILLISECOND


def text(ms: int) -> str:
    """The moment as it is written on the wire."""
    moment = _EPOCH + timedelta(milliseconds=ms)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z".rjust(24, "0")


def correct(at: At, anchors: Sequence[Anchor]) -> Corrected:
    """The event by the server's clock. Of equally near anchors the first in the list is taken."""
    wall = parse(at.wall)
    same = [anchor for anchor in anchors if anchor.start == at.start]
    if same:
        near = same[0] if len(same) == 1 else min(same, key=lambda anchor: abs(anchor.mono - at.mono))
        ms = parse(near.server) + at.mono - near.mono
        return Corrected(ms, True, ms - wall)
    if anchors:
        near = min(anchors, key=lambda anchor: abs(parse(anchor.wall) - wall))
        offset = parse(near.server) - parse(near.wall)
        return Corrected(wall + offset, False, offset)
    return Corrected(wall, False, None)
