"""PROTOCOL.md's HTTP examples, run against the server in their order, and its tables against the code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

from server.visits.intake import REFUSALS
from tests.factories.county import County, converted

TEXT = (files("sync") / "PROTOCOL.md").read_text("utf-8")
ANYTHING = "…"
HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Message:
    first: str
    headers: dict[str, str]
    body: str


def messages() -> list[Message]:
    found = []
    for block in re.findall(r"```http\n(.*?)```", TEXT, re.DOTALL):
        head, _, body = block.partition("\n\n")
        first, *lines = head.splitlines()
        headers = dict(line.split(": ", 1) for line in lines)
        found.append(Message(first, headers, body.rstrip("\n")))
    return found


def assert_alike(said: Any, written: Any, path: str = "") -> None:
    """What was answered is what is written, where … stands for anything."""
    if written == ANYTHING:
        return
    if isinstance(written, dict):
        assert isinstance(said, dict), path
        if ANYTHING not in written:
            assert set(said) == set(written), path
        for name, value in written.items():
            if name != ANYTHING:
                assert name in said, f"{path}/{name}"
                assert_alike(said[name], value, f"{path}/{name}")
    elif isinstance(written, list):
        open_end = bool(written) and written[-1] == ANYTHING
        wanted = written[:-1] if open_end else written
        assert len(said) >= len(wanted) if open_end else len(said) == len(wanted), path
        for index, value in enumerate(wanted):
            assert_alike(said[index], value, f"{path}/{index}")
    else:
        assert said == written, path


def test_every_http_example_is_what_the_server_does(county: County) -> None:
    """[S1] [S3] [S4]"""
    phone = county.phone()
    version = converted("daily-contact").definition.version
    pairs = list(zip(messages()[::2], messages()[1::2], strict=True))
    assert len(pairs) >= 5
    for asked, answered in pairs:
        method, path, _ = asked.first.split(" ")
        body = asked.body.replace("2026112401", version).encode()
        early = (
            {"iat": int(county.clock().timestamp()) - 660} if "ago" in asked.headers["Authorization"] else {}
        )
        token = phone.sign(method, path, body, **early)
        headers = {**asked.headers, "Authorization": f"Bearer {token}"}
        response = county.app.test_client().open(path, method=method, data=body, headers=headers)
        _, status, reason = answered.first.split(" ", 2)
        assert (response.status_code, HTTPStatus(int(status)).phrase) == (int(status), reason), response.text
        assert response.mimetype == answered.headers["Content-Type"]
        assert_alike(response.get_json(), json.loads(answered.body), asked.first)


def test_the_table_of_codes_is_the_codes_that_sync_refuses_with() -> None:
    """[S3]"""
    written = dict(re.findall(r"^\| `(\w+)` \| (refused|deferred|held) \|", TEXT, re.MULTILINE))
    assert {code for code, outcome in written.items() if outcome == "refused"} == REFUSALS
    assert {code for code, outcome in written.items() if outcome != "refused"} == {"unknown_kind", "waits"}


def test_every_rule_is_cited_by_a_vector_or_a_test() -> None:
    rules = set(re.findall(r"^- \*\*(S\d+) ", TEXT, re.MULTILINE))
    places = [
        *HERE.glob("tests/**/*.py"),
        *HERE.glob("sync/vectors/*.json"),
        *HERE.glob("pwa/src/**/*.test.ts"),
    ]
    cited = {
        rule
        for place in places
        for rule in re.findall(r"\[(S\d+)\]|\"rule\": \"(S\d+)\"", place.read_text("utf-8"))
        for rule in rule
        if rule
    }
    assert rules
    assert rules <= cited, rules - cited
