"""Listens to everything that a page complains of; a story fails if anything was said that it did not expect.

A violation of the content security policy is never expected. While the server is away, a failed request is:
`away()` opens that window, and closes it when the server is back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) => {
  const where = `${event.sourceFile}:${event.lineNumber}`;
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${where}`);
});
"""
NETWORK = re.compile(r"net::ERR_|Failed to load resource|Failed to fetch|NetworkError")
VIOLATION = re.compile(r"CSP violation|Content Security Policy", re.IGNORECASE)


class Complaints:
    def __init__(self, context: BrowserContext, expected: tuple[str, ...] = ()) -> None:
        self.heard: list[str] = []
        self._away = 0
        self._expected = [re.compile(pattern) for pattern in expected]
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)

    @contextmanager
    def away(self) -> Iterator[None]:
        """The server is away: requests that fail are no complaint."""
        self._away += 1
        try:
            yield
        finally:
            self._away -= 1

    def expect(self, pattern: str) -> None:
        """This story provokes it: an answer that refuses is logged by the browser as an error."""
        self._expected.append(re.compile(pattern))

    def check(self) -> None:
        assert self.heard == [], "the page complained:\n" + "\n".join(self.heard)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location.get("url", "")
            self._hear(f"{message.type}: {message.text} ({place})")

    def _error(self, error: WebError) -> None:
        self._hear(f"uncaught: {error.error}")

    def _hear(self, words: str) -> None:
        if not VIOLATION.search(words):
            if self._away and NETWORK.search(words):
                return
            if any(pattern.search(words) for pattern in self._expected):
                return
        self.heard.append(words)
