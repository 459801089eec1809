"""The county's facts, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def facts() -> dict[str, Any]:
    """`county.yaml`, as it stands."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("county.yaml").read_text(encoding="utf-8"))
    return read
