"""Every code by which the server says no has its words, in both languages, and is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from server.base.catalogue import CATALOGUE
from tests.structure import repository


def raised() -> dict[str, Path]:
    """code → one file that names it as `Problem("code")`."""
    found = {}
    for path in repository.python("server", "sync"):
        for node in ast.walk(ast.parse(repository.text(path))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Problem", "Refused", "Refusal")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                found[node.args[0].value] = path
    return found


def test_every_code_that_is_raised_is_in_the_catalogue() -> None:
    codes = raised()
    assert len(codes) > 15, "the codes were not found"
    assert {code: str(path) for code, path in codes.items() if code not in CATALOGUE} == {}


def test_every_code_in_the_catalogue_is_used() -> None:
    used = "\n".join(
        repository.text(path)
        for path in repository.texts()
        if path.parts[0] in ("server", "sync", "pwa") and not path.name.startswith("catalogue")
    )
    assert [code for code in CATALOGUE if f'"{code}"' not in used and f"'{code}'" not in used] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_problem_says_what_happened_and_what_to_do_in_both_languages(code: str) -> None:
    entry = CATALOGUE[code]
    for words in (entry.title_zh, entry.next_zh):
        assert re.search(r"[\u4e00-\u9fff]", words), words
    for words in (entry.title_en, entry.next_en):
        assert re.search(r"[a-z]{2}", words), words
        assert not re.search(r"[\u4e00-\u9fff]", words), words
    blanks = [sorted(re.findall(r"{(\w+)", title + following)) for title, following in both(code)]
    assert set(blanks[0]) == set(blanks[1]), "both languages name the same facts"
    assert 400 <= entry.status < 600


def both(code: str) -> list[tuple[str, str]]:
    entry = CATALOGUE[code]
    return [(entry.title_zh, entry.next_zh), (entry.title_en, entry.next_en)]
