"""What came of a build, as it is told.

Takes nothing; gives a `Summary` for each leaflet and an `Account` of all: words and numbers, so that they can be kept, and
told again by a program that has loaded nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from leaflets.problems import Problem


@dataclass(frozen=True, slots=True)
class Selection:
    """Which leaflets are meant, for which clinic's file, and the folder to put them in.

    No names mean all, or what a command chooses. `every` means all editions, and all that they print, where none is named; else
    that is the first edition, and of each the first that it prints.
    """

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    every: bool = False
    clinic: Path | None = None
    output: Path = Path("output")

    @property
    def partial(self) -> bool:
        """Whether leaflets or languages were named, so that errors in others do not matter."""
        return bool(self.leaflets or self.locales)


class Ending(StrEnum):
    """What became of a leaflet: it was made, it was there already, made from the same, or it was not made."""

    MADE = "made"
    KEPT = "kept"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of one job: its `files` below the output folder, the one to hand out first, and what there is to say of it."""

    job: str
    locale: str
    state: Ending
    files: tuple[str, ...] = ()
    pages: int = 0
    draft: bool = False
    problems: tuple[Problem, ...] = ()
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Account:
    """What a build came to. `gone` are files of other jobs that were taken away, and `left` is how many jobs were not begun.

    `good` says that all that was asked for is there, and that nothing else is wrong. `lasts` says that a build which asks for the
    same would make nothing, and what it would say of that; `files` has the hash of each file on record.
    """

    summaries: tuple[Summary, ...]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...]
    good: bool
    left: int = 0
    lasts: bool = False
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def stopped(self) -> tuple[Summary, ...]:
        return tuple(each for each in self.summaries if each.state is Ending.STOPPED)


def foretell(account: Account) -> Account:
    """Give the account of the next build, of one that lasts: what was made is kept, and nothing more goes."""
    summaries = (
        each if each.state is Ending.STOPPED else replace(each, state=Ending.KEPT, seconds=0.0) for each in account.summaries
    )
    return replace(account, summaries=tuple(summaries), gone=())
