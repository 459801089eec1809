"""What publishing adds to what was drawn, said to whoever publishes: nothing is done to a form unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml.minidom import parseString

from server.forms import publishing_steps
from server.forms.convert import Converted
from server.programmes.programme import duties_of

# code → (zh, en)
_WORDS: dict[str, tuple[str, str]] = {
    "deprecated_id": (
        "加上空的 deprecatedID：改到一半的更正再打开时，仍记得它改的是哪一份。",
        "An empty deprecatedID is added: a correction that is opened again half-way still knows what "
        "it corrects.",
    ),
    "row_identity": (
        "给“{zh}”的每一行加上隐藏的编号 row_id：行增减以后，仍认得是同一行。",
        'Every row of "{en}" gets a hidden number row_id: it stays the same row while others come and go.',
    ),
    "inner_rows": (
        "“{zh}”在另一组重复里：外面每添一行，里面就先有一行，和第一行一样。",
        '"{en}" stands in another repeat: every new row outside begins with one row of it, as the first '
        "does.",
    ),
    "or_other": (
        "“{name}”的 or_other 写成两样：选项“其他”，和选了它才问的文字题 {name}_other。",
        'The or_other of "{name}" is written out: a choice "Other", and a text {name}_other that is asked '
        "when it is chosen.",
    ),
    "files": (
        "把表单的文件（{names}）连同各自的校验值写进表头；其中的 csv 名单按手机读得懂的写法重写一遍。",
        "The form's files ({names}) are named in its head with their hashes; lists in csv are "
        "written anew in "
        "the one way that phones read.",
    ),
    "guidance": (
        "把更长的说明（guidance_hint）移到表头：手机上折起来，点开再看，不和短提示连成一句。",
        "Longer hints (guidance_hint) move to the form's head: on the phone they are folded away, "
        "and not glued to "
        "the short ones.",
    ),
    "counts": (
        "加上隐藏的计算 {field}：手机和县里用同一句话判断“{zh}”算不算做到。",
        "A hidden calculation {field} is added: phone and county judge by the same words whether "
        '"{en}" was done.',
    ),
}


@dataclass(frozen=True)
class Change:
    """One thing that publishing adds or alters."""

    code: str
    zh: str
    en: str


def changed(converted: Converted) -> list[Change]:
    """Everything that publishing has done to this form, in the order in which it is done."""
    return [_change(code, params) for code, params in _all(converted)]


def _all(converted: Converted) -> Iterator[tuple[str, dict[str, Any]]]:
    definition = converted.definition
    counted = publishing_steps.counted(parseString(converted.xform))
    for duty in duties_of(definition.form):
        yield "counts", {"field": duty.field, **duty.name.json()}
    yield "deprecated_id", {}
    for name in converted.others:
        yield "or_other", {"name": name}
    for path in definition.repeats:
        yield "row_identity", definition.groups[path]
        within = any(path.startswith(f"{outer}/") for outer in definition.repeats)
        if within and path not in counted:
            yield "inner_rows", definition.groups[path]
    if converted.media:
        yield "files", {"names": ", ".join(each.name for each in converted.media)}
    if b"<guidance " in converted.xform:
        yield "guidance", {}


def _change(code: str, params: dict[str, Any]) -> Change:
    zh, en = _WORDS[code]
    return Change(code, zh.format_map(params), en.format_map(params))
