"""Who is calling: an ECDSA P-256 key, and a token that it signs over each request (PROTOCOL.md §2)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from sync.client.answer import Ask


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this phone is, as the county answered at enrolment."""

    org: int
    user: str
    device: str


def new_key() -> str:
    """A private key as PEM. A script has nowhere better to keep it than its own file."""
    made = ec.generate_private_key(ec.SECP256R1())
    return made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def public_jwk(pem: str) -> dict[str, str]:
    """Its public half, as enrolment asks for it."""
    whole: dict[str, Any] = ECAlgorithm(ECAlgorithm.SHA256).to_jwk(_loaded(pem).public_key(), as_dict=True)
    return {name: str(whole[name]) for name in ("kty", "crv", "x", "y")}


def sign(pem: str, who: Identity, ask: Ask, now_ms: int) -> str:
    """The token for one request. ``now_ms``: the county's clock, as far as the phone knows it."""
    claims = {
        "sub": who.user,
        "org": who.org,
        "htm": ask.method,
        "htu": ask.path.partition("?")[0],
        "bsh": hashlib.sha256(ask.body).hexdigest(),
        "iat": now_ms // 1000,
    }
    return jwt.encode(claims, _loaded(pem), "ES256", {"typ": "device+jwt", "kid": who.device})


def _loaded(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("not an ECDSA key")
    return key
