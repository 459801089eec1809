"""Feeds whose sum differs are mended in 256 parts (rule S12): what differs is sent again by buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.core import digest
from sync.hub.pulling import Page, change_of
from sync.hub.state import Feed
from sync.messages import Change


def mend(
    page: Page, feeds: Mapping[str, Feed], doubted: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, ...]]:
    """Add buckets that differ, whole, while there is room, and one in any case; say which. A feed without a
    difference is named without any, one for which there is no room not at all."""
    mended: dict[str, tuple[int, ...]] = {}
    for name in [one for one in feeds if one in doubted]:
        differing = _differing(name, feeds[name], doubted[name])
        sent = _fit(page, differing, at_least_one=not any(mended.values()))
        if sent or not differing:
            mended[name] = sent
    return mended


def _differing(name: str, feed: Feed, sums: Sequence[str]) -> dict[int, list[Change]]:
    alive = sorted(((key, row) for key, row in feed.rows.items() if row.version), key=lambda one: one[1].seq)
    ours = digest.parts((*key, row.version or "") for key, row in alive)
    differing: dict[int, list[Change]] = {
        bucket: [] for bucket in range(digest.BUCKETS) if ours[bucket] != sums[bucket]
    }
    for key, row in alive:
        if digest.bucket(*key) in differing:
            differing[digest.bucket(*key)].append(change_of(name, key, row))
    return differing


def _fit(page: Page, differing: Mapping[int, Sequence[Change]], *, at_least_one: bool) -> tuple[int, ...]:
    sent: list[int] = []
    for bucket, changes in differing.items():
        if not page.takes(*changes, anyhow=at_least_one and not sent):
            break
        sent.append(bucket)
    return tuple(sent)
