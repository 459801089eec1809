"""How the start speaks to the person in front of the terminal."""

from __future__ import annotations

import pytest

from deploy.bootstrap.words import Trouble, box, step, width


def test_a_chinese_character_takes_two_columns() -> None:
    assert width("连心 ok。") == 4 + 1 + 2 + 2


def test_the_boxs_right_edge_is_straight_whatever_the_language() -> None:
    drawn = box([("手机 phone", "http://localhost:8000/"), ("", ""), ("stop", "Ctrl-C 停止")])
    assert len({width(line) for line in drawn.splitlines()}) == 1


def test_a_slow_step_says_what_it_does_how_far_it_is_and_how_long_it_took(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with step("安装", "Installing") as progress:
        for done in range(1, 41):
            progress.reach(done, 40)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("· 安装 Installing")
    assert "  20/40" in lines
    assert len(lines) == 12, "a log gets every tenth part, not every line"
    assert lines[-1].startswith("✓ 安装 Installing")
    assert lines[-1].endswith(" s")


def test_a_step_that_failed_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Trouble), step("安装", "Installing"):
        raise Trouble("坏了。", "Broken.")
    assert "✓" not in capsys.readouterr().out
