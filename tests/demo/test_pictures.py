"""What the demo draws: every scene, as large as a phone's photo, few bytes, the same for the same throw."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from server.demo.dice import Dice
from server.demo.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_a_jpeg_like_a_phones_and_says_that_it_is_drawn(scene: str) -> None:
    drawn = SCENES[scene](Dice(7, scene)).jpeg()
    assert len(drawn) <= 120_000
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1600, 1200))
        mark = picture.convert("L").crop((1364, 1102, 1564, 1166))
        darkest, lightest = mark.getextrema()
    assert darkest < 110 < 230 < lightest  # dark words on a light label, on every ground


def test_each_is_a_little_otherwise_and_the_same_for_the_same_throw() -> None:
    drawn = [SCENES["window"](Dice(seed, "a")).jpeg() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
