"""Everything that publishing asks of a workbook, in order, and everything that it finds, at once.

Can it be read; may it be published (``check``, ``check_media``, ODK's converter); does the phone's engine run
it; how large is it. Nothing is written, and no county is needed: what depends on the versions that a county
has published is ``compared``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from server.forms import examine, sizes
from server.forms.changed import Change, changed
from server.forms.convert import Converted, convert_workbook, files_beside, open_workbook
from server.forms.findings import Finding, FormRefused
from server.forms.media import LIST
from server.forms.samples import samples
from server.forms.sizes import Sizes
from server.forms.workbook import Workbook
from server.programmes.programme import FormSpec

_NO_NODE = {"node_missing", "checker_missing"}


@dataclass(frozen=True)
class LookedOver:
    """What is known of a workbook after publishing has asked everything of it."""

    workbook: Workbook | None  # None: it cannot be read
    converted: Converted | None  # None: it was refused before it came to an XForm
    findings: tuple[Finding, ...]
    changed: tuple[Change, ...] = ()
    sizes: Sizes | None = None
    lists: Mapping[str, str] = field(default_factory=dict)  # invented rows of the county's lists, as csv

    @property
    def publishable(self) -> bool:
        return self.converted is not None and not any(each.severity == "error" for each in self.findings)


def look_over(
    source: bytes,
    suffix: str,
    media: Mapping[str, bytes] = MappingProxyType({}),
    *,
    ours: bool = False,
) -> LookedOver:
    """Look a workbook over, with its files by name. ``ours``: it came with the system and was tried before,
    so that a server without Node takes it."""
    workbook = None
    try:
        workbook = open_workbook(source, suffix)
        converted = convert_workbook(workbook, media)
    except FormRefused as refused:
        return LookedOver(workbook, None, tuple(refused.findings))
    found, report = examine.examine(workbook, *tried(workbook, converted))
    if ours and {each.code for each in found} & _NO_NODE:
        found = [Finding("not_run_here", "settings")]
    said = sizes.sizes(
        workbook,
        converted.definition,
        converted.xform,
        sum(len(each.data) for each in converted.media),
        None if report is None else report.load_ms + report.create_ms,
    )
    return LookedOver(
        workbook,
        converted,
        (*found, *sizes.warnings(workbook, said)),
        tuple(changed(converted)),
        said,
        samples(workbook),
    )


def tried(workbook: Workbook, converted: Converted) -> tuple[bytes, dict[str, str]]:
    """What the engine is given: the XForm, and every list that it reads, by the name of its file."""
    county = {f"{name}.csv": rows for name, rows in samples(workbook).items()}
    own = {each.name: each.data.decode() for each in converted.media if each.what == LIST}
    return converted.xform, {**county, **own}


def look_over_ours(spec: FormSpec) -> LookedOver:
    """Look a programme's own form over."""
    return look_over(spec.table.read_bytes(), spec.table.suffix, files_beside(spec.table), ours=True)
