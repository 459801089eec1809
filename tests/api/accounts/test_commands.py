"""The console: how a county starts with nobody in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from server.base import clock
from server.base.settings import Settings
from server.cli import main
from tests.cast import Desk, enrolment
from tests.conftest import SECRET
from tests.factories.phone import Phone

Run = Callable[..., Result]


@pytest.fixture
def run(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The tool over a clean database, as a shell would call it."""
    monkeypatch.setenv("LIANXIN_DATABASE_URL", database)
    monkeypatch.setenv("LIANXIN_DATA", str(tmp_path))
    monkeypatch.setenv("LIANXIN_SECRET", SECRET)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)

    def call(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, words, input=typed)

    return call


@pytest.fixture
def app(run: Run, make_app: Callable[[Settings], Flask]) -> Flask:
    app = make_app(Settings.from_environment())
    app.config["CLOCK"] = clock.real  # the console has the machine's time
    return app


def good(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_a_county_starts_from_nothing(run: Run, app: Flask) -> None:
    good(run("db", "upgrade"))
    assert good(run("county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing")) == "HL 桦岭县 Hualing"
    add = ["user", "add", "鲁思敏", "--username", "admin", "--role", "administrator"]
    good(run(*add, typed="a long enough one\na long enough one\n"))
    desk = Desk(app.test_client())
    assert desk.sign_in("admin", "a long enough one").status_code == 200
    assert desk.get("/api/desk/users").status_code == 200
    volunteer = good(run("user", "add", "单秀云"))
    code = good(run("enrol", "code", volunteer))
    asked = enrolment(code, Phone.new_key()[1])
    said = app.test_client().post("/api/enrolments", json=asked).get_json()
    assert said["user"]["name"] == "单秀云"
    good(run("enrol", "revoke", said["device"]))
    listed = good(run("user", "list"))
    assert "administrator@county" in listed
    good(run("user", "stop", volunteer))
    assert "单秀云\t-\t (stopped)" in good(run("user", "list", "--search", "shan"))
    good(run("user", "password", "admin", "--password", "another long one"))
    assert desk.sign_in("admin", "another long one").status_code == 200


def test_a_problem_is_one_clear_line_in_the_consoles_language(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    good(run("county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing"))
    refused = run("enrol", "code", "0193b000-0000-7000-8000-000000000999")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: 没有找到")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Not found" in run("user", "stop", "nobody").stderr


def test_a_short_password_is_refused(run: Run) -> None:
    good(run("county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing"))
    refused = run("user", "add", "甲", "--username", "jia", "--password", "short")
    assert refused.exit_code == 1
    assert "at least 10 characters" in refused.stderr


def test_with_several_counties_the_console_asks_which(run: Run) -> None:
    for code in ("HL", "BY"):
        good(run("county", "add", code, "--zh", code, "--en", code))
    assert run("user", "add", "甲").exit_code == 1
    good(run("user", "add", "甲", "--county", "BY"))
    assert good(run("user", "list", "--county", "HL")) == ""
    assert len(good(run("county", "list")).splitlines()) == 2


def test_the_documents_are_printed(run: Run) -> None:
    assert '"openapi": "3.1.0"' in good(run("openapi"))
    assert "LIANXIN_DATA" in good(run("settings"))
