"""The volunteer's page: what it says lies in words.yaml, how it looks in guide.typ."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import segno
import yaml

from server.base.problems import Language
from server.reports import typeset

HERE = Path(__file__).parent
INK = "#1c2320"


def guide(language: Language, address: str) -> bytes:
    """The page as PDF; `address` is what a volunteer's phone opens, printed and as a QR code."""
    shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    data = {"words": words()[language], "address": shown, "qr": _square(address)}
    return typeset.pdf(HERE / "guide.typ", data)


@cache
def words() -> dict[str, dict[str, Any]]:
    """What the page says, by language."""
    read: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "words.yaml").read_text("utf-8"))
    return read


def _square(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=1, dark=INK)
    return drawn.getvalue().decode()
