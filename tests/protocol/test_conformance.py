"""The same transcripts, the same answers: the oracle, and the real server on both databases."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import pytest

from sync.client.answer import Heard
from sync.client.phone import Clocks, Phone
from sync.client.signing import Identity
from sync.conformance import Fault, Player, Sending, Transcript, __main__, live, transcripts
from sync.conformance.pattern import Differs, match
from sync.conformance.player import Told
from sync.core import clock
from sync.hub import Caller
from sync.ops import At
from tests.factories import county, oracle
from tests.factories.citizen import DEVICE, START
from tests.factories.county import SHOUYI, XIUYUN
from tests.factories.served import Gunicorn, Served

pytestmark = pytest.mark.timeout(300)  # starts a county, and waits for its answers
PLAYED = transcripts()
IN_MEMORY = [one for one in PLAYED if one.over is None]
Oracle = Callable[[Transcript], list[Told]]
NOW_MS = clock.parse("2026-12-01T01:02:03.456Z")


def name_of(transcript: Transcript) -> str:
    return transcript.name


def hub_player() -> Player:
    """The hub, asked by somebody whose signature has been checked."""
    hub = oracle.hub(lambda: NOW_MS)
    caller = Caller(county.ORG, XIUYUN, DEVICE)

    def line(sending: Sending) -> Heard:
        ask = sending.ask
        headers = {"Content-Type": ask.type, **({"Content-Range": ask.range} if ask.range else {})}
        reply = hub.handle(caller, ask.method, ask.path, headers, ask.body)
        return Heard(reply.status, reply.headers, reply.body)

    return Player(line, lambda: At(clock.text(NOW_MS), 10_000_000, START), random.Random(7).randbytes, XIUYUN)


@pytest.fixture(scope="module")
def oracles() -> Oracle:
    """What the oracle answers."""
    player = hub_player()
    told: dict[str, list[Told]] = {}

    def play(transcript: Transcript) -> list[Told]:
        if transcript.name not in told:
            told[transcript.name] = player.play(transcript)
        return told[transcript.name]

    return play


@pytest.fixture(scope="module")
def real(gunicorn: tuple[Served, Gunicorn], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """A phone that was enrolled through the real door."""
    served, server = gunicorn
    url = f"http://127.0.0.1:{server.port}"
    phone = Phone.enrol(url, served.code(), tmp_path_factory.mktemp("phone") / "phone.db")
    who, key = Identity(**phone.store.get("who")), phone.store.get("key")
    phone.close()
    with httpx.Client(timeout=60) as client:
        line = live.line(client, url, key, who)
        yield Player(line, Clocks(str(uuid4())), random.Random(8).randbytes, who.user)


def test_there_are_transcripts_and_each_cites_its_rules() -> None:
    assert len(PLAYED) > 20
    assert len({one.name for one in PLAYED}) == len(PLAYED)
    assert all(one.rules and one.steps for one in PLAYED)


@pytest.mark.parametrize("transcript", IN_MEMORY, ids=name_of)
def test_the_oracle_answers_as_it_is_written(transcript: Transcript, oracles: Oracle) -> None:
    assert len(oracles(transcript)) == len(transcript.steps)


@pytest.mark.parametrize("transcript", PLAYED, ids=name_of)
def test_the_server_answers_as_it_is_written_and_as_the_oracle_does(
    transcript: Transcript, real: Player, oracles: Oracle
) -> None:
    said = real.play(transcript)
    if transcript.over is None:
        assert said == oracles(transcript)


def test_a_wrong_answer_is_found() -> None:
    """[S2]"""
    player = hub_player()
    true = player.line

    def forgetful(sending: Sending) -> Heard:
        heard = true(sending)
        return Heard(heard.status, heard.headers, heard.body.replace(b'"accepted"', b'"refused"'))

    player.line = forgetful
    replay = next(one for one in PLAYED if one.rules == ("S2",))
    with pytest.raises(Fault, match=r"\[S2\] .*step 1: /results/0/outcome"):
        player.play(replay)


def test_a_pattern_says_where_an_answer_differs() -> None:
    match({"a": [1, 2], "b": None}, {"a": [1, "…"], "…": "…"})
    for said, written, where in (
        ({"a": 1}, {"a": 2}, "/a"),
        ({"a": 1, "b": 2}, {"a": 1}, "/"),
        ([1, 2], [1], "/"),
        ([1], [1, 2, "…"], "/"),
        ({"a": True}, {"a": 1}, "/a"),
        ({}, {"a": 1, "…": "…"}, "/a"),
    ):
        with pytest.raises(Differs, match=f"^{where}:"):
            match(said, written)


def test_anybody_can_check_a_server_by_its_url_and_a_code(
    gunicorn: tuple[Served, Gunicorn], capsys: pytest.CaptureFixture[str]
) -> None:
    served, server = gunicorn
    url = f"http://127.0.0.1:{server.port}"
    assert __main__.main([url, "--code", served.code(SHOUYI), "--rule", "S9", "--rule", "S14"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    chosen = [one for one in PLAYED if {"S9", "S14"} & set(one.rules)]
    assert [line.split("  ")[-1] for line in lines] == [one.name for one in chosen]
    assert json.loads(last) == {"conformance": url, "transcripts": len(chosen), "faults": 0}
    assert __main__.main([url, "--code", "AAAA-AAAA"]) == 2
