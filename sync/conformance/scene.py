"""What a transcript's placeholders stand for: fresh names, ops that are made once, the county's own words.

A text that is one placeholder becomes the value itself (``"<cursor>"`` an object); inside a longer text it
becomes its text. Objects with a member that begins with ``$`` are made:

    {"$op": "visit.put", "as": "a", "body": …}     a new op under the name a; ``"<op a>"`` is its id
    {"$again": "a", "n": 99}                       the same op, byte for byte, or with these members otherwise
    {"$visit": "v", "photos": ["p"], …}            the body of a visit.put, with these members otherwise
    {"$times": 51, "of": …}                        a list; {"$long": 2001} a text of so many characters
    {"$nested": 40}                                lists in lists, so deep
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import asdict

from sync.core import clock, digest
from sync.core.ids import RAND_BYTES, uuid7
from sync.ops import VERSION as OP_VERSION
from sync.ops import At

_PLACEHOLDER: Final = re.compile(
    r"<((?:id|op|sha256|bytes) [^<>]+|clock|empty|absent|cursor|epoch"
    r"|user|team|programme|form|version|form_sha256)>"
)
PHOTO_BYTES: Final = 6_000


@dataclass(frozen=True, slots=True)
class County:
    """What of a county a transcript needs: somebody's team and a form of its programme."""

    user: str
    team: str
    programme: str
    form: str
    version: str
    form_sha256: str


@dataclass
class Scene:
    """One transcript's own names. ``n`` runs on through all of them: it is the device's."""

    county: County
    moment: Callable[[], At]
    rand: Callable[[int], bytes]
    n: Callable[[], int]
    ids: dict[str, str] = field(default_factory=dict)
    ops: dict[str, dict[str, Any]] = field(default_factory=dict)
    taps: dict[str, At] = field(default_factory=dict)  # when each visit was
    known: dict[str, Any] = field(default_factory=dict)  # cursor, epoch

    def filled(self, value: Any) -> Any:
        """The value with its placeholders filled."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [one for member in value for one in self._members(member)]
        if not isinstance(value, dict):
            return value
        for name in value:
            if name in self._makers():
                return self._makers()[name](value)
        return {self.filled(name): self.filled(member) for name, member in value.items()}

    def photo(self, name: str) -> bytes:
        """A file that begins as a JPEG does; its bytes follow from its name."""
        salt = hashlib.sha256(f"{self.id('photo ' + name)}".encode()).digest()
        return b"\xff\xd8\xff\xe0" + salt * (PHOTO_BYTES // len(salt))

    def id(self, name: str) -> str:
        """A name that is made when it is first spoken of."""
        if name not in self.ids:
            self.ids[name] = uuid7(self._now_ms(), self.rand(RAND_BYTES))
        return self.ids[name]

    def _members(self, member: Any) -> list[Any]:
        if isinstance(member, dict) and "$times" in member:
            return [self.filled(member["of"]) for _ in range(member["$times"])]
        return [self.filled(member)]

    def _makers(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {
            "$op": self._op,
            "$again": self._again,
            "$visit": self._visit,
            "$long": lambda said: "长" * said["$long"],
            "$nested": lambda said: _nested(said["$nested"]),
        }

    def _op(self, said: Mapping[str, Any]) -> dict[str, Any]:
        name = said.get("as", f"op {len(self.ops)}")
        made = {
            "v": OP_VERSION,
            "id": self.id(f"op {name}"),
            "kind": said["$op"],
            "n": self.n(),
            "at": asdict(self.moment()),
            "base": None,
            "body": {},
        }
        more = {key: self.filled(member) for key, member in said.items() if key not in ("$op", "as")}
        self.ops[name] = {key: member for key, member in {**made, **more}.items() if member != "<absent>"}
        return self.ops[name]

    def _again(self, said: Mapping[str, Any]) -> dict[str, Any]:
        changed = {key: self.filled(member) for key, member in said.items() if key != "$again"}
        return {**self.ops[said["$again"]], **changed}

    def _visit(self, said: Mapping[str, Any]) -> dict[str, Any]:
        name = said["$visit"]
        at = asdict(self.taps.setdefault(name, self.moment()))
        record = {
            "record": self.id(f"record {name}"),
            "form": self.county.form,
            "version": self.county.version,
            "xml": f'<data id="{self.county.form}" version="{self.county.version}"><meta>'
            f"<instanceID>uuid:{self.id(f'instance {name}')}</instanceID></meta></data>",
            "list_rows": {},
            "attachments": [self._attachment(photo) for photo in said.get("photos", ())],
        }
        record = {**record, **self.filled(said.get("record", {}))}
        made = {
            "visit": self.id(name),
            "team": self.county.team,
            "programme": self.county.programme,
            "entry": "live",
            "subject": None,
            "place": None,
            "check_in": {"at": at, "reason": "no_fix"},
            "check_out": {"at": at},
            "participants": [],
            "helpers_unnamed": 0,
            "records": [record],
        }
        own = ("$visit", "photos", "record")
        return {**made, **{key: self.filled(member) for key, member in said.items() if key not in own}}

    def _attachment(self, name: str) -> dict[str, Any]:
        data = self.photo(name)
        return {
            "name": f"{name}.jpg",
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "type": "image/jpeg",
        }

    def _text(self, text: str) -> Any:
        whole = _PLACEHOLDER.fullmatch(text)
        if whole is not None:
            return self._known(whole[1])
        return _PLACEHOLDER.sub(lambda found: str(self._known(found[1])), text)

    def _known(self, name: str) -> Any:
        kind, _, rest = name.partition(" ")
        match kind:
            case "id":
                return self.id(rest)
            case "op":
                return self.id(name)
            case "sha256":
                return hashlib.sha256(self.photo(rest)).hexdigest()
            case "bytes":
                return len(self.photo(rest))
            case "clock":
                return asdict(self.moment())
            case "empty":
                return [digest.EMPTY] * digest.BUCKETS
            case "absent":
                return "<absent>"
        if name in self.known:
            return self.known[name]
        return getattr(self.county, name)

    def _now_ms(self) -> int:
        return clock.parse(self.moment().wall)


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value
