"""What a filled form says about one entry of a list: make it, or change some of its properties."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class EntityChange:
    """Properties that the form did not ask (not relevant then) are absent and stay as they are; those that
    were asked and left blank are ""."""

    list: str
    id: str
    create: bool
    update: bool
    label: str | None = None
    properties: dict[str, str] = field(default_factory=dict)
