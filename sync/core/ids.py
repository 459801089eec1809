"""Names that a phone may give without asking anybody: UUID version 7 (RFC 9562).

An op, a visit and a record are named where they are made, offline, and keep that name for ever (rule S2).
Version 7 begins with the milliseconds, so that names made later sort later and an index on them grows at
its end. Time and chance are arguments: the same arguments give the same name in Python and TypeScript.
Order of names is never taken as order of events (rule S9).
"""

from __future__ import annotations

import re

RAND_BYTES = 10
_MOST_MS = (1 << 48) - 1
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_UUID = re.compile(UUID)
_UUID7 = re.compile(UUID7)


def uuid7(now_ms: int, rand: bytes) -> str:
    """The name for this millisecond and these ten random bytes (six of their 80 bits give way to
    version and variant)."""
    if not 0 <= now_ms <= _MOST_MS:
        raise ValueError("the time does not fit into 48 bits")
    if len(rand) != RAND_BYTES:
        raise ValueError("ten random bytes are needed")
    octets = bytearray(now_ms.to_bytes(6, "big") + rand)
    octets[6] = 0x70 | (octets[6] & 0x0F)
    octets[8] = 0x80 | (octets[8] & 0x3F)
    text = octets.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_uuid(text: object) -> bool:
    """Any UUID as it is written here: 36 characters, lower case. Another spelling would be another name."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def is_uuid7(text: object) -> bool:
    return isinstance(text, str) and _UUID7.fullmatch(text) is not None


def made_ms(name: str) -> int:
    """The milliseconds in a version 7 name: what the phone's clock said. A hint for people, not an order."""
    if not is_uuid7(name):
        raise ValueError("not a version 7 UUID")
    return int(name[:8] + name[9:13], 16)
