"""What a new version of a form changes, and what that means for what has been answered already.

Old records keep the version that they were filled with and are never rewritten, so nothing here is an error;
but whoever publishes should know that a column of the workbook stays empty for older visits, or that a choice
that was counted until now can no longer be chosen. Questions are matched by name, as the workbook joins them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.dom.minidom import Element

from defusedxml.minidom import parseString

from server.forms.definition import Definition, Field
from server.forms.words_diff import ATTENTION, MEANINGS, WORDS

_BIND = {
    "relevant": "condition_changed",
    "constraint": "limit_changed",
    "calculate": "calculation_changed",
    "required": "required_changed",
    "readonly": "locked_changed",
}


@dataclass(frozen=True)
class Version:
    """One version of a form, as far as it can be compared."""

    definition: Definition
    xform: bytes


@dataclass(frozen=True)
class Difference:
    """One thing that differs."""

    code: str
    name: str  # the question's; blank for the form itself
    params: Mapping[str, Any]

    @property
    def attention(self) -> bool:
        """Does it touch what has been answered, or what is counted?"""
        return self.code in ATTENTION

    def words(self, language: str) -> str:
        return self._of(WORDS, language)

    def meaning(self, language: str) -> str:
        """What it means for answers that are there already; blank where it means nothing."""
        return self._of(MEANINGS, language) if self.code in MEANINGS else ""

    def _spoken(self, language: str) -> str:
        """Words that differ in the other language only are told in that one."""
        old, new = self.params.get("old"), self.params.get("new")
        if isinstance(old, dict) and isinstance(new, dict) and old[language] == new[language]:
            return "en" if language == "zh" else "zh"
        return language

    def _of(self, said: Mapping[str, tuple[str, str]], language: str) -> str:
        zh, en = said[self.code]
        spoken = self._spoken(language)
        shown = {
            key: value[spoken] if isinstance(value, dict) else value for key, value in self.params.items()
        }
        return (zh if language == "zh" else en).format_map({"name": self.name, **shown})


def compare(old: Version, new: Version) -> list[Difference]:
    """Every difference, in the new version's order; what is gone comes last."""
    before = {field.name: field for field in old.definition.fields}
    after = {field.name: field for field in new.definition.fields}
    renamed = dict(_renamed(before, after))
    rules = _rules(old.xform), _rules(new.xform)
    found: list[Difference] = [*_form(old.definition, new.definition)]
    for name, field in after.items():
        was = before.get(renamed.get(name, name))
        if was is None:
            found.append(_said("added", name, label=field.label))
            continue
        if was.name != name:
            found.append(_said("renamed", name, old=was.name, label=field.label))
        found.extend(_field(was, field))
        found.extend(_choices(old.definition, new.definition, was, field))
        found.extend(_changed_rules(was, field, *rules))
    gone = before.keys() - after.keys() - set(renamed.values())
    found.extend(_said("removed", name, label=before[name].label) for name in before if name in gone)
    return found


def _said(code: str, name: str = "", **params: Any) -> Difference:
    return Difference(code, name, params)


def _form(old: Definition, new: Definition) -> Iterator[Difference]:
    if old.title != new.title:
        yield _said("title", old=old.title, new=new.title)
    if old.minutes != new.minutes:
        yield _said("minutes", old="–".join(map(str, old.minutes)), new="–".join(map(str, new.minutes)))
    if (old.entity is None) != (new.entity is None):
        yield _said("entity_added" if old.entity is None else "entity_removed")
    elif old.entity and new.entity and old.entity.saves.keys() != new.entity.saves.keys():
        saved = ", ".join(sorted(new.entity.saves)) or "—"
        yield _said("entity_saves", old=", ".join(sorted(old.entity.saves)) or "—", new=saved)


def _renamed(before: Mapping[str, Field], after: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    """New name → old name, where one that is gone and one that is new ask the same in the same way."""
    gone = [field for name, field in before.items() if name not in after and not field.calculated]
    for name, field in after.items():
        if name in before or field.calculated:
            continue
        same = [each for each in gone if each.label == field.label and _type(each) == _type(field)]
        if len(same) == 1:
            gone.remove(same[0])
            yield name, same[0].name


def _type(field: Field) -> tuple[str, bool]:
    return field.type, field.many


def _field(was: Field, field: Field) -> Iterator[Difference]:
    name = field.name
    if _type(was) != _type(field):
        yield _said("retyped", name, old=_shown_type(was), new=_shown_type(field), label=field.label)
    if was.repeat != field.repeat:
        yield _said("rows", name, label=field.label)
    elif was.path.rpartition("/")[0] != field.path.rpartition("/")[0]:
        yield _said("moved", name, label=field.label)
    if was.data_class != field.data_class:
        yield _said("class", name, old=was.data_class, new=field.data_class, label=field.label)
    if was.label != field.label and not field.calculated:
        yield _said("label", name, old=was.label, new=field.label)


def _shown_type(field: Field) -> str:
    return f"{field.type} ×n" if field.many else field.type


def _choices(old: Definition, new: Definition, was: Field, field: Field) -> Iterator[Difference]:
    before = old.labels.get(was.choices or "", {})
    after = new.labels.get(field.choices or "", {})
    if not before or not after:
        return
    for value, label in after.items():
        if value not in before:
            yield _said("choice_added", field.name, value=value, choice=label, label=field.label)
        elif before[value] != label:
            yield _said(
                "choice_label", field.name, value=value, old=before[value], new=label, label=field.label
            )
    for value, label in before.items():
        if value not in after:
            yield _said("choice_removed", field.name, value=value, choice=label, label=field.label)


_Rules = dict[str, dict[str, str]]  # path → rule → expression


def _rules(xform: bytes) -> _Rules:
    """What decides over each node: the attributes of its bind, and the filter of its choices."""
    document = parseString(xform)
    found: _Rules = {}
    for bind in document.getElementsByTagName("bind"):
        said = {name: _plain(bind.getAttribute(name)) for name in _BIND}
        found.setdefault(bind.getAttribute("nodeset"), {}).update(said)
    for itemset in document.getElementsByTagName("itemset"):
        parent = itemset.parentNode
        filtered = itemset.getAttribute("nodeset").partition("[")[2]
        if isinstance(parent, Element) and filtered:
            found.setdefault(parent.getAttribute("ref"), {})["filter"] = _plain(filtered)
    return found


def _plain(expression: str) -> str:
    return " ".join(expression.split())


def _changed_rules(was: Field, field: Field, old: _Rules, new: _Rules) -> Iterator[Difference]:
    before, after = old.get(was.path, {}), new.get(field.path, {})
    for rule, code in {**_BIND, "filter": "filter_changed"}.items():
        says, said = after.get(rule, ""), before.get(rule, "")
        if says != said:
            params = {"old": said or "—", "new": says or "—", "label": field.label}
            yield Difference(code, field.name, params)
