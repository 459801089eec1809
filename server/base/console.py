"""What commands at the server's console stand on.

A concern's ``commands.py`` holds click commands; ``server.cli`` gathers them. ``@in_app`` gives a command the
app's context, made when it runs (so that ``--help`` needs no database); the command opens its own units. A
:class:`Problem` ends it with its words and exit status 1.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

import click
from flask import Flask

from server.base import db
from server.base.problems import Language, Problem

F = TypeVar("F", bound=Callable[..., Any])


def in_app(function: F) -> F:
    """Run the command inside the application's context."""

    def run(*args: Any, **kwargs: Any) -> Any:
        make_app: Callable[[], Flask] = click.get_current_context().find_root().obj
        app = make_app()
        try:
            with app.app_context():
                return function(*args, **kwargs)
        except Problem as problem:
            words = problem.words(language())
            raise click.ClickException(f"{words.title} {words.next}") from None
        finally:
            db.close(app)

    return cast("F", update_wrapper(run, function))


def language() -> Language:
    """The console's language, by the environment: English where it says so, else Chinese."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "zh"
    return "en" if spoken.lower().startswith("en") else "zh"
