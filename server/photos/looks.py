"""What a file is, by its bytes alone: its type, whether it is usable, and the preview of a picture.

A picture is decoded before anybody is told that it is one; how large it would become is read from its header
first, since a few bytes can unfold into gigabytes. Whatever is no usable picture gets a code and is kept
aside, never shown. Recordings and films are known by their containers and the tracks in them; a film or PDF
that was cut is not usable.
"""

from __future__ import annotations

import io
import struct
from contextlib import nullcontext
from dataclasses import dataclass
from math import prod
from threading import Lock
from typing import Final

from PIL import Image, ImageOps

from server.photos import containers
from sync.messages import MOST_PREVIEW_BYTES

MOST_PIXELS: Final = 50_000_000
MOST_PREVIEW_SIDE: Final = 2_048
PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
RECORDINGS: Final = ("audio/webm", "audio/mp4", "audio/ogg")
FILMS: Final = {"audio/webm": "video/webm", "audio/mp4": "video/mp4"}  # the same containers
PDF: Final = "application/pdf"
PREVIEWS: Final = ("image/jpeg", "image/webp")

_HEAD_BYTES = 4_096
_LARGE_PIXELS = 12_000_000
_DRAFT_SIDE = 400  # what a phone's 1600 pixels become by a quarter
_TRIES = ((480, 72), (400, 64), (320, 56), (240, 48), (160, 40))  # longest side, JPEG quality

Image.MAX_IMAGE_PIXELS = None  # Pillow's own guard warns, and for WebP too late: the one here comes first
_one_large_at_a_time = Lock()


@dataclass(frozen=True)
class Look:
    """``aside`` says why it is not usable: photo_type, photo_too_large, photo_unreadable."""

    type: str | None
    aside: str | None = None
    preview: bytes | None = None  # a JPEG of at most 24 kB, upright


def look(data: bytes) -> Look:
    """Look a whole file over."""
    kind = type_of(data[:_HEAD_BYTES])
    if kind is None:
        return Look(None, "photo_type")
    if kind in RECORDINGS:
        return _film(kind, data) if kind in FILMS and containers.has_film(kind, data) else Look(kind)
    if kind == PDF:
        return Look(kind, None if containers.whole_pdf(data) else "photo_unreadable")
    try:
        if kind == "image/webp" and prod(_webp_size(data)) > MOST_PIXELS:
            return Look(kind, "photo_too_large")  # Pillow makes room for it all before it tells the size
        with Image.open(io.BytesIO(data), formats=(PICTURES[kind],)) as picture:
            pixels = prod(picture.size)  # of the header alone
            if pixels > MOST_PIXELS:
                return Look(kind, "photo_too_large")
            # eight threads with 50 million pixels each would be a machine's memory
            with _one_large_at_a_time if pixels > _LARGE_PIXELS else nullcontext():
                return Look(kind, preview=_preview(picture))
    except Exception:  # whatever Pillow's decoders stumble over: the bytes are what is wrong
        return Look(kind, "photo_unreadable")


def _film(kind: str, data: bytes) -> Look:
    whole = kind == "audio/webm" or containers.whole_mp4(data)  # WebM plays as far as it goes
    return Look(FILMS[kind], None if whole else "photo_unreadable")


def type_of(head: bytes) -> str | None:
    """The type that these first bytes are of, a film as a recording; None: none that we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"%PDF-"):
        return PDF
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    return None


def small_enough(data: bytes, kind: str) -> bool:
    """Is this a preview that may be shown: small, of the type that it says, and decodable?"""
    if kind not in PREVIEWS or len(data) > MOST_PREVIEW_BYTES or type_of(data[:_HEAD_BYTES]) != kind:
        return False
    try:
        if kind == "image/webp" and max(_webp_size(data)) > MOST_PREVIEW_SIDE:
            return False
        with Image.open(io.BytesIO(data), formats=(PICTURES[kind],)) as picture:
            if max(picture.size) > MOST_PREVIEW_SIDE:
                return False
            picture.load()
    except Exception:  # as above
        return False
    return True


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height of a WebP by the first of its chunks (RFC 9649)."""
    chunk, body = head[12:16], head[20:]
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L" and body[0] == 0x2F:
        (bits,) = struct.unpack("<I", body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no WebP header")


def _preview(picture: Image.Image) -> bytes | None:
    """Decode it all, and make the preview; None when nothing small enough comes of it."""
    part = _DRAFT_SIDE / max(picture.size)
    if part < 1:  # JPEG: every block is decoded, at a half to an eighth of the size
        picture.draft("RGB", (int(picture.width * part), int(picture.height * part)))
    picture.load()
    picture.thumbnail((_TRIES[0][0], _TRIES[0][0]))  # before anything is copied
    upright = _flat(ImageOps.exif_transpose(picture))
    for side, quality in _TRIES:
        if max(upright.size) > side:
            upright.thumbnail((side, side))
        made = io.BytesIO()
        upright.save(made, "JPEG", quality=quality)  # saved anew: nothing of EXIF comes along
        if made.tell() <= MOST_PREVIEW_BYTES:
            return made.getvalue()
    return None


def _flat(picture: Image.Image) -> Image.Image:
    """RGB; what is see-through stands on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        ground = Image.new("RGB", rgba.size, "white")
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    return picture if picture.mode == "RGB" else picture.convert("RGB")
