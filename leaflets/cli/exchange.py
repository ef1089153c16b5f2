"""`leaflets translate export` and `leaflets translate import`: the words of a language out to translators' tools, and back in.

Takes words from the command line and files; gives files and lines. An import writes everything or nothing.
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from leaflets.build.jobs import check_names, check_translations
from leaflets.cli.options import open_own_project, open_project, origin_option, print_option
from leaflets.cli.terminal import count_problems, print_problems
from leaflets.content.project import Project
from leaflets.content.provenance import Origin
from leaflets.exchange.entries import Batch, list_entries
from leaflets.exchange.plan import ImportPlan, Kind, Side, show_change
from leaflets.exchange.transfer import FORMATS, check_import, import_files
from leaflets.files import write_file
from leaflets.problems import SetupError, has_errors
from leaflets.translation.units import LABELS, TERMS, check_readable, list_words

NAMED = 3
"""Of many texts, so many are named."""


class FormatChoice(click.Choice[str]):
    """One of the formats; it knows what else people call them, and says what each is for."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in FORMATS:
            names = {name: format for format, each in FORMATS.items() for name in (format, *each.called.split())}
            close = get_close_matches(str(value).casefold().removeprefix("."), names, 1, 0.75)
            end = f'; did you mean "{names[close[0]]}"?' if close else "."
            said = "; ".join(f"{format}: {each.use}" for format, each in FORMATS.items())
            self.fail(f'there is no format "{value}"{end} There are {said}.', param, ctx)
        return str(value)


@click.command("export")
@click.argument("tag")
@click.option(
    "--format",
    "name",
    type=FormatChoice(FORMATS),
    help="po: Poedit, Weblate, OmegaT. xliff (1.2), xliff2 (2.1): an agency's tools. xlsx: a spreadsheet."
    " Left out: what the name of --output ends with.",
)
@click.option("--topic", "topics", multiple=True, help="A topic's name, or terms, or labels; may be repeated. Left out: all.")
@print_option
@click.option("--only", type=click.Choice(("todo",)), help="todo: only what has no words yet, or an older English.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. Left out: TAG.po, TAG.xlf, TAG.xliff2.xlf or TAG.xlsx, unless it is there already with other words.",
)
@click.pass_context
def export_words(
    ctx: click.Context,
    tag: str,
    name: str | None,
    topics: tuple[str, ...],
    prints: tuple[str, ...],
    only: str | None,
    output: Path | None,
) -> None:
    """Write the words of the language TAG to a file for a translator's tool.

    With it go the notes of the authors, the fixed words of terms, and what changed in the English. `leaflets translate import`
    takes the file back.
    """
    name = name or choose_format(ctx, output)
    project = open_project(ctx)
    check_translations(project, (tag,))
    check_readable(project, tag)
    check_names(project, "topic", topics, [*project.topics, TERMS, LABELS])
    entries = list_entries(project, tag, topics, todo=only == "todo", prints=prints)
    if not entries:
        click.echo(f"{tag}: nothing is left to do, so that no file was written")
        return
    path = output or Path(f"{tag}{FORMATS[name].suffix}")
    data = FORMATS[name].write(Batch(tag, entries))
    if not output and differs(path, data):
        said = f"{path} is there already, and has other words: perhaps those that came back from a translator"
        raise click.UsageError(f"{said}. Import it, or write to another file with --output; --output {path} replaces it")
    write_file(path, data)
    click.echo(f"wrote {path}: {len(entries)} texts, {sum(not entry.done for entry in entries)} of them to do")


def choose_format(ctx: click.Context, output: Path | None) -> str:
    """Choose the format by the end of a file's name. Raises a UsageError where it is that of no format."""
    [param] = [each for each in ctx.command.params if each.name == "name"]
    if not (output and output.suffix):
        raise click.MissingParameter(ctx=ctx, param=param)
    ends = {each.suffix: name for name, each in FORMATS.items() if output.name.casefold().endswith(each.suffix)}
    meant = ends[max(ends, key=len)] if ends else output.suffix.casefold().removeprefix(".")
    return str(param.type.convert(meant, param, ctx))


def differs(path: Path, data: bytes) -> bool:
    """Whether there is a file with other bytes. Raises SetupError for one that cannot be read."""
    try:
        return path.is_file() and path.read_bytes() != data
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--locale", metavar="TAG", help="The language that FILES are to be of, such as es. Left out: the one that each says."
)
@click.option("--dry-run", is_flag=True, help="Say what would change and what the checks would say, and write nothing.")
@click.option("--ours", is_flag=True, help="Where somebody changed the same words here meanwhile: keep these.")
@click.option("--theirs", is_flag=True, help="There: take those of the file.")
@origin_option
@click.pass_context
def import_words(
    ctx: click.Context,
    files: tuple[Path, ...],
    locale: str | None,
    dry_run: bool,
    ours: bool,
    theirs: bool,
    origin: str | None,
) -> None:
    """Take the words of FILES back into the project.

    They may be any of the formats of `leaflets translate export`, and say their language themselves. With --locale a file of any
    other language is refused, and one that a tool wrote as es-ES is taken for es. Everything is compared first, and nothing is
    written while anything is wrong. Words made from an English that has changed since are taken, and stale. Without --origin they
    are on record as those of a tool, of which nobody knows whether a person or a machine worked with it.
    """
    if ours and theirs:
        raise click.UsageError("--ours and --theirs are opposites: give one of them")
    side = Side.OURS if ours else Side.THEIRS if theirs else None
    project = open_own_project(ctx)
    if locale:
        check_translations(project, (locale,))
    done = import_files(project, files, locale, side, dry_run, print_problems, Origin(origin or Origin.TOOL))
    print_problems(done.problems)
    if has_errors(done.problems):
        click.echo(f"nothing was written: {count_problems(done.problems)}", err=True)
        ctx.exit(1)
    for tag, plan in done.plans.items():
        print_plan(done.project, tag, plan)
    if dry_run:
        click.echo(f"nothing was written; these files would change: {', '.join(done.changed) or 'none'}")
    for path in done.changed if not dry_run else ():
        click.echo(f"wrote {path}")
    if done.changed:
        problems = check_import(done)
        print_problems(problems)
        click.echo(f"the checks say of what {'would be' if dry_run else 'was'} written: {count_problems(problems)}")


def print_plan(project: Project, tag: str, plan: ImportPlan) -> None:
    """Print what becomes of the texts of a language: changed ones word by word, the others by number; and which had no words."""
    words = list_words(project, tag)
    click.echo(f"{tag}: {len(plan.kinds)} texts: {', '.join(f'{plan.count(kind)} {kind}' for kind in Kind)}")
    for unit, kind in plan.kinds.items():
        if kind is Kind.CHANGED:
            click.echo(f"  changed {unit}: {show_change(words[unit].words, plan.words[unit])}")
        elif kind is Kind.CONFIRMED:
            click.echo(f"  confirmed {unit}")
    if plan.absent:
        how = "is not in what was imported, and stays as it is", "are not in what was imported, and stay as they are"
        click.echo(f"  {name_texts(plan.absent, *how)}")
    if plan.empty:
        click.echo(f"  {name_texts(plan.empty, 'is still without words', 'are still without words')}")


def name_texts(units: tuple[str, ...], one: str, many: str) -> str:
    """Count texts, say how they are, and name the first.

    >>> name_texts(("a.title", "b.title", "c.title", "d.title"), "is without words", "are without words")
    '4 texts are without words: a.title, b.title, c.title …'
    """
    named = f"{', '.join(units[:NAMED])}{' …' if len(units) > NAMED else ''}"
    return f"{len(units)} {f'texts {many}' if len(units) > 1 else f'text {one}'}: {named}"
