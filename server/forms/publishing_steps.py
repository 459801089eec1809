"""What publishing changes in ODK's XForm, and nothing else.

What the form engine needs: an empty ``<deprecatedID/>`` in the meta block, without which a drafted correction
loses its base when it is opened again; in every repeat a hidden ``row_id`` of ``once(uuid())``, by which an
instance stays the same one across revisions; and for a repeat inside a repeat, unless it is counted, no
template of its own, with which the engine begins a fresh row with one inner row, and a row of a draft that
was opened again with none. What the engine must not see is carried aside, with the names of the form's files
(``carried_aside``), and the choices of a list that speaks two languages are called by both
(``spoken_lists``). The text is changed through the DOM, so that namespaces and everything else stay as ODK's
converter wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.dom.minidom import Document, Element

from defusedxml.minidom import parseString

from server.forms import spoken_lists
from server.forms.carried_aside import carry
from server.forms.media import Medium
from sync.core.spread import ROW_ID

TEMPLATE = "jr:template"


def apply(xform: str, media: Sequence[Medium] = (), of_groups: Iterable[tuple[str, str, str]] = ()) -> bytes:
    """The XForm as phones fetch it. ``of_groups``: their longer hints (``media_columns.of_groups``)."""
    document = parseString(xform)
    model = _first(document, "model")
    root = _primary_root(model)
    _deprecated_id(document, root)
    _inner_rows(root, f"/{root.localName}", counted(document))
    for path in repeats(document):
        _row_identity(document, model, root, path)
    carry(document, media, of_groups)
    spoken_lists.translate(document, media)
    written: bytes = document.toxml(encoding="utf-8")
    return written + b"\n"


def repeats(document: Document) -> list[str]:
    """Paths of the repeats, as they come in the form."""
    return [repeat.getAttribute("nodeset") for repeat in document.getElementsByTagName("repeat")]


def counted(document: Document) -> frozenset[str]:
    """Paths of the repeats whose rows a number asks for."""
    repeats = document.getElementsByTagName("repeat")
    return frozenset(one.getAttribute("nodeset") for one in repeats if one.hasAttribute("jr:count"))


def _deprecated_id(document: Document, root: Element) -> None:
    meta = _first(root, "meta")
    if not any(child.localName == "deprecatedID" for child in _elements(meta)):
        meta.insertBefore(document.createElement("deprecatedID"), None)


def _inner_rows(parent: Element, path: str, counted: frozenset[str], within: bool = False) -> None:
    """Every new row begins with one row of the repeats in it, as the first row does; of those that a number
    asks for with none."""
    for child in _elements(parent):
        here = f"{path}/{child.localName}"
        is_template = child.hasAttribute(TEMPLATE)
        if is_template and within and here not in counted:
            child.removeAttribute(TEMPLATE)
        _inner_rows(child, here, counted, within or is_template)


def _row_identity(document: Document, model: Element, root: Element, path: str) -> None:
    places = [root]
    for name in path.strip("/").split("/")[1:]:
        places = [child for place in places for child in _elements(place) if child.localName == name]
    for place in places:
        place.insertBefore(document.createElement(ROW_ID), place.firstChild)
    bind = document.createElement("bind")
    bind.setAttribute("nodeset", f"{path}/{ROW_ID}")
    bind.setAttribute("type", "string")
    bind.setAttribute("calculate", "once(uuid())")
    binds = [child for child in _elements(model) if child.localName == "bind"]
    model.insertBefore(bind, binds[0])


def _primary_root(model: Element) -> Element:
    return next(_elements(_first(model, "instance")))


def _first(parent: Document | Element, name: str) -> Element:
    return parent.getElementsByTagName(name)[0]


def _elements(parent: Element) -> Iterator[Element]:
    return (child for child in parent.childNodes if isinstance(child, Element))
