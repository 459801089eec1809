"""Requests over real HTTP. What breaks on the way, or comes too late, is no answer."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Final

import httpx

from sync.client.answer import Ask, Heard
from sync.client.signing import Identity, sign
from sync.core import clock

TIMEOUT_S: Final = 55.0
SMALL_BYTES: Final = 1_024


class Transport:
    """Carries signed requests to one county. ``now_ms``: the county's clock, as far as the phone knows it."""

    def __init__(
        self,
        url: str,
        pem: str,
        who: Identity,
        now_ms: Callable[[], int],
        language: str = "zh",
        client: httpx.Client | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self.pem = pem
        self.who = who
        self.now_ms = now_ms
        self.language = language
        self.client = client or httpx.Client(timeout=TIMEOUT_S, follow_redirects=False)

    def __call__(self, ask: Ask) -> Heard | None:
        """What was heard; signed once more with the county's time if the phone's clock is too far off."""
        heard = self._once(ask, self.now_ms())
        told = _time_in(heard)
        return heard if told is None else self._once(ask, told)

    def close(self) -> None:
        self.client.close()

    def _once(self, ask: Ask, now_ms: int) -> Heard | None:
        headers = {
            "Authorization": f"Bearer {sign(self.pem, self.who, ask, now_ms)}",
            "Accept-Language": self.language,
            "Content-Type": ask.type,
        }
        body = ask.body
        if ask.range is not None:
            headers["Content-Range"] = ask.range
        elif len(body) > SMALL_BYTES:  # pictures and sound are packed already
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
        return send(self.client, ask.method, self.url + ask.path, headers, body)


def send(client: httpx.Client, method: str, url: str, headers: dict[str, str], body: bytes) -> Heard | None:
    """One request; None when no whole answer came."""
    try:
        answered = client.request(method, url, content=body, headers=headers)
    except httpx.HTTPError:
        return None
    return Heard(answered.status_code, dict(answered.headers), answered.content)


def _time_in(heard: Heard | None) -> int | None:
    """The county's time, as ``clock_off`` tells it."""
    if heard is None or heard.status != 401:
        return None
    said = heard.json()
    if not isinstance(said, dict) or said.get("code") != "clock_off":
        return None
    try:
        return clock.parse(said["server_time"])
    except (KeyError, ValueError):
        return None
