"""One line a request, with ids and never with what people typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from server.base.settings import Settings
from tests.cast import LIYAN, PASSWORD, Cast


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(**{**vars(settings), "log_level": "info"})


def lines(said: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.splitlines()]


def test_a_request_is_one_line_of_json(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    desk = cast.desk(LIYAN)
    capfd.readouterr()
    desk.get("/api/desk/me?secret=值", headers={"X-Request-Id": "request-0001"})
    said = capfd.readouterr().err
    (line,) = lines(said)
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request", "GET", "/api/desk/me", 200,
    )  # fmt: skip
    assert (line["request_id"], line["user"], line["device"]) == ("request-0001", LIYAN.id, None)
    assert "值" not in said
    assert "%E5" not in said


def test_no_line_holds_a_password_a_code_or_a_token(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    desk = cast.desk(LIYAN)
    code = cast.code()
    desk.sign_in("supervisor", "wrong password")
    desk.refresh()
    cast.phone()
    said = capfd.readouterr().err
    assert len(lines(said)) > 3
    for secret in (PASSWORD, "wrong password", desk.token, desk.cookie, code, "佟立岩", "单秀云"):
        assert secret not in said


def test_a_bug_leaves_its_trace_in_the_log_with_the_requests_id(
    app: Flask, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def bug() -> str:
        raise ValueError("what went wrong")

    app.add_url_rule("/bug", view_func=bug)
    response = app.test_client().get("/bug")
    trouble = next(line for line in lines(capfd.readouterr().err) if line["event"] == "broken")
    assert trouble["request_id"] == response.headers["X-Request-Id"]
    assert "what went wrong" in str(trouble["trace"])
