"""What a device said of itself, and when it was last heard (rule S13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server.accounts import queries
from server.accounts import service as accounts
from server.base import audit
from server.base.policy import Actor
from sync.messages import Request

_NEWS_AFTER = timedelta(minutes=1)


def manifest_of(request: Request) -> dict[str, Any] | None:
    """What the phone says it still holds, with its version of the app."""
    if request.manifest is None or len(request.manifest) == 1:  # the hash alone: as it said before
        return None
    return {**request.manifest, "app": request.app}


def is_news(actor: Actor, manifest: dict[str, Any] | None, now: datetime) -> bool:
    """Is there something to write down? An idle phone that asks every few seconds is none."""
    heard_at, held = queries.last_heard(actor.org_id, actor.device_id or "")
    changed = manifest is not None and manifest["hash"] != (held or {}).get("hash")
    return changed or heard_at is None or now - heard_at >= _NEWS_AFTER


def hear(actor: Actor, manifest: dict[str, Any] | None, now: datetime) -> None:
    """Note what the device said. Its row is locked by this, first of all locks."""
    if actor.device_id is not None:
        accounts.heard(actor.org_id, actor.device_id, now, manifest)
        if manifest is not None and manifest.get("mismatched"):
            audit.record(actor, "device.differs", "device", actor.device_id, feeds=manifest["mismatched"])
