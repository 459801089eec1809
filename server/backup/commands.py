"""``lianxin backup``, ``restore``, ``backed-up`` and ``epoch renew``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from server.backup import epochs, making, restoring
from server.base import clock
from server.base.console import in_app, language
from server.base.problems import Problem
from server.base.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_STEPS = {"database": "数据库 database …", "files": "照片和文件 photos and files …"}


@click.command()
@click.argument("into", type=_FOLDER, help="Folder in which backups lie, each in a folder of its own.")
@in_app
def backup(into: Path) -> None:
    """Back up database and files while the server goes on, checked, in a new folder. What lies in the newest
    backup there already is linked, not copied."""
    settings = current_app.extensions["lianxin.settings"]
    where, made = making.make(settings, into, clock.now(), lambda step: click.echo(_STEPS[step], err=True))
    if made.missing:
        click.echo(
            f"⚠ 有 {len(made.missing)} 个文件不在或已损坏，名单在 manifest.json。 "
            f"{len(made.missing)} files are not there or damaged; manifest.json names them.",
            err=True,
        )
    click.echo(f"✓ {where}\t{made.files} 个文件 files\t{made.bytes} 字节 bytes")


@click.command()
@click.argument("folder", type=_FOLDER, help="One backup.")
@click.option(
    "--over", is_flag=True, help="Put it in the place of the data that is there; that is kept beside."
)
def restore(folder: Path, over: bool) -> None:
    """Restore a backup, with the server stopped. Phones then offer again what they sent within 35 days."""
    try:
        done = restoring.restore(Settings.from_environment(), folder, clock.now(), over=over)
    except Problem as problem:
        words = problem.words(language())
        raise click.ClickException(f"{words.title} {words.next}") from None
    click.echo(f"✓ {', '.join(done.manifest.counties)}\t{done.manifest.made}")
    if done.aside is not None:
        click.echo(f"旧数据在 the old data is in {done.aside}")
    if done.awaited:
        click.echo(
            f"{done.awaited} 个文件备份里没有，还在手机上的会再传。 "
            f"{done.awaited} files were not in the backup; phones that still hold them send them again."
        )
    click.echo(
        "备份之后删除过的人，备份里还有：没有单独保存的删除名单，请再删除一次。 "
        "Whoever was erased after the backup is in it again: there is no list of erasures outside of it, so "
        "erase them once more."
    )


@click.command("backed-up")
@click.argument(
    "until",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    help="When that backup was begun, for example 2026-11-30T02:00:00Z.",
)
@in_app
def backed_up(until: datetime) -> None:
    """Say that a backup made by other means (PostgreSQL, a bucket) has finished, so that phones may let go of
    photos that it holds."""
    if until > clock.now():
        raise click.ClickException("这个时间还没到。 This moment has not come yet.")
    making.finished(until)
    click.echo(f"✓ {clock.iso(until)}")


@click.group()
def epoch() -> None:
    """What phones are told after a restore."""


@epoch.command("renew")
@in_app
def renew() -> None:
    """Tell phones that this county was restored by other means (PostgreSQL). They offer again what they sent
    within 35 days. `lianxin restore` does so by itself."""
    awaited = epochs.renew(clock.now())
    click.echo(f"✓ 等手机再传的文件 files awaited again: {awaited}")
