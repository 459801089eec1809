"""The phone at a command line: ``python -m sync.client``.

python -m sync.client phone.db enrol https://county.example ABCD-EFGH
python -m sync.client phone.db sync
python -m sync.client phone.db show entity
python -m sync.client phone.db put TEAM day-care daily-contact /data/contact=phone --photo door.jpg
python -m sync.client phone.db sync --patience 60
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from sync.client import File, NotEnrolled, Phone, Standing
from sync.ops import BadOp


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; 0 when it is done, 1 when something stands in its way."""
    asked = _parser().parse_args(arguments)
    try:
        said, code = _carry_out(asked)
    except (NotEnrolled, BadOp, LookupError, OSError) as error:
        said, code = {"error": str(error)}, 1
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return code


def _carry_out(asked: argparse.Namespace) -> tuple[Any, int]:
    enrols = asked.command == "enrol"
    opened = Phone.enrol(asked.url, asked.code, asked.file) if enrols else Phone.open(asked.file)
    with closing(opened) as phone:
        match asked.command:
            case "enrol":
                return phone.store.get("who"), 0
            case "sync":
                standing = phone.sync(asked.patience)
                return _told(standing), 0 if standing.is_done else 1
            case "show":
                return phone.things(asked.kind), 0
            case "note":
                return {"op": phone.note(asked.visit, asked.text)}, 0
            case "withdraw":
                return {"op": phone.withdraw(asked.visit, asked.reason)}, 0
            case _:
                return {"visit": _put(phone, asked)}, 0


def _put(phone: Phone, asked: argparse.Namespace) -> str:
    answers = dict(one.split("=", 1) for one in asked.answers)
    files = [_file(Path(one)) for one in asked.photo]
    return phone.put_visit(
        asked.team,
        asked.programme,
        asked.form,
        answers,
        person=asked.person,
        place=asked.place,
        visit=asked.visit,
        files=files,
    )


def _file(path: Path) -> File:
    return File(path.name, mimetypes.guess_type(path.name)[0] or "image/jpeg", path.read_bytes())


def _told(standing: Standing) -> dict[str, Any]:
    return {
        "waiting": standing.waiting,
        "refused": dict(standing.refused),
        "originals": standing.originals,
        "offline": standing.offline,
        "trouble": standing.trouble and standing.trouble.code,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync.client", description="A phone for scripts.")
    parser.add_argument("file", help="everything of this phone: its key, its ops, what it was told")
    commands = parser.add_subparsers(dest="command", required=True)
    enrol = commands.add_parser("enrol", help="become somebody's by a code from a paper card")
    enrol.add_argument("url")
    enrol.add_argument("code")
    sync = commands.add_parser("sync", help="exchange with the county")
    sync.add_argument("--patience", type=float, default=0, help="seconds to go on trying")
    show = commands.add_parser("show", help="what the county has told of one kind")
    show.add_argument("kind", help="entity, form, visit, team, note, notice …")
    put = commands.add_parser("put", help="a visit with one record")
    put.add_argument("team")
    put.add_argument("programme")
    put.add_argument("form")
    put.add_argument("answers", nargs="*", help="path=text, in the form's order")
    put.add_argument("--person")
    put.add_argument("--place")
    put.add_argument("--visit", help="put this one again")
    put.add_argument("--photo", action="append", default=[], help="a file that the record names")
    note = commands.add_parser("note", help="a word in the talk about a visit")
    note.add_argument("visit")
    note.add_argument("text")
    withdraw = commands.add_parser("withdraw", help="take a visit back")
    withdraw.add_argument("visit")
    withdraw.add_argument("--reason")
    return parser


if __name__ == "__main__":
    sys.exit(main())
