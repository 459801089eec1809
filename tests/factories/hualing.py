"""The tests' county as a row: nobody and nothing in it yet."""

from __future__ import annotations

from datetime import datetime

from server.accounts import service
from server.base.models import Org

ORG = 1


def found(now: datetime, *, is_demo: bool = False) -> Org:
    """Open 桦岭县 inside the caller's writing unit."""
    return service.add_org(
        org_id=ORG, code="HL", name_zh="桦岭县", name_en="Hualing County", timezone="Asia/Shanghai",
        is_demo=is_demo, now=now,
    )  # fmt: skip
