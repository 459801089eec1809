"""The version of a change whose row keeps none: its content, hashed.

Teams, pairs, programmes and form heads are small and change seldom; what they render to is what they are. The
same content is the same version, so staging what has not changed moves no feed.
"""

from __future__ import annotations

from typing import Any

from sync.core import canonical

Rendered = tuple[str, dict[str, Any]]
_CHARACTERS = 32  # of 64: 128 bits tell any two apart, and every phone carries one per row


def versioned(body: dict[str, Any]) -> Rendered:
    """The body with its version."""
    return canonical.sha256(body)[:_CHARACTERS], body
