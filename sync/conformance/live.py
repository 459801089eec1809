"""A line to any live server, by its URL and an enrolment code."""

from __future__ import annotations

import gzip
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx

from sync.client.answer import Heard
from sync.client.phone import Clocks, Phone
from sync.client.signing import Identity, sign
from sync.client.transport import TIMEOUT_S, send
from sync.conformance.pattern import Differs
from sync.conformance.player import Fault, Line, Player, Sending, Transcript

LATE_MS = 660_000


def check(url: str, code: str, played: Sequence[Transcript], say: Callable[[str], None]) -> int:
    """Play these transcripts; how many did not go as the protocol says. Raises NotEnrolled."""
    with TemporaryDirectory() as folder, httpx.Client(timeout=TIMEOUT_S) as client:
        phone = Phone.enrol(url, code, Path(folder) / "phone.db", "conformance")
        who, key = Identity(**phone.store.get("who")), phone.store.get("key")
        phone.close()
        player = Player(line(client, url, key, who), Clocks(str(uuid4())), secrets.token_bytes, who.user)
        faults = 0
        for transcript in played:
            began = time.monotonic()
            try:
                player.play(transcript)
                say(f"well   {time.monotonic() - began:5.2f} s  {transcript.name}")
            except Fault as fault:
                faults += 1
                say(f"FAULT  {fault}")
        return faults


def line(client: httpx.Client, url: str, key: str, who: Identity) -> Line:
    """Signs as it is told, packs what says that it is packed."""

    def carry(sending: Sending) -> Heard:
        ask = sending.ask
        headers = {"Content-Type": ask.type, "Accept-Language": "en", **sending.headers}
        if ask.range is not None:
            headers["Content-Range"] = ask.range
        token = _token(sending, key, who)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        body = gzip.compress(ask.body) if headers.get("Content-Encoding") == "gzip" else ask.body
        heard = send(client, ask.method, url.rstrip("/") + ask.path, headers, body)
        if heard is None:
            raise Differs("", None, "an answer")
        return heard

    return carry


def _token(sending: Sending, key: str, who: Identity) -> str | None:
    ask, now_ms = sending.ask, int(datetime.now(UTC).timestamp() * 1000)
    match sending.sign:
        case "nothing":
            return None
        case "late":
            return sign(key, who, ask, now_ms - LATE_MS)
        case "another body":
            return sign(key, who, replace(ask, body=ask.body + b" "), now_ms)
        case "another path":
            return sign(key, who, replace(ask, path="/api/quarantine"), now_ms)
        case _:
            return sign(key, who, ask, now_ms)
