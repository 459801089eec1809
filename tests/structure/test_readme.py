"""The ways through the house are walked with real names: what a document calls by name must exist."""

from __future__ import annotations

import importlib
import re

from tests.structure import repository


def test_every_function_that_the_servers_readme_names_exists() -> None:
    readme = next(path for path in repository.files() if str(path) == "server/README.md")
    names = set(
        re.findall(
            r"`((?:base|visits|review|replication|teams|entities|intake|ledger|sync)\.[a-z_.]+)`",
            repository.text(readme),
        )
    )
    assert len(names) > 5
    assert sorted(name for name in names if not exists(name)) == []


SHORT = {"intake": "server.visits.intake", "ledger": "server.base.ledger", "sync": "sync"}


def exists(name: str) -> bool:
    """A module, or something in a module; a concern's service may be left out of the name."""
    first, rest = name.split(".", 1)
    full = f"{SHORT.get(first, f'server.{first}')}.{rest}"
    candidates = [full, full.replace(f".{rest}", f".service.{rest}")]
    return any(resolves(candidate) for candidate in candidates)


def resolves(dotted: str) -> bool:
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found is not None
    return False
