"""Makes the Python environment in `.lianxin/env` and installs the project into it.

Debian's Python without `python3-venv` fails half-way and leaves a broken folder: it is removed, and the
environment is made without pip, which the machine's own pip then fills from outside. An environment does not
survive a moved checkout or another Python: both are part of its stamp.

The project is installed editable and without build isolation, with hatchling from the same constraints:
nothing is downloaded that is not pinned.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from deploy.bootstrap import stamps
from deploy.bootstrap.commands import clean_environment, run_logged
from deploy.bootstrap.places import CONSTRAINTS, ENVIRONMENT, ROOT, make_writable
from deploy.bootstrap.words import Trouble, step

PYTHON = ENVIRONMENT / "bin" / "python"
DIVIDE = "# ---- only for tests and builds"  # in the constraints: what a plain start does not install


def identity() -> str:
    """What the environment is bound to: this folder and this Python."""
    return stamps.hash_of(str(ROOT), sys.base_prefix, platform.python_version())


def wishes(extra: str) -> str:
    """What is to be installed: the project's own table and the pins, not the settings of linters."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = json.dumps([tables["build-system"], tables["project"]], sort_keys=True)
    return stamps.hash_of(extra, wanted, CONSTRAINTS.read_text(encoding="utf-8"))


def ensure(extra: str = "runtime") -> Path:
    """Return the environment's Python, with the project and the named extra installed."""
    make_writable(ENVIRONMENT.parent)
    if not stamps.holds("env", identity(), ENVIRONMENT) or not works(PYTHON):
        create()
    satisfied = any(stamps.holds(name, wishes(name), ENVIRONMENT) for name in {extra, "test"})
    if not satisfied:
        install(extra)
    return PYTHON


def works(python: Path) -> bool:
    try:
        return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def create() -> None:
    """Make an empty environment with pip in it; whatever half-made folder was there goes first."""
    with step("建立 Python 环境", "Making the Python environment"):
        remove_half_made()
        made = attempt([sys.executable, "-m", "venv", str(ENVIRONMENT)])
        if not made or not has_pip(PYTHON):
            remove_half_made()
            create_without_pip()
        stamps.write("env", identity(), ENVIRONMENT)


def create_without_pip() -> None:
    base = sys.executable
    if not attempt([base, "-m", "venv", "--without-pip", str(ENVIRONMENT)]):
        remove_half_made()
        raise no_environment()
    if not attempt([base, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip"]):
        machine_has_pip = attempt([base, "-m", "pip", "--version"])
        remove_half_made()
        raise no_pip_download() if machine_has_pip else no_environment()


def no_environment() -> Trouble:
    return Trouble(
        "这台机器的 Python 没有 venv 和 pip：请先运行 apt install python3-venv python3-pip，再运行一次。",
        "This machine's Python has neither venv nor pip: "
        "run apt install python3-venv python3-pip, then this again.",
    )


def no_pip_download() -> Trouble:
    return Trouble(
        "下载 pip 失败：请检查网络或 pip 镜像设置；或运行 apt install python3-venv，再运行一次。",
        "Downloading pip failed: check the network or pip's mirror setting, "
        "or run apt install python3-venv, then this again.",
    )


def remove_half_made() -> None:
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)


def attempt(command: list[str]) -> bool:
    done = subprocess.run(command, check=False, capture_output=True, env=clean_environment(), cwd=ROOT)
    return done.returncode == 0


def has_pip(python: Path) -> bool:
    return attempt([str(python), "-m", "pip", "--version"])


def install(extra: str) -> None:
    """Install with every version pinned; the count of pins says how far it is."""
    make_writable(ENVIRONMENT)
    target = f"{ROOT}[test]" if extra == "test" else str(ROOT)
    total = count_pins(extra)
    with step("安装 Python 包", "Installing Python packages") as progress:
        seen = 0

        def watch(line: str) -> None:
            nonlocal seen
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                progress.reach(min(seen, total), total)

        pip_install(["hatchling"], log="pip-build.log")
        pip_install(["--no-build-isolation", "--editable", target], log="pip.log", on_line=watch)
    stamps.write(extra, wishes(extra), ENVIRONMENT)


def pip_install(arguments: list[str], *, log: str, on_line: Callable[[str], None] | None = None) -> None:
    run_logged(
        [
            PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
            "--progress-bar", "off", "--constraint", CONSTRAINTS, *arguments,
        ],
        log=log,
        cwd=ROOT,
        what=("安装 Python 包", "Installing Python packages"),
        on_line=on_line,
    )  # fmt: skip


def count_pins(extra: str) -> int:
    """How many packages an installation takes at most."""
    pins = CONSTRAINTS.read_text(encoding="utf-8")
    counted = pins if extra == "test" else pins.split(DIVIDE)[0]
    return sum(1 for line in counted.splitlines() if "==" in line and not line.startswith("#"))
