"""`leaflets extract`: the templates' own words, for those who change templates.

Takes words from the command line; gives a file, lines and an exit code.
"""

import click

from leaflets import PACKAGE
from leaflets.cli.folder import find_folder
from leaflets.cli.terminal import print_problems
from leaflets.content.catalogs import ORPHAN_MESSAGE, extract_messages
from leaflets.content.project import load_project
from leaflets.files import write_file


@click.command()
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; exit with 1 if messages.pot is not fresh, or a language has labels that it lacks.",
)
@click.pass_context
def extract(ctx: click.Context, only_check: bool) -> None:
    """Collect the templates' own words into translations/messages.pot.

    For developers, after a template changed. A translator's PO editor then updates a language from that file.
    """
    root = find_folder(ctx)
    path = root / "translations" / "messages.pot"
    fresh = extract_messages(root / "templates", PACKAGE)
    if only_check:
        orphans = [each for each in load_project(root).problems if each.id == ORPHAN_MESSAGE.id]
        print_problems(orphans)
        if path.read_bytes() != fresh:
            click.echo(f"{path} is not fresh: run leaflets extract", err=True)
        ctx.exit(1 if orphans or path.read_bytes() != fresh else 0)
    write_file(path, fresh)
    click.echo(f"wrote {path}")
