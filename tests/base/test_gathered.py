"""Small writes of several threads are committed together, and each hears what became of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from server.base import db
from server.base.gathered import Gathered


def test_what_comes_while_another_one_commits_is_written_together(app: Flask) -> None:
    began, go_on = threading.Event(), threading.Event()
    groups: list[Sequence[int]] = []

    def write(numbers: Sequence[int]) -> list[int]:
        assert db.unit() == "writing"
        groups.append(numbers)
        began.set()
        assert go_on.wait(20)
        return [number * 10 for number in numbers]

    gathered = Gathered(write)

    def put(number: int) -> int:
        with app.app_context():
            return gathered.put(number)

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(put, 1)
        assert began.wait(20)
        others = [pool.submit(put, number) for number in (2, 3, 4)]
        deadline = time.monotonic() + 20
        while len(gathered._waiting) < 3:
            assert time.monotonic() < deadline
        go_on.set()
        assert [one.result(20) for one in (first, *others)] == [10, 20, 30, 40]
    assert [sorted(group) for group in groups] == [[1], [2, 3, 4]]


def test_what_could_not_be_written_everybody_hears_and_the_next_one_is_not_troubled(app: Flask) -> None:
    full = [True]

    def write(numbers: Sequence[int]) -> Sequence[int]:
        if full.pop():
            raise OSError(28, "no space left")
        return numbers

    gathered = Gathered(write)
    with app.app_context():
        with pytest.raises(OSError, match="no space left"):
            gathered.put(1)
        full.append(False)
        assert gathered.put(2) == 2
