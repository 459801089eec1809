"""What exactly does not fit in a quarantined item, in words for whoever looks into it.

The item keeps what the reader of the op, of the XML or of the answers said: a code or a line for programs.
Here it becomes one of the catalogue's reasons.
"""

from __future__ import annotations

import re
from typing import Final

from server.base.catalogue import REASONS
from server.base.problems import Language
from server.visits.models import QuarantineItem

_XML: Final = {"not_well_formed": "not_well_formed", "too_large": "xml_too_large"}
_SHAPES: Final = (
    (re.compile(r"no JSON"), "no_json"),
    (re.compile(r"nobody is known"), "nobody"),
    (re.compile(r"calendar"), "no_moment"),
    (re.compile(r"missing required field|Missing data"), "member_missing"),
    (re.compile(r"unknown field|Unknown field"), "member_unknown"),
    (re.compile(r" twice$"), "named_twice"),
)


def code_of(item: QuarantineItem) -> str | None:
    """Which reason of the catalogue it is; None where the problem says it all."""
    said = str(item.detail.get("reason") or "")
    if item.code == "xml_unreadable":
        return _XML.get(said, "not_an_instance")
    if item.code == "answers_do_not_fit":
        return said if said in REASONS else None
    if item.code != "malformed":
        return None
    if not said:
        return "no_json" if item.detail.get("raw") else None
    return next((code for pattern, code in _SHAPES if pattern.search(said)), "wrong_shape")


def words_of(item: QuarantineItem, language: Language) -> dict[str, str] | None:
    """{title, next} of the reason."""
    code = code_of(item)
    if code is None:
        return None
    reason = REASONS[code]
    if language == "zh":
        return {"title": reason.title_zh, "next": reason.next_zh}
    return {"title": reason.title_en, "next": reason.next_en}
