"""``lianxin photos`` and ``lianxin verify``: take away what nobody needs, hold rows and bytes together."""

from __future__ import annotations

import click
from flask import current_app

from server.base import clock
from server.base.blobs import Blobs
from server.base.console import in_app
from server.photos import cleaning


@click.group()
def photos() -> None:
    """Photos and recordings in the store."""


@photos.command()
@in_app
def clean() -> None:
    """Take away what is older than a week and needed by nobody. The server does so by itself, too."""
    cleaned = cleaning.clean(_blobs(), clock.now())
    click.echo(
        f"照片 photos {cleaned.photos} · 没传完的 partials {cleaned.partials} · 碎片 pieces {cleaned.pieces}"
    )


@click.command()
@click.option("--deep", is_flag=True, help="Also read and hash every file.")
@in_app
def verify(deep: bool) -> None:
    """Walk rows and files both ways. Ends with 1 if a file that somebody has a receipt for is not whole."""
    harmful = 0
    for one in cleaning.verify(_blobs(), deep=deep):
        harmful += one.harmful
        click.echo(f"{one.what}\t{one.key}")
    if harmful:
        raise click.ClickException(
            f"{harmful} 个文件不完整，请从备份取回。 {harmful} files are not whole: take them from a backup."
        )
    click.echo("✓ 照片与记录一致 rows and files agree")


def _blobs() -> Blobs:
    return Blobs.of(current_app.extensions["lianxin.settings"])
