"""What is printed from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from server.base.problems import Language
from server.reports.guide.make import guide as make_guide


@click.command()
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of the page."
)
@click.option(
    "--address",
    default="http://localhost:8000/",
    show_default=True,
    help="What the volunteers' phones open.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=Path("lianxin-guide.pdf"),
    show_default=True,
    help="Where the PDF goes.",
)
def guide(language: str, address: str, out: Path) -> None:
    """Print one A4 page (PDF) from which a volunteer learns the app."""
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter("要以 http:// 或 https:// 开头 · begins with http:// or https://")
    out.write_bytes(make_guide(cast("Language", language), address))
    click.echo(f"{out}")
