"""Files as phones make them, and files as nobody should: the smallest that show each."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "video/webm": "webm",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
}


@dataclass(frozen=True)
class File:
    """Bytes with the name that a record gives them."""

    data: bytes
    type: str = "image/jpeg"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.sha256[:32]}.{ENDINGS[self.type]}"

    def attachment(self, **changes: Any) -> dict[str, Any]:
        """As an op lists it."""
        named = {"name": self.name, "sha256": self.sha256, "bytes": len(self.data), "type": self.type}
        return {**named, **changes}


@cache
def photo(seed: int = 1, width: int = 640, height: int = 480, kind: str = "JPEG", **options: Any) -> File:
    """A picture with something on it; another seed is another picture."""
    made = io.BytesIO()
    picture(seed, width, height).save(made, kind, **options)
    return File(made.getvalue(), f"image/{kind.lower()}")


def picture(seed: int, width: int, height: int) -> Image.Image:
    dice = random.Random(seed)
    coarse = Image.frombytes("RGB", (32, 24), dice.randbytes(32 * 24 * 3))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def preview(seed: int = 1) -> File:
    """What a phone makes small of it."""
    return photo(seed, 120, 90)


def sideways() -> File:
    """A picture, 400 wide and 200 high, that EXIF says is to be turned a quarter."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = io.BytesIO()
    picture(7, 400, 200).save(made, "JPEG", exif=exif)
    return File(made.getvalue())


def bomb_png(side: int = 20_000) -> File:
    """A few hundred bytes that say they are 400 million pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return File(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + _chunk(b"IEND", b""),
        "image/png",
    )


def bomb_webp(side: int = 16_000) -> File:
    """A header that asks for 256 million pixels, and nothing behind it."""
    size = (side - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size + size
    return File(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body, "image/webp")


def recording(kind: str = "audio/webm") -> File:
    """The beginning of each container, and some sound behind it that nobody listens to."""
    begins = {
        "audio/webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\x82\x84webm",
        "audio/ogg": b"OggS\0\x02" + b"\0" * 20,
        "audio/mp4": b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom",
    }
    return File(begins[kind] + random.Random(3).randbytes(9_000), kind)


def film(kind: str = "video/mp4") -> File:
    """A container with one track of pictures, and bytes behind it that nobody looks at."""
    shown = random.Random(5).randbytes(9_000)
    if kind == "video/webm":
        entry = _element(b"\xae", _element(b"\xd7", b"\1") + _element(b"\x83", b"\1"))
        inside = _element(b"\x16\x54\xae\x6b", entry) + _element(b"\x1f\x43\xb6\x75", shown)
        # a browser writes as it films, so its segment says no length
        head = _element(b"\x1a\x45\xdf\xa3", b"B\x82\x84webm")
        return File(head + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + inside, kind)
    handler = _box(b"hdlr", b"\0" * 8 + b"vide" + b"\0" * 13)
    moov = _box(b"moov", _box(b"mvhd", b"\0" * 100) + _box(b"trak", _box(b"mdia", handler)))
    return File(_box(b"ftyp", b"isom\0\0\2\0mp42") + _box(b"mdat", shown) + moov, kind)


def pdf() -> File:
    """The smallest page."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    xref = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    trailer = b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return File(body + xref + trailer, "application/pdf")


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def _element(name: bytes, content: bytes) -> bytes:
    return name + (len(content) | 1 << 28).to_bytes(4, "big") + content


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
