"""What stands about in the demo's pictures: windows and kettles, firs and birches, a cat, out of paper."""

from __future__ import annotations

from math import cos, pi, sin

from server.demo.dice import Dice
from server.demo.paper import (
    BARK,
    DARK,
    FAR,
    GLOW,
    GREY,
    MID,
    NEAR,
    NOTCH,
    PINE,
    ROOF,
    SKY,
    SLATE,
    SNOW,
    SUN,
    WALL,
    WIDTH,
    Sheet,
    hill,
)


def outdoors(sheet: Sheet, dice: Dice, x: float, y: float, w: float, h: float) -> None:
    """Sky, hills and birches within a frame; what juts out is covered by the frame's own wall later."""
    sheet.box(x, y, w, h, dice.of([SKY, "#f7d9b0", "#dfe8ee"]), lift=0)
    sheet.disc(x + dice.whole(200, 840), y + dice.whole(150, 330), 86, SUN, lift=0)
    for base, colour, low, high in ((520, FAR, 60, 200), (600, MID, 40, 130), (680, SNOW, 20, 70)):
        peaks = [dice.whole(low, high) for _ in range(5)]
        ridge = [(x + px / WIDTH * w, y + py) for px, py in hill(base, peaks, h)]
        sheet.cut(ridge, colour, lift=4)
    for _ in range(dice.whole(2, 4)):
        tx = x + dice.whole(90, 950)
        birch(sheet, dice, tx, y + h - dice.whole(10, 50), dice.whole(330, 480), most=(y + 6))
    flakes(sheet, dice, x + 20, y + 20, w - 40, h - 40, dice.whole(25, 70))


def curtain(sheet: Sheet, x: float, side: int, colour: str) -> None:
    inner, outer = x - side * 130, x + side * 180
    sheet.cut(
        [(outer, 60), (inner, 60), (inner + side * 8, 560), (inner + side * 44, 1010), (outer, 1010)], colour
    )
    for fold in range(3):
        a = inner + side * (58 + fold * 66)
        sheet.cut(
            [(a, 90), (a + side * 12, 90), (a + side * 52, 1010), (a + side * 24, 1010)], "#00000014", lift=0
        )


def plant(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    for leaf in range(9):
        turn = pi * (0.12 + 0.76 * leaf / 8)
        long = dice.whole(130, 200)
        tx, ty = x - cos(turn) * long, y - 120 - sin(turn) * long
        sheet.strip([(x, y - 110), (tx, ty)], 9, PINE)
        sheet.disc(tx, ty, 34, dice.of([PINE, NEAR]), ry=26, lift=4)
    if dice.happens(60):
        for leaf in range(3):
            sheet.disc(x - 70 + leaf * 70, y - 250 - leaf % 2 * 50, 26, SUN, lift=4)
    sheet.cut([(x - 92, y - 130), (x + 92, y - 130), (x + 66, y + 6), (x - 66, y + 6)], ROOF, lift=8)
    sheet.box(x - 104, y - 150, 208, 40, "#9d6a52", r=8, lift=5)


def cat(sheet: Sheet, x: float, y: float) -> None:
    """From behind: it looks out."""
    tail = [(x + 150 - 90 * cos(pi * part / 24), y - 66 + 46 * sin(pi * part / 24)) for part in range(25)]
    tail += [(x + 212 + 28 * cos(pi * part / 16), y - 66 - 40 * sin(pi * part / 16)) for part in range(13)]
    sheet.strip(tail, 32, DARK)
    sheet.disc(x, y - 100, 108, DARK, ry=112, lift=8)
    sheet.disc(x, y - 250, 76, DARK, ry=68, lift=5)
    for side in (-1, 1):
        sheet.cut(
            [(x + side * 74, y - 262), (x + side * 66, y - 352), (x + side * 12, y - 306)], DARK, lift=0
        )
    sheet.box(x - 56, y - 204, 112, 24, SUN, r=12, lift=0)


def kettle(sheet: Sheet, x: float, y: float) -> None:
    sheet.strip([(x - 86, y - 150), (x - 60, y - 236), (x + 60, y - 236), (x + 86, y - 150)], 16, DARK)
    sheet.cut([(x + 90, y - 96), (x + 176, y - 176), (x + 204, y - 160), (x + 120, y - 40)], SLATE, lift=5)
    sheet.cut([(x - 96, y - 150), (x + 96, y - 150), (x + 132, y), (x - 132, y)], SLATE, lift=8)
    sheet.box(x - 100, y - 166, 200, 30, "#8494b0", r=14, lift=4)
    sheet.disc(x, y - 178, 22, DARK, lift=0)
    sheet.strip([(x - 96, y - 40), (x - 72, y - 122)], 12, "#9aa8c0")


def flames(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    for spread, colour, tall in ((84, ROOF, 150), (62, SUN, 124), (38, GLOW, 86)):
        tips = 3
        points: list[tuple[float, float]] = [(x - spread, y)]
        for tip in range(tips):
            left = x - spread + tip * 2 * spread / tips
            points += [
                (left + spread / tips, y - tall * dice.whole(70, 100) / 100),
                (left + 2 * spread / tips, y - tall * 0.3),
            ]
        sheet.cut([*points, (x + spread, y)], colour, lift=0)


def logs(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    for row, count in enumerate((4, 3, 2)):
        for number in range(count):
            cx = x + row * 44 + number * 88
            cy = y - row * 76
            sheet.disc(cx, cy, 45, ROOF, lift=6)
            sheet.disc(cx, cy, 35, dice.of([WALL, "#ecc9a5"]), lift=0)
            sheet.disc(cx, cy, 15, "#d3a47d", lift=0)


def stool(sheet: Sheet, x: float, y: float) -> None:
    for dx in (-84, 66):
        sheet.box(x + dx, y - 150, 20, 160, ROOF, r=6)
    sheet.box(x - 120, y - 180, 240, 40, "#9d6a52", r=14, lift=8)


def window_far(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    sheet.box(x - 16, y - 16, 312, 372, SNOW, r=8, lift=9)
    sheet.box(x, y, 280, 340, dice.of(["#dfe8ee", SKY, "#f7d9b0"]), lift=0)
    ridge = [
        (x, y + 340),
        (x, y + 250),
        (x + 90, y + 200),
        (x + 190, y + 260),
        (x + 280, y + 215),
        (x + 280, y + 340),
    ]
    sheet.cut(ridge, FAR, lift=0)
    sheet.cut(
        [(x, y + 340), (x, y + 300), (x + 140, y + 276), (x + 280, y + 310), (x + 280, y + 340)], SNOW, lift=0
    )
    flakes(sheet, dice, x + 14, y + 14, 250, 250, 16)
    sheet.box(x + 133, y, 14, 340, SNOW, lift=3)
    sheet.box(x, y + 130, 280, 14, SNOW, lift=3)


def large_bowl(sheet: Sheet, x: float, y: float, r: float, glaze: str) -> None:
    sheet.cut(
        [(x + r * cos(pi * part / 40), y + r * 0.86 * sin(pi * part / 40)) for part in range(41)], glaze
    )
    sheet.box(x - 130, y + r * 0.80, 260, 52, glaze, r=10, lift=8)
    band = [
        (x + r * 0.915 * cos(pi * part / 40), y + 116 + r * 0.36 * sin(pi * part / 40)) for part in range(41)
    ]
    sheet.strip(band[2:39], 14, SNOW)
    sheet.disc(x, y, r, SNOW, ry=92, lift=0)
    sheet.disc(x, y + 4, r - 24, ROOF, ry=74, lift=0)


def food(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    if dice.happens(50):  # dumplings
        for number in range(7):
            cx = x - 210 + number % 4 * 140 + (70 if number > 3 else 0)
            cy = y - 6 - (34 if number > 3 else 0)
            sheet.disc(cx, cy, 78, SNOW, ry=44, lift=4)
            sheet.strip([(cx - 56, cy - 20), (cx, cy - 36), (cx + 56, cy - 20)], 9, "#e9e1d0")
        return
    sheet.disc(x, y - 4, 318, GLOW, ry=66, lift=0)  # noodles with an egg and greens
    for row in range(5):
        points = [(x - 260 + part * 26, y - 30 + row * 16 + 9 * sin(part * 0.9 + row)) for part in range(21)]
        sheet.strip(points, 9, SUN if row % 2 else "#f0c67a")
    sheet.disc(x + 110, y - 22, 92, SNOW, ry=48, lift=4)
    sheet.disc(x + 116, y - 26, 42, SUN, ry=26, lift=3)
    for number in range(4):
        sheet.disc(x - 210 + number * 56, y - 26 + number % 2 * 26, 44, dice.of([NEAR, PINE]), ry=20, lift=3)


def dish(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    sheet.disc(x, y + 20, 170, SNOW, ry=62, lift=10)
    sheet.disc(x, y + 10, 132, BARK, ry=42, lift=0)
    colours = dice.of([[NEAR, PINE, MID], [SUN, GLOW, WALL], [ROOF, SUN, NEAR]])
    for number in range(8):
        cx = x + 78 * cos(number * pi / 4)
        sheet.disc(cx, y + 2 + 22 * sin(number * pi / 4), 34, colours[number % 3], ry=20, lift=3)


def door(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    sheet.box(x - 20, y - 20, 380, 700, SNOW, lift=8)
    sheet.box(x, y, 340, 680, dice.of([ROOF, SLATE, "#9d6a52"]), lift=0)
    for dy in (60, 390):
        sheet.box(x + 50, y + dy, 240, 230, "#ffffff22", r=8, lift=0)
    fu(sheet, x + 170, y + 176, 92)
    sheet.disc(x + 300, y + 350, 15, SUN, lift=4)
    sheet.box(x - 10, 1010, 360, 56, SLATE, r=8, lift=5)


def fu(sheet: Sheet, x: float, y: float, r: float) -> None:
    """The paper that hangs on every door at New Year, without its character."""
    sheet.cut([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], "#c8553d", lift=5)
    inner = r * 0.72
    sheet.cut([(x, y - inner), (x + inner, y), (x, y + inner), (x - inner, y)], SUN, lift=0)
    inner = r * 0.58
    sheet.cut([(x, y - inner), (x + inner, y), (x, y + inner), (x - inner, y)], "#c8553d", lift=0)
    for petal in range(4):
        turn = petal * pi / 2
        sheet.disc(x + r * 0.2 * cos(turn), y + r * 0.2 * sin(turn), r * 0.17, GLOW, lift=0)


def cabbages(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    """Laid in for the winter, heads to the left."""
    for row, count in enumerate((2, 1)):
        for number in range(count):
            cx, cy = x + row * 84 + number * 168, y - 20 - row * 92
            leaf = dice.of(["#b9d3a4", "#a9c995"])
            for dx, dy, r in ((-78, -20, 40), (-84, 16, 36), (-40, -38, 40), (-44, 32, 38)):
                sheet.disc(cx + dx, cy + dy, r, leaf, lift=4)
            sheet.disc(cx - 58, cy - 2, 50, NEAR if number else MID, ry=40, lift=0)
            sheet.disc(cx, cy, 92, "#e9f0d8", ry=50, lift=5)
            sheet.disc(cx + 26, cy, 70, SNOW, ry=42, lift=0)
            for dy in (-18, 0, 18):
                sheet.strip([(cx - 58, cy + dy * 1.2), (cx + 66, cy + dy * 0.6)], 4, "#d9e4c3")


def boxes(sheet: Sheet, dice: Dice, x: float, y: float) -> None:
    for bx, by, w, h in ((x - 30, y - 170, 230, 190), (x + 30, y - 320, 170, 150)):
        sheet.box(bx, by, w, h, WALL, lift=8)
        sheet.box(bx + w / 2 - 16, by, 32, h, "#d3a47d", lift=0)
    sheet.strip([(x + 250, y + 10), (x + 300, y - 330)], 14, ROOF)
    sheet.cut([(x + 206, y + 30), (x + 226, y - 80), (x + 276, y - 80), (x + 300, y + 30)], SUN, lift=5)
    sheet.box(x + 222, y - 92, 58, 22, dice.of([SLATE, PINE]), r=4, lift=0)


def fir(sheet: Sheet, x: float, y: float, tall: float) -> None:
    sheet.box(x - tall * 0.04, y - tall * 0.14, tall * 0.08, tall * 0.16, ROOF, lift=0)
    for tier in range(3):
        w, base = tall * (0.33 - tier * 0.08), y - tall * (0.1 + tier * 0.24)
        top = base - tall * 0.42
        sheet.cut([(x - w, base), (x, top), (x + w, base)], PINE if tier % 2 else "#1d6152", lift=4)
        part = 0.36
        sheet.cut(
            [(x - w * part, top + (base - top) * part), (x, top), (x + w * part, top + (base - top) * part),
             (x + w * 0.1, top + (base - top) * 0.27), (x - w * 0.12, top + (base - top) * 0.4)],
            SNOW,
            lift=0,
        )  # fmt: skip


def birch(sheet: Sheet, dice: Dice, x: float, y: float, tall: float, *, most: float = 0) -> None:
    top = max(most, y - tall)
    sheet.cut([(x - 24, y), (x - 13, top), (x + 13, top), (x + 24, y)], BARK, lift=6)
    for _ in range(7):
        ny = dice.whole(round(top) + 30, round(y) - 40)
        w = dice.whole(10, 22)
        sheet.box(x - 18, ny, w, 9, NOTCH, r=4, lift=0)
    for side in (-1, 1):
        by = top + (y - top) * dice.whole(12, 34) / 100
        reach = dice.whole(80, 150)
        sheet.strip([(x, by), (x + side * reach, max(most, by - reach * 0.8))], 8, BARK)


def fence(sheet: Sheet, dice: Dice) -> None:
    y = dice.whole(1000, 1030)
    for x in range(-20, 420, 70):
        sheet.box(x, y - 130, 26, 190, ROOF, r=4, lift=5)
        sheet.box(x - 4, y - 146, 34, 26, SNOW, r=10, lift=0)
    for dy in (-90, -10):
        sheet.box(-20, y + dy, 470, 20, "#9d6a52", r=4, lift=4)


def snowman(sheet: Sheet, x: float, y: float) -> None:
    sheet.disc(x, y, 128, SNOW, ry=112, lift=9)
    sheet.disc(x, y - 158, 84, SNOW, lift=7)
    sheet.box(x - 84, y - 108, 168, 30, "#c8553d", r=15, lift=3)
    sheet.cut([(x + 34, y - 90), (x + 74, y - 90), (x + 66, y + 4), (x + 30, y)], "#c8553d", lift=3)
    sheet.cut([(x, y - 168), (x - 86, y - 150), (x, y - 144)], SUN, lift=2)
    for dx in (-26, 22):
        sheet.disc(x + dx, y - 186, 9, DARK, lift=0)
    sheet.box(x - 70, y - 262, 140, 40, NEAR, r=8, lift=4)
    sheet.box(x - 50, y - 320, 100, 70, NEAR, r=12, lift=0)


def block(sheet: Sheet, dice: Dice, x: float, y: float, w: float, h: float) -> None:
    sheet.box(x, y, w, h + 20, dice.of([WALL, BARK, MID, "#d9c2a6"]), lift=9)
    sheet.box(x - 8, y - 14, w + 16, 26, SNOW, r=8, lift=0)
    for wy in range(round(y) + 44, round(y + h) - 40, 74):
        for wx in range(round(x) + 26, round(x + w) - 50, 62):
            sheet.box(wx, wy, 34, 42, GLOW if dice.happens(28) else SLATE, r=3, lift=0)


def pavilion(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 250, y - 20, 500, 46, GREY, r=6, lift=8)
    for dx in (-190, -70, 56, 172):
        sheet.box(x + dx, y - 260, 24, 244, "#c8553d", lift=5)
    sheet.box(x - 220, y - 284, 440, 36, PINE, lift=5)
    sheet.cut(
        [
            (x - 330, y - 268),
            (x - 250, y - 310),
            (x - 70, y - 420),
            (x + 70, y - 420),
            (x + 250, y - 310),
            (x + 330, y - 268),
        ],
        SLATE,
        lift=9,
    )
    sheet.cut(
        [
            (x - 262, y - 304),
            (x - 74, y - 426),
            (x + 74, y - 426),
            (x + 262, y - 304),
            (x + 120, y - 330),
            (x, y - 310),
            (x - 130, y - 332),
        ],
        SNOW,
        lift=4,
    )
    sheet.disc(x, y - 440, 20, SUN, lift=3)


def lantern(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x - 9, y - 430, 18, 440, DARK, r=6, lift=4)
    sheet.strip([(x, y - 424), (x + 88, y - 424)], 12, DARK)
    sheet.veil(x + 84, y - 340, 110, 110, (255, 217, 138, 70))
    sheet.disc(x + 84, y - 340, 58, "#c8553d", ry=50, lift=5)
    for dx in (-24, 0, 24):
        sheet.strip([(x + 84 + dx, y - 384), (x + 84 + dx * 1.4, y - 340), (x + 84 + dx, y - 296)], 4, SUN)
    sheet.box(x + 58, y - 396, 52, 16, SUN, r=4, lift=0)
    sheet.box(x + 58, y - 300, 52, 16, SUN, r=4, lift=0)
    sheet.strip([(x + 84, y - 284), (x + 84, y - 236)], 8, SUN)


def flakes(sheet: Sheet, dice: Dice, x: float, y: float, w: float, h: float, count: int) -> None:
    for _ in range(count):
        r = dice.whole(4, 11)
        sheet.disc(x + dice.whole(0, round(w)), y + dice.whole(0, round(h)), r, SNOW, lift=0)
