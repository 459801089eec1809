"""Speaks to the person in front of the terminal, in Chinese and English, and fails in one line.

A step that may be slow says what it does while it does it, how far it is where that is known, and how long
it took. On a terminal the line is rewritten in place; elsewhere (a log, a pipe) only its beginning, every
tenth part and its end are written, so that a log stays readable.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class Trouble(Exception):
    """Something that the person can mend. `zh` and `en` each say what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def line(self) -> str:
        return f"✗ {self.zh} {self.en}"


def speak_utf8() -> None:
    """Chinese must leave the program whole, whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def say(text: str) -> None:
    print(text, flush=True)


class Step:
    """One slow thing under way; `reach(7, 61)` says how far it is."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.began = time.monotonic()
        self.rewrites = sys.stdout.isatty()
        self._told_tenth = 0
        self._write(f"· {title} …")

    def reach(self, done: int, total: int) -> None:
        if total <= 0 or done > total:
            return
        if self.rewrites:
            self._write(f"· {self.title} … {done}/{total}")
        elif done * 10 // total > self._told_tenth:
            self._told_tenth = done * 10 // total
            say(f"  {done}/{total}")

    def finish(self) -> None:
        seconds = time.monotonic() - self.began
        self._write(f"✓ {self.title}  {seconds:.1f} s")
        if self.rewrites:
            say("")

    def abandon(self) -> None:
        if self.rewrites:
            say("")

    def _write(self, text: str) -> None:
        if self.rewrites:
            sys.stdout.write(f"\r\x1b[2K{text}")
            sys.stdout.flush()
        else:
            say(text)


@contextmanager
def step(zh: str, en: str) -> Iterator[Step]:
    """Announce a slow step; its end is written only if it succeeded."""
    under_way = Step(f"{zh} {en}")
    try:
        yield under_way
    except BaseException:
        under_way.abandon()
        raise
    under_way.finish()


def width(text: str) -> int:
    """How many columns a terminal gives the text: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def box(rows: Sequence[tuple[str, str]]) -> str:
    """A frame round label and value; a row with an empty label and value is a blank line."""
    label_columns = max(width(label) for label, _ in rows)
    lines = [f"{label}{' ' * (label_columns - width(label))}  {value}".rstrip() for label, value in rows]
    inner = max(width(line) for line in lines)
    edge = "─" * (inner + 2)
    framed = [f"│ {line}{' ' * (inner - width(line))} │" for line in lines]
    return "\n".join([f"┌{edge}┐", *framed, f"└{edge}┘"])
