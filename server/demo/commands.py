"""``lianxin demo``: fill an empty server with the invented county."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from server.base import clock
from server.base.console import in_app
from server.base.settings import Settings
from server.demo import fill
from server.demo.facts import facts
from server.demo.plan import Size

DEFAULT_PASSWORD = "lianxin-demo"  # noqa: S105 - printed on the screen, for this machine only


@click.command()
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Its last day; today without it."
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed is another county.")
@click.option(
    "--days", type=click.IntRange(7, 36_500), default=None, help="How far back it goes; 90 without it."
)
@click.option(
    "--visits",
    type=click.IntRange(1, 2_000_000),
    default=None,
    help="About so many visits: more people are looked after, none less often.",
)
@click.option("--password", default=None, help="Of all demo desks. Needed where others can reach the server.")
@in_app
def demo(
    until: datetime | None, seed: int, days: int | None, visits: int | None, password: str | None
) -> None:
    """Fill an empty server with an invented county. A county that is there is left as it is."""
    settings = Settings.from_environment()
    if password is None and not settings.loopback:
        raise click.UsageError(f"{settings.host} can be reached by others: give the demo desks a --password.")
    last_day = until.date() if until else _today()
    size = Size.of(days, visits)
    made = fill.fill(seed, last_day, password or DEFAULT_PASSWORD, _tell, size)
    if made is None:
        click.echo("演示县已经在了，保持原样。 The demo county is there already and stays as it is.")
        return
    click.echo(
        f"演示县：{made.people} 位服务对象，{made.volunteers} 位志愿者，{made.visits} 条服务记录。 "
        f"Demo county: {made.people} people, {made.volunteers} volunteers, {made.visits} visits."
    )


def _today() -> date:
    return clock.real().astimezone(ZoneInfo(facts()["county"]["timezone"])).date()


def _tell(what: str, done: int) -> None:
    click.echo(f"  {what}: {done}")
