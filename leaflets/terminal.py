"""What every command shares: the project it works on, and how problems are said.

Takes click's context, which holds the folder that `--project` named; gives the loaded `Project`, and lines.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leaflets.problems import Problem
    from leaflets.project import Project


def open_project(ctx: click.Context) -> "Project":
    from leaflets.project import find_root, load_project

    return load_project(ctx.obj or find_root(Path.cwd()))


def print_problems(problems: "Iterable[Problem]") -> None:
    """Print one line a problem, errors to the error stream."""
    for problem in problems:
        click.echo(str(problem), err=True)


def count_problems(problems: "Iterable[Problem]") -> str:
    from collections import Counter

    counted = Counter(str(problem.severity) for problem in problems)
    return (
        ", ".join(f"{number} {severity}{'s' if number > 1 else ''}" for severity, number in sorted(counted.items()))
        or "no problems"
    )
