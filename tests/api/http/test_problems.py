"""However a request is wrong, the answer is a problem in the reader's language that says what to do next."""

from __future__ import annotations

import errno
import gzip
import socket
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.base import patience
from server.base.catalogue import CATALOGUE
from server.base.settings import Settings
from tests.cast import SIMIN, Cast


@dataclass(frozen=True)
class Wrong:
    """A request that nobody should send, and how it is answered."""

    status: int
    code: str
    method: str = "POST"
    path: str = "/api/enrolments"
    data: bytes = b"{}"
    kind: str = "application/json"
    encoding: str | None = None


LIMIT = 10_000
GOOD = (
    b'{"code": "ABCD-2345", "public_key": {"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}, "label": "%s"}'
)
WRONG = {
    "no JSON": Wrong(400, "malformed_json", data=b"{"),
    "another encoding": Wrong(400, "malformed_json", data='{"code": "连心"}'.encode("gb18030")),
    "cut short while packed": Wrong(
        400, "malformed_json", data=gzip.compress(b'{"code": 1}')[:-4], encoding="gzip"
    ),
    "too large": Wrong(413, "too_large", data=b'"' + b"a" * LIMIT + b'"'),
    "a bomb": Wrong(413, "too_large", data=gzip.compress(b" " * 50_000_000), encoding="gzip"),
    "an unknown packing": Wrong(415, "wrong_type", encoding="zstd"),
    "another type": Wrong(415, "wrong_type", kind="text/plain"),
    "a form": Wrong(415, "wrong_type", kind="application/x-www-form-urlencoded"),
    "another shape": Wrong(422, "invalid", data=b"[]"),
    "missing fields": Wrong(422, "invalid"),
    "unknown fields": Wrong(422, "invalid", data=GOOD.replace(b'"label"', b'"lable"')),
    "NUL": Wrong(422, "text_not_allowed", data=GOOD % b"a\\u0000b"),
    "a lone surrogate": Wrong(422, "text_not_allowed", data=GOOD % b"\\ud800"),
    "an unknown route": Wrong(404, "not_found", "GET", "/api/nowhere"),
    "an id that is none": Wrong(404, "not_found", "POST", "/api/desk/users/ABC/stop"),
    "a missing file": Wrong(404, "not_found", "GET", "/assets/gone-12345678.js"),
    "another method": Wrong(405, "wrong_method", "PUT", "/api/enrolments"),
    "nobody signed in": Wrong(401, "sign_in_needed", "GET", "/api/desk/me"),
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(**{**vars(settings), "max_body_bytes": LIMIT})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_request_hears_why_and_what_to_do(client: FlaskClient, wrong: Wrong, language: str) -> None:
    headers = {"Accept-Language": {"zh": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.9,zh;q=0.5"}[language]}
    if wrong.encoding:
        headers["Content-Encoding"] = wrong.encoding
    response = client.open(
        wrong.path, method=wrong.method, data=wrong.data, content_type=wrong.kind, headers=headers
    )
    assert (response.status_code, response.mimetype) == (wrong.status, "application/problem+json")
    assert response.headers["Content-Language"] == language
    said = response.get_json()
    entry = CATALOGUE[wrong.code]
    assert said["code"] == wrong.code
    assert said["type"] == f"urn:lianxin:problem:{wrong.code}"
    assert said["status"] == wrong.status
    assert said["request_id"] == response.headers["X-Request-Id"]
    title = entry.title_zh if language == "zh" else entry.title_en
    assert said["title"] == title.format(limit_bytes=LIMIT)
    assert said["detail"]
    assert "{" not in said["title"] + said["detail"]


@pytest.mark.parametrize(
    ("asked", "heard"),
    [("", "zh"), ("*", "zh"), ("en", "en"), ("de", "zh"), ("de, en;q=0.4", "en"), ("zh-Hant-TW", "zh")],
)
def test_the_language_is_chinese_unless_english_is_preferred(
    client: FlaskClient, asked: str, heard: str
) -> None:
    response = client.get("/api/nowhere", headers={"Accept-Language": asked})
    assert response.headers["Content-Language"] == heard


def test_a_wrong_value_is_named_by_its_place(cast: Cast) -> None:
    asked = {"name": "新人", "username": "Not Allowed", "password": "short"}
    said = cast.desk(SIMIN).post("/api/desk/users", asked).get_json()
    assert {error["path"] for error in said["errors"]} == {"/username", "/password"}


def test_a_wrong_query_is_named_too(cast: Cast) -> None:
    said = cast.desk(SIMIN).get("/api/desk/users?limit=0&search=a%00b").get_json()
    assert said["code"] == "text_not_allowed"
    said = cast.desk(SIMIN).get("/api/desk/users?limit=0").get_json()
    assert said["errors"][0]["path"] == "/limit"


def test_another_methods_answer_names_the_ones_that_exist(client: FlaskClient) -> None:
    assert client.put("/api/enrolments").headers["Allow"] == "POST"


def failing(error: BaseException) -> Any:
    def view() -> Any:
        raise error

    return view


BUGS = [
    ValueError("a secret detail"),
    OperationalError("INSERT", {}, Exception("attempt to write a readonly database: secret")),
    FileNotFoundError(errno.ENOENT, "no secret file"),
]


@pytest.mark.parametrize("bug", BUGS, ids=str)
def test_a_bug_is_a_500_without_its_details(app: Flask, bug: Exception) -> None:
    app.add_url_rule("/bug", view_func=failing(bug))
    response = app.test_client().get("/bug")
    assert (response.status_code, response.get_json()["code"]) == (500, "broken")
    assert "secret" not in response.text


TROUBLE = [
    OperationalError("INSERT", {}, Exception("database is locked")),
    OperationalError("INSERT", {}, Exception("database or disk is full")),
    OperationalError("INSERT", {}, Exception("disk I/O error")),
    OSError(errno.ENOSPC, "No space left on device"),
    PoolTimeout("all connections are taken"),
]


@pytest.mark.parametrize("trouble", TROUBLE, ids=str)
def test_the_databases_own_trouble_is_a_503_to_be_tried_again(app: Flask, trouble: Exception) -> None:
    """[S3] disk, lock or database trouble is 503 with Retry-After, a bug is 500."""
    app.add_url_rule("/busy", view_func=failing(trouble))
    response = app.test_client().get("/busy")
    assert (response.status_code, response.get_json()["code"]) == (503, "busy")
    assert response.headers["Retry-After"] == "5"


def test_a_body_that_never_comes_gives_the_thread_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S10] The socket is handed over as gunicorn does it."""
    monkeypatch.setattr(patience, "GRACE_S", 0.1)
    monkeypatch.setattr(patience, "LEAST_BYTES_PER_S", 1e9)
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as stream:
        theirs.sendall(b"{")
        sent = {"wsgi.input": stream, "gunicorn.socket": ours, "CONTENT_LENGTH": "5000"}
        response = app.test_client().post(
            "/api/enrolments", content_type="application/json", environ_overrides=sent
        )
    assert (response.status_code, response.get_json()["code"]) == (408, "too_slow")
