"""PROTOCOL.md's HTTP examples, run against the server in their order, and its tables against the code."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from werkzeug.test import TestResponse

from server.accounts import service as accounts
from server.base import db, ledger, patience
from server.base.catalogue import CATALOGUE
from server.base.settings import Settings
from server.forms import queries as forms
from server.photos import cleaning, looks
from server.replication.rendering import RENDERERS
from server.replication.routes import MOST_HANDED_IN
from server.visits import quarantine
from server.visits.reading import REFUSALS
from sync.core import canonical, digest, instance
from sync.messages import (
    MOST_HAVE,
    MOST_MANIFEST_BYTES,
    MOST_OPS,
    MOST_PARTS,
    MOST_PHOTO_BYTES,
    MOST_PIECE_BYTES,
    MOST_PREVIEW_BYTES,
    MOST_PREVIEWS,
)
from sync.ops import MOST_ASKED, MOST_NOTE, MOST_OP_BYTES, MOST_PATH, MOST_REASON
from tests.factories import pictures
from tests.factories.county import ORG, XIUYUN, County, converted
from tests.factories.phone import Phone

TEXT = (files("sync") / "PROTOCOL.md").read_text("utf-8")
ANYTHING = "…"
HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Message:
    first: str
    headers: dict[str, str]
    body: str


def messages(text: str) -> list[Message]:
    found = []
    for block in re.findall(r"```http\n(.*?)```", text, re.DOTALL):
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


@dataclass
class Caller:
    """Who plays the examples: a phone that has just been enrolled, and one that is no longer in use."""

    county: County
    phone: Phone
    revoked: Phone
    photo: pictures.File = field(default_factory=pictures.photo)
    op: Any = None
    heard: dict[str, Any] = field(default_factory=dict)

    def send(self, asked: Message) -> TestResponse:
        method, path, _ = self.filled(asked.first).split(" ")
        headers = {name: self.filled(value) for name, value in asked.headers.items()}
        body = self.body(asked)
        if "Authorization" in headers:
            headers["Authorization"] = (
                f"Bearer {self.signature(headers['Authorization'], method, path, body)}"
            )
        response = self.county.app.test_client().open(path, method=method, data=body, headers=headers)
        if path == "/api/sync" and response.status_code == 200:
            self.heard = {name: value for name, value in response.get_json().items() if value is not None}
            self.op = self.op or json.loads(body)["ops"][0]
        return response

    def signature(self, how: str, method: str, path: str, body: bytes) -> str:
        now = int(self.county.clock().timestamp())
        if "ago" in how:
            return self.phone.sign(method, path, body, iat=now - 660)
        if "another body" in how:
            return self.phone.sign(method, path, body + b" ")
        return (self.revoked if "revoked" in how else self.phone).sign(method, path, body)

    def filled(self, text: str) -> str:
        """The example with what only the caller can know."""
        known: dict[str, Callable[[], str]] = {
            "2026112401": lambda: converted("daily-contact").definition.version,
            "<sha256 of daily-contact>": self.form,
            "<code>": self.code,
            '"<epoch>"': lambda: json.dumps(self.heard["epoch"]),
            '"<cursor>"': lambda: json.dumps(self.heard["cursor"]),
            '"<the op above>"': lambda: json.dumps(self.op),
            "<sha256 of the photo>": lambda: self.photo.sha256,
            "<name of the photo>": lambda: self.photo.name,
            '"<bytes of the photo>"': lambda: str(len(self.photo.data)),
            "<bytes of the photo>": lambda: str(len(self.photo.data)),
            "<last byte of the photo>": lambda: str(len(self.photo.data) - 1),
            '"<256 sums of no rows>"': lambda: json.dumps([digest.EMPTY] * digest.BUCKETS),
            "<a small picture of it>": lambda: base64.b64encode(pictures.preview().data).decode(),
        }
        for name, value in known.items():
            text = text.replace(name, value()) if name in text else text
        return text

    def body(self, asked: Message) -> bytes:
        """What is sent: the text, or the piece of the photo that it stands for."""
        text = self.filled(asked.body)
        piece = re.fullmatch(r"<bytes (\d+)-(\d+) of the photo>", text)
        return self.photo.data[int(piece[1]) : int(piece[2]) + 1] if piece else text.encode()

    def form(self) -> str:
        with self.county.app.app_context(), db.reading():
            return str(forms.render_form(ORG, ["daily-contact"])["daily-contact"][1]["sha256"])

    def code(self) -> str:
        with self.county.app.app_context(), db.writing():
            return accounts.issue_code(ORG, XIUYUN, self.county.clock(), 14).code


def test_every_http_example_is_what_the_server_does(county: County) -> None:
    """[S1] [S2] [S3] [S4] [S5] [S12]"""
    assert run(county, TEXT) >= 9


def test_a_phone_of_version_1_hears_what_it_always_heard(county: County) -> None:
    """[S11]"""
    assert run(county, (HERE / "tests/protocol/version_1.md").read_text("utf-8")) >= 5


def run(county: County, text: str) -> int:
    """Play these examples in their order; how many there are."""
    caller = Caller(county, county.phone(), county.new_phone())
    county.revoke(caller.revoked)
    pairs = list(zip(messages(text)[::2], messages(text)[1::2], strict=True))
    for asked, answered in pairs:
        response = caller.send(asked)
        county.look()
        _, status, reason = answered.first.split(" ", 2)
        assert (response.status_code, HTTPStatus(int(status)).phrase) == (int(status), reason), response.text
        assert response.mimetype == answered.headers["Content-Type"]
        if response.is_json:
            assert_alike(response.get_json(), json.loads(caller.filled(answered.body)), asked.first)
    return len(pairs)


def test_the_table_of_codes_is_the_codes_that_sync_refuses_with() -> None:
    """[S3]"""
    written = dict(re.findall(r"^\| `(\w+)` \| (refused|deferred|held) \|", TEXT, re.MULTILINE))
    assert {code for code, outcome in written.items() if outcome == "refused"} == REFUSALS
    assert {code for code, outcome in written.items() if outcome != "refused"} == {
        "unknown_kind",
        "version_retired",
        "waits",
    }


def test_the_table_of_problems_is_what_the_catalogue_says() -> None:
    written = re.findall(r"^\| (\d{3}) \| (`[^|]+`) \|", TEXT, re.MULTILINE)
    assert len(written) > 8
    for status, codes in written:
        for code in re.findall(r"`(\w+)`", codes):
            assert CATALOGUE[code].status == int(status), code


def test_the_table_of_outcomes_names_every_outcome() -> None:
    written = re.findall(r"^\| `(accepted|refused|deferred|held)` \| ", TEXT, re.MULTILINE)
    assert sorted(written) == sorted(get_args(ledger.Outcome))


def test_every_change_has_the_members_that_are_written(county: County) -> None:
    """[S4]"""
    rows = re.findall(r"^\| (?:`[a-z:]+` )?\| `(\w+)`, [^|]+\| `(\{.*?\})`(?:;| \|)", TEXT, re.MULTILINE)
    written = {kind: members(body) for kind, body in rows}
    assert set(written) == set(RENDERERS)
    phone = county.phone()
    op = county.visit(phone)
    phone.sync(op)
    county.desk().post(f"/api/visits/{op['body']['visit']}/notes", {"text": "怎么样？"})
    phone.sync_all()
    for kind, names in written.items():
        bodies = phone.bodies(kind).values()
        assert bodies, kind
        for body in bodies:
            assert set(body) == names, kind


def members(written: str) -> set[str]:
    """The names of the outermost members of `{a, b: {c}, d: [e]}`."""
    depth, outer = 0, ""
    for letter in written:
        depth -= letter in "}]"
        outer += letter if depth == 1 and letter not in "{}[]" else ""
        depth += letter in "{["
    return {part.partition(":")[0].strip() for part in outer.split(",")}


LIMITS = {
    "body of an exchange": [Settings().max_body_bytes],
    "ops in an exchange": [MOST_OPS],
    "canonical bytes of an op": [MOST_OP_BYTES],
    "an instance's XML": [instance.MOST_BYTES, instance.MOST_DEPTH, instance.MOST_NODES],
    "fields that a correction": [MOST_ASKED, MOST_PATH, MOST_REASON, MOST_NOTE],
    "anchors": [20, MOST_MANIFEST_BYTES],
    "previews;": [MOST_PREVIEWS, MOST_PREVIEW_BYTES, looks.MOST_PREVIEW_SIDE, MOST_HAVE, MOST_PARTS],
    "bytes of a file": [MOST_PHOTO_BYTES, MOST_PIECE_BYTES, looks.MOST_PIXELS],
    "a partial": [cleaning.KEEP.days],
    "bytes handed in": [quarantine.MOST_RAW_BYTES, MOST_HANDED_IN],
    "body's time": [int(patience.GRACE_S), int(patience.LEAST_BYTES_PER_S)],
}


@pytest.mark.parametrize("what", LIMITS)
def test_the_table_of_limits_is_what_the_server_keeps(what: str) -> None:
    """[S10]"""
    line = next(line for line in TEXT.splitlines() if line.startswith(f"| {what}"))
    numbers = [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", line.split("|")[2])]
    assert [number for number in LIMITS[what] if number not in numbers] == []


def test_the_canonical_example_is_canonical() -> None:
    """[S2]"""
    ((value, spelled, sha256),) = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| `([0-9a-f]{64})` \|", TEXT, re.M)
    assert canonical.canonical(json.loads(value)).decode() == spelled
    assert canonical.sha256(json.loads(value)) == sha256


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
