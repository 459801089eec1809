"""What `deploy/run` accepts, and what it refuses before anything slow begins."""

from __future__ import annotations

import pytest

from deploy.bootstrap import options
from deploy.bootstrap.places import DATA
from deploy.bootstrap.words import Trouble


def test_without_options_a_demo_starts_for_this_machine_alone() -> None:
    plan = options.plan([])
    assert (plan.host, plan.port, plan.data, plan.demo) == ("127.0.0.1", 8000, DATA, True)
    assert plan.loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "county.example"])
def test_beyond_the_loopback_a_demo_needs_a_password_of_its_own(host: str) -> None:
    with pytest.raises(Trouble) as refused:
        options.plan(["--host", host])
    assert "--demo-password" in refused.value.line()
    assert options.plan(["--host", host, "--demo-password", "long enough"]).password == "long enough"
    assert not options.plan(["--host", host, "--empty"]).demo


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_on_the_loopback_a_demo_needs_nothing(host: str) -> None:
    assert options.plan(["--host", host]).demo


@pytest.mark.parametrize(
    "words",
    [
        ["--port", "x"],
        ["--port", "0"],
        ["--port", "70000"],
        ["--nonsense"],
        ["--demo-password", "short"],
        ["--empty", "--demo-password", "long enough"],
        ["--check", "--empty"],
        ["--check", "--host", "0.0.0.0"],
        ["--picture", "x.png"],
    ],
)
def test_a_wrong_command_line_is_one_line_in_both_languages(words: list[str]) -> None:
    with pytest.raises(Trouble) as refused:
        options.plan(words)
    line = refused.value.line()
    assert "\n" not in line
    assert refused.value.zh
    assert refused.value.en


def test_a_check_never_touches_the_persons_own_data() -> None:
    plan = options.plan(["--check", "--port", "8123"])
    assert (plan.check, plan.demo, plan.port) == (True, True, 8123)
    assert plan.data != DATA


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options.plan(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    for option in (
        "--port",
        "--data",
        "--empty",
        "--host",
        "--demo-password",
        "--check",
        "--picture",
        "--help",
    ):
        assert option in told
