"""What a phone fetches before its first screen, in brotli bytes (``lianxin bench bundle``).

Counted from the built pages themselves: the page, its script, what it preloads, its styles. ``limit`` is the
budget of the first screen. Beside it: the form engine's own chunk, the desk, the demo page.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from server.base.settings import Settings

BUDGET_BYTES = 60_000
NAMED = re.compile(r'(?:src|href)="/((?:assets/|first\.js)[^"]*)"')
ENGINE = "XFormsXPathEvaluator"  # a name of the engine's that its chunk alone carries


def main() -> dict[str, Any]:
    folder = Settings.from_environment().pwa_folder
    shell = page(folder, "index.html")
    return {
        "bench": "bundle", "value": shell, "limit": BUDGET_BYTES,
        "ratio": round(shell / BUDGET_BYTES, 3), "unit": "brotli bytes", "better": "lower",
        "engine": weigh(engine(folder)), "desk": page(folder, "desk.html"), "demo": page(folder, "demo.html"),
    }  # fmt: skip


def page(folder: Path, name: str) -> int:
    """A page with everything that it names."""
    named = NAMED.findall((folder / name).read_text("utf-8"))
    return sum(weigh(folder / each) for each in [name, *dict.fromkeys(named)])


def engine(folder: Path) -> Path:
    """The form engine's chunk: the only one that knows its evaluator's name."""
    (found,) = (file for file in (folder / "assets").glob("*.js") if ENGINE in file.read_text("utf-8"))
    return found


def weigh(file: Path) -> int:
    """Bytes as they travel: the packed ones where the build left some."""
    packed = file.with_name(file.name + ".br")
    return (packed if packed.is_file() else file).stat().st_size


if __name__ == "__main__":
    print(json.dumps(main()))
    sys.exit(0)
