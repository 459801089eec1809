"""A workbook and its files as a desk hands them in: ``multipart/form-data``, of bounded size."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from server.base.http import Part
from server.base.problems import Problem

FORM_DATA = "multipart/form-data"
_WORKBOOK = Part("workbook", "The form: .xlsx, .xls, .csv or a table in Markdown.", required=True)
_MEDIA = Part("media", "The files that it names: pictures, sounds, films, lists.", many=True)
PARTS = (_WORKBOOK, _MEDIA)
MOST_BYTES = 24_000_000  # workbook and files together
_MOST_FILES = 200


@dataclass(frozen=True)
class Upload:
    """What was handed in: the workbook, and the form's own files by name."""

    name: str
    content: bytes
    media: Mapping[str, bytes]

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def read(request: Request, raw: bytes) -> Upload:
    """The upload in this body. Raises workbook_missing where there is no workbook in it."""
    parser = FormDataParser(stream_factory=_in_memory, silent=False, max_form_parts=_MOST_FILES)
    options = dict(request.mimetype_params)
    try:
        _, _, files = parser.parse(io.BytesIO(raw), FORM_DATA, len(raw), options)
    except RequestEntityTooLarge:
        raise Problem("too_large", limit_bytes=MOST_BYTES) from None
    except ValueError:
        raise Problem("malformed_json") from None
    workbook = files.get(_WORKBOOK.name)
    if workbook is None or not workbook.filename:
        raise Problem("workbook_missing")
    media = {_name(each.filename): each.read() for each in files.getlist(_MEDIA.name) if each.filename}
    return Upload(_name(workbook.filename), workbook.read(), media)


def _in_memory(
    total_content_length: int | None,  # noqa: ARG001 - named by whoever asks for a place to write
    content_type: str | None,  # noqa: ARG001
    filename: str | None,  # noqa: ARG001
    content_length: int | None = None,  # noqa: ARG001
) -> IO[bytes]:
    """The whole body is in memory already, and bounded."""
    return io.BytesIO()


def _name(said: str | None) -> str:
    """The name alone, in the one spelling that a cell of the workbook has too."""
    return unicodedata.normalize("NFC", (said or "").replace("\\", "/").rpartition("/")[2])
