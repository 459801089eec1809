"""Drawings (SVG) that a form carries: only what draws may be in one.

A drawing is shown as a picture, and of an ``image-map`` its outlines are laid over it to be tapped.
Scripts, foreign content and references to anything outside the file have no place in it: they would do
nothing under the app's content security policy, and must not begin to. Such a drawing is refused, not mended,
so that nobody wonders where a part of it went; only what drawing programs note for themselves is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.dom.minidom import Element
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.minidom import parseString

_WIDTH: Final = 360  # a phone's
SVG: Final = "http://www.w3.org/2000/svg"
_DRAWS: Final = re.compile(
    r"svg|g|defs|style|symbol|use|title|desc|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|"
    r"linearGradient|radialGradient|stop|pattern|clipPath|mask|marker|filter|"
    r"fe(GaussianBlur|Offset|Merge|MergeNode|Flood|Composite|Blend|ColorMatrix)"
)
_REFERS: Final = ("href", "src")
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)


class NoDrawing(Exception):
    """The bytes are no SVG."""


class Unsafe(Exception):
    """Something in it is no drawing; ``what`` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Drawing:
    data: bytes
    ids: frozenset[str]  # names of its parts, by which an image-map is answered


def read(data: bytes) -> Drawing:
    """Look a drawing through; raises NoDrawing or Unsafe."""
    if b"<!DOCTYPE" in data[:2_000] or b"<!ENTITY" in data:
        raise Unsafe("<!DOCTYPE>")
    try:
        document = parseString(data)
    except (ExpatError, DefusedXmlException, ValueError) as error:
        raise NoDrawing from error
    root = document.documentElement
    if root is None or root.localName != "svg" or root.namespaceURI != SVG or not _has_size(root):
        raise NoDrawing
    if any(node.nodeType == node.PROCESSING_INSTRUCTION_NODE for node in document.childNodes):
        raise Unsafe("<?…?>")
    for element in _drawn(root):
        _check(element)
    _sized(root)
    written: bytes = root.toxml(encoding="utf-8")
    return Drawing(written, frozenset(filter(None, (each.getAttribute("id") for each in _drawn(root)))))


def _sized(root: Element) -> None:
    """As wide and high as its frame says, so that what is laid over it lies where it is drawn."""
    *_, width, height = (float(number) for number in root.getAttribute("viewBox").replace(",", " ").split())
    if root.hasAttribute("preserveAspectRatio"):
        root.removeAttribute("preserveAspectRatio")
    root.setAttribute("width", str(_WIDTH))
    root.setAttribute("height", str(round(_WIDTH * height / width)))


def _has_size(root: Element) -> bool:
    """A drawing without a frame of its own cannot be made to fit, nor be tapped in the right place."""
    frame = root.getAttribute("viewBox").replace(",", " ").split()
    numbers = [float(number) for number in frame if re.fullmatch(r"-?\d+(\.\d+)?", number)]
    return len(frame) == len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0


def _drawn(element: Element) -> Iterator[Element]:
    """Elements of the drawing, without what an editor keeps for itself."""
    yield element
    for child in list(element.childNodes):
        if not isinstance(child, Element):
            continue
        if child.namespaceURI != SVG or child.localName == "metadata":
            element.removeChild(child)
        else:
            yield from _drawn(child)


def _check(element: Element) -> None:
    if not _DRAWS.fullmatch(element.localName or ""):
        raise Unsafe(f"<{element.localName}>")
    if element.localName == "style" and _OUTSIDE.search(_text(element)):
        raise Unsafe("<style>")
    for name, value in dict(element.attributes.items()).items():
        plain = name.rpartition(":")[2].lower()
        if plain.startswith("on"):
            raise Unsafe(name)
        if plain in _REFERS and not value.strip().startswith("#"):
            raise Unsafe(f"{name}={value[:40]}")
        if _OUTSIDE.search(value):
            raise Unsafe(f"{name}={value[:40]}")


def _text(element: Element) -> str:
    return "".join(getattr(child, "data", "") for child in element.childNodes)
