"""What a visit shows when it was changed on several sides that had not seen each other's change (rule S6).

The versions of a visit are a graph: each names the one that its author saw. Per field the merge keeps what
was written and not overwritten by anybody who had seen it. One value: that is it, nobody need be asked.
Several: both are kept, one is shown, a supervisor settles. The result follows from the *set* of versions;
merging two at a time as they arrive does not (a third one meets what the first two became, and the order
shows).

A field is a path; one may lie beneath another (``records/R`` over ``records/R/data/note``), and then the
upper one says that there is such a record, or such an instance of a repeat, at all. Missing is a value like
any other and differs from empty, but who takes the whole away has said nothing of what lies beneath, and who
changes something beneath has said that the whole is there: so a row that one side deletes while the other
fills it is one question, not as many as it has fields.

What is no answer of a person (calculated nodes, the instance's own names) has no field: see ``spread``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, Literal

from sync.core import ids
from sync.core.canonical import canonical

How = Literal["edit", "join", "anew"]


class Missing(Enum):
    """The field is not there: a question that was not asked, a row that was taken away."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
Value = Any  # of JSON without floats, or MISSING


@dataclass(frozen=True, slots=True)
class Version:
    """One revision of a visit, as far as merging depends on it."""

    id: str
    fields: Mapping[str, Value]
    bases: tuple[str, ...] = ()  # what its author saw; one that nobody knows (yet) may be among them
    rank: int = 0  # of its author's role: of two values that of the higher one is shown
    # edit: says what it has otherwise than its base. anew: says also what its bases dispute (settled at the
    # desk, put again after a withdrawal). join: a merge, which somebody may have seen; says nothing itself
    how: How = "edit"


@dataclass(frozen=True, slots=True)
class Said:
    """A value that stands, and who said it."""

    version: str
    value: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What all versions come to."""

    tips: tuple[str, ...]  # versions that no other builds on, sorted
    best: tuple[str, ...]  # all that somebody made, those first whose values go before others'
    said: Mapping[str, tuple[Said, ...]]  # per field what stands, the one that is shown first
    shown: Mapping[str, Value]  # without what is missing, or lies beneath something missing
    conflicts: tuple[str, ...]  # fields of which more than one value stands, sorted


def merge(versions: Iterable[Version]) -> Merged:
    """Merge the versions of one visit, in whatever order they came."""
    graph = _Graph({version.id: version for version in versions})
    said = {
        path: tuple(sorted(standing, key=lambda one: graph.precedence(one.version), reverse=True))
        for path, standing in sorted(graph.standing(graph.versions).items())
    }
    return Merged(
        tips=graph.tips(),
        best=graph.best(),
        said=said,
        shown=_shown(said),
        conflicts=tuple(
            path
            for path, values in said.items()
            if len(_distinct(values)) > 1
            and all(_may_be_there(said[above]) for above in upper(path) if above in said)
        ),
    )


def choose(merged: Merged, choices: Mapping[str, Said]) -> Merged:
    """The same with these values shown: what somebody chose who settles."""
    said = {
        path: (choices[path],) if path in choices else merged.said[path]
        for path in sorted({*merged.said, *choices})
    }
    return replace(merged, said=said, shown=_shown(said))


def joined_id(versions: Iterable[str]) -> str:
    """The name of the merge of these versions (all of a visit that were made by somebody): the same on every
    server, and a version 7 UUID that sorts with the newest of them."""
    named = sorted(versions)
    rand = hashlib.sha256("\n".join(named).encode()).digest()[: ids.RAND_BYTES]
    return ids.uuid7(ids.made_ms(named[-1]), rand)


def _shown(said: Mapping[str, tuple[Said, ...]]) -> dict[str, Value]:
    return {
        path: values[0].value
        for path, values in said.items()
        if values[0].value is not MISSING
        and all(said[above][0].value is not MISSING for above in upper(path) if above in said)
    }


def upper(path: str) -> Iterator[str]:
    """The paths that this one lies beneath, nearest first."""
    at = path.rfind("/")
    while at > 0:
        path = path[:at]
        yield path
        at = path.rfind("/")


@dataclass
class _Graph:
    versions: Mapping[str, Version]
    _bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _seen: dict[str, frozenset[str]] = field(default_factory=dict)
    _wrote: dict[str, dict[str, Value]] = field(default_factory=dict)

    def tips(self) -> tuple[str, ...]:
        made = [version.id for version in self.versions.values() if version.how != "join"]
        covered = {one for id in made for one in self.seen(id)}
        return tuple(sorted(id for id in made if id not in covered))

    def best(self) -> tuple[str, ...]:
        made = (version.id for version in self.versions.values() if version.how != "join")
        return tuple(sorted(made, key=self.precedence, reverse=True))

    def precedence(self, id: str) -> tuple[int, str]:
        return self.versions[id].rank, id

    def standing(self, among: Iterable[str]) -> dict[str, list[Said]]:
        """Per field, what these versions wrote and none of them who had seen it overwrote."""
        wrote: dict[str, list[Said]] = {}
        for id in among:
            for path, value in self.wrote(id).items():
                wrote.setdefault(path, []).append(Said(id, value))
        return {
            path: [one for one in all if not any(one.version in self.seen(other.version) for other in all)]
            for path, all in wrote.items()
        }

    def bases(self, id: str) -> tuple[str, ...]:
        """The known ones. Who claims to have seen what has seen them is not believed: on neither side."""
        if id not in self._bases:
            known = [base for base in self.versions[id].bases if base in self.versions]
            self._bases[id] = tuple(base for base in known if id not in self._reach(base))
        return self._bases[id]

    def seen(self, id: str) -> frozenset[str]:
        """All versions that this one builds on, without itself."""
        if id not in self._seen:
            found: set[str] = set()
            open = list(self.bases(id))
            while open:
                one = open.pop()
                if one not in found:
                    found.add(one)
                    open += self.bases(one)
            self._seen[id] = frozenset(found)
        return self._seen[id]

    def wrote(self, id: str) -> Mapping[str, Value]:
        """The fields that this version says, with what it says."""
        if id not in self._wrote:
            self._wrote[id] = self._writes(self.versions[id])
        return self._wrote[id]

    def _writes(self, version: Version) -> dict[str, Value]:
        if version.how == "join":
            return {}
        before = self._before(version)
        said: dict[str, Value] = {}
        for path in {*before, *version.fields}:
            value = version.fields.get(path, MISSING)
            beneath = value is MISSING and any(
                above in before and above not in version.fields for above in upper(path)
            )
            if not beneath and {_spelled(value)} != before.get(path, {_spelled(MISSING)}):
                said[path] = value
        for path in list(said):
            said |= {above: version.fields[above] for above in upper(path) if above in version.fields}
        if returned := [path for path in said if path in version.fields and path not in before]:
            said |= self._gone_beneath(version, returned)
        return said

    def _gone_beneath(self, version: Version, returned: Iterable[str]) -> dict[str, Value]:
        """A row that was taken away and is there again holds what it holds now, not what it held once."""
        once = self.standing(self.seen(version.id))
        returned = {path for path in returned if path in once}
        beneath = {path for path in once if any(above in returned for above in upper(path))}
        return dict.fromkeys(beneath - version.fields.keys(), MISSING)

    def _before(self, version: Version) -> dict[str, set[bytes]]:
        """What the fields held for its author: of several values, all."""
        bases = self.bases(version.id)
        if version.how == "anew":
            standing = self.standing(self.seen(version.id))
            return {path: _distinct(all) for path, all in standing.items()}
        if len(bases) != 1:
            return {}
        return {path: {_spelled(value)} for path, value in self.versions[bases[0]].fields.items()}

    def _reach(self, id: str) -> set[str]:
        """What is named from here on, believed or not."""
        found: set[str] = set()
        open = [id]
        while open:
            one = open.pop()
            if one in self.versions and one not in found:
                found.add(one)
                open += self.versions[one].bases
        return found


def _may_be_there(values: Iterable[Said]) -> bool:
    return any(one.value is not MISSING for one in values)


def _distinct(values: Iterable[Said]) -> set[bytes]:
    return {_spelled(one.value) for one in values}


def _spelled(value: Value) -> bytes:
    return b"" if value is MISSING else canonical(value)
