"""Builds the app into `pwa/dist`, and with it the check of forms, when its sources have changed.

Packages and build have a stamp each: editing a page builds again without fetching again. The packages' stamp
lies inside `node_modules`, so that deleting that folder is enough to have them fetched. A build does not need
the linters and test tools, so a plain start leaves them out; `tests/run` asks for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deploy.bootstrap import node, stamps
from deploy.bootstrap.commands import clean_environment, run_logged
from deploy.bootstrap.places import BUILT, CHECKER, PWA, make_writable
from deploy.bootstrap.words import step

PACKAGES = PWA / "node_modules"
NOT_SOURCES = {"node_modules", BUILT.name, CHECKER.name}


def sources() -> Iterator[Path]:
    """Every file that a build may read; tests beside the sources change nothing that is built."""
    for path in sorted(PWA.rglob("*")):
        parts = path.relative_to(PWA).parts
        is_test = ".test." in path.name
        if not NOT_SOURCES.intersection(parts) and not is_test and path.is_file():
            yield path


def ensure_packages(*, everything: bool) -> node.Node:
    """Fetch the packages that the lockfile names; `everything` includes linters and test tools."""
    chosen = node.ensure()
    wanted = stamps.hash_of_files([PWA / "package.json", PWA / "package-lock.json"])
    kinds = ["all"] if everything else ["build", "all"]
    if any(stamps.holds(f".lianxin-{kind}", wanted, PACKAGES) for kind in kinds):
        return chosen
    make_writable(PWA)
    with step("下载页面要用的包", "Fetching the app's packages"):
        leave_out = [] if everything else ["--omit=dev"]
        run_logged(
            chosen.npm("ci", "--no-audit", "--no-fund", *leave_out),
            log="npm.log",
            cwd=PWA,
            what=("下载页面要用的包", "Fetching the app's packages"),
            environment=chosen.path_first(clean_environment()),
        )
    stamps.write(f".lianxin-{kinds[0]}", wanted, PACKAGES)
    return chosen


def ensure_built(*, everything: bool = False) -> None:
    """Build if a source has changed since the last build that succeeded."""
    wanted = stamps.hash_of_files(sources())
    built = (BUILT / "index.html", CHECKER / "check.mjs")
    if stamps.holds("pwa", wanted) and all(path.is_file() for path in built):
        return
    chosen = ensure_packages(everything=everything)
    stamps.forget("pwa")
    with step("生成手机和电脑页面", "Building the phone and desk pages"):
        run_logged(
            chosen.tool(PACKAGES / "vite" / "bin" / "vite.js", "build"),
            log="vite.log",
            cwd=PWA,
            what=("生成页面", "Building the pages"),
            environment=chosen.path_first(clean_environment()),
        )
    stamps.write("pwa", wanted)


if __name__ == "__main__":
    ensure_built(everything=True)
