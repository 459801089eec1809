"""Keys for this server's own signatures, one per purpose, all from the one secret.

What signs desk tokens cannot be used to guess enrolment codes, and the other way round.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def derived(purpose: str) -> bytes:
    """The key for this purpose."""
    secret: bytes = current_app.extensions["lianxin.secret"]
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def seal(purpose: str, text: str) -> str:
    """A fingerprint that only this server can make: kept instead of the text, 64 hex characters."""
    return hmac.new(derived(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
