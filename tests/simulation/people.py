"""Who is in a simulated county, and which phones there are.

The small county of the API tests (tests/factories/county.py), with four phones: two of 单秀云's, one of
郭守义's in another team, and 姚晓桦 as second volunteer on his.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sync.hub.county import Caller
from tests.factories.county import GUIFEN, LEADER, LIYAN, ORG, OTHER_TEAM, OU, PIAO, SHOUYI, TEAM, XIUYUN, uid

BEGINS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BEGINS_MS = int(BEGINS.timestamp() * 1000)
FORM = "daily-contact"
PROGRAMME = "day-care"


@dataclass(frozen=True)
class Handset:
    """An enrolment: one volunteer on one piece of hardware."""

    name: str
    user: str
    device: str
    hardware: str  # two enrolments on one phone share its clock
    team: str
    person: str

    @property
    def caller(self) -> Caller:
        return Caller(ORG, self.user, self.device)


HANDSETS = (
    Handset("a", XIUYUN, uid(801), "a", TEAM, PIAO),
    Handset("b", XIUYUN, uid(802), "b", TEAM, PIAO),
    Handset("c", SHOUYI, uid(803), "c", OTHER_TEAM, OU),
    Handset("d", LEADER, uid(804), "c", TEAM, PIAO),
)
REVIEWER = {TEAM: LIYAN, OTHER_TEAM: GUIFEN}
