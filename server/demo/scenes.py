"""Places of a northern winter, cut out of paper: no face in them, and nobody's home.

Each scene draws itself a little otherwise for every throw of the dice: light, weather, what stands about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from server.demo.dice import Dice
from server.demo.paper import (
    BARK,
    DARK,
    FAR,
    GLOW,
    GREY,
    HEIGHT,
    MID,
    NEAR,
    NOTCH,
    ROOF,
    SKY,
    SLATE,
    SNOW,
    SUN,
    WALL,
    WIDTH,
    Sheet,
    curl,
    hill,
)
from server.demo.things import (
    birch,
    block,
    boxes,
    cabbages,
    cat,
    curtain,
    dish,
    door,
    fence,
    fir,
    flakes,
    flames,
    food,
    fu,
    kettle,
    lantern,
    large_bowl,
    logs,
    outdoors,
    pavilion,
    plant,
    snowman,
    stool,
    window_far,
)


def window(dice: Dice) -> Sheet:
    """A window with a winter sky, seen from a warm room."""
    sheet = Sheet(dice.of([WALL, MID, "#e9c9a4"]))
    left, top, wide, high = 280, 110, 1040, 760
    sheet.box(left - 34, top - 34, wide + 68, high + 68, SNOW, r=14, lift=12)
    outdoors(sheet, dice, left, top, wide, high)
    middle = left + wide * dice.of([0.5, 0.36, 0.64])
    sheet.box(middle - 13, top, 26, high, SNOW, lift=5)
    sheet.box(left, top + 236, wide, 22, SNOW, lift=5)
    sheet.box(left - 110, top + high + 34, wide + 220, 62, BARK, r=10, lift=12)
    cloth = dice.of([NEAR, ROOF, SLATE])
    for side in (-1, 1):
        curtain(sheet, WIDTH / 2 + side * 640, side, cloth)
    sheet.strip([(120, 74), (WIDTH - 120, 74)], 18, ROOF)
    plant(sheet, dice, dice.whole(430, 520), top + high + 40)
    (cat if dice.happens(55) else kettle)(sheet, dice.whole(950, 1080), top + high + 40)
    return sheet


def stove(dice: Dice) -> Sheet:
    """An iron stove with a kettle on it."""
    sheet = Sheet(dice.of([SKY, BARK, "#f2dfc4"]))
    sheet.box(0, 900, WIDTH, 300, WALL, lift=0)
    for x in range(-100, WIDTH, 230):
        sheet.strip([(x, 1200), (x + 90, 900)], 5, "#d3a47d")
    x = dice.whole(620, 760)
    for spread in (520, 400, 290):
        sheet.veil(x + 142, 690, spread, spread * 0.84, (255, 217, 138, 44))
    sheet.veil(x + 142, 966, 330, 54, (255, 217, 138, 110))
    sheet.box(x + 100, -20, 84, 430, NOTCH, lift=12)
    for y in (60, 250):
        sheet.box(x + 90, y, 104, 22, DARK, r=6, lift=4)
    for foot in (x - 6, x + 236):
        sheet.box(foot, 850, 52, 120, DARK, r=8)
    sheet.box(x - 50, 470, 384, 410, DARK, r=38, lift=16)
    sheet.box(x - 84, 430, 452, 60, NOTCH, r=18, lift=10)
    sheet.box(x + 30, 590, 224, 210, "#2f2c28", r=28, lift=0)
    flames(sheet, dice, x + 142, 786)
    for bar in range(4):
        sheet.box(x + 62 + bar * 48, 590, 12, 210, DARK, lift=0)
    kettle(sheet, x + 120, 432)
    for sway in (14, -18):
        sheet.breath(curl(x + 300 + sway, 235, dice.whole(130, 180), sway * 2), 17)
    window_far(sheet, dice, dice.of([150, 190]), 190)
    logs(sheet, dice, dice.whole(1130, 1190), 960)
    if dice.happens(60):
        stool(sheet, 250, 980)
    return sheet


def bowl(dice: Dice) -> Sheet:
    """A hot meal on the table."""
    sheet = Sheet(dice.of([FAR, SKY, "#dbe5de"]))
    for row in range(5):
        for column in range(9):
            shift = 90 if row % 2 else 0
            sheet.box(
                column * 190 - shift,
                row * 132,
                178,
                120,
                "#ffffff66" if row % 2 else "#ffffff40",
                r=6,
                lift=0,
            )
    sheet.box(0, 690, WIDTH, 510, WALL, lift=14)
    sheet.box(0, 690, WIDTH, 34, ROOF, lift=0)
    for y in (830, 970, 1100):
        sheet.strip([(0, y), (WIDTH, y + dice.whole(-10, 10))], 4, "#d3a47d")
    x, y = dice.whole(700, 800), 640
    sheet.disc(x, 960, 520, BARK, ry=110, lift=14)
    sheet.disc(x, 952, 440, SNOW, ry=84, lift=0)
    glaze = dice.of([SLATE, NEAR, ROOF])
    large_bowl(sheet, x, y, 360, glaze)
    food(sheet, dice, x, y)
    for part, sway in enumerate((-22, 26, -16)):
        sheet.breath(curl(x - 130 + part * 130, y - 112, dice.whole(260, 360), sway), 26)
    side = dice.of([-1, 1])
    dish(sheet, dice, x + side * 560, 900)
    a = x - side * 470
    for gap in (0, 44):
        sheet.strip([(a - side * 70 + gap, 760), (a - side * 20 + gap, 1130)], 17, ROOF)
    return sheet


def stairwell(dice: Dice) -> Sheet:
    """A stairwell, its walls green to the shoulder, with what stands about on the landing."""
    sheet = Sheet(BARK)
    paint = dice.of([NEAR, MID, "#7fa898"])
    sheet.box(0, 470, WIDTH, 730, paint, lift=0)
    sheet.box(0, 456, WIDTH, 18, SNOW, lift=0)
    sheet.box(0, 1010, WIDTH, 190, GREY, lift=8)
    for x in range(0, WIDTH, 200):
        sheet.strip([(x + 60, 1010), (x, 1200)], 4, "#a3a098")
    door(sheet, dice, 170, 330)
    steps, x, y = 9, 860, 1010
    for number in range(steps):
        rise, tread = 72, 92
        sheet.box(
            x + number * tread,
            y - (number + 1) * rise,
            WIDTH,
            rise + 4,
            SNOW if number % 2 else "#f0ece2",
            lift=4,
        )
        sheet.box(x + number * tread, y - (number + 1) * rise, WIDTH, 12, GREY, lift=0)
    rail = [(x - 20 + n * 92, 1010 - (n + 1) * 72) for n in range(steps + 1)]
    for px, py in rail:
        sheet.strip([(px + 40, py), (px + 40, py - 220)], 10, DARK)
    sheet.strip([(px + 40, py - 222) for px, py in rail], 30, ROOF)
    lamp = dice.whole(640, 760)
    sheet.strip([(lamp, 0), (lamp, 120)], 6, DARK)
    sheet.veil(lamp, 170, 260, 230, (255, 217, 138, 60))
    sheet.veil(lamp, 170, 150, 130, (255, 217, 138, 90))
    sheet.disc(lamp, 160, 46, GLOW, lift=5)
    cabbages(sheet, dice, dice.whole(590, 640), 1040) if dice.happens(60) else boxes(sheet, dice, 590, 1040)
    return sheet


def yard(dice: Dice) -> Sheet:
    """A house of one storey in the snow, its chimney smoking."""
    evening = dice.happens(45)
    sheet = Sheet("#f7d9b0" if evening else SKY)
    sheet.disc(dice.whole(1060, 1380), dice.whole(210, 330), 104, SUN, lift=0)
    sheet.cut(hill(640, [dice.whole(130, 330) for _ in range(6)], HEIGHT), FAR, lift=5)
    sheet.cut(hill(720, [dice.whole(80, 200) for _ in range(7)], HEIGHT), MID, lift=5)
    for x in range(30, WIDTH, 150):
        if dice.happens(50):
            fir(sheet, x + dice.whole(-30, 30), 720, dice.whole(110, 190))
    sheet.cut(hill(790, [dice.whole(20, 70) for _ in range(5)], HEIGHT), SNOW, lift=5)
    x = dice.whole(430, 560)
    sheet.box(x + 520, 330, 78, 170, ROOF)
    sheet.box(x + 508, 316, 102, 30, SNOW, r=12, lift=3)
    sheet.breath(curl(x + 560, 312, 270, dice.whole(30, 70)), 46)
    sheet.box(x, 560, 720, 350, WALL, lift=14)
    sheet.cut([(x - 70, 590), (x + 90, 410), (x + 630, 410), (x + 790, 590)], ROOF, lift=12)
    sheet.cut(
        [
            (x - 60, 570),
            (x + 92, 400),
            (x + 628, 400),
            (x + 780, 570),
            (x + 700, 548),
            (x + 560, 575),
            (x + 380, 545),
            (x + 180, 578),
            (x + 40, 550),
        ],
        SNOW,
        lift=6,
    )
    for wx in (x + 60, x + 480):
        sheet.box(wx, 640, 180, 150, SNOW, r=6, lift=5)
        sheet.box(wx + 14, 654, 152, 122, GLOW, lift=0)
        sheet.box(wx + 84, 654, 12, 122, SNOW, lift=0)
        sheet.box(wx + 14, 706, 152, 10, SNOW, lift=0)
    sheet.box(x + 290, 650, 140, 260, NEAR, r=6)
    fu(sheet, x + 360, 745, 40)
    sheet.cut(hill(960, [dice.whole(30, 90) for _ in range(6)], HEIGHT), SNOW, lift=7)
    fence(sheet, dice)
    birch(sheet, dice, dice.whole(170, 260), 1010, 760)
    if dice.happens(60):
        snowman(sheet, dice.whole(1260, 1340), 1040)
    else:
        logs(sheet, dice, 1230, 1050)
    flakes(sheet, dice, 0, 0, WIDTH, HEIGHT, dice.whole(20, 70))
    return sheet


def square(dice: Dice) -> Sheet:
    """A square before the first dancers come."""
    sheet = Sheet(SKY)
    sheet.disc(dice.whole(280, 520), dice.whole(240, 330), 110, SUN, lift=0)
    sheet.cut(hill(560, [dice.whole(60, 200) for _ in range(6)], HEIGHT), FAR, lift=5)
    x = -40
    while x < WIDTH:
        wide, high = dice.whole(190, 300), dice.whole(230, 430)
        block(sheet, dice, x, 790 - high, wide, high)
        x += wide + dice.whole(10, 70)
    sheet.box(0, 780, WIDTH, 420, SNOW, lift=6)
    for row, y in enumerate((850, 930, 1030, 1150)):
        sheet.strip([(0, y), (WIDTH, y)], 3 + row, "#e8e2d4")
    for column in range(-4, 13):
        sheet.strip([(800 + (column - 4) * 110, 780), (800 + (column - 4) * 320, 1200)], 4, "#e8e2d4")
    px = dice.whole(620, 860)
    pavilion(sheet, px, 880)
    for tx in (dice.whole(130, 230), dice.whole(1330, 1420)):
        fir(sheet, tx, 930, dice.whole(330, 420))
    for lx in (430, 1180):
        lantern(sheet, lx, 930)
    flakes(sheet, dice, 0, 0, WIDTH, 900, dice.whole(0, 50))
    return sheet


SCENES: Final[dict[str, Callable[[Dice], Sheet]]] = {
    "window": window,
    "stove": stove,
    "bowl": bowl,
    "stairwell": stairwell,
    "yard": yard,
    "square": square,
}
