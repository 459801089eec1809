"""Every setting and every command is documented: undocumented ones fail here."""

from __future__ import annotations

from deploy.bootstrap import reference
from server.base import settings
from server.cli import main as tool


def test_every_setting_says_what_it_is_for() -> None:
    rows = list(settings.table())
    assert len(rows) > 10
    assert [variable for variable, _, _, what in rows if len(what) < 10] == []


def test_every_command_and_every_option_says_what_it_does() -> None:
    found = list(reference.walk(tool, ()))
    assert len(found) > 6
    silent = [" ".join(path) for path, command in found if not command.help]
    silent += [
        f"{' '.join(path)} {parameter.name}"
        for path, command in found
        for parameter in command.params
        if getattr(parameter, "help", "argument") is None
    ]
    assert silent == []


def test_the_reference_is_what_the_code_says() -> None:
    """Mend with: .lianxin/env/bin/python -m deploy.bootstrap.reference"""
    assert reference.FILE.read_text(encoding="utf-8") == reference.text()
