"""What every command shares: the project it works on, and how problems and progress are said.

Takes click's context, which holds the folder that `--project` named, problems and results; gives the loaded `Project`, and lines.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from leaflets.build.driver import Result
    from leaflets.content.project import Project
    from leaflets.problems import Problem


def find_folder(ctx: click.Context) -> Path:
    """Find the folder of the project. Raises SetupError where `--project` names none."""
    from leaflets.content.project import find_root
    from leaflets.problems import SetupError

    root: Path = ctx.obj or find_root(Path.cwd())
    if lost := [f"{name}/" for name in ("content", "templates") if not (root / name).is_dir()]:
        raise SetupError(f"{root} has no {' and no '.join(lost)}: name the folder of the project with --project")
    return root


def open_project(ctx: click.Context) -> "Project":
    from leaflets.content.project import load_project

    return load_project(find_folder(ctx))


def open_own_project(ctx: click.Context) -> "Project":
    """Open a project to write into: not the one that an installed package brings along, which its next version replaces."""
    from leaflets.content.project import find_packaged
    from leaflets.problems import SetupError

    if find_folder(ctx) == find_packaged():
        raise SetupError("this folder has no content/: go to the folder of the project, or name it with --project")
    return open_project(ctx)


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


def print_program() -> None:
    """Print what `name_program` says of this run, if anything."""
    import shutil

    if said := name_program(sys.argv[0], shutil.which("leaflets")):
        click.echo(said, err=True)


def print_problems(problems: "Iterable[Problem]") -> None:
    """Print one line a problem, to the error stream."""
    for line in list_lines(problems):
        click.echo(line, err=True)


def list_lines(problems: "Iterable[Problem]") -> Iterator[str]:
    """Write a line a problem; of many words that are missing in one file only the first, and how many more there are."""
    from collections import Counter

    from leaflets.problems import MOST, WAITING

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


def count_problems(problems: "Iterable[Problem]") -> str:
    from collections import Counter

    counted = Counter(str(problem.severity) for problem in problems)
    return (
        ", ".join(f"{number} {severity}{'s' if number > 1 else ''}" for severity, number in sorted(counted.items()))
        or "no problems"
    )


@contextmanager
def show_progress(number: int, output: Path) -> Iterator["Callable[[Result], None]"]:
    """Give what reports a result: a progress bar on a terminal, else a line per leaflet."""
    if not sys.stdout.isatty():
        yield lambda result: print_result(result, output)
        return
    bar: Any = click.progressbar(length=number, label="leaflets", show_pos=True, item_show_func=lambda job: str(job or ""))
    with bar:
        yield lambda result: bar.update(1, result.job)


def print_result(result: "Result", output: Path) -> None:
    if result.entry:
        pages = f"{result.entry.pages} page{'s' if result.entry.pages > 1 else ''}"
        done = "kept" if result.kept else "made"
        click.echo(f"{done} {output / result.entry.path} ({pages})")
    else:
        click.echo(f"stopped {result.job}: {count_problems(result.problems)}")
