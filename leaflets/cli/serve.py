"""`leaflets serve`: the leaflets in a browser, made anew while their words change.

Takes words from the command line; gives lines until Ctrl-C.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from leaflets.build.account import Selection
from leaflets.build.jobs import check_selection, check_translations
from leaflets.build.maker import Result
from leaflets.build.manifest import read_manifest
from leaflets.build.plan import read_clinic, refuse_other_clinic
from leaflets.cli.options import HintingCommand, open_own_project, open_project, selection_options
from leaflets.cli.report import print_summary
from leaflets.server.app import open_listener, serve
from leaflets.server.editor.routes import HOME, make_routes
from leaflets.server.watch import BoardState


@click.command("serve", cls=HintingCommand)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free.")
@click.option("--open", "open_page", is_flag=True, help="Show the page in your browser.")
@click.option("--translate", metavar="TAG", help="Translate into this language in the browser, such as es or zh-Hans.")
@selection_options(editions="standard, and the pages for a screen", papers="the clinic's, else A4")
@click.pass_context
def serve_leaflets(ctx: click.Context, selection: Selection, port: int, open_page: bool, translate: str | None) -> None:
    """Show the leaflets in your browser, and make them anew while you change their words.

    What lies in the output folder is there at once; what is missing is made meanwhile, pages for a screen first. After a
    change in content/, translations/, templates/ or your clinic's folder only what it touches is made again, and the pages load
    themselves anew. What is wrong is said here and in the page. With one --leaflet and one --locale this takes seconds.

    With --translate the page is an editor: each leaflet as it will be read, where you choose a sentence, translate it, and see it
    checked while you type. What you save goes into the files of the language.

    Only this machine can see it. Ctrl-C ends it.
    """
    project = open_own_project(ctx) if translate else open_project(ctx)
    check_selection(project, selection)
    if translate:
        check_translations(project, (translate,))
        selection = replace(selection, locales=selection.locales or (translate,))
    known = read_manifest(selection.output)
    refuse_other_clinic(read_clinic(project, selection), selection.output, known.values())
    with open_listener(port) as listener:
        address = "http://{}:{}{}".format(*listener.getsockname(), HOME if translate else "/")
        click.echo(f"{address} (only on this machine; Ctrl-C ends it)")
        if open_page:
            click.launch(address)
        report = partial(print_fresh, output=selection.output)
        serve(project.root, selection, listener, report, print_state, partial(make_routes, project.root, translate))


def print_fresh(result: Result, output: Path) -> None:
    """Say what was made or stopped; what was kept is most of it."""
    if not result.kept:
        print_summary(result.summary, output)


def print_state(state: BoardState) -> None:
    """Say how a build ended."""
    for line in state.lines:
        click.echo(line, err=True)
    made = sum(bool(result.entry) for result in state.results)
    click.echo(f"{made} of {len(state.results)} leaflets are current; waiting for changes")
