"""What a request came to, read with care: what is not the county's answer is none (PROTOCOL.md §3, §8)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from sync.client.backoff import retry_after_ms
from sync.client.engine import Barred, Cut, Denied, Trouble
from sync.fields import Read, Uuid, moment, reader
from sync.messages import Change, FeedSum, Receipt, Response, Result, Wanted, cursor

OUTCOMES = ("accepted", "refused", "deferred", "held")
_DENIED = frozenset({400, 403, 413, 422, 500})
_NOT_NOW = frozenset({408, 429, 502, 503, 504})
_uuid: Read[str] = reader(Uuid)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, not yet signed."""

    method: str
    path: str
    type: str
    body: bytes
    range: str | None = None  # Content-Range of a piece


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """What a JSON text says; None for anything else."""
        try:
            return json.loads(self.body.decode())
        except (ValueError, RecursionError):
            return None

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), None)


def verdict(heard: Heard | None, sent: tuple[str, ...], now_ms: int) -> Cut | Denied | Barred | None:
    """What no success means for the ops that went; None: it is a success."""
    if heard is None:
        return Cut()
    if 200 <= heard.status < 300:
        return None
    problem = problem_in(heard)
    if heard.status == 401 or (problem and problem.code == "device_revoked"):
        return Barred(problem or Trouble("http_401"))
    if heard.status in _DENIED:
        return Denied(sent, problem or Trouble(f"http_{heard.status}"))
    if heard.status in _NOT_NOW or problem is None:
        return Cut(retry_after_ms=retry_after_ms(heard.header("Retry-After"), now_ms), problem=problem)
    return Denied(sent, problem)


def problem_in(heard: Heard) -> Trouble | None:
    """The problem in a body; None when it is not the county's (a proxy, a hotel's sign-in page)."""
    said = heard.json()
    if not isinstance(said, dict) or not isinstance(said.get("code"), str):
        return None
    return Trouble(said["code"], str(said.get("title", "")), str(said.get("detail", "")))


def read_answer(heard: Heard, version: int) -> Response | None:
    """The answer to an exchange of this version; None when these bytes are none."""
    said = heard.json()
    if not isinstance(said, dict) or said.get("v") != version:
        return None
    try:
        epoch, server_time = _uuid(said.get("epoch"), "epoch"), moment(said.get("server_time"), "time")
        read_cursor = cursor(said.get("cursor"), "cursor")
    except ValidationError:
        return None
    if not isinstance(said.get("results"), list) or not isinstance(said.get("changes"), list):
        return None
    return Response(
        results=tuple(
            Result(*_texts(one, Result.__slots__)) for one in _objects(said["results"]) if _is_result(one)
        ),
        changes=tuple(change for one in _objects(said["changes"]) if (change := read_change(one))),
        cursor=read_cursor,
        more=said.get("more") is True,
        epoch=epoch,
        server_time=server_time,
        feeds=_sums(said.get("feeds")),
        left=_strings(said.get("left")),
        reset=_strings(said.get("reset")),
        wanted=tuple(
            Wanted(one["sha256"], one["offset"]) for one in _objects(said.get("wanted")) if _is_wanted(one)
        ),
        receipts=tuple(found for one in _objects(said.get("receipts")) if (found := read_receipt(one))),
        backed_up_to=_moment(said.get("backed_up_to")),
        parts=_parts(said.get("parts")),
        v=version,
    )


def odd_changes(heard: Heard) -> list[Any]:
    """Changes that cannot be read: they are kept as they came, and the cursor moves on (rule S4)."""
    said = heard.json()
    changes = said.get("changes") if isinstance(said, dict) else None
    return [one for one in changes or [] if not isinstance(one, dict) or read_change(one) is None]


def read_change(said: dict[str, Any]) -> Change | None:
    """A change of whatever kind; None for one that names no row of a feed."""
    names = [said.get(name) for name in ("feed", "kind", "id", "version")]
    if not all(isinstance(name, str) and name and "\n" not in name for name in names):
        return None
    body, seq, unreadable = said.get("body"), said.get("seq"), said.get("unreadable") is True
    if type(seq) is not int or not (body is None or isinstance(body, dict)):
        return None
    if body is None and not unreadable and "body" not in said:
        return None
    feed, kind, id, version = map(str, names)
    return Change(feed, kind, id, seq, version, body, unreadable)


def read_receipt(said: Any) -> Receipt | None:
    """A receipt frees an original one day, so a half-read one is none."""
    if not isinstance(said, dict) or not _is_count(said.get("bytes")):
        return None
    aside = said.get("aside")
    if not _is_sha256(said.get("sha256")) or not (aside is None or isinstance(aside, str)):
        return None
    return Receipt(said["sha256"], said["bytes"], aside, True if said.get("pending") is True else None)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _texts(value: dict[str, Any], names: Any) -> list[Any]:
    return [said if isinstance(said := value.get(name), str) else None for name in names]


def _is_result(one: dict[str, Any]) -> bool:
    return isinstance(one.get("id"), str) and one.get("outcome") in OUTCOMES


def _is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_wanted(one: dict[str, Any]) -> bool:
    return _is_sha256(one.get("sha256")) and _is_count(one.get("offset"))


def _sums(value: Any) -> dict[str, FeedSum] | None:
    if not isinstance(value, dict):
        return None
    sums = {
        feed: FeedSum(one["alive"], one["digest"])
        for feed, one in value.items()
        if isinstance(one, dict) and _is_count(one.get("alive")) and _is_sha256(one.get("digest"))
    }
    return sums if len(sums) == len(value) else None


def _parts(value: Any) -> dict[str, tuple[int, ...]]:
    """What is not a list of buckets counts as none: the feed is asked about again."""
    return {
        feed: tuple(buckets)
        for feed, buckets in (value.items() if isinstance(value, dict) else ())
        if isinstance(buckets, list) and all(type(one) is int and 0 <= one < 256 for one in buckets)
    }


def _moment(value: Any) -> str | None:
    try:
        return moment(value, "")
    except ValidationError:
        return None
