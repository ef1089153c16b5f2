"""What the options of the commands mean: which project, which leaflets, and what a word means that stands without its option.

Takes a command's function, or what was typed; gives a function that gets a `Selection`, a `Project`, or what is to be typed.
"""

import shlex
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from leaflets.build.jobs import Selection
from leaflets.cli.main import name_command
from leaflets.content.project import Project, find_packaged, find_root, load_project
from leaflets.languages.tags import explain_tag, read_aliases
from leaflets.model import PAPERS
from leaflets.problems import LeafletsError, SetupError

OPTIONS = ("--leaflet", "--edition", "--paper", "--locale")
"""The options by which a word is given, in the order in which its meaning is looked for."""


def selection_options(editions: str, papers: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options; the words say which editions and papers are meant when none is given."""
    options = (
        click.option("--leaflet", "leaflets", multiple=True, help="A leaflet's name; may be repeated. Left out: all."),
        click.option(
            "--locale", "locales", multiple=True, help="A language tag such as es or zh-Hans; may be repeated. Left out: all."
        ),
        click.option("--edition", "editions", multiple=True, help=f"Such as large-print; may be repeated. Left out: {editions}."),
        click.option(
            "--paper", "papers", multiple=True, type=click.Choice(tuple(PAPERS)), help=f"May be repeated. Left out: {papers}."
        ),
        click.option("--clinic", type=click.Path(path_type=Path), help="Your clinic.yaml; `leaflets new clinic` makes one."),
        click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("output"), show_default=True),
    )

    def add_options(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def select(**given: Any) -> None:
            own = {name: given.pop(name) for name in Selection.__dataclass_fields__}
            command(selection=Selection(**own), **given)

        wrapped: Callable[..., None] = select
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add_options


def find_folder(ctx: click.Context) -> Path:
    """Find the folder of the project. Raises SetupError where `--project` names none."""
    root: Path = ctx.obj or find_root(Path.cwd())
    if lost := [f"{name}/" for name in ("content", "templates") if not (root / name).is_dir()]:
        raise SetupError(f"{root} has no {' and no '.join(lost)}: name the folder of the project with --project")
    return root


def open_project(ctx: click.Context) -> Project:
    return load_project(find_folder(ctx))


def open_own_project(ctx: click.Context) -> Project:
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
    try:
        project = open_project(ctx)
        aliases = read_aliases(project.root / "templates")
    except (LeafletsError, SetupError, OSError):
        return {}
    return {
        "--leaflet": project.leaflets.__contains__,
        "--edition": project.editions.__contains__,
        "--paper": PAPERS.__contains__,
        "--locale": lambda word: bool(word in project.languages or explain_tag(word, aliases).tags),
    }
