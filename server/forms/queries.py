"""Which forms are published, and how a form's head and a programme read on a phone.

A version never changes once it is published, so a definition that was read once is kept in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, select

from server.base.asked import Asked
from server.base.db import session
from server.base.versions import Rendered, versioned
from server.forms.definition import Definition
from server.forms.models import Form, FormMedium, FormVersion
from server.programmes.allow_list import allow_list
from server.programmes.programme import Programme, programmes


def definition(org_id: int, form: str, version: str) -> Definition | None:
    """The definition of a published version; None if there is no such version."""
    sha256 = sha256_of(org_id, form, version)
    return None if sha256 is None else _definition(org_id, form, version, sha256)


def sha256_of(org_id: int, form: str, version: str) -> str | None:
    """By what the XForm of a published version is fetched; None if there is no such version."""
    row = _SHA256.one(org=org_id, form=form, version=version)
    return row.sha256 if row else None


_SHA256: Final = Asked(
    select(FormVersion.sha256).where(
        FormVersion.org_id == bindparam("org"),
        FormVersion.form == bindparam("form"),
        FormVersion.version == bindparam("version"),
    )
)


@lru_cache(maxsize=256)
def _definition(org_id: int, form: str, version: str, sha256: str) -> Definition:
    said: dict[str, Any] = session.scalars(
        select(FormVersion.definition).where(
            FormVersion.org_id == org_id,
            FormVersion.form == form,
            FormVersion.version == version,
            FormVersion.sha256 == sha256,
        )
    ).one()
    return Definition.read(said)


def xform(org_id: int, sha256: str) -> bytes | None:
    """A published XForm by the hash of its bytes."""
    return session.scalars(
        select(FormVersion.xform).where(FormVersion.org_id == org_id, FormVersion.sha256 == sha256).limit(1)
    ).first()


def medium(org_id: int, sha256: str) -> FormMedium | None:
    """A file that a published form carries, by the hash of its bytes."""
    return session.get(FormMedium, (org_id, sha256))


def forms(org_id: int) -> list[Form]:
    """The county's forms, by key."""
    return list(session.scalars(select(Form).where(Form.org_id == org_id).order_by(Form.key)))


def current_version(org_id: int, form: str) -> str:
    """The version that is filled now. Raises LookupError for a form that was never published."""
    found = session.get(Form, (org_id, form))
    if found is None:
        raise LookupError(form)
    return found.current_version


def current(org_id: int, form: str) -> tuple[str, datetime, bytes, Definition] | None:
    """The version that is filled now: its number, when it was published, XForm, definition."""
    found = session.get(Form, (org_id, form))
    if found is None:
        return None
    version = session.get_one(FormVersion, (org_id, form, found.current_version))
    known = _definition(org_id, form, version.version, version.sha256)
    return version.version, version.published_at, version.xform, known


def versions(org_id: int, form: str) -> list[FormVersion]:
    """A form's versions, newest first."""
    return list(
        session.scalars(
            select(FormVersion)
            .where(FormVersion.org_id == org_id, FormVersion.form == form)
            .order_by(FormVersion.version.desc())
        )
    )


def render_form(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``form`` changes: the head of the version that is filled now; its bytes are fetched by their hash."""
    rows = session.execute(
        select(FormVersion.form, FormVersion.version, FormVersion.sha256, FormVersion.bytes)
        .join(
            Form,
            and_(
                Form.org_id == FormVersion.org_id,
                Form.key == FormVersion.form,
                Form.current_version == FormVersion.version,
            ),
        )
        .where(FormVersion.org_id == org_id, FormVersion.form.in_(ids))
    ).all()
    return {
        form: versioned(_head(_definition(org_id, form, version, sha256), sha256, size))
        for form, version, sha256, size in rows
    }


def render_programme(org_id: int, ids: Sequence[str]) -> Mapping[str, Rendered]:
    """``programme`` changes: what the three buttons at the door write, and in which form."""
    known = programmes()
    published = {form.key for form in forms(org_id)}
    return {key: versioned(_programme(known[key], published)) for key in ids if key in known}


def _head(definition: Definition, sha256: str, size: int) -> dict[str, Any]:
    return {
        "form": definition.form,
        "version": definition.version,
        "sha256": sha256,
        "bytes": size,
        "programme": definition.programme,
        "kind": definition.kind,
        "title": definition.title,
        "list": definition.list,
        "binds": definition.binds,
        "lists": list(definition.lists),
        "minutes": list(definition.minutes),
        "one_page": definition.one_page,
        "entity": definition.entity is not None,
        "creates": definition.entity is not None and definition.entity.create_path is not None,
    }


def _programme(programme: Programme, published: set[str]) -> dict[str, Any]:
    return {
        "key": programme.key,
        "name": programme.name.json(),
        "forms": [spec.key for spec in programme.forms if spec.key in published],
        "doors": programme.doors and dict(programme.doors),
        "sensitive": programme.sensitive,
        "position": programme.keeps_position,
        "daily": programme.daily,
        "people": _people(programme),
    }


def _people(programme: Programme) -> dict[str, Any] | None:
    """Whom it looks after: who adds somebody, who then looks after them, and when a matter is done."""
    if programme.people_list is None:
        return None
    closes = allow_list().lists[programme.people_list].closes
    return {
        "list": programme.people_list,
        "added_by": programme.added_by,
        "pairs": programme.pairs,
        "closes": closes and closes.json(),
    }
