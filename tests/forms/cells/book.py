"""The workbook of the cells' form, and the files that lie beside it, written by code.

It is a version of ``place-card``, a card that every team fills without a place or a person to begin with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook as Excel
from PIL import Image, ImageDraw

from server.programmes.allow_list import allow_list
from tests.forms.cells.pages import FILM, PICTURE, SOUND, Page, Question

FORM: Final = "place-card"
VERSION: Final = "2026113099"
LANGUAGES: Final = {"zh": "中文 (zh)", "en": "English (en)"}
FIXTURES: Final = Path(__file__).resolve().parents[3] / "pwa" / "src" / "forms" / "fixtures" / "media-media"
KEPT: Final = {"data_class": "none", "purpose": "deeds"}  # of a field of the form's own

Cells = dict[str, str]


def workbook(pages: Iterable[Page]) -> bytes:
    """As .xlsx."""
    return written(
        {
            "survey": survey(pages),
            "choices": CHOICES,
            "entities": [
                {
                    "list_name": "places",
                    "entity_id": "coalesce(${existing}, ${new_id})",
                    "create_if": "${existing} = ''",
                    "update_if": "${existing} != ''",
                    "label": "${column_save_to}",
                    "remark": "一个地点",
                }
            ],
            "settings": [
                {
                    "form_id": FORM,
                    "form_title": "样样都有",
                    "version": VERSION,
                    "default_language": LANGUAGES["zh"],
                    "remark": "试表单用",
                }
            ],
        }
    )


def survey(pages: Iterable[Page]) -> list[Cells]:
    new_id = {"type": "calculate", "name": "new_id", "calculation": "once(uuid())", **_kept("new_id")}
    return [new_id, *(row for page in pages for row in _page(page))]


def _page(page: Page) -> Iterable[Cells]:
    questions = [_question(each) for each in page.questions]
    if not page.opens:
        return questions
    opens = {
        "type": page.opens,
        "name": page.name,
        **_labels(page.label),
        "data_class": "none",
        "appearance": page.appearance,
        "repeat_count": page.count,
    }
    return [opens, *questions, {"type": page.opens.replace("begin", "end")}]


def _question(question: Question) -> Cells:
    how = question.how
    said = {"type": question.type, "name": question.name, "appearance": question.appearance}
    return {**said, **_labels(how.label), **_kept(question.name), **how.columns}


def _kept(name: str) -> Cells:
    """What is kept, and what for: the list of fields says it, or the form does for a field of its own."""
    listed = name in allow_list().forms[FORM]
    return {"data_class": "none"} if listed else KEPT


def _labels(label: tuple[str, str]) -> Cells:
    return {f"label:{code}": words for code, words in zip(LANGUAGES, label, strict=True) if words}


def _choice(list_name: str, name: str, zh: str, en: str, **more: str) -> Cells:
    return {"list_name": list_name, "name": name, "label:zh": zh, "label:en": en, **more}


_MEDIA_OF_ONE: Final = {
    f"{column}{code}": file
    for column, file in {"image": PICTURE, "big-image": "large.png", "audio": SOUND, "video": FILM}.items()
    for code in ("", ":zh", ":en")
}
CHOICES: Final = [
    _choice("food", "rice", "米饭", "Rice"),
    _choice("food", "porridge", "粥", "Porridge"),
    _choice("food", "noodles", "面条", "Noodles"),
    _choice("part", "head", "头", "Head"),
    _choice("part", "belly", "肚子", "Belly"),
    _choice("part", "knee", "膝盖", "Knee"),
    _choice("village", "willow", "柳树村", "Willow", town="east"),
    _choice("village", "stone", "石桥村", "Stone Bridge", town="west"),
    _choice("place_kind", "square", "广场", "Square"),
    _choice("place_kind", "school", "学校", "School"),
    _choice("pictured", "one", "第一", "First"),
    _choice("pictured", "two", "第二", "Second", remark="有图", **_MEDIA_OF_ONE),
]


def written(sheets: Mapping[str, list[Cells]]) -> bytes:
    """Sheets as .xlsx, columns by our names (``label:zh``)."""
    excel = Excel()
    excel.remove(excel.worksheets[0])
    for name, rows in sheets.items():
        sheet = excel.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append([_header(column) for column in columns])
        for row in rows:
            sheet.append([row.get(column) or None for column in columns])
    made = io.BytesIO()
    excel.save(made)
    return made.getvalue()


def _header(column: str) -> str:
    what, _, code = column.partition(":")
    return f"{what}::{LANGUAGES[code]}" if code else what


def files() -> dict[str, bytes]:
    """The files that the form carries, by name."""
    own = {name: (FIXTURES / name).read_bytes() for name in ("clinics.csv", "body.svg", SOUND, FILM)}
    return own | {PICTURE: picture(240, 160), "large.png": picture(960, 640)}


def picture(width: int, height: int) -> bytes:
    """A cup and its saucer, as far as a few shapes go."""
    made = Image.new("RGB", (width, height), "#f6f3ec")
    pen = ImageDraw.Draw(made)
    third = width // 3
    pen.ellipse((third // 2, height * 3 // 4, width - third // 2, height * 7 // 8), fill="#9cc4b8")
    pen.rectangle((third, height // 4, 2 * third, height * 3 // 4), fill="#5b6f8f")
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def paper() -> bytes:
    """The smallest PDF that says something."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def beside(folder: Path, pages: Iterable[Page]) -> Path:
    """Write workbook and files as ODK's tools have them: ``cells.xlsx`` and ``cells-media/``."""
    table = folder / "cells.xlsx"
    table.write_bytes(workbook(pages))
    media = folder / "cells-media"
    media.mkdir()
    for name, data in files().items():
        (media / name).write_bytes(data)
    return table
