"""The lines of a YAML file as names in columns.

Takes lines; gives those that begin with a name or a dash, and what may be wrong with the spaces before them.
"""

import re
import sys
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leaflets.content.oddities import ODD_COLON

ENTRY = re.compile(
    rf"(?P<head>(?P<indent> *)(?P<dashes>(?:- +)*)"
    rf"(?:(?P<name>\"[^\"]*\"|'[^']*'|[^\W{ODD_COLON}][^:\"]*):(?: +|$))?)(?P<value>.*)"
)
STEP = 2
"""Spaces that a name in another is further in, in the files of the project."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the hand slipped (a line from 1), what was found and what to do; and what mends it, lines counted from 0."""

    line: int
    found: str
    remedy: str
    start: int
    mended: str
    count: int = 1
    runs_on: bool = False
    """It makes the parser read the lines below as part of it, with their own slips."""

    def mend(self, lines: Sequence[str]) -> list[str]:
        """Put one line in the place of some; the others become empty, so that every line keeps its number."""
        return [*lines[: self.start], self.mended, *[""] * (self.count - 1), *lines[self.start + self.count :]]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line with a name or a dash: its number and column from 0, its name (empty: a dash), all before the value, the value."""

    line: int
    column: int
    name: str
    head: str
    value: str


def read_entry(number: int, line: str) -> KeyLine | None:
    """Read a line that begins with a name and a colon, or with a dash."""
    match = ENTRY.fullmatch(line)
    if not match or not (match["name"] or match["dashes"]):
        return None
    value = "" if match["value"].startswith("#") else match["value"].rstrip(" ")
    return KeyLine(number, len(match["indent"]), (match["name"] or "").rstrip(" "), match["head"], value)


def suspect_columns(lines: list[str], stop: int, entries: Sequence[KeyLine]) -> Iterator[Slip]:
    """Find names that are not below each other, and offer to move one or the other, the likelier first."""
    steps = [after.column - entry.column for entry, after in pairwise(entries) if not entry.value and after.column > entry.column]
    usual = max(steps, key=lambda step: (steps.count(step), step == STEP), default=STEP)
    levels: list[tuple[KeyLine, int]] = []  # the first entry of every level that is open, and how far further in it is
    left: Container[int] = ()  # the columns that the entry above left
    above: KeyLine | None = None
    for number, entry in enumerate(entries):
        if entry.line > stop:
            return
        columns = [each.column for each, _ in levels]
        if above and above.value and entry.column > above.column:  # it has its text, so nothing can stand in it
            moves = [shift(lines, entry, above.column, above), shift(lines, above, entry.column)]
            odd = levels[-1][0] is above and levels[-1][1] != usual
            yield from reversed(moves) if odd or entry.column in left else moves
            continue
        if not above or entry.column > above.column:
            levels.append((entry, entry.column - above.column if above else entry.column + usual))
            left = ()
        elif entry.column in columns:
            left = columns if above.value else range(entry.column + 1, sys.maxsize)
            levels = levels[: columns.index(entry.column) + 1]
        else:
            opener, step = next(each for each in levels if each[0].column > entry.column)
            inner = entries[number + 1].column if not entry.value and number + 1 < len(entries) else sys.maxsize
            moves = [shift(lines, entry, column) for column in reversed(columns) if column < inner]
            first = shift(lines, opener, entry.column)
            yield from [first, *moves] if step != usual else [*moves, first]
        above = entry


def shift(lines: list[str], entry: KeyLine, column: int, above: KeyLine | None = None) -> Slip:
    """Move an entry to another column. `above` has a text that the entry may be meant to go on with."""
    name = f'"{entry.name}"' if entry.name else "the dash"
    found = f"{name} has {count_spaces(entry.column)} before it, where {count_spaces(column)} would fit"
    remedy = "Let it begin below the names beside it."
    if above:
        remedy += f' If it goes on with the text of line {above.line + 1}, put all of that text on one line, in "double quotes".'
    line = " " * column + lines[entry.line].lstrip(" ")
    return Slip(entry.line + 1, found, remedy, entry.line, line)


def count_spaces(number: int) -> str:
    """Count in words.

    >>> count_spaces(0), count_spaces(1), count_spaces(4)
    ('no space', '1 space', '4 spaces')
    """
    return f"{number or 'no'} space{'s' if number > 1 else ''}"
