"""How problems are said, and by what name the program is called.

Takes problems; gives lines. It is loaded by `leaflets --help` too, and loads nothing heavy.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from leaflets.problems import MOST, WAITING, Problem, Severity


def name_program(called: str, found: str | None) -> str:
    """Say what to type where a line says `leaflets`, if the shell does not find the program by that name; "" if it does.

    `called` is the program as it was typed (`sys.argv[0]`), and `found` what the shell would find. Whoever typed another name,
    such as `python -m leaflets`, knows it.

    >>> name_program(".venv/bin/leaflets", None)
    'Where a line says `leaflets`, type .venv/bin/leaflets'
    >>> name_program("/usr/bin/leaflets", "/usr/bin/leaflets"), name_program("leaflets/__main__.py", None)
    ('', '')
    """
    if Path(called).stem != "leaflets" or (found and Path(found).resolve() == Path(called).resolve()):
        return ""
    return f"Where a line says `leaflets`, type {called}"


def print_program(usage: bool) -> None:
    """Print what `name_program` says of this run, if anything, where a line named a command; one on `usage` always does."""
    if (usage or any("leaflets " in line for line in _said)) and (said := name_program(sys.argv[0], shutil.which("leaflets"))):
        click.echo(said, err=True)
    _said.clear()


_said: list[str] = []
"""What was printed to the error stream by this run."""


def print_error(line: str) -> None:
    _said.append(line.partition("leaflets: ")[2] or line)
    click.echo(line, err=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print one line a problem, to the error stream."""
    for line in list_lines(problems):
        print_error(line)


LINES = ("plain", "github", "json")
"""What the lines are for: a person, the annotations of GitHub Actions, a program."""


def choose_lines(lines: str | None = None) -> str:
    """Give whom lines are for where nobody said so: GitHub Actions says that it runs a command."""
    return lines or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "plain")


def print_found(problems: Iterable[Problem], lines: str) -> None:
    """Print problems, a line each."""
    if lines != "github":
        print_problems(problems)
        return
    for each in problems:
        click.echo(annotate(each))


def annotate(problem: Problem) -> str:
    """Write a problem as GitHub Actions reads it, for the line of a file that it shows.

    >>> from leaflets.problems import Place
    >>> annotate(Problem("tab", Severity.ERROR, Place("a,b.yaml", 3), "100 % tabs", "Use spaces."))
    '::error title=tab,file=a%2Cb.yaml,line=3::100 %25 tabs. Use spaces. [tab]'
    """
    words = str(problem).removeprefix(f"{problem.place}: {problem.severity}: ").replace("%", "%25")
    file = problem.place.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    kind = "notice" if problem.severity is Severity.NOTE else problem.severity
    return f"::{kind} title={problem.id},file={file},line={max(1, problem.place.line)}::{words}"


def list_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Write a line a problem; of many words that are missing in one file only the first, and how many more there are."""
    problems = tuple(problems)
    whole = Counter((each.place.path, each.id) for each in problems if each.id in WAITING)
    said: Counter[tuple[str, str]] = Counter()
    for each in problems:
        key = each.place.path, each.id
        said[key] += 1
        if whole[key] <= MOST + 1 or said[key] <= MOST:
            yield str(each)
        elif said[key] == whole[key]:
            yield f"{each.place.path}: {each.severity}: {whole[key] - MOST} more are not translated [{each.id}]"


def count_problems(problems: Iterable[Problem]) -> str:
    counted = sorted(Counter(str(problem.severity) for problem in problems).items())
    return ", ".join(f"{number} {severity}{'s' if number > 1 else ''}" for severity, number in counted) or "no problems"
