"""One coercion for every writer: from what the database holds to what a cell may hold.

Each rule is here because a writer or a spreadsheet program went wrong without it: the fast writer drops the
zone of a moment unconverted and gives up the whole file at a lone surrogate, spreadsheets round integers
from 10^15 on and cut a cell's text at 32,767 UTF-16 units.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from server.base.sheets.sheet import Kind, cut_units

Cell = str | int | float | date | datetime | None

CELL_UNITS = 32_767
CUT_MARK = "…（太长，已截断 cut）"
EXACT_BELOW = 10**15
# Everything that XML 1.0 cannot carry: control characters, lone surrogates, the two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell(kind: Kind, value: object, zone: ZoneInfo) -> Cell:
    """What goes into the cell. A value that does not fit its column's kind becomes text, never an error."""
    if value is None or value == "":
        return None
    match kind:
        case Kind.INTEGER:
            return _integer(value)
        case Kind.DECIMAL:
            return _decimal(value)
        case Kind.DATE:
            return _date(value)
        case Kind.MOMENT:
            return _moment(value, zone)
        case Kind.YES_NO:
            return "是" if value in (True, 1, "1", "true", "yes") else "否"
        case Kind.TEXT:
            return text(value)


def text(value: object) -> str:
    """Text as a cell can hold it; too long a text is cut and says so."""
    clean = _NOT_XML.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    whole = cut_units(clean, CELL_UNITS)
    if len(whole) == len(clean):
        return whole
    return cut_units(clean, CELL_UNITS - len(CUT_MARK)) + CUT_MARK


def _integer(value: object) -> Cell:
    try:
        number = int(str(value))
    except ValueError:
        return text(value)
    return number if abs(number) < EXACT_BELOW else str(number)


def _decimal(value: object) -> Cell:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return text(value)
    if not number.is_finite():
        return text(value)
    return float(number) if len(number.as_tuple().digits) <= 15 else str(value)


def _date(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return text(value)


def _moment(value: object, zone: ZoneInfo) -> Cell:
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(str(value))
        except ValueError:
            return text(value)
    local = value.astimezone(zone) if value.tzinfo else value
    return local.replace(tzinfo=None, microsecond=0)
