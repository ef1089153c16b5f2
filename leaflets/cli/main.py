"""The `leaflets` command: what a person types, and what is printed back.

Takes words from the command line; gives lines and an exit code: 0 good, 1 content problems, 2 usage, 3 environment,
130 interrupted, 143 told to stop. The module of a command is loaded when it is called.
"""

import errno
import shlex
import sys
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from leaflets.cli.terminal import print_error, print_problems, print_program
from leaflets.files import StoppedError, hear_signals
from leaflets.problems import LeafletsError, SetupError

COMMANDS = {
    "build": ("leaflets.cli.build:build", "Make the sheets to hand out, or the leaflets, as PDF files."),
    "check": ("leaflets.cli.check:check", "Look for everything that is wrong in the words, and say where."),
    "explain": ("leaflets.cli.check:explain", "Say what a check looks at, why it matters, and where the rule comes from."),
    "extract": ("leaflets.cli.check:extract", "Collect the templates' own words into translations/messages.pot."),
    "list": ("leaflets.cli.check:list_all", "Show the leaflets and editions, and how far each language is."),
    "merge": (
        "leaflets.cli.build:merge",
        "Join the output FOLDERS of `leaflets build --shard` to one, with the same options.",
    ),
    "new": ("", "Make a file to fill in."),
    "new clinic": (
        "leaflets.cli.build:new_clinic",
        "Write a clinic's profile with comments to PATH (my-clinic/clinic.yaml), to fill in and build with.",
    ),
    "record": (
        "leaflets.cli.translate:record",
        "Record that the translation which stands now was made from the English that stands now, and for whom each text is.",
    ),
    "review": (
        "leaflets.cli.review:review",
        "Show the words of language TAG beside their English, to read before they are signed.",
    ),
    "schema": ("leaflets.cli.check:schema", "Print the JSON Schema of a kind of file, for an editor to complete from."),
    "serve": (
        "leaflets.cli.serve:serve_leaflets",
        "Show the leaflets in your browser, and make them anew while you change their words.",
    ),
    "sign": (
        "leaflets.cli.review:sign",
        "Sign the words of language TAG that you read with `leaflets review`, with the same --leaflet, --print and --topic.",
    ),
    "status": (
        "leaflets.cli.translate:status",
        "Show how far a language is, in all and for each sheet and leaflet, and what changed in the English since.",
    ),
    "translate": ("", "Add a language, and exchange its words with translators."),
    "translate export": (
        "leaflets.cli.exchange:export_words",
        "Write the words of the language TAG to a file for a translator's tool.",
    ),
    "translate import": ("leaflets.cli.exchange:import_words", "Take the words of FILES back into the project."),
    "translate remove": ("leaflets.cli.translate:remove", "Take away a language that was begun by mistake."),
    "translate start": (
        "leaflets.cli.translate:start",
        "Make the files of a language to fill in, with the English above each place.",
    ),
    "waive": ("leaflets.cli.review:waive", "Say that a problem which CHECK finds in UNIT of language TAG is none."),
}
"""Where each command is written, and the line that `leaflets --help` says of it: the first of its own help."""


class HintingGroup(click.Group):
    """A group that knows the commands of the others as well: `leaflets start sw` is told `leaflets translate start sw`.

    `known` says of each command, by what is typed for it, where it is written ("module:function", or nothing for a group of
    commands) and what it is for.
    """

    def __init__(self, name: str | None = None, *, known: Mapping[str, tuple[str, str]], **named: Any) -> None:
        super().__init__(name, **named)
        self.known = known

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path for path in self.known if " " not in path)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.known:
            return None
        where, help = self.known[cmd_name]
        if not where:
            start = f"{cmd_name} "
            below = {path.removeprefix(start): each for path, each in self.known.items() if path.startswith(start)}
            return HintingGroup(cmd_name, known=below, help=help)
        module, _, function = where.partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [(name, click.Command(name, help=self.known[name][1]).get_short_help_str(limit)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name, *rest = args
        if name not in self.known and not name.startswith("-"):
            root = ctx.find_root().command
            known = root.known.items() if isinstance(root, HintingGroup) else ()
            meant = find_command(name, [path for path, (where, _) in known if where])
            end = f'; did you mean "{shlex.join(["leaflets", *meant.split(), *rest])}"?' if meant else ""
            ctx.fail(f'there is no command "{name_command(ctx)} {name}"{end}')
        return super().resolve_command(ctx, args)


def name_command(ctx: click.Context) -> str:
    """Name a command as it is typed, whatever the program was called by."""
    return f"{name_command(ctx.parent)} {ctx.info_name}" if ctx.parent else "leaflets"


def find_command(name: str, paths: Collection[str]) -> str:
    """Find the command that was meant: one of another group by its name, else the nearest; "" if there is none.

    >>> find_command("start", ["status", "translate start"]), find_command("sgin", ["sign"])
    ('translate start', 'sign')
    """
    groups = {path.split()[0]: path.split()[0] for path in paths}
    last = groups | {path.split()[-1]: path for path in paths}
    close = get_close_matches(name, last, 1)
    return last[name] if name in last else last[close[0]] if close else ""


class LeafletsGroup(HintingGroup):
    """Turns the two errors of the package into lines and exit codes."""

    def main(self, *given: Any, **named: Any) -> Any:
        try:
            return super().main(*given, **named)
        except SystemExit as end:
            if end.code in (1, 2, 3):
                print_program(usage=end.code == 2)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        try:
            if sys.flags.optimize > 1:
                raise SetupError("PYTHONOPTIMIZE=2 takes away the texts of help and checks: unset it, or set it to 1")
            with hear_signals():
                return super().invoke(ctx)
        except LeafletsError as error:
            print_problems(error.problems)
            ctx.exit(1)
        except SetupError as error:
            print_error(f"leaflets: {error}")
            ctx.exit(3)
        except UnicodeEncodeError as error:
            lost = f"{error.encoding} has no letter U+{ord(error.object[error.start]):04X}"
            click.echo(f"leaflets: {lost}; set PYTHONIOENCODING=utf-8, or a locale in UTF-8", err=True)
            ctx.exit(3)
        except OSError as error:  # the disk or the system refuses what nobody asks for by name, such as the output itself
            if error.errno == errno.EPIPE:  # whoever reads has read enough
                raise
            click.echo(f"leaflets: {error.strerror or error}{f': {error.filename}' if error.filename else ''}", err=True)
            ctx.exit(3)
        except KeyboardInterrupt as end:
            click.echo("leaflets: interrupted; every file in the output folder is whole", err=True)
            ctx.exit(143 if isinstance(end, StoppedError) else 130)


@click.group(cls=LeafletsGroup, known=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leaflets")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds content/ and templates/. Left out: this folder if it has them, else what leaflets brings along.",
)
@click.pass_context
def main(ctx: click.Context, project: Path | None) -> None:
    """Make printable patient leaflets on calcinosis, in many languages.

    \b
    Try:
      leaflets list                              which leaflets and languages there are
      leaflets build                             every leaflet, in every language, to output/
      leaflets build --leaflet adult --locale ar --paper a4
      leaflets build --clinic my/clinic.yaml --output my/output  with your clinic's name and numbers
      leaflets serve --open                      look at them in a browser while you change their words
      leaflets check                             what is wrong in the words, with file and line
      leaflets explain number-mismatch           why a check matters

    A text that nobody has signed off prints with a DRAFT notice on every page.
    """
    ctx.obj = project
