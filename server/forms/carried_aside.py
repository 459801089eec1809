"""What a form says that ODK's form engine would get wrong or not know, carried aside in the XForm's head.

``<aside xmlns="urn:lianxin:form">``, last in ``<h:head>``, holds the files that the form needs
(``<file name sha256 bytes type/>``), the longer hints that the engine would glue to the short ones
(``<guidance ref lang>``), and which large picture belongs to which small one (``<large of file/>``). Because
it is part of the XForm, the form's hash stands for its files too, and whoever has an old version knows what
belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.dom.minidom import Document, Element

from server.forms.media import Medium

NAMESPACE: Final = "urn:lianxin:form"
_CODE = re.compile(r"\(([a-z]{2})\)\s*$")
_HINT = ":hint"


def carry(
    document: Document, media: Sequence[Medium], of_groups: Iterable[tuple[str, str, str]] = ()
) -> None:
    """Put the files' names into the head, and beside them what the engine must not see.

    ``of_groups``: (path, language, longer hint), which the document does not say.
    """
    texts = _texts(document)
    carried: list[Element] = [
        *(_file(document, medium) for medium in sorted(media, key=lambda each: each.name)),
        *(_hint(document, *each) for each in of_groups),
        *_guidance(document, texts),
        *_large(document, texts),
    ]
    if not carried:
        return
    aside = document.createElement("aside")
    aside.setAttribute("xmlns", NAMESPACE)
    for element in carried:
        aside.appendChild(element)
    document.getElementsByTagName("h:head")[0].appendChild(aside)


def _texts(document: Document) -> list[tuple[str, Element]]:
    """Every text of the form's translations, each with its language."""
    return [
        (translation.getAttribute("lang"), text)
        for translation in document.getElementsByTagName("translation")
        for text in translation.getElementsByTagName("text")
    ]


def _file(document: Document, medium: Medium) -> Element:
    element = document.createElement("file")
    element.setAttribute("name", medium.name)
    element.setAttribute("sha256", medium.sha256)
    element.setAttribute("bytes", str(len(medium.data)))
    element.setAttribute("type", medium.type)
    return element


def _guidance(document: Document, texts: Sequence[tuple[str, Element]]) -> Iterator[Element]:
    for language, text in texts:
        for value in _values(text, "guidance"):
            text.removeChild(value)
            said = _content(value)
            if said.strip() in ("", "-"):  # ODK's converter writes a hyphen where a language has none
                continue
            yield _hint(document, text.getAttribute("id").removesuffix(_HINT), code_of(language), said)


def _hint(document: Document, ref: str, language: str, words: str) -> Element:
    element: Element = document.createElement("guidance")
    element.setAttribute("ref", ref)
    element.setAttribute("lang", language)
    element.appendChild(document.createTextNode(words))
    return element


def _large(document: Document, texts: Sequence[tuple[str, Element]]) -> Iterator[Element]:
    pairs: dict[str, str] = {}
    for _, text in texts:
        small = next((_name(value) for value in _values(text, "image")), None)
        for value in _values(text, "big-image"):
            text.removeChild(value)
            if small is not None:
                pairs[small] = _name(value)
    for small, file in sorted(pairs.items()):
        element = document.createElement("large")
        element.setAttribute("of", small)
        element.setAttribute("file", file)
        yield element


def _values(text: Element, *forms: str) -> list[Element]:
    return [value for value in text.getElementsByTagName("value") if value.getAttribute("form") in forms]


def _name(value: Element) -> str:
    return _content(value).rpartition("/")[2]


def _content(element: Element) -> str:
    return "".join(child.data for child in element.childNodes if child.nodeType == child.TEXT_NODE)


def code_of(language: str) -> str:
    """ODK's converter writes a language as its author does: ``中文 (zh)``."""
    found = _CODE.search(language)
    return found.group(1) if found else language
