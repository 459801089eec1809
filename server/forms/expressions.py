"""What an expression of a form refers to, found without computing it.

The engine meets an unknown function only when the branch is taken, and a wrong path is silently blank; so
both are found here, before a volunteer does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_FUNCTION = re.compile(r"([A-Za-z_][\w.:-]*)\s*\(")
_WORD = re.compile(r"(?<![\w$@/.:-])[A-Za-z_][\w.-]*(?!\s*[\w(:.-])")
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_AXIS = ("text", "node", "comment", "processing-instruction")  # node tests, not functions


@dataclass(frozen=True)
class Scan:
    questions: frozenset[str]
    functions: frozenset[str]
    columns: frozenset[str]  # bare names: in a filter, what the rows of the list have
    closed: bool  # quotation marks and brackets match


def scan(expression: str) -> Scan:
    """Names of questions and functions in an expression; text in quotation marks is left alone."""
    bare, closed = _without_literals(expression)
    depth = 0
    for character in bare:
        depth += (character in "([") - (character in ")]")
        closed = closed and depth >= 0
    names = frozenset(_REFERENCE.findall(bare))
    functions = frozenset(name for name in _FUNCTION.findall(_REFERENCE.sub("x", bare)) if name not in _AXIS)
    columns = frozenset(_WORD.findall(_REFERENCE.sub(" ", bare))) - _OPERATORS
    return Scan(names, functions, columns, closed and depth == 0)


def questions_in_text(text: str) -> frozenset[str]:
    """Names of questions that a label or hint shows."""
    return frozenset(_REFERENCE.findall(text))


def _without_literals(expression: str) -> tuple[str, bool]:
    bare: list[str] = []
    mark = ""
    for character in expression:
        if mark:
            mark = "" if character == mark else mark
        elif character in "'\"":
            mark = character
            bare.append(" ")
        else:
            bare.append(character)
    return "".join(bare), not mark
