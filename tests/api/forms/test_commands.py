"""The console's forms: what is wrong is named by sheet, row and column; what is right is published once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server import migrations
from server.base.settings import Settings
from server.cli import main
from server.programmes.programme import form_specs
from tests.conftest import SECRET

Run = Callable[..., Result]


@pytest.fixture
def run(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The tool over a clean database, as a Chinese shell would call it."""
    said = {"DATABASE_URL": database, "DATA": str(tmp_path), "SECRET": SECRET}
    for name, value in said.items():
        monkeypatch.setenv(f"LIANXIN_{name}", value)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    migrations.upgrade(Settings.from_environment())
    return lambda *words: CliRunner().invoke(main, ["form", *words])


def test_a_good_form_passes(run: Run) -> None:
    told = run("check", "daily-contact")
    assert told.exit_code == 0
    assert "每日联系 Daily contact" in told.output
    assert "+ 加上空的 deprecatedID" in told.output


def test_a_bad_form_is_refused_with_every_finding_in_its_place(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    table = form_specs()["daily-contact"].table.read_text(encoding="utf-8")
    worse = table.replace("| select_one need |", "| audit |").replace("| text |", "| email |")
    bad.write_text(worse, encoding="utf-8")
    told = run("check", str(bad))
    assert told.exit_code == 1
    assert "survey 表第 8 行 type 列" in told.output
    assert "email" in told.output


def test_what_only_running_the_form_shows_is_refused_too(run: Run, tmp_path: Path) -> None:
    bad = edited(tmp_path, ("${need} = 'revisit'", "/data/nead = 'revisit'"))
    for told in (run("check", str(bad)), run("publish", str(bad))):
        assert told.exit_code == 1
        assert "“/data/nead”不指向任何题目" in told.output
        assert "relevant 列" in told.output


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """The programme's own table with pieces of it replaced, as a county's team leader would."""
    text = form_specs()["daily-contact"].table.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "edited.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_form_that_is_not_there_is_said_so(run: Run) -> None:
    told = run("check", "nowhere")
    assert told.exit_code == 1
    assert "没有叫“nowhere”的表单" in told.output


def test_publishing_twice_is_publishing_once_and_the_list_shows_it(run: Run) -> None:
    CliRunner().invoke(main, ["county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing"])
    assert "新发布" in run("publish", "daily-contact").output
    assert "早就发布过" in run("publish", "daily-contact").output
    listed = run("list").output
    assert listed.count("daily-contact") == 1
    assert "* 2026112401" in listed


def test_what_a_new_version_changes_is_told_with_what_it_means(run: Run, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing"])
    assert "还没有发布过" in run("diff", "daily-contact").output
    run("publish", "daily-contact")
    assert "没有不同" in run("diff", "daily-contact").output
    newer = edited(tmp_path, ("2026112401", "2027010101"), ("In hospital |", "At the hospital |"))
    told = run("diff", str(newer))
    assert told.exit_code == 0
    assert "! “" in told.output
    assert "选项 hospital：“In hospital”改成“At the hospital”" in told.output
    assert "以前的记录仍按当时的文字显示" in told.output
    assert run("diff", "daily-contact", str(newer)).output == told.output


def test_a_version_goes_upwards_and_never_changes(run: Run, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["county", "add", "HL", "--zh", "桦岭县", "--en", "Hualing"])
    run("publish", "daily-contact")
    older = run("publish", str(edited(tmp_path, ("2026112401", "2025010101"))))
    assert older.exit_code == 1
    assert "新的一版要比它新" in older.output
    other = run("publish", str(edited(tmp_path, ("In hospital |", "At the hospital |"))))
    assert other.exit_code == 1
    assert "发布过的不会再变" in other.output


def test_without_a_county_there_is_nowhere_to_publish(run: Run) -> None:
    assert run("publish", "daily-contact").exit_code == 1
