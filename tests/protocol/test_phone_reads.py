"""The phone's own client reads every answer that the transcripts bring: nothing of one is lost on it."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deploy.bootstrap import node
from deploy.bootstrap.places import PWA
from sync.client.answer import Heard
from sync.conformance import Player, Sending, transcripts
from sync.core import clock
from sync.hub import Caller
from sync.ops import At
from sync.versions import VERSION
from tests.factories import county, oracle
from tests.factories.citizen import DEVICE, START
from tests.factories.county import XIUYUN

NOW_MS = clock.parse("2026-12-01T01:02:03.456Z")
COUNTED = ("results", "changes", "wanted", "receipts")


@dataclass
class Recorder:
    """A line to the oracle that remembers what was answered, under the name of the story that is played."""

    story: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hub = oracle.hub(lambda: NOW_MS)

    def __call__(self, sending: Sending) -> Heard:
        ask = sending.ask
        headers = {"Content-Type": ask.type, **({"Content-Range": ask.range} if ask.range else {})}
        reply = self.hub.handle(Caller(county.ORG, XIUYUN, DEVICE), ask.method, ask.path, headers, ask.body)
        said = {"method": ask.method, "path": ask.path, "status": reply.status, "text": reply.body.decode()}
        self.heard.append({"story": self.story, **said})
        return Heard(reply.status, reply.headers, reply.body)


@pytest.fixture(scope="module")
def heard() -> list[dict[str, Any]]:
    """Every answer of every transcript that the oracle can play."""
    recorder = Recorder()
    dice = random.Random(7)
    player = Player(recorder, lambda: At(clock.text(NOW_MS), 10_000_000, START), dice.randbytes, XIUYUN)
    for transcript in transcripts():
        if transcript.over is None:
            recorder.story = transcript.name
            player.play(transcript)
    return recorder.heard


@pytest.fixture(scope="module")
def read(heard: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the phone makes of each."""
    file = tmp_path_factory.mktemp("reader") / "reader.mjs"
    chosen = node.ensure()
    subprocess.run(chosen.tool(PWA / "build" / "outside.mjs", "reader", str(file)), cwd=PWA, check=True)
    lines = "\n".join(json.dumps(one) for one in heard)
    done = subprocess.run(chosen.tool(Path(file)), input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(heard)
    return told


Pairs = list[tuple[dict[str, Any], dict[str, Any]]]


def exchanges(heard: list[dict[str, Any]], read: list[dict[str, Any]], *, ours: bool) -> Pairs:
    """What exchanges were answered, in this version or in others, with what the phone made of it."""
    answered = [
        (one | {"said": json.loads(one["text"])}, told)
        for one, told in zip(heard, read, strict=True)
        if (one["method"], one["path"], one["status"]) == ("POST", "/api/sync", 200)
    ]
    return [(one, told) for one, told in answered if (one["said"]["v"] == VERSION) is ours]


def test_s4_s5_s7_an_exchange_of_this_version_is_read_whole_and_taken_in(
    heard: list[dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    seen = exchanges(heard, read, ours=True)
    assert len(seen) > 50, "the transcripts bring few exchanges"
    for one, told in seen:
        said = one["said"]
        counts = [len(said[name]) for name in COUNTED]
        assert told == {"got": "answer", "counts": counts, "taken": True, "epoch": said["epoch"]}, one[
            "story"
        ]


def test_s11_an_answer_of_another_version_is_no_answer(
    heard: list[dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    others = exchanges(heard, read, ours=False)
    assert others, "no transcript speaks another version"
    assert all(told == {"got": "nothing"} for _, told in others)


def test_s3_s7_problems_receipts_and_offsets_are_understood(
    heard: list[dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    kinds = set()
    for one, told in zip(heard, read, strict=True):
        if one["status"] >= 400:
            assert told == {"got": "problem", "code": json.loads(one["text"])["code"]}, one["story"]
        if one["status"] < 400 and one["method"] == "PUT":
            assert told == {"got": "offset" if one["status"] == 202 else "receipt"}, one["story"]
        kinds.add(told["got"])
    assert kinds >= {"answer", "problem", "receipt", "offset"}
