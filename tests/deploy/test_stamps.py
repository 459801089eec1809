"""When a step is done again, and when it is not."""

from __future__ import annotations

from pathlib import Path

from deploy.bootstrap import stamps


def test_a_step_without_a_stamp_is_done(tmp_path: Path) -> None:
    assert not stamps.holds("env", "a", tmp_path)


def test_a_step_whose_inputs_are_unchanged_is_not_done_again(tmp_path: Path) -> None:
    stamps.write("env", "a", tmp_path)
    assert stamps.holds("env", "a", tmp_path)
    assert not stamps.holds("env", "b", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["env"], "no temporary file stays"


def test_a_step_that_began_again_has_no_stamp_until_it_ends(tmp_path: Path) -> None:
    stamps.write("pwa", "a", tmp_path)
    stamps.forget("pwa", tmp_path)
    assert not stamps.holds("pwa", "a", tmp_path)


def test_a_file_that_moved_or_changed_changes_the_hash(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"x")
    before = stamps.hash_of_files([first])
    assert stamps.hash_of_files([first]) == before
    first.rename(second)
    assert stamps.hash_of_files([second]) != before
    second.rename(first)
    first.write_bytes(b"y")
    assert stamps.hash_of_files([first]) != before


def test_parts_cannot_flow_into_each_other() -> None:
    assert stamps.hash_of("ab", "c") != stamps.hash_of("a", "bc")
