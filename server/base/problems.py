"""How the server says no: a :class:`Problem` with a stable code, and words for the person who reads it.

``raise Problem("revision_moved", current=…)`` anywhere; the HTTP layer answers ``application/problem+json``
(RFC 9457) in the reader's language. The code is for programs and never changes its meaning; the title says
what happened and the detail what to do next. All codes with their words are in ``catalogue.py``, those by
which sync refuses an op too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from server.base.catalogue import CATALOGUE
from server.base.entry import Entry

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """A problem in one language: what happened, and what to do next."""

    title: str
    next: str


class Problem(Exception):
    """Something that the asker can understand and do something about."""

    def __init__(self, code: str, **params: Any) -> None:
        if code not in CATALOGUE:
            raise LookupError(f"no problem is called {code!r}: add it to catalogue.py with its words")
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def entry(self) -> Entry:
        return CATALOGUE[self.code]

    @property
    def status(self) -> int:
        return self.entry.status

    def words(self, language: Language) -> Words:
        """Title and next step, with the parameters filled in."""
        title, following = (
            (self.entry.title_zh, self.entry.next_zh)
            if language == "zh"
            else (self.entry.title_en, self.entry.next_en)
        )
        return Words(_fill(title, self.params), _fill(following, self.params))

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


def problem_json(problem: Problem, language: Language, request_id: str = "") -> dict[str, Any]:
    """The problem as RFC 9457 writes it. Parameters stand beside, so that a program can act on them."""
    words = problem.words(language)
    return {
        **problem.params,
        "type": f"urn:lianxin:problem:{problem.code}",
        "code": problem.code,
        "status": problem.status,
        "title": words.title,
        "detail": words.next,
        "request_id": request_id,
    }


class _Blanks(dict[str, Any]):
    """A parameter that was not given leaves an ellipsis, never an error on the way to telling of one."""

    def __missing__(self, key: str) -> str:
        return "…"


def _fill(text: str, params: dict[str, Any]) -> str:
    return text.format_map(_Blanks(params))
