"""Plays transcripts over a line, and says at which step an answer is not what the protocol says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

from msgspec.structs import asdict

from sync.client.answer import Ask, Heard
from sync.conformance.pattern import Differs, match
from sync.conformance.scene import County, Scene
from sync.core import digest
from sync.ops import At
from sync.versions import VERSION

MOST_PAGES: Final = 1_000
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Sending:
    """One request of a transcript. ``sign``: how its signature is to be wrong, for lines that sign."""

    ask: Ask
    headers: Mapping[str, str] = field(default_factory=dict)
    sign: str | None = None


Line = Callable[[Sending], Heard]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A story in steps. ``over`` "http": only a line that really signs and packs can play it."""

    name: str
    rules: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]
    over: str | None


class Fault(AssertionError):
    """An answer is not what the protocol says."""

    def __init__(self, transcript: Transcript, step: int, what: str, heard: str) -> None:
        rules = " ".join(transcript.rules)
        super().__init__(f"[{rules}] {transcript.name}, step {step + 1}: {what}\n  answered: {heard}")


Told = tuple[int, str | None, tuple[tuple[str, str | None], ...]]  # status, code, (outcome, code) of each op


def transcripts() -> list[Transcript]:
    """All of them, in the order of their files."""
    found = []
    for file in sorted(files("sync.conformance").joinpath("transcripts").iterdir(), key=lambda one: one.name):
        for said in json.loads(file.read_text("utf-8")):
            steps = tuple(said["steps"])
            found.append(Transcript(said["name"], tuple(said["rules"]), steps, said.get("over")))
    return found


@dataclass
class Player:
    """One enrolled phone that plays transcripts, each as if it had just been installed."""

    line: Line
    moment: Callable[[], At]
    rand: Callable[[int], bytes]
    user: str
    n: int = 0
    county: County = field(init=False)

    def __post_init__(self) -> None:
        self.county = self._look_around()

    def play(self, transcript: Transcript) -> list[Told]:
        """What was answered at each step, in short. Raises Fault."""
        scene = Scene(self.county, self.moment, self.rand, self._next)
        return [
            _Step(self, scene, transcript, number, said).play()
            for number, said in enumerate(transcript.steps)
        ]

    def _next(self) -> int:
        self.n += 1
        return self.n

    def sync(self, members: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Heard:
        """One exchange with these members, the others as a fresh phone says them."""
        said = {
            "v": VERSION,
            "app": "conformance",
            "epoch": None,
            "clock": asdict(self.moment()),
            "cursor": None,
        }
        written = _json({**said, "ops": [], **members})
        return self.line(Sending(Ask("POST", "/api/sync", _JSON, written), headers or {}))

    def pages(self, cursor: Any = None) -> Iterator[dict[str, Any]]:
        """Exchanges without ops until there is no more."""
        for _ in range(MOST_PAGES):
            heard = self.sync({"cursor": cursor}).json()
            if not isinstance(heard, dict) or "changes" not in heard:
                raise Differs("", heard, "an answer to an exchange")
            yield heard
            cursor = heard["cursor"] or cursor
            if not heard["more"]:
                return
        raise Differs("/more", True, "false at some time")

    def _look_around(self) -> County:
        """The user's first team that has a form."""
        held = [change for page in self.pages() for change in page["changes"] if change.get("body")]
        bodies = {(one["kind"], one["id"]): one["body"] for one in held}
        forms = [body for (kind, _), body in sorted(bodies.items()) if kind == "form"]
        for one in bodies["me", self.user]["teams"]:
            team = bodies["team", one["team"]]
            for form in forms:
                if form["programme"] == team["programme"]:
                    return County(
                        self.user,
                        team["id"],
                        team["programme"],
                        form["form"],
                        form["version"],
                        form["sha256"],
                    )
        raise Differs("", None, "a team of this user with a form")


@dataclass(frozen=True)
class _Step:
    """One step of a transcript that is being played."""

    player: Player
    scene: Scene
    transcript: Transcript
    number: int
    said: Mapping[str, Any]

    def play(self) -> Told:
        heard = self._send()
        told = heard.json()
        try:
            status = self.said.get("status", 200)
            if heard.status != status:
                raise Differs("status", heard.status, status)
            match(told, self.scene.filled(self.said.get("hear", "…")))
            self._note(told)
            for check in self.said.get("then", ()):
                self._check(check, told)
            if "holds" in self.said:
                self._holds(self.scene.filled(self.said["holds"]))
        except Differs as differs:
            raise Fault(self.transcript, self.number, str(differs), repr(told)[:800]) from None
        return _in_short(heard.status, told)

    def _send(self) -> Heard:
        said = self.said
        headers = said.get("headers", {})
        if "sync" in said:
            body = {
                "v": VERSION,
                "app": "conformance",
                "epoch": None,
                "clock": asdict(self.player.moment()),
                "cursor": None,
                "ops": [],
                **self.scene.filled(said["sync"]),
            }
            written = {name: member for name, member in body.items() if member != "<absent>"}
            ask = Ask("POST", "/api/sync", said.get("type", _JSON), _json(written))
        elif "piece" in said:
            ask = self._piece(said["piece"])
        else:
            path = self.scene.filled(said.get("path", "/api/sync"))
            body = self.scene.filled(said.get("raw", "")).encode()
            ask = Ask(said.get("method", "POST"), path, said.get("type", _JSON), body)
        return self.player.line(Sending(ask, headers, said.get("sign")))

    def _piece(self, said: Mapping[str, Any]) -> Ask:
        data = self.scene.photo(said["of"])
        sha256 = hashlib.sha256(data).hexdigest()
        if said.get("damaged"):
            data = data[:-1] + bytes([data[-1] ^ 1])
        first, end = said.get("first", 0), said.get("end", len(data))
        span = None if said.get("whole") else said.get("range", f"bytes {first}-{end - 1}/{len(data)}")
        return Ask("PUT", f"/api/photos/{sha256}", "image/jpeg", data[first:end], span)

    def _note(self, told: Any) -> None:
        if isinstance(told, dict) and told.get("cursor"):
            self.scene.known["cursor"] = told["cursor"]
        if isinstance(told, dict) and told.get("epoch"):
            self.scene.known["epoch"] = told["epoch"]

    def _check(self, check: str, told: Any) -> None:
        match check:
            case "sums are of what was told":
                _sums(list(self.player.pages()))
            case "nothing is told twice":
                _once([told, *self.player.pages(told["cursor"])] if told["more"] else [told])
            case "all pages are the whole":
                rest = [told, *(self.player.pages(told["cursor"]) if told["more"] else ())]
                _sums(rest)
                _once(rest)
            case "parts are of what was told":
                _parts(self.player)
            case _:
                raise LookupError(check)

    def _holds(self, wanted: Sequence[Any]) -> None:
        """What a phone that was installed just now holds in the end."""
        held = {
            (change["kind"], change["id"]): change
            for page in self.player.pages()
            for change in page["changes"]
        }
        for one in wanted:
            found = held.get((one["kind"], one["id"]))
            if one.get("gone"):
                match(found, None, f"/{one['kind']}")
            else:
                match(found, {"…": "…", **one}, f"/{one['kind']}")


def _sums(pages: Sequence[Mapping[str, Any]]) -> None:
    """The sums of the last page are those of what all pages told (S12)."""
    rows: dict[str, dict[tuple[str, str], str]] = {}
    for page in pages:
        for one in page["changes"]:
            feed = rows.setdefault(one["feed"], {})
            if one.get("body") is None and not one.get("unreadable"):
                feed.pop((one["kind"], one["id"]), None)
            else:
                feed[one["kind"], one["id"]] = one["version"]
    for feed, said in pages[-1]["feeds"].items():
        held = [(*key, version) for key, version in rows.get(feed, {}).items()]
        match(said, {"alive": len(held), "digest": digest.of(held)}, f"/feeds/{feed}")


def _once(pages: Sequence[Mapping[str, Any]]) -> None:
    """A walk tells of each row once, in rising order within its feed (S4)."""
    numbers: dict[str, list[int]] = {}
    for page in pages:
        for one in page["changes"]:
            numbers.setdefault(one["feed"], []).append(one["seq"])
    for feed, all in numbers.items():
        match(all, sorted(set(all)), f"/changes of {feed}")


def _parts(player: Player) -> None:
    """A phone that holds nothing of its own feed gets all of it by its buckets, and then none differs."""
    *_, last = pages = list(player.pages())
    feed = next(one for one in last["feeds"] if one.startswith("user:"))
    rows = [
        (one["kind"], one["id"], one["version"])
        for page in pages
        for one in page["changes"]
        if one["feed"] == feed
    ]
    cursor = last["cursor"]
    heard = player.sync({"cursor": cursor, "parts": {feed: list(digest.parts(()))}, "budget": 262_144}).json()
    match(sorted({digest.bucket(kind, id) for kind, id, _ in rows}), heard["parts"][feed], "/parts")
    mended = player.sync({"cursor": cursor, "parts": {feed: list(digest.parts(rows))}}).json()
    match(mended["parts"], {feed: []}, "/parts")


def _in_short(status: int, told: Any) -> Told:
    said = told if isinstance(told, dict) else {}
    results = tuple((one["outcome"], one.get("code")) for one in said.get("results") or ())
    return status, said.get("code"), results


def _json(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # lone surrogates travel as escapes only
        return json.dumps(value, separators=(",", ":")).encode()
