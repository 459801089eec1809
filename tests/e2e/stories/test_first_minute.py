"""Somebody who has never heard of it opens the demo page and does what its four lines ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.check.first_minute import walk
from tests.e2e.harness.browsers import DESK, PHONE, Browser
from tests.e2e.harness.county import County


@pytest.mark.timeout(240)
def test_the_four_lines_of_the_demo_tick_themselves_off(
    county: County, open_browser: Callable[[str, dict[str, Any]], Browser], album: Path
) -> None:
    kind = {**DESK, "permissions": PHONE["permissions"], "geolocation": PHONE["geolocation"]}
    visitor = open_browser("visitor", kind)
    with visitor.watch.away():  # while the switch says so, requests of the phone fail
        walk(
            visitor.page,
            county.url,
            print,
            lambda name: visitor.page.screenshot(path=album / f"{name}.png"),
        )
