"""The definition of a form, read off its table: paths, types, classes, labels, choices, entity rule, duties.

A path is the node's path in the instance (``/data/care/ate``): ``data`` is the root of every form of ours,
groups and repeats add their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from server.forms.check_media import county_lists, keys
from server.forms.definition import Definition, Doors, EntityRule, Field
from server.forms.media import Medium
from server.forms.support import Asked, asked, support
from server.forms.workbook import Row, Workbook
from server.programmes.programme import Duty, FormSpec
from sync.core.spread import ROW_ID

ROOT = "data"
_ENTITY = f"/{ROOT}/meta/entity"


@dataclass
class _Walk:
    """Where the walk through the survey stands, and what it has found."""

    fields: list[Field] = field(default_factory=list)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    repeats: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)  # (path, begin_group or begin_repeat)
    media: Mapping[str, Medium] = field(default_factory=dict)

    @property
    def here(self) -> str:
        return self.open[-1][0] if self.open else f"/{ROOT}"

    @property
    def repeat(self) -> str | None:
        return next((path for path, kind in reversed(self.open) if kind == "begin_repeat"), None)

    @property
    def group(self) -> str | None:
        return next((path for path, kind in reversed(self.open) if kind == "begin_group"), None)


def describe(
    workbook: Workbook,
    spec: FormSpec,
    duties: tuple[Duty, ...],
    media: Mapping[str, Medium] = MappingProxyType({}),
) -> Definition:
    """Read the definition off a workbook that ``check`` has found good, and off the lists that it brings."""
    walk = _Walk(media=media)
    for row in workbook["survey"]:
        _step(walk, row)
    walk.fields.extend(_counts(duty) for duty in duties)
    paths = {each.name: each.path for each in walk.fields}
    door = spec.binds.door
    return Definition(
        form=spec.key,
        version=workbook.setting("version"),
        programme=spec.programme,
        kind=spec.kind,
        title=spec.title.json(),
        list=spec.list,
        minutes=(spec.minutes.fewest, spec.minutes.usual, spec.minutes.most),
        one_page=spec.one_page,
        data_class=spec.data_class,
        binds={
            role: paths[question] if question else None
            for role, question in (
                ("subject", spec.binds.subject),
                ("door", door),
                ("place", spec.binds.place),
                ("volunteers", spec.binds.volunteers),
            )
        },
        doors=Doors(paths[door], spec.met, spec.phone, spec.tried) if door else None,
        fields=tuple(walk.fields),
        groups=walk.groups,
        repeats=tuple(walk.repeats),
        choices={**_choices(workbook), **_file_choices(workbook, media)},
        lists=_lists(workbook),
        entity=_entity(workbook, paths),
        counts={duty.key: f"/{ROOT}/{duty.field}" for duty in duties},
    )


def _step(walk: _Walk, row: Row) -> None:
    kind = asked(row["type"])
    path = f"{walk.here}/{row['name']}"
    known = support().types.get(kind.base)
    if kind.closes:
        walk.open.pop()
    elif kind.opens:
        walk.open.append((path, kind.base))
        walk.groups[path] = _label(row)
        if kind.base == "begin_repeat":
            walk.repeats.append(path)
            walk.fields.append(_row_identity(walk, path))
    elif known is not None and known.answer is not None:
        walk.fields.append(
            Field(
                path=path,
                name=row["name"],
                type=_answer(row, kind, known.answer),
                many=kind.many,
                data_class=row["data_class"],
                label=_label(row),
                choices=_list(row, kind, walk.media),
                group=walk.group,
                repeat=walk.repeat,
                calculated=known.silent,
                required=row["required"].lower() in ("yes", "true", "true()"),
                purpose=row["purpose"],
            )
        )


def _answer(row: Row, kind: Asked, answer: str) -> str:
    if kind.base in ("start", "end", "today"):
        return kind.base
    if answer != "range":
        return answer
    return "decimal" if "." in row["parameters"] else "integer"  # as ODK's converter types it


def _label(row: Row) -> dict[str, str]:
    return {code: row[f"label:{code}"] or row["name"] for code in ("zh", "en")}


def _row_identity(walk: _Walk, repeat: str) -> Field:
    label = {"zh": ROW_ID, "en": ROW_ID}
    return Field(
        f"{repeat}/{ROW_ID}", ROW_ID, "text", False, "none", label, None, walk.group, repeat, True, False
    )


def _counts(duty: Duty) -> Field:
    path = f"/{ROOT}/{duty.field}"
    return Field(path, duty.field, "text", False, "none", duty.name.json(), None, None, None, True, False)


def _choices(workbook: Workbook) -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in workbook["choices"]:
        if row["list_name"]:
            choice = (row["name"], row["label:zh"], row["label:en"])
            found.setdefault(row["list_name"], []).append(choice)
    return {key: tuple(rows) for key, rows in found.items()}


def _list(row: Row, kind: Asked, media: Mapping[str, Medium]) -> str | None:
    """The list that its choices are published with; rows of the county's lists and of repeats are not."""
    if not kind.selects or str(kind.list).startswith("${"):
        return None
    if not kind.from_file:
        return kind.list
    medium = media.get(str(kind.list))
    if medium is None or medium.list is None:
        return None
    said = keys(row, medium)
    return medium.name if said == medium.list.keys else f"{medium.name} {' '.join(said)}"


def _file_choices(
    workbook: Workbook, media: Mapping[str, Medium]
) -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for row in workbook["survey"]:
        kind = asked(row["type"])
        medium = media.get(str(kind.list)) if kind.from_file else None
        key = _list(row, kind, media)
        if medium is None or medium.list is None or key is None:
            continue
        value, label = keys(row, medium)
        zh, en = medium.list.spoken(label)
        found[key] = tuple((each[value], each.get(zh, ""), each.get(en, "")) for each in medium.list.rows)
    return found


def _lists(workbook: Workbook) -> tuple[str, ...]:
    """The county's lists that the form reads, in questions and by pulldata()."""
    return tuple(sorted(county_lists(workbook)))


def _entity(workbook: Workbook, paths: dict[str, str]) -> EntityRule | None:
    rows = workbook["entities"].rows
    if not rows:
        return None
    row = rows[0]
    saves = {each["save_to"]: paths[each["name"]] for each in workbook["survey"] if each["save_to"]}
    return EntityRule(
        list=row["list_name"],
        id_path=f"{_ENTITY}/@id",
        create_path=f"{_ENTITY}/@create" if row["create_if"] or not row["entity_id"] else None,
        update_path=f"{_ENTITY}/@update" if row["entity_id"] else None,
        label_path=f"{_ENTITY}/label" if row["label"] else None,
        saves=saves,
    )
