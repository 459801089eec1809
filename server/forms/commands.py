"""``lianxin form``: look a form over, compare it with what is published, publish it, list what is published.

A form is named by its key (a programme's own table) or by a file (.xlsx, .md, .csv), whose own files lie
beside it in ``<name>-media``. What cannot be published is told finding by finding, each with sheet, row and
column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from server.accounts import queries as accounts
from server.base import clock
from server.base.console import in_app, language
from server.base.db import reading, writing
from server.base.models import Org
from server.base.problems import Problem
from server.forms import diff as diffs
from server.forms import queries, service
from server.forms.compared import compared
from server.forms.convert import Converted, convert_file, convert_spec, files_beside
from server.forms.diff import Difference, Version
from server.forms.findings import Finding, FormRefused
from server.forms.look_over import LookedOver, look_over, look_over_ours
from server.forms.service import Source
from server.programmes.programme import form_specs

COUNTY = click.option("--county", default=None, help="The county's code, where this server holds several.")
FORM = click.argument("form", metavar="KEY|FILE", help="A form of the programmes, or the file of one.")


@click.group()
def form() -> None:
    """Forms: look them over, publish them, list them."""


@form.command()
@FORM
def check(form: str) -> None:
    """Run a form as a phone does; say whether it can be published, and what to mend. Needs no database."""
    looked = _looked_over(form)
    converted = _publishable(looked, looked.findings)
    _tell(looked)
    definition = converted.definition
    click.echo(
        f"✓ {definition.form} {definition.version} {definition.title['zh']} {definition.title['en']}: "
        f"{definition.questions} fields, {len(converted.xform)} bytes"
    )


@form.command()
@FORM
@COUNTY
@in_app
def publish(form: str, county: str | None) -> None:
    """Publish a form's version. Phones fetch it at their next exchange; old drafts keep theirs."""
    looked = _looked_over(form)
    converted = _publishable(looked, looked.findings)
    with reading():
        org_id = _org(county).id
        against = looked.workbook and compared(org_id, looked.workbook, converted, clock.now().date())
    if against:
        _publishable(looked, against.findings)
    _tell(looked)
    with writing():
        published = service.publish(org_id, converted, clock.now(), source=_source(form))
    state = "新发布 published" if published.new else "早就发布过 was published before"
    click.echo(f"{published.form} {published.version} {published.sha256[:12]}: {state}")


@form.command()
@FORM
@click.argument("newer", metavar="[KEY|FILE]", required=False, help="Compare with this one instead.")
@COUNTY
@in_app
def diff(form: str, newer: str | None, county: str | None) -> None:
    """What a form changes against the published version, or a second one against the first, and what that
    means for answers that are there."""
    converted = _converted(form)
    if newer is not None:
        differences = diffs.compare(_version(converted), _version(_converted(newer)))
    else:
        with reading():
            published = queries.current(_org(county).id, converted.definition.form)
        if published is None:
            click.echo("这张表还没有发布过。 This form has not been published yet.")
            return
        _, _, xform, definition = published
        differences = diffs.compare(Version(definition, xform), _version(converted))
    _tell_differences(differences)


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


def _looked_over(form: str) -> LookedOver:
    """What publishing finds in the form."""
    if form in form_specs():
        return look_over_ours(form_specs()[form])
    path = _file(form)
    return look_over(path.read_bytes(), path.suffix.lower(), files_beside(path))


def _converted(form: str) -> Converted:
    """The form, converted and not run; ends the command with every finding if it is refused."""
    try:
        if form in form_specs():
            return convert_spec(form_specs()[form])
        path = _file(form)
        return convert_file(path.read_bytes(), path.suffix.lower(), files_beside(path))
    except FormRefused as refused:
        raise _refused(refused.findings) from None


def _version(converted: Converted) -> Version:
    return Version(converted.definition, converted.xform)


def _source(form: str) -> Source:
    return Source.of(form_specs()[form].table if form in form_specs() else _file(form))


def _file(form: str) -> Path:
    path = Path(form)
    if not path.is_file():
        known = ", ".join(form_specs())
        raise click.ClickException(
            f"没有叫“{form}”的表单，也没有这个文件。 No form and no file is called {form!r}. ({known})"
        )
    return path


def _publishable(looked: LookedOver, findings: Iterable[Finding]) -> Converted:
    """The converted form; ends the command where a finding keeps it from being published."""
    errors = [each for each in findings if each.severity == "error"]
    if errors or looked.converted is None:
        raise _refused(errors)
    return looked.converted


def _refused(findings: Iterable[Finding]) -> click.ClickException:
    return click.ClickException("\n".join(_line(each) for each in findings))


def _tell(looked: LookedOver) -> None:
    """What should be known, and what publishing adds."""
    for finding in looked.findings:
        click.echo(f"! {_line(finding)}")
    for change in looked.changed:
        click.echo(f"+ {change.zh if language() == 'zh' else change.en}")


def _tell_differences(differences: Sequence[Difference]) -> None:
    spoken = language()
    if not differences:
        click.echo("没有不同。 Nothing differs.")
    for each in differences:
        click.echo(f"{'!' if each.attention else '·'} {each.words(spoken)}")
        if meaning := each.meaning(spoken):
            click.echo(f"    {meaning}")


def _line(finding: Finding) -> str:
    return f"{finding.where(language())}: {finding.words(language())}"


def _org(code: str | None) -> Org:
    org = accounts.org_by_code(code)
    if org is None:
        raise Problem("county_needed")
    return org
