"""`leaflets build` and `leaflets merge`: the leaflets as files; and `leaflets new clinic`, for whose they are.

Takes words from the command line; gives files, lines and an exit code.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from leaflets.build.account import Account, Selection, foretell
from leaflets.build.receipt import Stock, find_accounts, read_receipt, take_stock, write_receipt
from leaflets.build.worker import LIMITS
from leaflets.cli.options import HintingCommand, find_folder, open_project, selection_options
from leaflets.cli.report import format_junit, print_account, show_progress
from leaflets.cli.terminal import LINES, choose_lines
from leaflets.files import claim_folder, write_file
from leaflets.problems import SetupError
from leaflets.profile import PROFILE

FOLDER, FILE = click.Path(file_okay=False, path_type=Path), click.Path(dir_okay=False, path_type=Path)
SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


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
        click.option("--dask", metavar="ADDRESS", default="", help="Let the workers of this Dask cluster make them."),
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
def build(
    ctx: click.Context, /, selection: Selection, clinics: tuple[Path, ...], report: Path | None, lines: str | None, **how: Any
) -> None:
    """Make the sheets to hand out, or the leaflets, as PDF files.

    Without --print that is the sheet, one sheet of paper for each leaflet and language; --print leaflet makes the leaflets, for
    who wants to read on, and --all everything, in every edition. A leaflet that has no sheet is made itself.

    Everything is read and checked before anything is written. A leaflet with an error is not made, and the others are; the
    exit code is then 1. With --release that goes for drafts too: none is made, and none stays in the output folder.

    With several clinics each has its own folder, by its id, and nothing is made before all their files are read.
    """
    lines, today, output = choose_lines(lines), date.today(), selection.output
    profiles = [each for path in clinics for each in list_profiles(path)]
    asked = repr((replace(selection, output=Path()), clinics, *(how[name] for name in ("release", "shard", "fail_fast"))))
    look = partial(take_stock, asked, find_folder(ctx), profiles, today)
    stock = look()
    if stock and (said := tell_again(output, stock, lines)):
        end(ctx, said, report)
        return

    from leaflets.cli.make import make, share_out  # takes longer to load than all of the above to run

    there = list_folders(output) if selection.locales else ()
    project = open_project(ctx, (*selection.locales, *there))
    selections = share_out(project, selection, clinics, profiles)
    with ExitStack() as held:
        for each in selections:
            held.enter_context(claim_folder(each.output))
        accounts, beside = make(project, selections, today, lines, **how)
        if stock and all(account.lasts for account in accounts) and look() == stock:
            folders = (each.output.relative_to(output).as_posix() for each in selections)
            write_receipt(output, stock, dict(zip(folders, map(foretell, accounts), strict=True)), beside)
    end(ctx, accounts, report)


def list_folders(output: Path) -> Iterator[str]:
    """Name the folders in an output folder, and in those of clinics: those of languages, and a few others.

    Who asks for one language does not wait for forty, but what is there of others is to be told from what is out of date.
    """
    return (path.name for pattern in ("*/", "*/*/") for path in output.glob(pattern))


def tell_again(output: Path, stock: Stock, lines: str) -> list[Account]:
    """Say again what the last build said, if it asked for the same and all is as it was; gives that, or nothing."""
    kept = read_receipt(output, stock)
    if not kept:
        return []
    with ExitStack() as held:
        for name in kept["folders"]:
            if (output / name).is_dir():
                held.enter_context(claim_folder(output / name))
        found = find_accounts(output, kept)
        with show_progress(sum(len(account.summaries) for account in found.values()), lines) as tell:
            for name, account in found.items():
                for summary in account.summaries:
                    tell(summary, output / name)
        for name, account in found.items():
            print_account(account, output / name, lines)
    return list(found.values())


def end(ctx: click.Context, accounts: Sequence[Account], report: Path | None) -> None:
    """End with the exit code that says what came of it."""
    if report:
        write_file(report, format_junit(accounts))
    if not all(account.good for account in accounts):
        ctx.exit(1)


@click.command(cls=HintingCommand)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@selection_options(editions="standard", papers="the clinic's, else both")
@work_options
@click.option("--release", is_flag=True, help="As it was given to `leaflets build`.")
@click.pass_context
def merge(
    ctx: click.Context, /, folders: tuple[Path, ...], selection: Selection, report: Path | None, lines: str | None, **how: Any
) -> None:
    """Join the output FOLDERS of `leaflets build --shard` to one, with the same options.

    What is there and current is taken over; what no folder has is made. The pages lead to all of it, and the front desk shows it.
    """
    from leaflets.build.shards import take_files
    from leaflets.cli.make import make

    with claim_folder(selection.output):
        take_files(folders, selection.output)
        accounts, _ = make(open_project(ctx), [selection], date.today(), choose_lines(lines), **how)
    end(ctx, accounts, report)


def list_profiles(path: Path) -> list[Path]:
    """List the clinics' files of a folder, and of the folders in it; a file stands for itself. Raises SetupError for none."""
    if not path.is_dir():
        return [path]
    found = sorted([*path.glob("*.yaml"), *path.glob(f"*/{PROFILE}.yaml")])
    if not found:
        raise SetupError(f"{path}/ has no clinic's file: name clinic.yaml, or a folder of them")
    return found


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
