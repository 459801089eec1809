"""The reference client's engine under the vectors that the browser's runs too (engine.vectors.test.ts)."""

from __future__ import annotations

from typing import Any

import pytest

from sync.client import engine
from sync.client.backoff import backoff_ms, retry_after_ms
from sync.client.engine import Effect, Event, Exchanging, Moment, Resting, State, Trouble
from sync.core import clock
from tests.protocol.test_vectors import cases

NOW_MS = 1_000_000
BROKEN = Trouble("broken")


def event(said: dict[str, Any]) -> Event:
    match said["type"]:
        case "woken":
            return engine.Woken(said["by"])
        case "answered":
            revoked = Trouble("device_revoked") if said.get("revoked") else None
            photos = said.get("photos", False)
            return engine.Answered(said["sent"], said["more"], said["moved"], revoked, photos)
        case "cut":
            problem = Trouble(said["problem"]) if "problem" in said else None
            return engine.Cut(said.get("unplugged", False), said.get("retry_after_ms"), problem)
        case "denied":
            return engine.Denied(tuple(said["sent"]), BROKEN)
        case "barred":
            return engine.Barred(BROKEN)
        case "counted":
            return engine.Counted(said["fails"])
        case "handed_in":
            return engine.HandedIn()
        case _:
            return engine.Uploaded(said["again"])


def spelled(effect: Effect) -> str:
    match effect:
        case engine.Exchange(batch, probe):
            return "exchange probe" if probe else f"exchange all {batch.bytes}/{batch.ops}"
        case engine.Alarm(at_ms):
            return f"alarm +{at_ms - NOW_MS}"
        case engine.Count(op):
            return f"count {op}"
        case engine.HandIn(op):
            return f"hand_in {op}"
        case engine.Upload():
            return "upload"


def ends(state: State) -> dict[str, Any]:
    at = {Resting: "resting", Exchanging: "exchanging"}.get(type(state.doing), "other")
    line = f"trouble {state.trouble.code}" if state.trouble else "offline" if state.offline else "well"
    return {
        "at": at,
        "line": line,
        "tries": state.tries,
        "bytes": state.batch.bytes,
        "ops": state.batch.ops,
    }


@pytest.mark.parametrize("case", cases("engine", "stories"))
def test_each_event_has_its_effects(case: dict[str, Any]) -> None:
    state = engine.START
    for number, said in enumerate(case["events"]):
        state, effects = engine.step(state, event(said), Moment(NOW_MS, 0.5))
        assert [spelled(effect) for effect in effects] == said["then"], f"event {number + 1}"
    assert ends(state) == case["ends"]


@pytest.mark.parametrize("case", cases("engine", "waits"))
def test_how_long_to_wait(case: dict[str, Any]) -> None:
    assert backoff_ms(case["tries"], case["rand"]) == case["ms"]


@pytest.mark.parametrize("case", cases("engine", "retry_after"))
def test_a_time_that_the_server_names(case: dict[str, Any]) -> None:
    now_ms = clock.parse("2026-11-24T01:00:00.000Z")
    assert retry_after_ms(case["header"], now_ms) == case["ms"]
