"""`leaflets build`: the leaflets as files; and `leaflets new clinic`, for whose they are.

Takes words from the command line; gives files, lines and an exit code.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from leaflets.build.driver import run_plan
from leaflets.build.jobs import Selection
from leaflets.build.plan import plan_build
from leaflets.build.pool import Result
from leaflets.cli.options import HintingCommand, find_folder, open_project, selection_options
from leaflets.cli.terminal import count_problems, print_problems
from leaflets.files import write_file
from leaflets.problems import SetupError, count_names


@click.command(cls=HintingCommand)
@selection_options(editions="all", papers="the clinic's, else both")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many leaflets to make at a time. Left out: one a processor.")
@click.option("--release", is_flag=True, help="Only what may be handed out: signed off, its English too, and not past its day.")
@click.pass_context
def build(ctx: click.Context, selection: Selection, jobs: int | None, release: bool) -> None:
    """Make leaflets as PDF files in the output folder.

    Everything is read and checked before anything is written. A leaflet with an error is not made, and the others are; the
    exit code is then 1. With --release that goes for drafts too: none is made, and none stays in the output folder.
    """
    plan = plan_build(open_project(ctx), selection, date.today(), release)
    processes = jobs or min(os.cpu_count() or 1, len(plan.jobs)) or 1
    with show_progress(len(plan.jobs), selection.output) as report:
        outcome = run_plan(plan, processes, report)
    print_problems(outcome.problems)
    made = len(outcome.results) - len(outcome.stopped)
    drafts = sum(bool(each.entry and each.entry.draft) for each in outcome.results)
    click.echo(f"{made} of {len(outcome.results)} leaflets in {selection.output}/, {drafts} of them marked DRAFT")
    if outcome.gone:
        click.echo(f"taken away, since they are out of date: {count_names(list(outcome.gone))}", err=True)
    if not outcome.good:
        click.echo(f"not made: {', '.join(str(result.job) for result in outcome.stopped) or 'none'}", err=True)
        ctx.exit(1)


@contextmanager
def show_progress(number: int, output: Path) -> Iterator[Callable[[Result], None]]:
    """Give what reports a result: a progress bar on a terminal, else a line per leaflet."""
    if not sys.stdout.isatty():
        yield lambda result: print_result(result, output)
        return
    bar: Any = click.progressbar(length=number, label="leaflets", show_pos=True, item_show_func=lambda job: str(job or ""))
    with bar:
        yield lambda result: bar.update(1, result.job)


def print_result(result: Result, output: Path) -> None:
    if result.entry:
        pages = f"{result.entry.pages} page{'s' if result.entry.pages > 1 else ''}"
        done = "kept" if result.kept else "made"
        click.echo(f"{done} {output / result.entry.path} ({pages})")
    else:
        click.echo(f"stopped {result.job}: {count_problems(result.problems)}")


@click.command("clinic")
@click.argument("path", type=click.Path(path_type=Path), default=Path("my-clinic") / "clinic.yaml")
@click.pass_context
def new_clinic(ctx: click.Context, path: Path) -> None:
    """Write a clinic's profile with comments to PATH (my-clinic/clinic.yaml), to fill in and build with."""
    if path.exists():
        raise SetupError(f"{path} exists already; give another path")
    example = find_folder(ctx) / "content" / "clinics" / "example" / "clinic.yaml"
    write_file(path, example.read_bytes())
    click.echo(f"made {path}. Fill it in, then run: leaflets build --clinic {path} --output {path.parent / 'output'}")
