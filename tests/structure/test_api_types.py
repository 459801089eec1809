"""The desk's types are generated from the server's description of itself; this holds them to it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from deploy.bootstrap import node
from deploy.bootstrap.places import ROOT
from server.app import create_app
from server.base.openapi import document
from server.base.settings import Settings


def test_the_desks_types_are_what_the_server_says(tmp_path: Path) -> None:
    """`./deploy/lianxin openapi | npm --prefix pwa run api` writes them anew."""
    said = tmp_path / "openapi.json"
    settings = Settings(data=tmp_path)
    said.write_text(json.dumps(document(create_app(settings))), encoding="utf-8")
    chosen = node.on_the_machine() or node.from_the_environment()
    assert chosen is not None
    done = subprocess.run(
        [str(chosen.node), "build/api.mjs", "--check", str(said)],
        cwd=ROOT / "pwa", check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
