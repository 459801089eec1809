"""Small workbooks to break: a good form as Markdown, and a way to change one cell of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.forms.check import check
from server.forms.findings import Finding
from server.forms.workbook import Workbook, read
from server.programmes.programme import Duty, FormSpec, duties_of, form_specs

GOOD = """
| survey | type | name | label::中文 (zh) | label::English (en) | data_class | required | relevant | calculation | constraint | appearance | save_to | hint::中文 (zh) |
|        | start | start | | | none |
|        | select_one_from_file people.csv | person | 联系谁 | Who | personal | yes | | | | autocomplete |
|        | select_one contact | contact | 怎么联系的 | How | personal | yes |
|        | text | note | 还有要说的 | Anything else | personal | | ${contact} != '' | | string-length(.) < 200 | multiline |

| choices | list_name | name | label::中文 (zh) | label::English (en) |
|         | contact | seen | 见到 | Seen |
|         | contact | phone | 电话 | Phone |
|         | contact | family | 家人 | Family |
|         | contact | hospital | 住院 | Hospital |

| settings | form_id | form_title | version | default_language |
|          | daily-contact | 每日联系 | 2026112401 | 中文 (zh) |
"""


def spec() -> FormSpec:
    return form_specs()["daily-contact"]


def duties() -> tuple[Duty, ...]:
    return duties_of("daily-contact")


@pytest.fixture
def good() -> str:
    """The good workbook's text."""
    return GOOD


@pytest.fixture
def workbook() -> Callable[..., Workbook]:
    """The good workbook, with pieces of its text replaced."""

    def make(*changes: tuple[str, str]) -> Workbook:
        text = GOOD
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return read(text.encode(), ".md")

    return make


@pytest.fixture
def findings(workbook: Callable[..., Workbook]) -> Callable[..., list[Finding]]:
    """What the check says of the good workbook with pieces of its text replaced."""

    def of(*changes: tuple[str, str]) -> list[Finding]:
        return check(workbook(*changes), spec(), duties())

    return of
