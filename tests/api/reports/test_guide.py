"""The volunteer's page: one page, whole, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.base.problems import Language
from server.reports.guide.make import guide, words

PAGE = re.compile(rb"/Type\s*/Page\b")
ADDRESS = "https://lianxin.example/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_one_page(language: Language) -> None:
    made = guide(language, ADDRESS)
    assert made.startswith(b"%PDF-")
    assert len(PAGE.findall(made)) == 1


def test_the_same_address_gives_the_same_bytes() -> None:
    assert guide("zh", ADDRESS) == guide("zh", ADDRESS)
    assert guide("zh", ADDRESS) != guide("zh", "https://elsewhere.example/")


def test_both_languages_say_the_same_things() -> None:
    assert shape(words()["zh"]) == shape(words()["en"])


def shape(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: shape(member) for name, member in said.items()}
    return [shape(member) for member in said] if isinstance(said, list) else type(said)
