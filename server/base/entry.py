"""What a catalogue of problems says of one code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    status: int
    title_zh: str
    next_zh: str
    title_en: str
    next_en: str
