"""What is read from the wire: bounded, whole, strict."""

from __future__ import annotations

import gzip
import json
import socket
import time
import zlib

import pytest

from server.base import bodies, patience
from server.base.problems import Problem


def refusal(raw: bytes, encoding: str = "gzip", limit: int = 1000) -> str:
    with pytest.raises(Problem) as caught:
        bodies.inflate(raw, encoding, limit)
    return caught.value.code


def test_both_ways_of_packing_are_undone() -> None:
    text = "连心".encode() * 10
    assert bodies.inflate(gzip.compress(text), "gzip", 1000) == text
    assert bodies.inflate(zlib.compress(text), "deflate", 1000) == text


def test_a_bomb_is_stopped_at_the_limit() -> None:
    assert refusal(gzip.compress(b"\0" * 100_000_000)) == "too_large"


def test_exactly_the_limit_passes() -> None:
    assert len(bodies.inflate(gzip.compress(b"a" * 1000), "gzip", 1000)) == 1000
    assert refusal(gzip.compress(b"a" * 1001)) == "too_large"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not packed",
        gzip.compress(b"cut short")[:-5],
        gzip.compress(b"whole") + b"and more",
        gzip.compress(b"two") + gzip.compress(b"members"),
        gzip.compress(b"spoilt")[:-8] + b"\0" * 8,
    ],
    ids=["empty", "not packed", "cut short", "more behind", "two members", "spoilt"],
)
def test_what_is_not_whole_is_refused(raw: bytes) -> None:
    assert refusal(raw) == "malformed_json"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a": 1} x',
        b"NaN",
        b'{"a": Infinity}',
        b'"\xff"',
        '"连心"'.encode("gb18030"),
        "\ufeff{}".encode(),
        b'"\xed\xa0\x80"',
        b"[" * 100_000,
        b"1" * 5000,
        b'"a\x00b"',
    ],
)
def test_what_is_no_strict_json_in_utf8_is_refused(raw: bytes) -> None:
    with pytest.raises(Problem) as caught:
        bodies.parse(raw)
    assert caught.value.code == "malformed_json"


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "a\\uDC00b", "\\ude00\\ud83d"])
@pytest.mark.parametrize("shape", ['{"a": ["%s"]}', '{"%s": 1}', '"%s"'])
def test_nul_and_lone_surrogates_are_refused_wherever_they_stand(text: str, shape: str) -> None:
    raw = (shape % text).encode()
    with pytest.raises(Problem) as caught:
        bodies.parse(raw)
    assert caught.value.code == "text_not_allowed"
    bodies.parse(raw, strict_text=False)  # sync judges each op by itself


@pytest.mark.parametrize(
    "text",
    [
        "18446744073709551616",
        "-123456789012345678901234567890",
        "1e400",
        "-0",
        "-0.0",
        "1.0",
        "0.1e1",
        "123456789012345678901234567890.5",
        '{"a": 1, "b": 2, "a": 3}',
        '"\\ud800"',
        '{"\\udc00": ["\\u0000", "\\ud83d\\u0041"]}',
        '"\x7f\\/\\b"',
        " \t[true, null]\r\n",
        "[" * 200 + "]" * 200,
    ],
)
def test_what_is_json_is_read_as_the_standard_library_reads_it(text: str) -> None:
    """[S3] Huge numbers, doubled names and halves of letters are for the op to answer for, whoever reads."""
    assert repr(bodies.parse(text.encode(), strict_text=False)) == repr(json.loads(text))


def test_a_pair_of_surrogates_is_a_letter() -> None:
    assert bodies.parse(b'"\\ud83d\\ude00"') == "😀"


def test_a_body_that_comes_too_slowly_loses_its_thread_and_hears_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """[S10]"""
    monkeypatch.setattr(patience, "GRACE_S", 0.1)
    ours, theirs = socket.socketpair()
    with ours, theirs, patience.watch.over(ours, 100) as read:
        began = time.monotonic()
        assert ours.recv(100) == b"", "the reader sees the end"
        assert time.monotonic() - began < 5
        assert read is not None
        assert read.late
        ours.sendall(b"why")
        assert theirs.recv(3) == b"why"


def test_a_body_in_time_is_left_alone() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, patience.watch.over(ours, 100) as read:
        theirs.sendall(b"in time")
        assert ours.recv(100) == b"in time"
        assert read is not None
        assert not read.late
