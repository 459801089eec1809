"""The choices of a form's own list in two languages: the label of a row follows the language of the screen.

ODK's converter knows one label column a list. XForms can say more: the label is a text of the form's
translations, and in each language that text is the row's column of that language. It is worked out row by
row, so a list of thousands makes two texts, not thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.dom.minidom import Document, Element

from server.forms.carried_aside import code_of
from server.forms.media import Medium

TEXT_ID = "list:{file}:{column}"
_LIST = re.compile(r"""\binstance\(\s*['"]([^'"]+)['"]\s*\)""")


def translate(document: Document, media: Sequence[Medium]) -> None:
    """Give each itemset of such a list a label in both languages."""
    spoken = dict(_spoken(document, media))
    written: set[str] = set()
    for itemset in document.getElementsByTagName("itemset"):
        found = _LIST.search(itemset.getAttribute("nodeset"))
        medium = spoken.get(found[1]) if found else None
        if medium is None or medium.list is None:
            continue
        for label in itemset.getElementsByTagName("label"):
            column = label.getAttribute("ref")
            zh, en = medium.list.spoken(column)
            if zh == en:
                continue
            text_id = TEXT_ID.format(file=medium.name, column=column)
            label.setAttribute("ref", f"jr:itext('{text_id}')")
            if text_id not in written:
                written.add(text_id)
                _write(document, text_id, {"zh": zh, "en": en})


def _spoken(document: Document, media: Sequence[Medium]) -> Iterator[tuple[str, Medium]]:
    """(instance, list) of the form's own lists."""
    lists = {medium.name: medium for medium in media if medium.list is not None}
    for instance in document.getElementsByTagName("instance"):
        medium = lists.get(instance.getAttribute("src").rpartition("/")[2])
        if medium is not None:
            yield instance.getAttribute("id"), medium


def _write(document: Document, text_id: str, columns: dict[str, str]) -> None:
    for translation in document.getElementsByTagName("translation"):
        text: Element = document.createElement("text")
        text.setAttribute("id", text_id)
        value = text.appendChild(document.createElement("value"))
        output: Element = document.createElement("output")
        output.setAttribute("value", columns[code_of(translation.getAttribute("lang"))])
        value.appendChild(output)
        translation.appendChild(text)
