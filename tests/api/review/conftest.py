"""A visit that has arrived, for everything that is decided about it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.county import County


@pytest.fixture
def op(county: County) -> dict[str, Any]:
    """A visit that has arrived."""
    made = county.visit()
    county.phone().sync(made)
    return made
