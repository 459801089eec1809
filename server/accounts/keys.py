"""A phone's public key: what is accepted, and its name (RFC 7638).

Only the public half of an ECDSA P-256 key, on the curve, with nothing else in it: a private key that comes by
mistake is refused, so that it is never stored.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from jwt import InvalidKeyError
from jwt.algorithms import ECAlgorithm

from server.base.problems import Problem

PublicKey = Any  # cryptography's EllipticCurvePublicKey, as pyjwt takes it


def accepted(jwk: dict[str, Any]) -> dict[str, str]:
    """The key in its canonical four members, or ``key_unsuitable``."""
    if "d" in jwk or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise Problem("key_unsuitable")
    canonical = {"kty": "EC", "crv": "P-256", "x": jwk.get("x"), "y": jwk.get("y")}
    if not all(isinstance(value, str) and len(value) <= 43 for value in canonical.values()):
        raise Problem("key_unsuitable")
    try:
        load(canonical)
    except (InvalidKeyError, ValueError):
        raise Problem("key_unsuitable") from None
    return {name: str(value) for name, value in canonical.items()}


def load(jwk: dict[str, Any]) -> PublicKey:
    """The key as pyjwt verifies with it."""
    return _loaded(jwk["x"], jwk["y"])


@lru_cache(maxsize=1024)  # a phone comes with many requests in a row
def _loaded(x: str, y: str) -> PublicKey:
    return ECAlgorithm.from_jwk({"kty": "EC", "crv": "P-256", "x": x, "y": y})


def thumbprint(jwk: dict[str, str]) -> str:
    """RFC 7638: SHA-256 over the members in lexical order, base64url."""
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
