"""The list of what a form may use, and the page that is made from it."""

from __future__ import annotations

from server.forms.support import support
from server.forms.support_page import PAGE, page


def test_the_page_says_what_the_list_says() -> None:
    """Renew it with: python -m server.forms.support_page"""
    assert PAGE.read_text(encoding="utf-8") == page(support())


def test_every_refusal_has_its_reason_in_both_languages() -> None:
    refused = support().refused
    for each in (refused.types, refused.appearances, refused.parameters, refused.columns):
        for name, because in each.items():
            assert because.keys() == {"zh", "en"}, name
            assert all(because.values()), name
