"""The rules of the agreement are proved: each one that PROTOCOL.md states is cited by a vector or a test."""

from __future__ import annotations

import re

from tests.structure import repository

RULE = re.compile(r"\bS(\d{1,2})\b")


def stated() -> set[str]:
    """The rules that PROTOCOL.md gives a heading or a bold name of their own."""
    protocol = next(path for path in repository.files() if path.name == "PROTOCOL.md")
    return set(
        re.findall(r"^(?:#+\s+|[-*]\s+\*\*|\*\*)(S\d{1,2})\b", repository.text(protocol), re.MULTILINE)
    )


def cited() -> set[str]:
    proofs = [path for path in repository.texts() if repository.is_test(path) or "vectors" in path.parts]
    return {
        f"S{number}"
        for path in proofs
        if path.name != "test_protocol.py"
        for number in RULE.findall(repository.text(path))
    }


def test_every_rule_of_the_protocol_is_cited_by_a_vector_or_a_test() -> None:
    rules = stated()
    assert len(rules) >= 8, f"the rules were not found: {rules}"
    assert rules - cited() == set()


def test_no_vector_cites_a_rule_that_does_not_exist() -> None:
    vectors = [path for path in repository.texts() if "vectors" in path.parts]
    assert len(vectors) > 2
    named = {f"S{number}" for path in vectors for number in RULE.findall(repository.text(path))}
    assert named - stated() == set()
