"""The `leaflets` command: what a person types, and what is printed back.

Takes words from the command line; gives lines and an exit code: 0 good, 1 content problems, 2 usage, 3 environment,
130 interrupted, 143 told to stop. Everything heavy is imported inside the commands, so that `leaflets --help` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leaflets.cli.develop import extract
from leaflets.cli.exchange import export_words, import_words
from leaflets.cli.hints import HintingCommand, HintingGroup
from leaflets.cli.options import selection_options
from leaflets.cli.review import review, sign, waive
from leaflets.cli.terminal import (
    count_problems,
    find_folder,
    open_own_project,
    open_project,
    print_problems,
    print_program,
    print_result,
    show_progress,
)
from leaflets.cli.translate import record, status, translate

if TYPE_CHECKING:
    from leaflets.build.driver import Result
    from leaflets.build.jobs import Selection
    from leaflets.server.watch import BoardState


class LeafletsGroup(HintingGroup):
    """Turns the two errors of the package into lines and exit codes."""

    command_class = HintingCommand

    def main(self, *given: Any, **named: Any) -> Any:
        try:
            return super().main(*given, **named)
        except SystemExit as end:
            if end.code in (1, 2, 3):  # what was said most likely names a command
                print_program()
            raise

    def invoke(self, ctx: click.Context) -> Any:
        from leaflets.interrupts import StoppedError, hear_signals
        from leaflets.problems import LeafletsError, SetupError

        try:
            with hear_signals():
                return super().invoke(ctx)
        except LeafletsError as error:
            print_problems(error.problems)
            ctx.exit(1)
        except SetupError as error:
            click.echo(f"leaflets: {error}", err=True)
            ctx.exit(3)
        except KeyboardInterrupt as end:
            click.echo("leaflets: interrupted; every file in the output folder is whole", err=True)
            ctx.exit(143 if isinstance(end, StoppedError) else 130)


@click.group(cls=LeafletsGroup, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command()
@selection_options(editions="all", papers="the clinic's, else both")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many leaflets to make at a time. Left out: one a processor.")
@click.option("--release", is_flag=True, help="Only what may be handed out: signed off, its English too, and not past its day.")
@click.pass_context
def build(ctx: click.Context, selection: "Selection", jobs: int | None, release: bool) -> None:
    """Make leaflets as PDF files in the output folder.

    Everything is read and checked before anything is written. A leaflet with an error is not made, and the others are; the
    exit code is then 1. With --release that goes for drafts too: none is made, and none stays in the output folder.
    """
    import os
    from datetime import date

    from leaflets.build.driver import build_leaflets, name_job
    from leaflets.build.jobs import check_selection, plan_jobs
    from leaflets.build.manifest import read_manifest
    from leaflets.build.release import find_overdue, refuse_future, refuse_unreleased
    from leaflets.checks.run import find_problems
    from leaflets.content.project import load_clinic
    from leaflets.languages.fonts import read_fonts
    from leaflets.problems import Severity, count_names, sort_problems

    project = open_project(ctx)
    check_selection(project, selection)
    output, today = selection.output, date.today()
    clinic = load_clinic(selection.clinic) if selection.clinic else None
    problems = find_problems(project, read_fonts(project.root / "templates"))
    papers = selection.papers or ((clinic.paper,) if clinic and clinic.paper else ())
    planned = plan_jobs(project, selection.leaflets, selection.locales, selection.editions, papers)
    processes = jobs or min(os.cpu_count() or 1, len(planned)) or 1
    refuse = (refuse_unreleased if release else refuse_future)(project, today)
    before = read_manifest(output / "manifest.json")
    with show_progress(len(planned), output) as report:
        results = build_leaflets(project, problems, planned, output, clinic, processes, report, refuse)
    stopped = [result for result in results if result.entry is None]
    said = {problem for result in results for problem in result.problems}
    said |= set(find_overdue((project.leaflets[result.job.leaflet] for result in results if result.entry), today))
    shared = [] if selection.partial else [each for each in problems if each.severity is Severity.ERROR]
    print_problems(sort_problems([*said, *shared]))
    drafts = sum(result.entry.draft for result in results if result.entry)
    click.echo(f"{len(results) - len(stopped)} of {len(results)} leaflets in {output}/, {drafts} of them marked DRAFT")
    asked = {result.job for result in results}
    if gone := sorted(path for path, entry in before.items() if name_job(entry) not in asked and not (output / path).exists()):
        click.echo(f"taken away, since they are out of date: {count_names(gone)}", err=True)
    if stopped or shared or not results:
        click.echo(f"not made: {', '.join(str(result.job) for result in stopped) or 'none'}", err=True)
        ctx.exit(1)


@main.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free.")
@click.option("--open", "open_page", is_flag=True, help="Show the page in your browser.")
@click.option("--translate", metavar="TAG", help="Translate into this language in the browser, such as es or zh-Hans.")
@selection_options(editions="standard, and the pages for a screen", papers="the clinic's, else A4")
@click.pass_context
def serve_leaflets(ctx: click.Context, selection: "Selection", port: int, open_page: bool, translate: str | None) -> None:
    """Show the leaflets in your browser, and make them anew while you change their words.

    What lies in the output folder is there at once; what is missing is made meanwhile, pages for a screen first. After a
    change in content/, translations/, templates/ or your clinic's folder only what it touches is made again, and the pages load
    themselves anew. What is wrong is said here and in the page. With one --leaflet and one --locale this takes seconds.

    With --translate the page is an editor: each leaflet as it will be read, where you choose a sentence, translate it, and see it
    checked while you type. What you save goes into the files of the language.

    Only this machine can see it. Ctrl-C ends it.
    """
    from dataclasses import replace
    from functools import partial

    from leaflets.build.driver import refuse_other_clinic
    from leaflets.build.jobs import check_selection, check_translations
    from leaflets.content.project import load_clinic
    from leaflets.server.app import open_listener, serve
    from leaflets.server.editor.routes import HOME, make_routes

    project = open_own_project(ctx) if translate else open_project(ctx)
    check_selection(project, selection)
    if translate:
        check_translations(project, (translate,))
        selection = replace(selection, locales=selection.locales or (translate,))
    refuse_other_clinic(load_clinic(selection.clinic) if selection.clinic else None, selection.output)
    with open_listener(port) as listener:
        address = "http://{}:{}{}".format(*listener.getsockname(), HOME if translate else "/")
        click.echo(f"{address} (only on this machine; Ctrl-C ends it)")
        if open_page:
            click.launch(address)
        report = partial(print_fresh, output=selection.output)
        serve(project.root, selection, listener, report, print_state, partial(make_routes, project.root, translate))


def print_fresh(result: "Result", output: Path) -> None:
    """Say what was made or stopped; what was kept is most of it."""
    if not result.kept:
        print_result(result, output)


def print_state(state: "BoardState") -> None:
    """Say how a build ended."""
    for line in state.lines:
        click.echo(line, err=True)
    made = sum(bool(result.entry) for result in state.results)
    click.echo(f"{made} of {len(state.results)} leaflets are current; waiting for changes")


@main.group(cls=HintingGroup)
def new() -> None:
    """Make a file to fill in."""


@new.command("clinic")
@click.argument("path", type=click.Path(path_type=Path), default=Path("my-clinic") / "clinic.yaml")
@click.pass_context
def new_clinic(ctx: click.Context, path: Path) -> None:
    """Write a clinic's profile with comments to PATH (my-clinic/clinic.yaml), to fill in and build with."""
    from leaflets.files import write_file
    from leaflets.problems import SetupError

    if path.exists():
        raise SetupError(f"{path} exists already; give another path")
    example = find_folder(ctx) / "content" / "clinics" / "example" / "clinic.yaml"
    write_file(path, example.read_bytes())
    click.echo(f"made {path}. Fill it in, then run: leaflets build --clinic {path} --output {path.parent / 'output'}")


@main.command()
@click.option("--locale", "locales", multiple=True, help="Only what lies in this language's files; may be repeated.")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    help="Only what lies in this topic's files (or of terms, labels); may be repeated.",
)
@click.pass_context
def check(ctx: click.Context, locales: tuple[str, ...], topics: tuple[str, ...]) -> None:
    """Look for everything that is wrong in the words, and say where.

    Each line is a place, what is wrong there, what to do, and the id that `leaflets explain` knows.
    """
    from datetime import date

    from leaflets.build.jobs import check_languages, check_names
    from leaflets.build.release import find_future_signoffs, find_overdue
    from leaflets.checks.reading import describe_reading
    from leaflets.checks.run import find_problems
    from leaflets.content.project import is_of_language
    from leaflets.languages.fonts import read_fonts
    from leaflets.problems import has_errors, sort_problems
    from leaflets.review.waive import count_waived
    from leaflets.translation.units import LABELS, TERMS
    from leaflets.translation.write import list_rests

    project = open_project(ctx)
    check_languages(project, locales, project.languages)
    check_names(project, "topic", topics, (*project.topics, TERMS, LABELS))
    found = find_problems(project, read_fonts(project.root / "templates"))
    today = date.today()
    late = [*find_overdue(project.leaflets.values(), today), *find_future_signoffs(project, project.languages, today)]
    problems = sort_problems([*found, *late])
    paths = {each.place.path for each in problems}
    if locales:
        paths &= {path for path in paths if any(is_of_language(path, locale) for locale in locales)}
    if topics:
        paths &= {file for locale in project.languages for topic in topics for file in list_rests(locale, topic)}
    problems = tuple(each for each in problems if each.place.path in paths)
    print_problems(problems)
    for line in describe_reading(project, locales) if not topics else ():  # they are of whole leaflets
        click.echo(line)
    if waived := sum(count_waived(project, project.languages[tag]) for tag in locales or project.languages):
        click.echo(f"waived: {waived} (translations/*/waivers.yaml says why)")
    click.echo(count_problems(problems))
    if has_errors(problems):
        ctx.exit(1)


@main.command("list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Show the leaflets and editions, and how far each language is."""
    from leaflets.content.project import find_unreadable
    from leaflets.content.signoffs import least_status
    from leaflets.languages.locales import direction, english_name, native_name
    from leaflets.translation.progress import measure_progress
    from leaflets.translation.units import survey_language

    project = open_project(ctx)
    for leaflet in project.leaflets.values():
        click.echo(f"{leaflet.name:12} version {leaflet.version}, issued {leaflet.issued}, check again by {leaflet.review_by}")
    click.echo()
    for edition in project.editions.values():
        click.echo(f"{edition.name:12} {edition.purpose}")
    click.echo(f"\n{'tag':8} {'direction':9} {'done':>5} {'words to do':>12}  {'status':15} language")
    for tag in project.languages:
        units = survey_language(project, tag).values()
        progress = measure_progress(units)
        done = 100 * progress.done // max(progress.units, 1)
        status = least_status(unit.status for unit in units if unit.done) if progress.done else "no words yet"
        named = f"{native_name(tag)} ({english_name(tag)})"
        click.echo(f"{tag:8} {direction(tag):9} {done:4}% {progress.todo:12,}  {status:15} {named}")
    if unreadable := find_unreadable(project, *project.languages):
        print_problems(unreadable)
        ctx.exit(1)


@main.command()
@click.argument("id")
def explain(id: str) -> None:
    """Say what a check looks at, why it matters, and where the rule comes from.

    ID stands in [brackets] at the end of a problem's line. `leaflets explain all` lists every one.
    """
    from difflib import get_close_matches

    from leaflets.problems import list_rules

    rules = list_rules()
    if id == "all":
        for name, rule in rules.items():
            click.echo(f"{name:22} {rule.severity:8} {rule.what}")
        return
    if id not in rules:
        meant = get_close_matches(id, rules, 1)
        hint = f'; did you mean "{meant[0]}"?' if meant else ". `leaflets explain all` lists them"
        raise click.UsageError(f'there is no check "{id}"{hint}')
    rule = rules[id]
    click.echo(f"{rule.id} ({rule.severity})\n{rule.what}\nWhy: {rule.why}")
    if rule.source:
        click.echo(f"Source: {rule.source}")


@main.command()
@click.argument("noun", type=click.Choice(("topic", "leaflet", "references", "terms", "markers", "clinic", "translation")))
@click.option("--topic", help="With translation: the topic whose names are completed.")
@click.pass_context
def schema(ctx: click.Context, noun: str, topic: str | None) -> None:
    """Print the JSON Schema of a kind of file, for an editor to complete from.

    That of a translation has the names of one topic, each with its English.
    """
    import json

    from leaflets.content.shapes import SHAPES

    if (noun == "translation") != bool(topic):
        raise click.UsageError("`leaflets schema translation` needs --topic, and no other kind takes it")
    if topic:
        from leaflets.build.jobs import check_names
        from leaflets.translation.completion import make_translation_schema

        project = open_project(ctx)
        check_names(project, "topic", [topic], project.topics)
        tree = make_translation_schema(project.topics[topic])
    else:
        tree = SHAPES[noun].model_json_schema(by_alias=True)
    click.echo(json.dumps(tree, ensure_ascii=False, indent=1))


translate.add_command(export_words)
translate.add_command(import_words)
for command in (extract, record, review, sign, status, translate, waive):
    main.add_command(command)
