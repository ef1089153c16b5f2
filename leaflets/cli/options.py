"""What the options of the commands mean: which project, which leaflets, and what a word means that stands without its option.

Takes a command's function, or what was typed; gives a function that gets a `Selection`, a `Project`, or what is to be typed. What
reads a project is loaded when it is read: a build with nothing to do reads none.
"""

import shlex
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leaflets.build.account import Selection
from leaflets.cli.main import name_command
from leaflets.edition import PAPERS, Print
from leaflets.files import find_packaged, find_root
from leaflets.problems import LeafletsError, SetupError

if TYPE_CHECKING:
    from leaflets.content.project import Project

OPTIONS = ("--leaflet", "--print", "--edition", "--paper", "--locale")
"""The options by which a word is given, in the order in which its meaning is looked for."""
CLINIC = "Your clinic.yaml; `leaflets new clinic` makes one."
SEVERAL = "May be repeated, or a folder of several: each is made into its own folder."

print_option = click.option(
    "--print",
    "prints",
    multiple=True,
    type=click.Choice((str(Print.SHEET), str(Print.LEAFLET)), case_sensitive=False),
    help="Only what the sheets print, or the leaflets.",
)


def origin_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option that says who made words."""
    from leaflets.content.provenance import Origin

    said = "Who made the words; the page of a draft says so."
    return click.option("--origin", type=click.Choice(tuple(map(str, Origin))), help=said)(command)


def any_case(names: Iterable[str]) -> click.Choice[str]:
    """Take one of some names, in any case."""
    return click.Choice(tuple(names), case_sensitive=False)


def selection_options(editions: str, papers: str, clinics: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options; the words say which editions and papers are meant when none is given.

    With `clinics` several may be named, and the command is given them beside the selection.
    """
    options = (
        click.option("--leaflet", "leaflets", multiple=True, help="A leaflet's name; may be repeated. Left out: all."),
        click.option(
            "--locale", "locales", multiple=True, help="A language tag such as es or zh-Hans; may be repeated. Left out: all."
        ),
        click.option(
            "--print", "prints", multiple=True, help="sheet, leaflet or an insert; may be repeated. Left out: the sheet."
        ),
        click.option("--edition", "editions", multiple=True, help=f"Such as large-print; may be repeated. Left out: {editions}."),
        click.option(
            "--paper",
            "papers",
            multiple=True,
            type=any_case(PAPERS),
            help=f"May be repeated. Left out: {papers}.",
        ),
        click.option("--all", "every", is_flag=True, help="Every print and edition, where none is named."),
        click.option("--clinic", "clinics", multiple=True, type=click.Path(path_type=Path), help=f"{CLINIC} {SEVERAL}")
        if clinics
        else click.option("--clinic", type=click.Path(path_type=Path), help=CLINIC),
        click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("output"), show_default=True),
    )

    def add_options(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def select(**given: Any) -> None:
            own = {name: given.pop(name) for name in Selection.__dataclass_fields__ if name in given}
            command(selection=Selection(**own), **given)

        wrapped: Callable[..., None] = select
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add_options


def find_folder(ctx: click.Context) -> Path:
    """Find the folder of the project. Raises SetupError where `--project` names none."""
    root: Path = ctx.obj or find_root(Path.cwd())
    if not str(root.resolve()).isprintable():  # fonts and pages name it in UTF-8
        raise SetupError(f"the path {str(root.resolve())!r} has letters that are not UTF-8, or are no letters: rename the folder")
    if lost := [f"{name}/" for name in ("content", "templates") if not (root / name).is_dir()]:
        raise SetupError(f"{root} has no {' and no '.join(lost)}: name the folder of the project with --project")
    return root


def open_project(ctx: click.Context, asked: Collection[str] = ()) -> "Project":
    from leaflets.content.project import load_project

    return load_project(find_folder(ctx), asked)


def open_own_project(ctx: click.Context) -> "Project":
    """Open a project to write into: not the one that an installed package brings along, which its next version replaces."""
    if find_folder(ctx) == find_packaged():
        raise SetupError("this folder has no content/: go to the folder of the project, or name it with --project")
    return open_project(ctx)


class HintingCommand(click.Command):
    """A command that says by which option a word is given that stands alone: `leaflets check sw`."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            options = [option for param in self.params for option in param.opts if option in OPTIONS]
            ctx.fail(explain_extra(ctx.args[0], name_command(ctx), options, read_names(ctx) if options else {}))
        return rest


def explain_extra(word: str, command: str, options: list[str], names: Mapping[str, Callable[[str], bool]]) -> str:
    """Say what to type for a word that stands alone.

    >>> explain_extra("ar", "leaflets check", ["--locale"], {"--locale": "ar".__eq__})
    '"ar" is given with an option: leaflets check --locale ar'
    """
    if meant := next((option for option in OPTIONS if option in options and option in names and names[option](word)), ""):
        return f'"{word}" is given with an option: {command} {meant} {shlex.quote(word)}'
    ways = ", ".join(f"{option} …" for option in options)
    return f'"{word}" stands alone; {command} takes {ways or "no such word"}'


def read_names(ctx: click.Context) -> dict[str, Callable[[str], bool]]:
    """Give what knows the names of a project, by the option that takes them; nothing where the project cannot be read."""
    from leaflets.build.jobs import list_print_names
    from leaflets.languages.tags import explain_tag, read_aliases

    try:
        project = open_project(ctx)
        aliases = read_aliases(project.root / "templates")
    except (LeafletsError, SetupError, OSError):
        return {}
    return {
        "--leaflet": project.leaflets.__contains__,
        "--print": list_print_names(project).__contains__,
        "--edition": project.editions.__contains__,
        "--paper": PAPERS.__contains__,
        "--locale": lambda word: bool(word in project.languages or explain_tag(word, aliases).tags),
    }
