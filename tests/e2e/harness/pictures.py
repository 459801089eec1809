"""A photo as a phone's album holds it: large, hard to compress, with the time at which it was taken."""

from __future__ import annotations

from pathlib import Path
from random import Random

from PIL import Image

TAKEN = "2026:11:20 09:02:00"
_EXIF = 0x8769
_DATE_TIME_ORIGINAL = 0x9003


def photo(file: Path, *, seed: int = 7, size: tuple[int, int] = (2000, 1500)) -> Path:
    """Coarse noise, so that its JPEG of 1600 pixels takes several pieces on a bad link."""
    noise = Image.frombytes(
        "RGB", (size[0] // 4, size[1] // 4), Random(seed).randbytes(size[0] * size[1] // 16 * 3)
    )
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_DATE_TIME_ORIGINAL] = TAKEN
    noise.resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=92, exif=exif)
    return file
