"""A filled form as data: instance XML to ``{path: value}`` and back.

The phone writes the XML, the server reads it, tools compare it; all by the same paths (``/data/care/ate``,
``/data/meta/entity/@id``) and by the same three rules. A node that is there but empty is "" and differs from
one that is missing: the first was asked and left blank, the second was not relevant. A repeat's instances are
rows, in order, each with the paths of its own leaves. Text is text: what it means is the form's business.

XML from outside is hostile until read: no document type, no entities but the five of XML itself, UTF-8 only,
bounded in bytes, depth and nodes, and no names but those of a form. Whatever does not fit is Unreadable as a
whole; nothing is repaired, since a repaired answer is nobody's answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

MOST_BYTES = 1_048_576
MOST_DEPTH = 32
MOST_NODES = 20_000
_LEAST_NODE = len("<a/>")  # bytes: so short a text cannot hold too many

XFORMS = "http://www.w3.org/2002/xforms"
OPENROSA = "http://openrosa.org/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
_NAMESPACES = frozenset({"", XFORMS, OPENROSA, ENTITIES})
_DOCTYPE = b"<!DOCTYPE"
_TEMPLATE = f"{{{JAVAROSA}}}template"
PARENT_ROW = ".."  # in a row of an inner repeat: the number of the outer row, from 0


class Unreadable(ValueError):
    """The bytes are not the instance of a form. ``reason`` is for programs and logs, not for people."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason} at {where}" if where else reason)
        self.reason = reason
        self.where = where


class Instance(NamedTuple):
    """One filled form, read."""

    form: str
    version: str
    instance_id: str
    deprecated_id: str
    values: dict[str, str]  # leaves outside repeats
    rows: dict[str, list[dict[str, str]]]  # repeat → its instances in order


def read(xml: bytes, repeats: Collection[str] = ()) -> Instance:
    """Read an instance; ``repeats`` are the paths that may come more than once. Raises Unreadable."""
    if len(xml) > MOST_BYTES:
        raise Unreadable("too_large")
    if _DOCTYPE in xml:
        _refuse_doctype(xml)
    parser = XMLParser(encoding="UTF-8")  # noqa: S314  a document type, and with it every entity, is refused
    try:
        parser.feed(xml)
        root = parser.close()
    except ParseError as error:
        raise Unreadable("not_well_formed", f"line {error.position[0]}") from error
    if len(xml) > MOST_NODES * _LEAST_NODE and sum(1 for _ in root.iter()) > MOST_NODES:
        raise Unreadable("too_many_nodes")
    return _Reader(frozenset(repeats)).instance(root)


def _refuse_doctype(xml: bytes) -> None:
    """These bytes may also stand in a comment, where they mean nothing."""

    def found(*_: object) -> None:
        raise Unreadable("doctype")

    parser = expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = found
    with suppress(expat.ExpatError):
        parser.Parse(xml, True)


def write(
    form: str,
    version: str,
    values: Mapping[str, str],
    rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> bytes:
    """Write an instance: ``read(write(f, v, values, rows), repeats)`` gives values and rows back.

    Nodes come in the order of ``values``, which should be the form's own; rows of a repeat come after them.
    Rows of an inner repeat (one with ``PARENT_ROW``) are not written.
    """
    first = next(iter([*values, *(rows or {})]), "/data/")
    root = _Node(first.split("/")[1])
    root.attributes = {"id": form, "version": version}
    for path, value in values.items():
        root.put(path.split("/")[2:], value)
    for repeat, instances in (rows or {}).items():
        steps = repeat.split("/")[2:]
        holder = root.at(steps[:-1])
        for instance in instances:
            node = _Node(steps[-1])
            holder.children.append(node)
            for path, value in instance.items():
                node.put(path.removeprefix(repeat + "/").split("/"), value)
    return root.xml().encode()


class _Reader:
    """Walks a parsed instance. Everything that is not a plain one ends the reading."""

    def __init__(self, repeats: frozenset[str]) -> None:
        self.repeats = repeats
        self.values: dict[str, str] = {}
        self.rows: dict[str, list[dict[str, str]]] = {}

    def instance(self, root: Element) -> Instance:
        path = self._path("", root.tag)
        self._inside(root, path, None, 1)
        if not root.get("id"):
            raise Unreadable("no_form_id")
        return Instance(
            form=root.attrib["id"],
            version=root.get("version", ""),
            instance_id=self.values.get(f"{path}/meta/instanceID", ""),
            deprecated_id=self.values.get(f"{path}/meta/deprecatedID", ""),
            values=self.values,
            rows=self.rows,
        )

    def _inside(self, parent: Element, outer: str, row: dict[str, str] | None, depth: int) -> bool:
        """Read what lies in this element; False if nothing does, and it is a leaf. What stands in a template
        is no answer."""
        holds, between = False, parent.text
        into, repeats = self.values if row is None else row, self.repeats
        for child in parent:
            if child.tail and not between:
                between = child.tail.strip()
            attributes = child.items()
            if attributes and child.get(_TEMPLATE) is not None:
                continue
            tag = child.tag
            holds, path = True, f"{outer}/{tag}" if tag[0] != "{" else self._path(outer, tag)
            if depth >= MOST_DEPTH:
                raise Unreadable("too_deep", path)
            repeated = path in repeats
            place = self._row(path, row) if repeated else into
            for key, value in attributes:
                if key[0] != "{":
                    _put(place, f"{path}/@{key}", value)
            if repeated:
                self._inside(child, path, place, depth + 1)
            elif not len(child):
                _put(place, path, child.text or "")
            elif not self._inside(child, path, row, depth + 1):
                _put(place, path, _text(child))
        if holds and between and _text(parent).strip():
            raise Unreadable("text_between_nodes", outer)
        return holds

    def _path(self, outer: str, tag: str) -> str:
        namespace, _, local = tag.removeprefix("{").rpartition("}")
        if namespace not in _NAMESPACES:
            raise Unreadable("foreign_namespace", f"{outer}/{local}")
        return f"{outer}/{local}"

    def _row(self, path: str, outer: dict[str, str] | None) -> dict[str, str]:
        row: dict[str, str] = {}
        if outer is not None:
            enclosing = max((one for one in self.repeats if path.startswith(one + "/")), key=len)
            row[PARENT_ROW] = str(len(self.rows[enclosing]) - 1)
        self.rows.setdefault(path, []).append(row)
        return row


def _put(place: dict[str, str], path: str, value: str) -> None:
    if path in place:
        raise Unreadable("node_twice", path)
    place[path] = value


def _text(node: Element) -> str:
    """What stands directly in it."""
    return (node.text or "") + "".join(child.tail or "" for child in node)


class _Node:
    """An element to be written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.attributes: dict[str, str] = {}
        self.children: list[_Node] = []
        self.value = ""

    def at(self, steps: Sequence[str]) -> _Node:
        """The node there, made where there is none."""
        node = self
        for step in steps:
            found = next((child for child in node.children if child.name == step), None)
            if found is None:
                found = _Node(step)
                node.children.append(found)
            node = found
        return node

    def put(self, steps: Sequence[str], value: str) -> None:
        if steps[-1].startswith("@"):
            self.at(steps[:-1]).attributes[steps[-1][1:]] = value
        else:
            self.at(steps).value = value

    def xml(self) -> str:
        attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in self.attributes.items())
        inner = "".join(child.xml() for child in self.children) or _escaped(self.value)
        opening = f"{self.name}{attributes}"
        return f"<{opening}>{inner}</{self.name}>" if inner else f"<{opening}/>"


def _escaped(text: str) -> str:
    # A bare carriage return would come back as a line feed.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
