"""Coloured paper, cut and laid in layers: what the demo's pictures are made of.

Coordinates are in a sheet of 1600 × 1200. Everything is cut at twice the size and brought down, so that edges
are smooth. Each layer throws a small shadow on what lies below it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from math import cos, pi, sin
from pathlib import Path

import manimgx_fonts_cjk
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1600, 1200
_FINE = 2
_SHADOW = (58, 42, 28, 30)
_BREATH = (255, 253, 248, 165)
_QUALITY = 80
_SIMPLIFIED = 2  # of the faces in the font's collection
_WEIGHT = 500

# As `--art-*` of the app's tokens
SKY, SUN, FAR, MID, NEAR = "#fbead2", "#f4b860", "#c9d8d0", "#9dbcae", "#5f8f7e"
SNOW, BARK, NOTCH, WALL, ROOF = "#fffdf8", "#f3efe6", "#6d6f6a", "#e3b58e", "#8a5a44"
GLOW, DARK, PINE, SLATE, GREY = "#ffd98a", "#4a4640", "#0a5748", "#6f7f9c", "#b9b6ae"

Point = tuple[float, float]


class Sheet:
    """One picture in the making."""

    def __init__(self, ground: str) -> None:
        self._image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def cut(self, points: Sequence[Point], colour: str, *, lift: float = 6) -> None:
        """A piece with straight edges; `lift` is how far its shadow falls, 0 for none."""
        if lift:
            self._draw.polygon([_fine(x + lift, y + lift * 1.3) for x, y in points], fill=_SHADOW)
        self._draw.polygon([_fine(x, y) for x, y in points], fill=colour)

    def box(
        self, x: float, y: float, w: float, h: float, colour: str, *, r: float = 0, lift: float = 6
    ) -> None:
        """An upright piece, its corners rounded by `r`."""
        if lift:
            self._round(x + lift, y + lift * 1.3, w, h, r, _SHADOW)
        self._round(x, y, w, h, r, colour)

    def disc(self, x: float, y: float, rx: float, colour: str, *, ry: float = 0, lift: float = 6) -> None:
        """A round piece about this centre."""
        ry = ry or rx
        if lift:
            self._draw.ellipse(
                (*_fine(x - rx + lift, y - ry + lift * 1.3), *_fine(x + rx + lift, y + ry + lift * 1.3)),
                fill=_SHADOW,
            )
        self._draw.ellipse((*_fine(x - rx, y - ry), *_fine(x + rx, y + ry)), fill=colour)

    def veil(self, x: float, y: float, rx: float, ry: float, colour: tuple[int, int, int, int]) -> None:
        """Light or steam: a round piece that lets through what is below."""
        self._draw.ellipse((*_fine(x - rx, y - ry), *_fine(x + rx, y + ry)), fill=colour)

    def strip(self, points: Sequence[Point], width: float, colour: str) -> None:
        """A band along these points, its ends round."""
        self._draw.line(
            [_fine(x, y) for x, y in points], fill=colour, width=round(width * _FINE), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour, lift=0)

    def breath(self, points: Sequence[Point], width: float) -> None:
        """Steam or smoke along these points, thinner as it goes up."""
        left, right = [], []
        for number, (x, y) in enumerate(points):
            half = width / 2 * (1 - 0.55 * number / len(points))
            left.append(_fine(x - half, y))
            right.append(_fine(x + half, y))
        self._draw.polygon([*left, *reversed(right)], fill=_BREATH)

    def jpeg(self) -> bytes:
        """The finished picture, marked as invented."""
        small = self._image.reduce(_FINE)
        _mark(small)
        made = io.BytesIO()
        small.save(made, "JPEG", quality=_QUALITY, optimize=True)
        return made.getvalue()

    def _round(self, x: float, y: float, w: float, h: float, r: float, colour: str | tuple[int, ...]) -> None:
        self._draw.rounded_rectangle((*_fine(x, y), *_fine(x + w, y + h)), radius=r * _FINE, fill=colour)


def hill(start: float, peaks: Sequence[float], base: float) -> list[Point]:
    """A soft ridge from the left edge to the right: its height at even steps, closed at `base`."""
    step = WIDTH / (len(peaks) - 1)
    ridge: list[Point] = []
    for number in range(len(peaks) - 1):
        a, b = peaks[number], peaks[number + 1]
        for part in range(12):
            eased = (1 - cos(pi * part / 12)) / 2
            ridge.append((number * step + step * part / 12, start - a - (b - a) * eased))
    return [(0, base), *ridge, (WIDTH, start - peaks[-1]), (WIDTH, base)]


def curl(x: float, y: float, height: float, sway: float) -> list[Point]:
    """A thread of steam or smoke that goes up from here."""
    return [(x + sway * sin(part / 5) * part / 22, y - height * part / 24) for part in range(25)]


def _fine(x: float, y: float) -> tuple[int, int]:
    return round(x * _FINE), round(y * _FINE)


def _mark(picture: Image.Image) -> None:
    """演示图 in the lower right corner, so that none passes for a photo."""
    draw = ImageDraw.Draw(picture, "RGBA")
    draw.rounded_rectangle(
        (WIDTH - 236, HEIGHT - 98, WIDTH - 36, HEIGHT - 34),
        radius=32,
        fill=(255, 253, 248, 235),
        outline=(74, 70, 64, 110),
        width=2,
    )
    draw.text((WIDTH - 136, HEIGHT - 66), "演示图", font=_font(), fill=DARK, anchor="mm")


@cache
def _font() -> ImageFont.FreeTypeFont:
    (file,) = Path(manimgx_fonts_cjk.__file__).parent.glob("*.ttc")
    font = ImageFont.truetype(str(file), 40, index=_SIMPLIFIED)
    font.set_variation_by_axes([_WEIGHT])
    return font
