"""What `leaflets build` does where there is something to do.

Takes the `Project` and what is selected of it; gives files, lines and an `Account` for each clinic. What makes pages takes a
while to load, so that the command loads this when it needs it.
"""

import os
import shlex
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from leaflets.build.account import Account, Selection
from leaflets.build.driver import run_plans
from leaflets.build.jobs import SCREEN, Job, is_known, name_job
from leaflets.build.maker import Result
from leaflets.build.plan import Plan, plan_build
from leaflets.build.worker import Limits
from leaflets.checks.run import find_problems
from leaflets.cli.report import print_account, show_progress
from leaflets.content.clinic import load_clinic
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.languages.fonts import read_fonts
from leaflets.problems import LeafletsError, Problem, SetupError

NAMED_ALREADY = {"print": [str(Print.SHEET)], "edition": ["standard"]}
"""What a build makes that is told nothing else."""


def make(
    project: Project,
    selections: list[Selection],
    today: date,
    lines: str,
    jobs: int | None,
    timeout: int,
    memory: int,
    cache: Path | None,
    fail_fast: bool,
    dask: str,
    release: bool,
    shard: tuple[int, int] = (1, 1),
) -> tuple[list[Account], dict[Path, str]]:
    """Make what is selected, of all clinics or of none, and say what came of it.

    Gives the account of each, and the hashes of the files that were read beside the clinics' own.
    """
    problems = find_problems(project, read_fonts(project.root / "templates")) if len(selections) > 1 else None
    plans = [plan_build(project, each, today, release, problems=problems, shard=shard) for each in selections]
    pairs = list(zip(selections, plans, strict=True))
    number = sum(len(plan.jobs) for plan in plans)
    processes = jobs or min(os.cpu_count() or 1, number) or 1
    with show_progress(number, lines) as tell:

        def report(plan: Plan, result: Result) -> None:
            tell(result.summary, plan.output)

        limits = Limits(timeout, memory)
        outcomes = run_plans(plans, processes, report, limits=limits, cache=cache, fail_fast=fail_fast, dask=dask)
    for (selection, plan), outcome in zip(pairs, outcomes, strict=True):
        print_account(outcome.account, selection.output, lines)
        gone = (plan.known[path] for path in outcome.gone)
        lost = [name_job(entry) for entry in gone if is_known(plan.project, entry)]
        if lost and lines == "plain":
            click.echo(f"To make them again: {name_build(plan.project, lost, selection, release)}", err=True)
    logos = [(each.clinic.parent, plan.clinic.logo) for each, plan in pairs if each.clinic and plan.clinic]
    return [outcome.account for outcome in outcomes], {folder / logo.name: logo.sha256 for folder, logo in logos if logo}


def share_out(project: Project, selection: Selection, named: tuple[Path, ...], files: list[Path]) -> list[Selection]:
    """Give each clinic a selection: one file that is named alone the output folder, several a folder each in it, by their ids.

    `files` are those of the files and folders that were `named`.

    Raises LeafletsError with what is wrong in all their files, and SetupError where two would share a folder.
    """
    if files == list(named) and len(files) < 2:
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


def name_build(project: Project, jobs: Iterable[Job], selection: Selection, release: bool) -> str:
    """Write the command that makes files, and no more leaflets, languages and editions than theirs."""
    words, already = ["leaflets", "build"], NAMED_ALREADY | {"leaflet": sorted(project.leaflets)}
    for key in ("leaflet", "locale", "print", "edition", "paper"):
        named = sorted({str(getattr(job, key)) for job in jobs} - {SCREEN})
        if named != already.get(key):
            words += [word for name in named for word in (f"--{key}", name)]
    words += ["--clinic", str(selection.clinic)] if selection.clinic else []
    words += ["--output", str(selection.output)] if selection.output != Path("output") else []
    return shlex.join([*words, *(["--release"] if release else [])])
