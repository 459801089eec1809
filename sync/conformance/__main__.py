"""``python -m sync.conformance URL --code CODE``: exits 1 if any answer is not what the protocol says."""

from __future__ import annotations

import argparse
import json
import sys

from sync.client import NotEnrolled
from sync.conformance.live import check
from sync.conformance.player import transcripts


def main(arguments: list[str] | None = None) -> int:
    """Check a server; 0: every answer was what the protocol says."""
    parser = argparse.ArgumentParser(
        prog="python -m sync.conformance", description="Is this server one that the protocol describes?"
    )
    parser.add_argument("url")
    parser.add_argument("--code", required=True, help="an enrolment code of a volunteer for trying")
    parser.add_argument("--rule", action="append", help="only transcripts of this rule, as S7")
    asked = parser.parse_args(arguments)
    played = [one for one in transcripts() if asked.rule is None or set(asked.rule) & set(one.rules)]
    try:
        faults = check(asked.url, asked.code, played, print)
    except NotEnrolled as error:
        print(f"not enrolled: {error}", file=sys.stderr)
        return 2
    print(json.dumps({"conformance": asked.url, "transcripts": len(played), "faults": faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
