"""Publishing: a new version of a form stands beside the old ones, and phones hear of it.

A version's bytes never change: publishing the same again is nothing new, publishing others under the same
version is refused. Old drafts keep the version that they were begun with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from server.base import audit, feeds
from server.base.db import session
from server.base.policy import Actor
from server.base.problems import Problem
from server.forms import queries
from server.forms.convert import Converted
from server.forms.models import Form, FormMedium, FormVersion

COUNTY = "county"


@dataclass(frozen=True)
class Source:
    """The workbook that a version was drawn in, kept beside it."""

    content: bytes
    suffix: str

    @classmethod
    def of(cls, file: Path) -> Source:
        return cls(file.read_bytes(), file.suffix.lower())


@dataclass(frozen=True)
class Published:
    form: str
    version: str
    sha256: str
    bytes: int
    new: bool  # False: this version was published before, with the same bytes


def publish(
    org_id: int,
    converted: Converted,
    now: datetime,
    *,
    by: Actor | None = None,
    source: Source | None = None,
) -> Published:
    """Publish a converted form for a county; ``by`` is None at the server's console."""
    definition, sha256 = converted.definition, converted.sha256
    key, version = definition.form, definition.version
    published = Published(key, version, sha256, len(converted.xform), new=True)
    form = session.get(Form, (org_id, key), with_for_update=True)
    known = session.get(FormVersion, (org_id, key, version))
    if known is not None and known.sha256 != sha256:
        raise Problem("form_version_taken", form=key, version=version)
    if known is not None:
        return Published(key, version, sha256, known.bytes, new=False)
    if form is None:
        form = Form(org_id=org_id, key=key)
        session.add(form)
    form.programme = definition.programme
    form.title_zh, form.title_en = definition.title["zh"], definition.title["en"]
    form.current_version = version
    form.changed_at = now
    session.flush()
    session.add(
        FormVersion(
            org_id=org_id,
            form=key,
            version=version,
            sha256=sha256,
            bytes=len(converted.xform),
            xform=converted.xform,
            definition=definition.json(),
            questions=definition.questions,
            published_at=now,
            published_by=by.user_id if by else None,
            workbook=source and source.content,
            workbook_suffix=source and source.suffix,
        )
    )
    _keep_media(org_id, converted)
    session.flush()
    stage(org_id, key)
    if by is not None:
        audit.record(by, "form.publish", "form", key, version=version, sha256=sha256)
    else:
        audit.note(org_id, "form.publish", "form", key, version=version, sha256=sha256)
    return published


def _keep_media(org_id: int, converted: Converted) -> None:
    """The files that no version of a form has brought before."""
    for medium in {each.sha256: each for each in converted.media}.values():
        if session.get(FormMedium, (org_id, medium.sha256)) is None:
            session.add(
                FormMedium(
                    org_id=org_id,
                    sha256=medium.sha256,
                    type=medium.type,
                    bytes=len(medium.data),
                    data=medium.data,
                )
            )


def stage(org_id: int, form: str) -> None:
    """Let phones hear of a form, and of its programme, as they now read."""
    for key, (version, body) in queries.render_form(org_id, [form]).items():
        feeds.stage(org_id, COUNTY, "form", key, version)
        for programme, (seen, _) in queries.render_programme(org_id, [body["programme"]]).items():
            feeds.stage(org_id, COUNTY, "programme", programme, seen)
