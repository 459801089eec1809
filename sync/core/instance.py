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
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_BYTES = 1_048_576
MOST_DEPTH = 32
MOST_NODES = 20_000

XFORMS = "http://www.w3.org/2002/xforms"
OPENROSA = "http://openrosa.org/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
_NAMESPACES = frozenset({"", XFORMS, OPENROSA, ENTITIES})
PARENT_ROW = ".."  # in a row of an inner repeat: the number of the outer row, from 0


class Unreadable(ValueError):
    """The bytes are not the instance of a form. ``reason`` is for programs and logs, not for people."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason} at {where}" if where else reason)
        self.reason = reason
        self.where = where


@dataclass(frozen=True)
class Instance:
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
    reader = _Reader(frozenset(repeats))
    parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Unreadable("not_well_formed", f"line {error.lineno}") from error
    return reader.instance()


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


@dataclass
class _Open:
    """An element that has begun."""

    path: str
    row: dict[str, str] | None  # of the repeat instance that it stands in
    children: int = 0
    text: list[str] = field(default_factory=list)


class _Reader:
    """What expat calls. Everything that is not a plain instance ends the reading."""

    def __init__(self, repeats: frozenset[str]) -> None:
        self.repeats = repeats
        self.root: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.stack: list[_Open] = []
        self.nodes = 0
        self.skipped = 0  # depth inside a template, which is no answer

    def doctype(self, *_: object) -> None:
        raise Unreadable("doctype")

    def start(self, name: str, attributes: list[str]) -> None:
        self.nodes += 1
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if self.skipped or f"{JAVAROSA} template" in pairs:
            self.skipped += 1
            return
        namespace, _, local = name.rpartition(" ")
        parent = self.stack[-1] if self.stack else None
        path = f"{parent.path if parent else ''}/{local}"
        if namespace not in _NAMESPACES:
            raise Unreadable("foreign_namespace", path)
        if self.nodes > MOST_NODES:
            raise Unreadable("too_many_nodes", path)
        if len(self.stack) >= MOST_DEPTH:
            raise Unreadable("too_deep", path)
        row = parent.row if parent else None
        if parent is None:
            self.root = pairs
        else:
            parent.children += 1
            if path in self.repeats:
                row = self._row(path, row)
            for key, value in pairs.items():
                if " " not in key:
                    self._put(row, f"{path}/@{key}", value)
        self.stack.append(_Open(path, row))

    def end(self, _: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        ended = self.stack.pop()
        text = "".join(ended.text)
        if ended.children:
            if text.strip():
                raise Unreadable("text_between_nodes", ended.path)
        elif self.stack and ended.path not in self.repeats:
            self._put(ended.row, ended.path, text)

    def text(self, text: str) -> None:
        if not self.skipped:
            self.stack[-1].text.append(text)

    def instance(self) -> Instance:
        if not self.root.get("id"):
            raise Unreadable("no_form_id")
        root = next(iter([*self.values, *self.rows]), "/data/").split("/")[1]
        return Instance(
            form=self.root["id"],
            version=self.root.get("version", ""),
            instance_id=self.values.get(f"/{root}/meta/instanceID", ""),
            deprecated_id=self.values.get(f"/{root}/meta/deprecatedID", ""),
            values=self.values,
            rows=self.rows,
        )

    def _row(self, path: str, outer: dict[str, str] | None) -> dict[str, str]:
        row: dict[str, str] = {}
        if outer is not None:
            enclosing = max((one for one in self.repeats if path.startswith(one + "/")), key=len)
            row[PARENT_ROW] = str(len(self.rows[enclosing]) - 1)
        self.rows.setdefault(path, []).append(row)
        return row

    def _put(self, row: dict[str, str] | None, path: str, value: str) -> None:
        place = self.values if row is None else row
        if path in place:
            raise Unreadable("node_twice", path)
        place[path] = value


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
