"""The layers are held by import-linter and dependency-cruiser; here, that they really looked at the house."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib

import grimp
import pytest

from deploy.bootstrap import node
from deploy.bootstrap.places import PWA, ROOT


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("server", "sync", include_external_packages=True)


def contracts() -> list[dict[str, object]]:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = tables["tool"]["importlinter"]["contracts"]
    return found


def test_the_import_graph_holds_the_house(graph: grimp.ImportGraph) -> None:
    ours = [name for name in graph.modules if name.startswith(("server.", "sync."))]
    assert len(ours) > 40
    assert graph.count_imports() > 100


def test_every_concern_has_its_layer() -> None:
    """A new folder under server/ must be given its place, or nothing would hold it."""
    layers = contracts()[0]["layers"]
    assert isinstance(layers, list)
    placed = {name.strip() for layer in layers for name in re.split(r"[|:]", layer)}
    concerns = {
        f"server.{path.name.removesuffix('.py')}"
        for path in (ROOT / "server").iterdir()
        if (path.is_dir() and (path / "__init__.py").exists())
        or (path.suffix == ".py" and path.stem != "__init__")
    }
    assert concerns - placed == set()
    assert {name for name in placed if name.startswith("server.")} - concerns == set()


def test_the_core_of_the_agreement_is_the_standard_library(graph: grimp.ImportGraph) -> None:
    core = {name for name in graph.modules if name.startswith("sync.core")}
    assert len(core) > 4
    outside = {name for module in core for name in graph.find_modules_directly_imported_by(module)} - core
    import sys

    assert {name for name in outside if name.split(".")[0] not in sys.stdlib_module_names} == set()


def test_a_concern_is_entered_by_its_service_and_queries_only(graph: grimp.ImportGraph) -> None:
    """Routes and schemas belong to their concern; only the wiring and the command line may see them."""
    inside = ("routes", "schemas")
    wiring = {"server.app", "server.cli"}
    entered = [
        f"{importer} → {module}"
        for module in graph.modules
        if module.startswith("server.")
        and module.rsplit(".", 1)[-1] in inside
        and not module.startswith("server.base")
        for importer in graph.find_modules_that_directly_import(module)
        if importer not in wiring and importer.split(".")[:2] != module.split(".")[:2]
    ]
    assert entered == []


def test_the_apps_layers_were_seen() -> None:
    chosen = node.on_the_machine() or node.from_the_environment()
    assert chosen is not None
    seen = subprocess.run(
        [str(chosen.node), "build/layers.mjs"], cwd=PWA, check=True, capture_output=True, text=True
    ).stdout
    count = re.search(r"(\d+) modules", seen)
    assert count, seen
    assert int(count[1]) > 40, json.dumps(seen)
