"""`leaflets build` and `leaflets merge`: the leaflets as files; and `leaflets new clinic`, for whose they are.

Takes words from the command line; gives files, lines and an exit code.
"""

import os
import re
import shlex
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from leaflets.build.driver import run_plan
from leaflets.build.jobs import SCREEN, Job, Selection, is_known, name_job
from leaflets.build.plan import plan_build
from leaflets.build.shards import take_files
from leaflets.build.worker import LIMITS, Limits
from leaflets.checks.run import find_problems
from leaflets.cli.options import HintingCommand, find_folder, open_project, selection_options
from leaflets.cli.report import LINES, choose_lines, format_junit, print_outcome, show_progress
from leaflets.content.clinic import PROFILE, load_clinic
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.files import claim_folder, write_file
from leaflets.languages.fonts import read_fonts
from leaflets.problems import LeafletsError, Problem, SetupError

FOLDER, FILE = click.Path(file_okay=False, path_type=Path), click.Path(dir_okay=False, path_type=Path)
SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")
NAMED_ALREADY = {"--print": [str(Print.SHEET)], "--edition": ["standard"]}
"""What a build makes that is told nothing else."""


def read_shard(ctx: click.Context, option: click.Parameter, value: str) -> tuple[int, int]:
    found = SHARD.fullmatch(value)
    number, shards = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 < number <= shards:
        raise click.BadParameter(f'"{value}" is no shard; the second of four is 2/4')
    return number, shards


def work_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how leaflets are made, and how that is told."""
    options = (
        click.option("--jobs", type=click.IntRange(1, 64), help="How many to make at a time. Left out: one a processor."),
        click.option(
            "--timeout", type=click.IntRange(1), default=LIMITS.seconds, show_default=True, help="Seconds that one may take."
        ),
        click.option(
            "--memory", type=click.IntRange(64), default=LIMITS.megabytes, show_default=True, help="Megabytes that one may take."
        ),
        click.option("--cache", type=FOLDER, help="Keep pages here, to lay none out twice; builds may share it."),
        click.option("--report", type=FILE, help="Write what became of each leaflet here, as JUnit XML."),
        click.option("--lines", type=click.Choice(LINES), help="Whom the lines are for. Left out: a person, or CI."),
        click.option("--fail-fast", is_flag=True, help="Make nothing more after the first that could not be made."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(cls=HintingCommand)
@selection_options(editions="standard", papers="the clinic's, else both", clinics=True)
@work_options
@click.option(
    "--shard", callback=read_shard, default="1/1", help="Make this part of them, such as 2/4; `leaflets merge` joins them."
)
@click.option("--release", is_flag=True, help="Only what may be handed out: signed off, its English too, and not past its day.")
@click.pass_context
def build(ctx: click.Context, /, selection: Selection, clinics: tuple[Path, ...], **how: Any) -> None:
    """Make the sheets to hand out, or the leaflets, as PDF files.

    Without --print that is the sheet, one sheet of paper for each leaflet and language; --print leaflet makes the leaflets, for
    who wants to read on, and --all everything, in every edition. A leaflet that has no sheet is made itself.

    Everything is read and checked before anything is written. A leaflet with an error is not made, and the others are; the
    exit code is then 1. With --release that goes for drafts too: none is made, and none stays in the output folder.

    With several clinics each has its own folder, by its id, and nothing is made before all their files are read.
    """
    project = open_project(ctx)
    selections = share_out(project, selection, clinics)
    with ExitStack() as held:
        for each in selections:
            held.enter_context(claim_folder(each.output))
        make(ctx, project, selections, **how)


@click.command(cls=HintingCommand)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@selection_options(editions="standard", papers="the clinic's, else both")
@work_options
@click.option("--release", is_flag=True, help="As it was given to `leaflets build`.")
@click.pass_context
def merge(ctx: click.Context, /, folders: tuple[Path, ...], selection: Selection, **how: Any) -> None:
    """Join the output FOLDERS of `leaflets build --shard` to one, with the same options.

    What is there and current is taken over; what no folder has is made. The pages lead to all of it, and the front desk shows it.
    """
    with claim_folder(selection.output):
        take_files(folders, selection.output)
        make(ctx, open_project(ctx), [selection], **how)


def make(
    ctx: click.Context,
    project: Project,
    selections: list[Selection],
    jobs: int | None,
    timeout: int,
    memory: int,
    cache: Path | None,
    report: Path | None,
    lines: str | None,
    fail_fast: bool,
    release: bool,
    shard: tuple[int, int] = (1, 1),
) -> None:
    """Make what is selected, of all clinics or of none, say what came of it, and end with the exit code that says the same."""
    lines = choose_lines(lines)
    problems = find_problems(project, read_fonts(project.root / "templates")) if len(selections) > 1 else None
    plans = [plan_build(project, each, date.today(), release, problems=problems, shard=shard) for each in selections]
    outcomes = []
    for plan, selection in zip(plans, selections, strict=True):
        processes = jobs or min(os.cpu_count() or 1, len(plan.jobs)) or 1
        with show_progress(len(plan.jobs), selection.output, lines) as tell:
            limits = Limits(timeout, memory)
            outcome = run_plan(plan, processes, tell, limits=limits, cache=cache, fail_fast=fail_fast)
        print_outcome(outcome, selection.output, lines)
        gone = (plan.known[path] for path in outcome.gone)
        lost = [name_job(entry) for entry in gone if is_known(plan.project, entry)]
        if lost and lines == "plain":
            click.echo(f"To make them again: {name_build(lost, selection, release)}", err=True)
        outcomes.append(outcome)
    if report:
        write_file(report, format_junit(outcomes))
    if not all(outcome.good for outcome in outcomes):
        ctx.exit(1)


def share_out(project: Project, selection: Selection, clinics: tuple[Path, ...]) -> list[Selection]:
    """Give each clinic a selection: one file that is named alone the output folder, several a folder each in it, by their ids.

    Raises LeafletsError with what is wrong in all their files, and SetupError where two would share a folder.
    """
    files = [each for path in clinics for each in list_profiles(path)]
    if files == list(clinics) and len(files) < 2:
        return [replace(selection, clinic=files[0] if files else None)]
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in files:
        try:
            name = load_clinic(path, project.countries.crisis_phones).key
        except LeafletsError as error:
            problems += error.problems
            continue
        if name in found:
            raise SetupError(f"{found[name]} and {path} are both called {name}; write another `id:` into one")
        found[name] = path
    if problems:
        raise LeafletsError(problems)
    return [replace(selection, clinic=path, output=selection.output / name) for name, path in found.items()]


def list_profiles(path: Path) -> list[Path]:
    """List the clinics' files of a folder, and of the folders in it; a file stands for itself. Raises SetupError for none."""
    if not path.is_dir():
        return [path]
    found = sorted([*path.glob("*.yaml"), *path.glob(f"*/{PROFILE}.yaml")])
    if not found:
        raise SetupError(f"{path}/ has no clinic's file: name clinic.yaml, or a folder of them")
    return found


def name_build(jobs: Iterable[Job], selection: Selection, release: bool) -> str:
    """Write the command that makes files, and no more languages and editions than theirs."""
    words = ["leaflets", "build"]
    for option, key in (("--locale", "locale"), ("--print", "print"), ("--edition", "edition"), ("--paper", "paper")):
        named = sorted({str(getattr(job, key)) for job in jobs} - {SCREEN})
        if named != NAMED_ALREADY.get(option):
            words += [word for name in named for word in (option, name)]
    words += ["--clinic", str(selection.clinic)] if selection.clinic else []
    words += ["--output", str(selection.output)] if selection.output != Path("output") else []
    return shlex.join([*words, *(["--release"] if release else [])])


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
