"""What a new version of a form changes, and what that means for the answers that are there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.forms.convert import convert_file
from server.forms.diff import Difference, Version, compare
from server.forms.words_diff import ATTENTION, MEANINGS, WORDS

LAST = "| purpose |\n"
NOTE = (
    "| text | note | 还有要说的 | Anything else | personal | | ${contact} != '' | | string-length(.) < 200 |"
)
FAMILY = "|         | contact | family | 家人 | Family |\n"
Compare = Callable[..., list[Difference]]


@pytest.fixture
def differences(good: str) -> Compare:
    """What differs between two forms, each the good one with pieces of its text replaced."""

    def version(*changes: tuple[str, str]) -> Version:
        text = good.replace("| hint::中文 (zh) |\n", LAST)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        converted = convert_file(text.encode(), ".md")
        return Version(converted.definition, converted.xform)

    def of(*changes: tuple[str, str], before: tuple[tuple[str, str], ...] = ()) -> list[Difference]:
        return compare(version(*before), version(*changes))

    return of


def row(kind: str, name: str) -> tuple[str, str]:
    """A question more, at the top."""
    return LAST, f"{LAST}|  | {kind} | {name} | 天气 | Weather | none ||||||| place |\n"


def test_the_same_form_does_not_differ(differences: Compare) -> None:
    assert differences() == []


@pytest.mark.parametrize(
    ("before", "after", "code", "name"),
    [
        ((), (row("text", "sky"),), "added", "sky"),
        ((row("text", "sky"),), (), "removed", "sky"),
        ((row("text", "sky"),), (row("text", "weather"),), "renamed", "weather"),
        ((row("text", "sky"),), (row("integer", "sky"),), "retyped", "sky"),
        ((row("select_one contact", "sky"),), (row("select_multiple contact", "sky"),), "retyped", "sky"),
        ((), (("Anything else", "What else"),), "label", "note"),
        ((), ((FAMILY, FAMILY + FAMILY.replace("family", "neighbour")),), "choice_added", "contact"),
        ((), ((FAMILY, FAMILY.replace("家人", "家里人")),), "choice_label", "contact"),
        (
            ((FAMILY, FAMILY + FAMILY.replace("family", "neighbour")),),
            (),
            "choice_removed",
            "contact",
        ),
        ((), (("${contact} != ''", "${contact} = 'seen'"),), "condition_changed", "note"),
        ((), (("string-length(.) < 200", "string-length(.) < 100"),), "limit_changed", "note"),
        ((), (("| How | personal | yes", "| How | personal |"),), "required_changed", "contact"),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_told_by_its_question(
    differences: Compare,
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    code: str,
    name: str,
) -> None:
    [found] = differences(*after, before=before)
    assert (found.code, found.name) == (code, name)
    for language in ("zh", "en"):
        assert found.words(language)
        assert "{" not in found.words(language) + found.meaning(language)


def test_a_field_that_moves_into_a_group_or_a_repeat_is_told(differences: Compare) -> None:
    begun = {
        kind: (f"|        {NOTE}", f"|        | begin_{kind} | g | 组 | Group | none |\n|        {NOTE}")
        for kind in ("group", "repeat")
    }
    ended = ("multiline |\n", "multiline |\n|        | end_{} |\n")
    for kind, code in (("group", "moved"), ("repeat", "rows")):
        found = differences(begun[kind], (ended[0], ended[1].format(kind)))
        assert code in [each.code for each in found if each.name == "note"]


def test_a_class_that_changes_is_told_with_both_classes(differences: Compare) -> None:
    [found] = differences((row("text", "sky")[0], row("text", "sky")[1].replace("none", "personal")),
                          before=(row("text", "sky"),))  # fmt: skip
    assert found.code == "class"
    assert "none → personal" in found.words("en")
    assert found.attention


def test_a_renamed_question_says_where_the_older_answers_stay(differences: Compare) -> None:
    [found] = differences(row("text", "weather"), before=(row("text", "sky"),))
    assert "“sky”一列" in found.meaning("zh")
    assert found.attention


def test_words_that_changed_in_one_language_are_told_in_that_one(differences: Compare) -> None:
    [found] = differences(("Anything else", "What else"))
    assert found.words("zh") == "note 的问法：“Anything else”改成“What else”"


def test_every_difference_has_words_in_both_languages_and_what_asks_for_attention_has_a_meaning() -> None:
    assert ATTENTION <= MEANINGS.keys() <= WORDS.keys()
    for zh, en in (*WORDS.values(), *MEANINGS.values()):
        assert zh
        assert en[0].isascii()
