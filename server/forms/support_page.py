"""The page ``pwa/src/forms/SUPPORT.md``: what may stand in a form, made from the list of truth.

python -m server.forms.support_page   # writes it anew
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from server.forms.support import LIST, Because, Support, TypeSupport, support

PAGE = LIST.with_name("SUPPORT.md")
_INTRO = """# What a form may use

Made from `support.yaml` by `python -m server.forms.support_page`; a test holds it. What works is filled by
the phone and kept typed by the server. What is refused is refused at publishing, with cell and reason.

`columns`, `columns-2` to `columns-5`, `columns-pack` and `horizontal` put choices side by side, as many as
fit: on a phone of 360 px that is two where every label has at most five Chinese letters (about nine Latin
ones), and one column else and at the largest letters. `columns-1` is always one.

A list of the form's own (csv, geojson) says its words in both languages in two columns, `label::中文 (zh)`
and `label::English (en)`; in xml, and wherever one likes, they are called `label_zh` and `label_en`. A list
with one column `label` shows it in both languages. With `label=title` among the parameters, the same holds
of `title`.

`guidance_hint` stands behind a fold at its question, or below the heading of a group with `field-list`;
elsewhere it is refused, because nobody would see it.

`or_other` behind a list of the sheet choices is written out at publishing: a choice 其他 Other, and a text
`<name>_other` that is asked when it is chosen.
"""


def page(said: Support) -> str:
    """The whole page, as Markdown."""
    works = [(f"`{name}`", *_works(one)) for name, one in sorted(said.types.items())]
    refused = said.refused
    return "\n".join(
        [
            _INTRO,
            "## Works\n",
            _table(("type", "appearances", "parameters"), works),
            "## Refused\n",
            _table(
                ("what", "name", "因为", "because"),
                [
                    *_reasons("type", refused.types),
                    *_reasons("appearance", refused.appearances),
                    *_reasons("parameter", refused.parameters),
                    *_reasons("column", refused.columns),
                ],
            ),
        ]
    )


def _works(one: TypeSupport) -> tuple[str, str]:
    parameters = (
        f"`{name}`: {values if isinstance(values, str) else ', '.join(sorted(values))}"
        + (" (must be said)" if name in one.needs else "")
        for name, values in sorted(one.parameters.items())
    )
    return ", ".join(f"`{each}`" for each in sorted(one.appearances)), "; ".join(parameters)


def _reasons(what: str, refused: Mapping[str, Because]) -> Iterable[tuple[str, str, str, str]]:
    return ((what, f"`{name}`", because["zh"], because["en"]) for name, because in sorted(refused.items()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def main(to: Path = PAGE) -> None:
    """Write the page."""
    to.write_text(page(support()), encoding="utf-8")


if __name__ == "__main__":
    main()
