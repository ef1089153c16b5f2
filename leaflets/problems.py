"""The one currency for everything that can be wrong.

Takes what a step noticed; gives a `Problem` that prints as one clickable line. Every kind of problem is a `Rule`,
declared once beside the code that finds it, so that `leaflets explain ID` can say why it matters.
"""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from leaflets import PACKAGE


class Severity(StrEnum):
    """How much a problem matters to the patient: an error could mislead or exclude, a warning reads worse."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was written: a path as the user knows it, and a line from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


NOWHERE = Place("")
"""Of what stands in no file yet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    `units` are the ids of the texts that it is about; without any it is about all that its file holds.
    """

    id: str
    severity: Severity
    place: Place
    message: str
    remedy: str = ""
    units: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Print as one line; text quoted from a file cannot break the line or colour the terminal.

        >>> str(Problem("tab", Severity.ERROR, Place("a.yaml", 3), "a tab", "Use spaces."))
        'a.yaml:3: error: a tab. Use spaces. [tab]'
        """
        end = "" if self.message.endswith(("?", "!", ".")) else "."
        words = f"{self.message}{end} {self.remedy}" if self.remedy else self.message
        return "".join(
            char if char.isprintable() else f"\\u{ord(char):04x}"
            for char in f"{self.place}: {self.severity}: {words} [{self.id}]"
        )


RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem: its permanent id, what it looks at, why anybody should care, and where the rule comes from."""

    id: str
    severity: Severity
    what: str
    why: str
    source: str = ""

    def __post_init__(self) -> None:
        if self.id in RULES:
            raise ValueError(f"two rules are called {self.id}")
        RULES[self.id] = self

    def at(self, place: Place, message: str, remedy: str = "", units: tuple[str, ...] = ()) -> Problem:
        """Make the problem that this rule found at a place."""
        return Problem(self.id, self.severity, place, message, remedy, units)


class LeafletsError(Exception):
    """Work that cannot go on; carries the problems that say why. Exit code 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SetupError(Exception):
    """This machine lacks something that the program needs. Exit code 3."""


WAITING = ("missing-unit", "missing-term", "missing-message")
"""What a language that is being written has by the hundred."""
MOST = 3
"""So many of these are said one by one."""
NAMED = 5
"""How many of many a line names before it says how many more there are."""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Order by place, then by id, each said once."""
    return tuple(sorted(set(problems), key=lambda each: (each.place, each.id, each.message)))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(each.severity is Severity.ERROR for each in problems)


def list_rules() -> dict[str, Rule]:
    """List every rule by its id, sorted. Each module declares its own, so all of them are imported."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "leaflets."):
        if module.name != "leaflets.__main__":  # it would run the program
            import_module(module.name)
    return dict(sorted(RULES.items()))


def count_names(names: list[str], most: int = NAMED) -> str:
    """Name some and count the rest.

    >>> count_names(["a", "b"]), count_names(list("abcdefg"))
    ('a, b', 'a, b, c, d, e and 2 more')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
