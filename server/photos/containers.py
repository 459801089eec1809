"""What is inside of a container, by its structure and not by its name: has it a film, is it whole?

Only so much is read as tells that: the tracks of an MP4 (ISO 14496-12) or WebM (RFC 8794), the end of a PDF.
Lengths come from whoever sent the file, so none is followed beyond its parent, and no walk is long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_MOST_PARTS: Final = 10_000
_TAIL_BYTES: Final = 2_048

_EBML_SEGMENT: Final = 0x18538067
_EBML_TRACKS: Final = 0x1654AE6B
_EBML_ENTRY: Final = 0xAE
_EBML_TRACK_TYPE: Final = 0x83
_EBML_FILM: Final = 1

Part = tuple[int, int]  # where its content begins and ends


def has_film(kind: str, data: bytes) -> bool:
    """Is there a track of pictures in this audio/mp4 or audio/webm?"""
    if kind == "audio/mp4":
        return b"vide" in _handlers(data)
    return any(_webm_track_types(data))


def whole_mp4(data: bytes) -> bool:
    """Do its boxes end where the file ends, with what is shown among them? One that was cut does not."""
    names = {name for name, _ in _boxes(data, (0, len(data)))}
    end = max((part[1] for _, part in _boxes(data, (0, len(data)))), default=0)
    return end == len(data) and (b"mdat" in names or b"moof" in names)


def whole_pdf(data: bytes) -> bool:
    """Does it end as a PDF ends? A reader finds everything from there."""
    tail = data[-_TAIL_BYTES:]
    return b"startxref" in tail and b"%%EOF" in tail


def _handlers(data: bytes) -> set[bytes]:
    found = set()
    for track in _inside(data, [(0, len(data))], b"moov", b"trak", b"mdia", b"hdlr"):
        found.add(data[track[0] + 8 : track[0] + 12])  # after version, flags and a blank
    return found


def _inside(data: bytes, parts: list[Part], *names: bytes) -> list[Part]:
    for wanted in names:
        parts = [inner for part in parts for name, inner in _boxes(data, part) if name == wanted]
    return parts


def _boxes(data: bytes, inside: Part) -> Iterator[tuple[bytes, Part]]:
    """The boxes of an MP4 in this part; one that reaches beyond it ends the walk."""
    at, end = inside
    for _ in range(_MOST_PARTS):
        if at + 8 > end:
            return
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            return
        yield data[at + 4 : at + 8], (at + head, at + size)
        at += size


def _webm_track_types(data: bytes) -> Iterator[bool]:
    whole = (0, len(data))
    for segment in _elements(data, whole, _EBML_SEGMENT):
        for tracks in _elements(data, segment, _EBML_TRACKS):
            for entry in _elements(data, tracks, _EBML_ENTRY):
                for first, last in _elements(data, entry, _EBML_TRACK_TYPE):
                    yield int.from_bytes(data[first:last], "big") == _EBML_FILM


def _elements(data: bytes, inside: Part, wanted: int) -> Iterator[Part]:
    """The elements of a WebM in this part that have this id."""
    at, end = inside
    for _ in range(_MOST_PARTS):
        name, at = _vint(data, at, end, keep_marker=True)
        size, at = _vint(data, at, end, keep_marker=False)
        if name is None or size is None:
            return
        last = min(end, at + size)
        if name == wanted:
            yield at, last
        at = last


def _vint(data: bytes, at: int, end: int, *, keep_marker: bool) -> tuple[int | None, int]:
    """A number of variable length; a size of all ones is unknown, and reaches to the end of its parent."""
    if at >= end or data[at] == 0:
        return None, at
    length = 9 - data[at].bit_length()
    if at + length > end:
        return None, at
    number = int.from_bytes(data[at : at + length], "big")
    if keep_marker:
        return number, at + length
    rest = (1 << (7 * length)) - 1
    value = number & rest
    return (end - at if value == rest else value), at + length
