"""What both sides compute is written twice, under one name, and bound by vectors that both run."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.structure import repository


def vectors() -> list[Path]:
    found = [
        path
        for path in repository.files()
        if path.parts[:2] == ("sync", "vectors") and path.suffix == ".json"
    ]
    assert len(found) >= 4
    return found


def both_sides() -> list[str]:
    """The names whose vectors TypeScript must pass too."""
    return [path.stem for path in vectors() if '"ts"' in repository.text(path)]


def test_what_both_sides_compute_has_its_twin() -> None:
    names = {str(path) for path in repository.files()}
    for name in both_sides():
        assert {f"sync/core/{name}.py", f"sync/client/{name}.py"} & names
        assert f"pwa/src/sync/{name}.ts" in names


def test_every_group_of_vectors_is_run_by_whoever_must_pass_it() -> None:
    python = "\n".join(repository.text(path) for path in repository.python("tests"))
    typescript = "\n".join(
        repository.text(path) for path in repository.texts() if path.parts[:3] == ("pwa", "src", "sync")
    )
    idle = []
    for path in vectors():
        for group, cases in json.loads(repository.text(path)).items():
            if not isinstance(cases, list) or not cases or not isinstance(cases[0], dict):
                continue
            must = {who for case in cases for who in case["must"]}
            call = rf"""\(\s*["']{path.stem}["'],\s*["']{group}["']"""
            if "py" in must and not re.search(call, python):
                idle.append(f"{path.name} {group}: Python")
            if "ts" in must and not re.search(call, typescript):
                idle.append(f"{path.name} {group}: TypeScript")
    assert idle == []


def test_every_vector_cites_its_rule_and_who_must_pass_it() -> None:
    for path in vectors():
        for group, cases in json.loads(repository.text(path)).items():
            for case in cases if isinstance(cases, list) else []:
                if isinstance(case, dict):
                    assert re.fullmatch(r"S\d{1,2}", case["rule"]), f"{path.name} {group} {case['name']}"
                    assert set(case["must"]) <= {"py", "ts"}
                    assert case["must"]
