"""The files that a form carries: what one may be, and what it turns out to be by its bytes.

Pictures are decoded, sounds and films are known by their containers, lists are read row by row
(``media_lists``), drawings are looked through for whatever is no drawing (``media_svg``). A phone on a weak
link fetches all of a form's files before the form can be filled, so they are small. What is taken is what
every phone of ours plays and shows; anything else is refused with the way to make it so.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Final

from PIL import Image

from server.forms import media_lists, media_svg
from server.forms.findings import Finding
from server.forms.media_lists import BadList, FileList

PICTURE, SOUND, FILM, LIST = "picture", "sound", "film", "list"
MOST_BYTES: Final = {PICTURE: 500_000, SOUND: 1_000_000, FILM: 4_000_000, LIST: 2_000_000}
MOST_BYTES_OF_FORM: Final = 10_000_000
MOST_FILES: Final = 200
MOST_PIXELS: Final = 12_000_000

# suffix → what it is, its type, and (of a picture) the decoder that must be able to read it
_SUFFIXES: Final = {
    "png": (PICTURE, "image/png", "PNG"),
    "jpg": (PICTURE, "image/jpeg", "JPEG"),
    "jpeg": (PICTURE, "image/jpeg", "JPEG"),
    "webp": (PICTURE, "image/webp", "WEBP"),
    "svg": (PICTURE, "image/svg+xml", None),
    "mp3": (SOUND, "audio/mpeg", None),
    "m4a": (SOUND, "audio/mp4", None),
    "wav": (SOUND, "audio/wav", None),
    "mp4": (FILM, "video/mp4", None),
    "csv": (LIST, "text/csv", None),
    "geojson": (LIST, "application/geo+json", None),
    "xml": (LIST, "text/xml", None),
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", re.ASCII)
_MP3 = re.compile(rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa\xfb]")


@dataclass(frozen=True)
class Medium:
    """One file of a form, as it is published: a list is written anew, in the one way that the phone reads."""

    name: str
    what: str  # PICTURE, SOUND, FILM or LIST
    type: str
    data: bytes = field(repr=False)
    list: FileList | None = None
    areas: frozenset[str] = frozenset()  # of a drawing: the names that it gives to its parts

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def look(given: Mapping[str, bytes]) -> tuple[dict[str, Medium], list[Finding]]:
    """Look the files over: those that may be published, by name, and what is wrong with the others."""
    media: dict[str, Medium] = {}
    findings: list[Finding] = []
    for name, data in sorted(given.items()):
        found = _look(name, data)
        if isinstance(found, Medium):
            media[name] = found
        else:
            findings.append(found)
    findings.extend(_too_much(given))
    return media, findings


def kind_of(name: str) -> str | None:
    """What a file of this name would be; None: nothing that a form carries."""
    known = _SUFFIXES.get(_suffix(name))
    return known and known[0]


def suffixes(what: str) -> str:
    """The endings that files of this kind may have, in words."""
    return ", ".join(f".{suffix}" for suffix, (kind, *_) in _SUFFIXES.items() if kind == what)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _too_much(given: Mapping[str, bytes]) -> Iterator[Finding]:
    total = sum(len(data) for data in given.values())
    if total > MOST_BYTES_OF_FORM or len(given) > MOST_FILES:
        params = {
            "files": len(given),
            "bytes": _kilo(total),
            "most": _kilo(MOST_BYTES_OF_FORM),
            "most_files": MOST_FILES,
        }
        yield Finding("media_too_much", "survey", params=params)


def _look(name: str, data: bytes) -> Medium | Finding:
    def finding(code: str, row: int | None = None, column: str | None = None, **params: object) -> Finding:
        return Finding(code, name, row, column, {"value": name, **params})

    known = _SUFFIXES.get(_suffix(name))
    if known is None:
        return finding("media_kind", known=", ".join(f".{suffix}" for suffix in _SUFFIXES))
    if not _NAME.fullmatch(name):
        return finding("media_name_bad")
    what, kind, decoder = known
    if len(data) > MOST_BYTES[what]:
        return finding("media_too_large", bytes=_kilo(len(data)), most=_kilo(MOST_BYTES[what]))
    if what == LIST:
        try:
            read = media_lists.read(_suffix(name), data)
        except BadList as bad:
            return finding(bad.code, bad.row, bad.column, **bad.params)
        return Medium(name, what, kind, read.data, list=read)
    if kind == "image/svg+xml":
        try:
            drawing = media_svg.read(data)
        except media_svg.Unsafe as unsafe:
            return finding("svg_unsafe", what=unsafe.what)
        except media_svg.NoDrawing:
            return finding("media_unreadable")
        return Medium(name, what, kind, drawing.data, areas=drawing.ids)
    if what == FILM and _is_mp4(data) and not (b"avc1" in data or b"avc3" in data):
        return finding("film_codec")
    readable = _decodes(data, decoder) if decoder else _is_what_it_says(kind, data)
    return Medium(name, what, kind, data) if readable else finding("media_unreadable")


def _decodes(data: bytes, decoder: str) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=(decoder,)) as picture:
            if prod(picture.size) > MOST_PIXELS:
                return False
            picture.load()
    except Exception:  # whatever Pillow's decoders stumble over: the bytes are what is wrong
        return False
    return True


def _is_what_it_says(kind: str, data: bytes) -> bool:
    if kind == "audio/mpeg":
        return _MP3.match(data) is not None
    if kind == "audio/wav":
        return data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    return _is_mp4(data)


def _is_mp4(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and b"moov" in data


def _kilo(size: int) -> str:
    return f"{-(-size // 1000)} kB"
