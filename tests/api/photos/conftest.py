"""A visit that names files, and the phone that has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import pictures
from tests.factories.county import County, xml
from tests.factories.phone import Phone
from tests.factories.pictures import File

Promise = Callable[..., dict[str, Any]]


@pytest.fixture
def promise(county: County) -> Promise:
    """Make the op of a visit that names these files; the first picture is the form's own photo."""

    def make(phone: Phone, *files: File, **changes: Any) -> dict[str, Any]:
        named = {"photo": files[0].name} if files and files[0].type.startswith("image/") else {}
        record = county.record(phone, xml=xml(**named), attachments=[each.attachment() for each in files])
        return county.visit(phone, records=[record], **changes)

    return make


@pytest.fixture
def photo() -> File:
    return pictures.photo()
