"""Types Chinese as people do: through an input method, whose composition the page sees letter by letter."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Locator, Page


def type_chinese(page: Page, field: Locator, words: str, *, chunk: int = 4) -> None:
    """Compose and commit a few characters at a time; half a composition is no answer yet."""
    field.click()
    page.keyboard.press("Control+End")
    session = page.context.new_cdp_session(page)
    for start in range(0, len(words), chunk):
        compose(session, words[start : start + chunk])
    session.detach()


def compose(session: CDPSession, piece: str) -> None:
    for shown in ("n", "ni'h", piece):
        session.send(
            "Input.imeSetComposition",
            {"text": shown, "selectionStart": len(shown), "selectionEnd": len(shown)},
        )
    session.send("Input.insertText", {"text": piece})


def leave_composing(page: Page, field: Locator, letters: str) -> None:
    """An input method in the middle of a word: nothing committed yet."""
    field.click()
    page.keyboard.press("Control+End")
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition",
        {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
    )
    session.detach()
