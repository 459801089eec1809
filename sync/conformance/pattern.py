"""What was answered is what is written, where "…" stands for anything.

In an object the member "…" allows members beyond those that are written, in a list a last "…" further
elements.
"""

from __future__ import annotations

from typing import Any, Final

ANYTHING: Final = "…"


class Differs(AssertionError):
    """Where an answer is not what is written. ``path`` is a JSON pointer."""

    def __init__(self, path: str, said: Any, written: Any) -> None:
        super().__init__(f"{path or '/'}: {said!r} is not {written!r}")
        self.path = path


def match(said: Any, written: Any, path: str = "") -> None:
    """Raises Differs at the first difference."""
    if written == ANYTHING:
        return
    if isinstance(written, dict):
        _match_object(said, written, path)
    elif isinstance(written, list):
        _match_list(said, written, path)
    elif said != written or type(said) is not type(written):
        raise Differs(path, said, written)


def _match_object(said: Any, written: dict[str, Any], path: str) -> None:
    if not isinstance(said, dict) or (ANYTHING not in written and set(said) != set(written)):
        raise Differs(path, said, written)
    for name, value in written.items():
        if name == ANYTHING:
            continue
        if name not in said:
            raise Differs(f"{path}/{name}", None, value)
        match(said[name], value, f"{path}/{name}")


def _match_list(said: Any, written: list[Any], path: str) -> None:
    open_end = bool(written) and written[-1] == ANYTHING
    wanted = written[:-1] if open_end else written
    if not isinstance(said, list) or len(said) < len(wanted) or (len(said) > len(wanted) and not open_end):
        raise Differs(path, said, written)
    for index, value in enumerate(wanted):
        match(said[index], value, f"{path}/{index}")
