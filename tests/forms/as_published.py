"""A table that belongs to no programme, as publishing would make it: what the web app's own tests fill.

python -m tests.forms.as_published   # writes pwa/src/forms/fixtures/media.xml anew
"""

from __future__ import annotations

from pathlib import Path

from pyxform.xls2json_backends import DefinitionData
from pyxform.xls2xform import convert

from server.forms import media_columns, publishing_steps
from server.forms.convert import files_beside
from server.forms.describe import ROOT
from server.forms.media import look
from server.forms.workbook import read

TABLE = Path(__file__).resolve().parents[2] / "pwa" / "src" / "forms" / "fixtures" / "media.md"


def as_published(table: Path) -> bytes:
    """The XForm of a table with the files beside it."""
    workbook = read(table.read_bytes(), table.suffix)
    media, findings = look(files_beside(table))
    if findings:
        raise ValueError(findings)
    said = {name: getattr(workbook.source, name) for name in DefinitionData.__slots__}
    xform = convert(said | media_columns.spread(workbook, said), form_name=ROOT, pretty_print=True).xform
    of_groups = media_columns.of_groups(workbook["survey"], f"/{ROOT}")
    return publishing_steps.apply(xform, tuple(media.values()), of_groups)


if __name__ == "__main__":
    TABLE.with_suffix(".xml").write_bytes(as_published(TABLE))
