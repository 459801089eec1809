"""The file of an export: a workbook, or one csv, or a zip of them where there are several sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from server.base.sheets import delimited, workbook
from server.base.sheets.sheet import Sheet
from server.exports.asked import Format

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(path: Path, kind: Format, sheets: Sequence[Sheet], zone: ZoneInfo) -> tuple[str, str]:
    """Write the file; answers its ending and its media type."""
    if kind == "xlsx":
        workbook.write(path, sheets, zone)
        return "xlsx", XLSX
    one = delimited.write_exact if kind == "csv" else delimited.write_for_spreadsheets
    if len(sheets) == 1:
        one(path, sheets[0], zone)
        return "csv", "text/csv"
    part = path.with_suffix(".part")
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            for sheet in sheets:
                one(part, sheet, zone)
                bundle.write(part, f"{sheet.name}.csv")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        part.unlink(missing_ok=True)
    return "zip", "application/zip"
