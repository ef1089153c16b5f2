"""The groups of commands: which there are, and what was meant by one that there is not.

Takes what was typed; gives the command, whose module is loaded when it is called: `leaflets --help` answers at once.
"""

import shlex
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click


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
            meant = (
                find_command(name, [path for path, (where, _) in root.known.items() if where])
                if isinstance(root, HintingGroup)
                else ""
            )
            end = f'; did you mean "{shlex.join(["leaflets", *meant.split(), *rest])}"?' if meant else ""
            ctx.fail(f'there is no command "{" ".join(["leaflets", *name_groups(ctx), name])}"{end}')
        return super().resolve_command(ctx, args)


def name_groups(ctx: click.Context) -> list[str]:
    """Name a command as it is typed, without the program."""
    names = []
    while ctx.parent is not None:
        names.append(str(ctx.info_name))
        ctx = ctx.parent
    return names[::-1]


def find_command(name: str, paths: Collection[str]) -> str:
    """Find the command that was meant: one of another group by its name, else the nearest; "" if there is none.

    >>> find_command("start", ["status", "translate start"]), find_command("sgin", ["sign"])
    ('translate start', 'sign')
    """
    groups = {path.split()[0]: path.split()[0] for path in paths}
    last = groups | {path.split()[-1]: path for path in paths}
    close = get_close_matches(name, last, 1)
    return last[name] if name in last else last[close[0]] if close else ""
