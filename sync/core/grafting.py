"""Merged answers in an instance's XML (rule S6): one is kept as it is, answers are put in and taken out.

What an instance lacks is made where the others have it, so that a reader who goes by the form's order finds
it there. Names of a form's own nodes have no prefix, so that no name space needs to be carried over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from xml.dom.minidom import Document, Element, parseString

from sync.core import instance, spread
from sync.core.instance import JAVAROSA
from sync.core.spread import Row, Shape


def written(fields: Mapping[str, object], told: Sequence[str], shape: Shape) -> str:
    """The first of these instances with exactly these fields in it; the others say where what it lacks
    stands. Texts are answers, anything else says that there is a row."""
    trees = [_Tree(xml, shape) for xml in told]
    tree = trees[0]
    for other in trees:
        tree.order = _laid_over(tree.order, other.order)
    read = [instance.read(xml.encode(), shape.repeats) for xml in told]
    held = {row.path: row for one in reversed(read) for row in spread.rows(one)}
    texts = {path: value for path, value in fields.items() if isinstance(value, str)}
    for path in [path for path in tree.rows if path not in fields]:
        tree.take(path)
    for path in sorted((path for path in held if path in fields and path not in tree.nodes), key=len):
        tree.add_row(held[path])
    for path in [path for path in tree.answers if path not in texts]:
        tree.take(path)
    for path, text in texts.items():
        tree.put(path, text)
    return tree.xml()


def _laid_over(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The keys of both: those of the first in its order, each other one after its neighbour in the second."""
    known = set(first)
    after: dict[str, list[str]] = {}
    neighbour = ""
    for key in second:
        if key in known:
            neighbour = key
        else:
            after.setdefault(neighbour, []).append(key)
    return [*after.get("", ()), *(each for key in first for each in (key, *after.get(key, ())))]


def _place(path: str) -> str:
    """The rows of a repeat stand in one place."""
    return path.rpartition("[")[0] if path.endswith("]") else path


class _Tree:
    """An instance whose nodes are found by the paths of fields."""

    def __init__(self, xml: str, shape: Shape) -> None:
        self.document: Document = parseString(xml.encode())  # noqa: S318 - `instance` has read it: no entities
        self.shape = shape
        self.nodes: dict[str, Element] = {}
        self.paths: dict[Element, str] = {}
        self.rows: set[str] = set()
        self.answers: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.root = next(_elements(self.document))
        self._learn(self.root, f"/{self.root.localName}", f"/{self.root.localName}")
        self.order = list(dict.fromkeys(map(_place, self.nodes)))  # of all nodes that there may be

    def xml(self) -> str:
        written: str = self.root.toxml()
        return written.replace("\r", "&#13;")  # a bare one would come back as a line feed

    def put(self, path: str, text: str) -> None:
        node = self._at(path)
        for child in list(node.childNodes):
            node.removeChild(child)
        if text:
            node.appendChild(self.document.createTextNode(text))

    def add_row(self, row: Row) -> None:
        """A row as the instance had it that brought it."""
        self._at(row.path)
        for path, text in row.answers.items():
            if path.startswith("/"):
                self.put(row.path + path.removeprefix(row.repeat), text)

    def take(self, path: str) -> None:
        node = self.nodes.get(path)
        if node is None or node.parentNode is None:
            return
        node.parentNode.removeChild(node)
        open = [node]
        while open:
            gone = open.pop()
            open += _elements(gone)
            self.nodes.pop(self.paths.pop(gone, ""), None)

    def _learn(self, node: Element, plain: str, path: str) -> None:
        self._name(path, node)
        if plain in self.shape.answers:
            self.answers.add(path)
        for child in _elements(node):
            if child.hasAttributeNS(JAVAROSA, "template"):
                continue
            below = f"{plain}/{child.localName}"
            at = f"{path}/{child.localName}"
            if below in self.shape.repeats:
                at = self._row(child, below, at)
            self._learn(child, below, at)

    def _row(self, node: Element, repeat: str, at: str) -> str:
        place = self.counts[repeat]
        self.counts[repeat] += 1
        named = next((child for child in _elements(node) if child.localName == spread.ROW_ID), None)
        path = spread.row_path(at, _text(named) if named else "", place, self.rows)
        self.rows.add(path)
        return path

    def _at(self, path: str) -> Element:
        """The node there, made where there is none."""
        if path in self.nodes:
            return self.nodes[path]
        above, _, name = path.rpartition("/")
        parent = self._at(above)
        node = self.document.createElement(name.partition("[")[0])
        rank, before = self._rank(path), None
        for other in reversed(list(_elements(parent))):
            if self._rank(self.paths.get(other, "")) <= rank:
                break
            before = other
        parent.insertBefore(node, before)
        self._name(path, node)
        return node

    def _name(self, path: str, node: Element) -> None:
        self.nodes[path] = node
        self.paths[node] = path

    def _rank(self, path: str) -> int:
        return self._ranks.get(_place(path), len(self._ranks))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self.order)}


def _elements(node: Document | Element) -> Iterator[Element]:
    return (child for child in node.childNodes if isinstance(child, Element))


def _text(node: Element) -> str:
    return "".join(child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE)
