"""Every version is pinned, and what is installed here is what is pinned."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.bootstrap import pins
from deploy.bootstrap.node import PACKAGE
from deploy.bootstrap.places import CONSTRAINTS, ROOT


def test_the_constraints_name_everything_that_an_installation_takes() -> None:
    """Mend with: .lianxin/env/bin/python -m deploy.bootstrap.pins"""
    assert pins.read()[PACKAGE]
    assert CONSTRAINTS.read_text(encoding="utf-8") == pins.text()


def test_every_pin_lies_in_its_range_and_every_range_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = [
        Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["test"]
    ]
    kept = pins.read()
    assert [
        str(need) for need in wanted if not need.specifier.contains(kept[canonicalize_name(need.name)])
    ] == []
    runtime = {Requirement(line).name for line in project["dependencies"]}
    silent = [name for name in runtime if not any(f'"{name}' in line and "#" in line for line in lines)]
    assert silent == []
