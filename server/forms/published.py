"""The county's forms as the desk lists them, and the workbooks that they were published from."""

from __future__ import annotations

import io
from typing import Any

from pyxform.xls2json_backends import md_table_to_workbook
from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import clock
from server.base.db import session
from server.forms import queries
from server.forms.models import FormVersion
from server.programmes.programme import FormSpec, form_specs, programmes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".xlsx": XLSX, ".xls": "application/vnd.ms-excel", ".csv": "text/csv; charset=utf-8"}


def listed(org_id: int) -> list[dict[str, Any]]:
    """Every form of the programmes, published or not, in their order."""
    versions = _versions(org_id)
    known = {form.key: form for form in queries.forms(org_id)}
    found = []
    for key, spec in form_specs().items():
        form = known.get(key)
        current = form and form.current_version
        found.append(
            {
                "form": key,
                "title": spec.title.json(),
                "programme": _programme(spec),
                "kind": spec.kind,
                "current_version": current,
                "changed_at": form and clock.iso(form.changed_at),
                "versions": [
                    {**each, "current": each["version"] == current} for each in versions.get(key, ())
                ],
            }
        )
    return found


def _programme(spec: FormSpec) -> dict[str, str] | None:
    """None: a card that every team may fill."""
    programme = programmes().get(spec.programme)
    return None if programme is None else {"key": programme.key, **programme.name.json()}


def _versions(org_id: int) -> dict[str, list[dict[str, Any]]]:
    """Form → its versions, the newest first; without the bytes and the definition of any."""
    has_workbook = FormVersion.workbook_suffix.is_not(None).label("has_workbook")
    rows = session.execute(
        select(
            FormVersion.form, FormVersion.version, FormVersion.sha256, FormVersion.bytes,
            FormVersion.questions, FormVersion.published_at, FormVersion.published_by, has_workbook,
        )
        .where(FormVersion.org_id == org_id)
        .order_by(FormVersion.form, FormVersion.version.desc())
    ).all()  # fmt: skip
    names = accounts.user_names(org_id, [row.published_by for row in rows if row.published_by])
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.form, []).append(
            {
                "version": row.version,
                "sha256": row.sha256,
                "bytes": row.bytes,
                "questions": row.questions,
                "published_at": clock.iso(row.published_at),
                "published_by": names.get(row.published_by or ""),
                "workbook": bool(row.has_workbook),
            }
        )
    return found


def workbook(org_id: int, sha256: str) -> tuple[str, str, bytes] | None:
    """(file name, media type, bytes) of the workbook of the version with this XForm; None if there is none.

    A table in Markdown comes as an Excel workbook, which is what its reader goes on with.
    """
    version = session.scalars(
        select(FormVersion).where(FormVersion.org_id == org_id, FormVersion.sha256 == sha256)
    ).first()
    if version is None or version.workbook is None or version.workbook_suffix is None:
        return None
    suffix, content = version.workbook_suffix, version.workbook
    if suffix == ".md":
        suffix, content = ".xlsx", _as_excel(content)
    return f"{version.form}-{version.version}{suffix}", _TYPES[suffix], content


def _as_excel(table: bytes) -> bytes:
    made = io.BytesIO()
    md_table_to_workbook(table.decode("utf-8")).save(made)
    return made.getvalue()
