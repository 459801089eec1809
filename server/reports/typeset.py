"""A PDF from a template of ours: typst, fonts from a package, nothing read outside the template's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

FONT = "Noto Sans CJK SC"
FONTS = Path(manimgx_fonts_cjk.__file__).parent


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template's PDF over this data (`sys.inputs.data`, JSON; `font` is added).

    The same template and data give the same bytes. Raises typst.TypstError when the template is wrong.
    """
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps({**data, "font": FONT}, ensure_ascii=False)},
        timestamp=0,
    )
