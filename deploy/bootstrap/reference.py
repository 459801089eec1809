"""Writes `deploy/REFERENCE.md`: every setting and every command, from the code that reads them.

`python -m deploy.bootstrap.reference`, run in the environment. A structure test holds the file to the code,
so that nothing can be added without its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from deploy.bootstrap.places import ROOT
from server.base import settings
from server.cli import main as tool

FILE = ROOT / "deploy" / "REFERENCE.md"
HEADER = """\
# Settings and commands

Written by `.lianxin/env/bin/python -m deploy.bootstrap.reference`; held to the code by a test.
"""


def text() -> str:
    return "\n".join([HEADER, *settings_table(), "", *commands()]) + "\n"


def settings_table() -> Iterator[str]:
    yield "## Settings\n"
    yield "Environment variables; what the command line gives wins over them.\n"
    yield "| variable | type | default | what for |"
    yield "|---|---|---|---|"
    for variable, kind, default, what in settings.table():
        yield f"| `{variable}` | {kind} | {f'`{default}`' if default else ''} | {what} |"


def commands() -> Iterator[str]:
    yield "## Commands\n"
    yield "`./deploy/lianxin …` in a checkout, `lianxin …` where the wheel is installed.\n"
    for path, command in walk(tool, ()):
        usage = " ".join([*path, *(word for word in pieces(command))])
        yield f"### `lianxin {usage}`\n"
        yield f"{one_paragraph(command.help)}\n"
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                yield f"- `{', '.join(option.opts)}` {one_paragraph(option.help)}"
        if any(isinstance(option, click.Option) for option in command.params):
            yield ""


def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that lead to it."""
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from walk(command.commands[name], (*path, name))
    else:
        yield path, command


def pieces(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.human_readable_name


def one_paragraph(words: str | None) -> str:
    return " ".join((words or "").split())


def write(file: Path = FILE) -> None:
    file.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
