"""What a person does to a question, as plain values; ``tests/e2e/pages/widgets.py`` are the hands that do it.

One kind for each kind of widget. What comes of it on the server is said beside each question.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """Letters in a box; ``first`` is typed before, and called wrong in the words ``wrong`` (zh, en)."""

    text: str
    first: str = ""
    wrong: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Picked:
    """A day or time, as the browser's own input takes it."""

    text: str


@dataclass(frozen=True)
class Month:
    year: str
    month: str = ""


@dataclass(frozen=True)
class Counted:
    """So many taps on the button for one more."""

    taps: int


@dataclass(frozen=True)
class Chosen:
    """Cards, segments, stars or marks of a table, by their values."""

    values: tuple[str, ...]
    goes_on: bool = False  # the next question comes by itself


@dataclass(frozen=True)
class FromList:
    """Out of a list that opens: the words of the rows, and whether the list is found in first."""

    words: tuple[str, ...]
    find: str = ""


@dataclass(frozen=True)
class Ranked:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Slid:
    """The first tap is the lowest value, each further one a step."""

    taps: int
    shows: str


@dataclass(frozen=True)
class Confirmed:
    """A box to tick."""


@dataclass(frozen=True)
class Stood:
    """Positions taken one after the other, by so many thousandths of a degree east and north of the phone."""

    steps: tuple[tuple[int, int], ...]
    by_itself: bool = False  # the search ends without a tap


@dataclass(frozen=True)
class Photographed:
    """With the page's own camera; ``drawn_on`` afterwards, or out of the album."""

    drawn_on: bool = False
    album: bool = False


@dataclass(frozen=True)
class Drawn:
    """A line across the sheet."""


@dataclass(frozen=True)
class Spoken:
    """A second of the microphone."""


@dataclass(frozen=True)
class Given:
    """A film or a file out of the phone: ``film`` or ``paper``."""

    what: str


@dataclass(frozen=True)
class Read:
    """Nothing to do but to read it."""


@dataclass(frozen=True)
class Untouched:
    """Nobody is asked."""


Answer = (
    Typed | Picked | Month | Counted | Chosen | FromList | Ranked | Slid | Confirmed | Stood | Photographed
    | Drawn | Spoken | Given | Read | Untouched
)  # fmt: skip
