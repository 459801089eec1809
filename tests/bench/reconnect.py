"""How long a phone back from a dead spot takes to hand everything in (``lianxin bench reconnect``).

50 visits and 100 photos of 250 kB lie in real Chromium's IndexedDB, written there by the app's own store.
Then the line is back: 2 Mbit/s each way, a round trip of 300 ms, every connection cut every 20 s. ``value``
is the time until the phone has heard a receipt for everything, over the floor: the bytes of ops and originals
by the bandwidth, as if nothing else ever went over the line. ``round_trips`` counts those until the first
visit stands on the desk, TCP's handshake among them.
"""

from __future__ import annotations

import base64
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from deploy.bootstrap import node, webapp
from deploy.bootstrap.places import PWA
from tests.e2e.harness import county as counties
from tests.e2e.harness.browsers import PHONE, Browser
from tests.e2e.harness.county import County
from tests.e2e.harness.link import Link, Shape
from tests.e2e.pages.phone import Phone

VISITS, PHOTOS = 50, 100
PHOTO_BYTES = 250_000
LINE = Shape()
LOOK_S = 0.25
APP_MS = 60_000
PATIENCE = 4
"""Times the floor: a phone that takes longer has got stuck."""


@dataclass(frozen=True)
class Made:
    """What the phone holds before the line is back."""

    visits: list[str]
    bytes: int


def main(visits: int = VISITS, photos: int = PHOTOS, line: Shape = LINE) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="lianxin-bench-", dir=os.environ.get("LIANXIN_BENCH_DIR")
    ) as home:
        return measured(Path(home), visits, photos, line)


def measured(home: Path, visits: int, photos: int, line: Shape) -> dict[str, Any]:
    expect.set_options(timeout=APP_MS)
    counties.fill(home / "template", "--days", "14")
    county = County(home / "template", home / "county", home)
    county.start()
    link = Link(county.port)
    with sync_playwright() as playwright:
        browser = Browser(playwright, home / "phone", PHONE)
        try:
            phone = Phone(browser, link.url)
            phone.open()
            phone.enrol()
            phone.keeps_itself()
            made = filled(home, browser, visits, photos)
            told = reconnected(browser, link, line, county, made)
        finally:
            browser.close()
            link.close()
            county.stop()
    floor_s = line.seconds(made.bytes)
    return {
        "bench": "reconnect", "value": round(told["seconds"] / floor_s, 3), "limit": 1.0,
        "ratio": round(told["seconds"] / floor_s, 3), "unit": "times the floor", "better": "lower",
        "visits": visits, "photos": photos, "bytes": made.bytes, "floor_s": round(floor_s, 1), **told,
        "kbit_per_s": line.bits_per_s // 1000, "round_trip_ms": round(line.round_trip_s * 1000),
        "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count(),
    }  # fmt: skip


def filled(home: Path, browser: Browser, visits: int, photos: int) -> Made:
    """In a dead spot: she makes her visits, and nothing can be sent."""
    script = home / "filler.js"
    subprocess.run(
        node.ensure().tool(PWA / "build" / "outside.mjs", "filler", str(script)),
        cwd=PWA,
        check=True,
        capture_output=True,
    )
    browser.context.set_offline(True)
    browser.page.evaluate(f"(() => {{{script.read_text('utf-8')}}})()")
    told = browser.page.evaluate("([count, album]) => filler.fill(count, album)", [visits, album(photos)])
    return Made(**told)


def reconnected(browser: Browser, link: Link, line: Shape, county: County, made: Made) -> dict[str, Any]:
    """The line is back: until all is with the county and the phone knows."""
    desk = Desk(county)
    link.narrow(line)
    began = time.monotonic()
    browser.context.set_offline(False)
    first = desk.sees(made.visits[0], began + PATIENCE * line.seconds(made.bytes))
    deadline = began + PATIENCE * line.seconds(made.bytes)
    while (owed := left(browser.page)) > 0:
        assert time.monotonic() < deadline, (
            f"{owed} ops and photos are still on the phone\n{county.log()[-4000:]}"
        )
        browser.page.wait_for_timeout(LOOK_S * 1000)
    seconds = time.monotonic() - began
    assert all(desk.has(visit) for visit in made.visits), "a visit is not on the desk"
    return {
        "seconds": round(seconds, 1), "first_visit_s": round(first - began, 2),
        "round_trips": link.round_trips(first), "cuts": link.cuts,
        "sent_over_payload": round(link.up.carried / made.bytes, 3), "heard_bytes": link.down.carried,
    }  # fmt: skip


def left(page: Page) -> int:
    count: int = page.evaluate("filler.owed()")
    return count


class Desk:
    """A supervisor's, beside the server: her own line is not what is measured."""

    def __init__(self, county: County) -> None:
        self._client = httpx.Client(base_url=county.url, trust_env=False, timeout=60)
        headers = {"X-Lianxin": "desk"}
        signed = self._client.post(
            "/api/desk/session",
            json={"username": "supervisor", "password": county.password},
            headers=headers,
        )
        self._client.headers.update(headers | {"Authorization": f"Bearer {signed.json()['access_token']}"})

    def has(self, visit: str) -> bool:
        answered = self._client.get(f"/api/desk/visits/{visit}")
        assert answered.status_code in (200, 404), answered.text
        return answered.status_code == 200

    def sees(self, visit: str, until: float) -> float:
        """When it first does, by `time.monotonic`."""
        while time.monotonic() < until:
            if self.has(visit):
                return time.monotonic()
            time.sleep(0.02)
        raise AssertionError("the first visit does not come")


def album(photos: int) -> dict[str, Any]:
    """One photo as phones take it, 1600 × 1200, and for each a scene of its own, from which the app makes its
    preview."""
    dice = random.Random(7)
    photo = written(scene(dice, 1600, 1200, 0.1), 68)
    assert len(photo) < PHOTO_BYTES, "the picture is larger than a photo is to be"
    previews = [written(scene(dice, 320, 240, 0.1), 95) for _ in range(photos)]
    spelled = [base64.b64encode(each).decode() for each in previews]
    return {"photo": base64.b64encode(photo).decode(), "bytes": PHOTO_BYTES, "previews": spelled}


def scene(dice: random.Random, width: int, height: int, grain: float) -> Image.Image:
    """Soft shapes with some grain: as hard to pack as what a phone's camera sees."""
    coarse = Image.frombytes("RGB", (32, 24), dice.randbytes(32 * 24 * 3))
    noise = Image.frombytes("RGB", (width // 2, height // 2), dice.randbytes(width * height * 3 // 4))
    size = (width, height)
    return Image.blend(
        coarse.resize(size, Image.Resampling.BICUBIC), noise.resize(size, Image.Resampling.BICUBIC), grain
    )


def written(picture: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=quality)
    return made.getvalue()


if __name__ == "__main__":
    webapp.ensure_built(everything=True)  # what fills the phone writes as today's app reads
    asked = [int(word) for word in sys.argv[1:3]] or [VISITS, PHOTOS]
    print(json.dumps(main(visits=asked[0], photos=asked[1])))
