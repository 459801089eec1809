"""Small workbooks to break: a good form as Markdown, and a way to change one cell of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.forms import check_media
from server.forms.check import check
from server.forms.findings import Finding
from server.forms.workbook import Workbook, read
from server.programmes.programme import Duty, FormSpec, duties_of, form_specs

GOOD = Path(__file__).with_name("good.md").read_text(encoding="utf-8")


def spec() -> FormSpec:
    return form_specs()["daily-contact"]


def duties() -> tuple[Duty, ...]:
    return duties_of("daily-contact")


@pytest.fixture
def good() -> str:
    """The good workbook's text."""
    return GOOD


@pytest.fixture
def workbook() -> Callable[..., Workbook]:
    """The good workbook, with pieces of its text replaced."""

    def make(*changes: tuple[str, str]) -> Workbook:
        text = GOOD
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return read(text.encode(), ".md")

    return make


@pytest.fixture
def findings(workbook: Callable[..., Workbook]) -> Callable[..., list[Finding]]:
    """What the check says of the good workbook with pieces of its text replaced."""

    def of(*changes: tuple[str, str]) -> list[Finding]:
        broken = workbook(*changes)
        return [*check_media.check(broken, {}, {}), *check(broken, spec(), duties(), check_media.columns({}))]

    return of
