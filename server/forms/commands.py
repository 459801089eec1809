"""``lianxin form``: look a form over, publish it, list what is published.

A form is named by its key (a programme's own table) or by a file (.xlsx, .md, .csv). What cannot be published
is told finding by finding, each with sheet, row and column.
"""

from __future__ import annotations

from pathlib import Path

import click

from server.accounts import queries as accounts
from server.base import clock
from server.base.console import in_app, language
from server.base.db import reading, writing
from server.base.models import Org
from server.base.problems import Problem
from server.forms import queries, service
from server.forms.convert import Converted, convert_file, convert_spec, files_beside
from server.forms.findings import FormRefused
from server.programmes.programme import form_specs

COUNTY = click.option("--county", default=None, help="The county's code, where this server holds several.")
FORM = click.argument("form", metavar="KEY|FILE", help="A form of the programmes, or the file of one.")


@click.group()
def form() -> None:
    """Forms: look them over, publish them, list them."""


@form.command()
@FORM
def check(form: str) -> None:
    """Say whether a form can be published, and what to mend if not. Needs no database."""
    converted = _converted(form)
    definition = converted.definition
    questions = sum(not field.calculated for field in definition.fields)
    click.echo(
        f"✓ {definition.form} {definition.version} {definition.title['zh']} {definition.title['en']}: "
        f"{questions} fields, {len(converted.xform)} bytes"
    )


@form.command()
@FORM
@COUNTY
@in_app
def publish(form: str, county: str | None) -> None:
    """Publish a form's version. Phones fetch it at their next exchange; old drafts keep theirs."""
    converted = _converted(form)
    with writing():
        published = service.publish(_org(county).id, converted, clock.now())
    state = "新发布 published" if published.new else "早就发布过 was published before"
    click.echo(f"{published.form} {published.version} {published.sha256[:12]}: {state}")


@form.command("list")
@COUNTY
@in_app
def list_forms(county: str | None) -> None:
    """The county's forms with their versions, the current one marked."""
    with reading():
        org = _org(county)
        for each in queries.forms(org.id):
            click.echo(f"{each.key}\t{each.title_zh}\t{each.title_en}\t{each.programme}")
            for version in queries.versions(org.id, each.key):
                mark = "*" if version.version == each.current_version else " "
                click.echo(f"  {mark} {version.version}  {version.sha256[:12]}  {version.bytes} bytes")


@form.command("export-xform")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), help="Where to; made if missing.")
def export_xform(folder: Path) -> None:
    """Write every programme's XForms into a folder: what the web app's own tests fill."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, spec in form_specs().items():
        (folder / f"{key}.xml").write_bytes(convert_spec(spec).xform)
        click.echo(f"{key}.xml")


def _converted(form: str) -> Converted:
    """The form, converted; ends the command with every finding if it is refused."""
    path = Path(form)
    try:
        if form in form_specs():
            return convert_spec(form_specs()[form])
        if not path.is_file():
            known = ", ".join(form_specs())
            raise click.ClickException(
                f"没有叫“{form}”的表单，也没有这个文件。 No form and no file is called {form!r}. ({known})"
            )
        return convert_file(path.read_bytes(), path.suffix.lower(), files_beside(path))
    except FormRefused as refused:
        spoken = language()
        lines = [f"{each.where(spoken)}: {each.words(spoken)}" for each in refused.findings]
        raise click.ClickException("\n".join(lines)) from None


def _org(code: str | None) -> Org:
    org = accounts.org_by_code(code)
    if org is None:
        raise Problem("county_needed")
    return org
