"""The repository's outer shape: what lies at the top, how large files are, what no file may say."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from deploy.bootstrap.places import ROOT
from tests.structure import repository

TOP = {
    "pyproject.toml", "README.md", "LICENSE", "server", "pwa", "sync", "tests", "deploy",
    ".ci", ".github", ".gitignore",
}  # fmt: skip
LONGEST = 500
HARD_TO_SPLIT = {  # path → why this one file is longer
    "server/migrations/versions/v0001_first.py": "the first schema is one step",
    "pwa/src/api/schema.d.ts": "generated from the server's description",
}

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = [
    r"/wo" r"rk/",
    r"\.\./sha" r"red",
    r"(?<![)\w])/ro" r"ot/",
    r"/ho" r"me/[a-z]",
    r"/Us" r"ers/[a-z]",
]
REGISTRIES = [
    r"registry\.npm" r"js\.org",
    r"py" r"pi\.org",
    r"files\.python" r"hosted\.org",
    r"deb\.deb" r"ian\.org",
]
UNFINISHED = [
    r"\bTO" r"DO\b",
    r"\bFIX" r"ME\b",
    r"\bXX" r"X\b",
    r"not implem" r"ented",
    r"NotImplem" r"entedError",
]
LEFT_OUT = [
    r"pytest\.mark\.sk" r"ip", r"pytest\.sk" r"ip", r"mark\.xf" r"ail", r"pytest\.xf" r"ail",
    r"importor" r"skip", r"\b(?:describe|it|test)\.(?:on" r"ly|sk" r"ip|to" r"do|fa" r"ils)\b",
    r"\b(?:fit|xit|fdescribe|xdescribe)\(",
]  # fmt: skip


def said(patterns: list[str], paths: list[Path]) -> list[str]:
    """`path:line: the words` of every place where one of the patterns stands."""
    any_of = re.compile("|".join(patterns))
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(repository.text(path).splitlines(), 1)
        if any_of.search(line)
    ]


def test_the_top_level_is_the_fixed_list() -> None:
    assert {path.parts[0] for path in repository.files()} == TOP


def test_no_file_names_a_path_of_one_machine() -> None:
    assert said(MACHINE_PATHS, repository.texts()) == []


def test_no_file_names_a_package_registry() -> None:
    """Whoever installs has their own mirror: pip's and npm's settings decide."""
    assert said(REGISTRIES, repository.texts()) == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    assert (
        said(UNFINISHED, [path for path in repository.texts() if path.suffix in {".py", ".ts", ".tsx"}]) == []
    )


def test_no_test_is_left_out() -> None:
    tests = [path for path in repository.texts() if repository.is_test(path)]
    assert len(tests) > 20, "the tests were not found"
    assert said(LEFT_OUT, tests) == []


def test_a_long_file_has_a_reason() -> None:
    code = [path for path in repository.texts() if path.suffix in {".py", ".ts", ".tsx", ".css", ".mjs"}]
    long = {str(path): len(repository.text(path).splitlines()) for path in code}
    assert {
        path: lines for path, lines in long.items() if lines > LONGEST and path not in HARD_TO_SPLIT
    } == {}
    assert [path for path in HARD_TO_SPLIT if long.get(path, 0) <= LONGEST] == [], "not long any more"


def test_every_module_says_what_it_decides() -> None:
    """A module opens with its question; one that only marks a package may say nothing."""
    bare = [
        str(path)
        for path in repository.python("server", "sync", "deploy")
        if path.name != "__init__.py"
        and path.name != "check_python.py"
        and not repository.text(path).lstrip().startswith(('"""', 'r"""'))
    ]
    assert bare == []


def test_no_test_folder_is_a_package() -> None:
    """A test package named `sync` or `server` would hide ours."""
    assert [
        str(path) for path in repository.files() if path.parts[0] == "tests" and path.name == "__init__.py"
    ] == []


def test_the_commands_can_be_run() -> None:
    for name in ("deploy/run", "deploy/lianxin", "tests/run", ".ci/run"):
        mode = os.stat(ROOT / name).st_mode
        assert mode & stat.S_IXUSR, f"{name} is not executable"
        assert (ROOT / name).read_text().startswith("#!")


def test_links_in_documents_lead_somewhere() -> None:
    broken = []
    for path in repository.texts():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", repository.text(path)):
            if "://" not in target and not (ROOT / path.parent / target).exists():
                broken.append(f"{path}: {target}")
    assert broken == []
