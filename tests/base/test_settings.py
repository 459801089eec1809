"""Settings: read from the environment, checked at the start, explained in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.base.settings import Settings, table


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, *_ in table():
        monkeypatch.delenv(variable, raising=False)


def test_what_is_not_set_takes_its_default() -> None:
    settings = Settings.from_environment()
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, False)
    assert settings.data == Path("data").absolute()
    assert settings.url == f"sqlite:///{settings.data / 'lianxin.sqlite'}"


def test_the_environment_is_read_by_type_and_a_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANXIN_PORT", "9000")
    monkeypatch.setenv("LIANXIN_DEMO", "true")
    monkeypatch.setenv("LIANXIN_DATA", "/srv/lianxin")
    monkeypatch.setenv("LIANXIN_HOST", "")
    settings = Settings.from_environment(port=9001, host=None)
    assert (settings.port, settings.demo, settings.data) == (9001, True, Path("/srv/lianxin"))
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(("name", "value"), [("PORT", "eight"), ("DEMO", "perhaps"), ("SECRET", "short")])
def test_a_value_that_cannot_be_read_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"LIANXIN_{name}", value)
    with pytest.raises(Exception, match=f"LIANXIN_{name}"):
        Settings.from_environment()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////tmp/x.sqlite", "sqlite:////tmp/x.sqlite"),
    ],
)
def test_a_postgresql_url_always_goes_through_the_driver_that_is_installed(given: str, used: str) -> None:
    assert Settings(database_url=given).url == used


@pytest.mark.parametrize(
    ("host", "only_this_machine"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.168.1.2", False), ("county.example", False)],
)  # fmt: skip
def test_a_loopback_bind_is_told_from_others(host: str, only_this_machine: bool) -> None:
    assert Settings(host=host).loopback is only_this_machine


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    first = settings.signing_key()
    assert len(first) == 64
    assert settings.signing_key() == first
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["secret"]


def test_a_given_secret_is_used_and_not_kept(tmp_path: Path) -> None:
    given: Any = "x" * 32
    assert Settings(data=tmp_path, secret=given).signing_key() == given.encode()
    assert list(tmp_path.iterdir()) == []
