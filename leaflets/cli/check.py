"""The commands that look and change no words: check, list, explain, schema; and extract, for developers.

Takes words from the command line; gives lines and an exit code.
"""

import json
from datetime import date
from difflib import get_close_matches

import click

from leaflets import PACKAGE
from leaflets.build.jobs import check_languages, check_names, find_own, list_jobs
from leaflets.build.release import find_future_signoffs, find_overdue
from leaflets.checks.reading import describe_reading
from leaflets.checks.run import find_problems, select_problems
from leaflets.cli.options import HintingCommand, find_folder, open_project, print_option
from leaflets.cli.terminal import choose_lines, count_problems, print_found, print_problems
from leaflets.content.catalogs import ORPHAN_MESSAGE, extract_messages
from leaflets.content.completion import SHAPES, make_translation_schema
from leaflets.content.project import find_unreadable, load_project
from leaflets.edition import PAPERS
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import direction, english_name, native_name
from leaflets.problems import WAITING, Severity, has_errors, list_rules, sort_problems
from leaflets.review.waive import list_waived
from leaflets.translation.progress import sum_up_language
from leaflets.translation.units import LABELS, TERMS


@click.command(cls=HintingCommand)
@click.option("--locale", "locales", multiple=True, help="Only what lies in this language's files; may be repeated.")
@click.option(
    "--topic", "topics", multiple=True, help="Only what lies in this topic's files (or of terms, labels); may be repeated."
)
@click.option("--leaflet", "leaflets", multiple=True, help="Only what this leaflet rests on; may be repeated.")
@print_option
@click.pass_context
def check(
    ctx: click.Context, locales: tuple[str, ...], topics: tuple[str, ...], leaflets: tuple[str, ...], prints: tuple[str, ...]
) -> None:
    """Look for everything that is wrong in the words, and say where.

    Each line is a place, what is wrong there, what to do, and the id that `leaflets explain` knows. With --leaflet or --print
    that is what `leaflets build` says of it.
    """
    project = open_project(ctx, locales)
    check_languages(project, locales, project.languages)
    check_names(project, "topic", topics, (*project.topics, TERMS, LABELS))
    check_names(project, "leaflet", leaflets, project.leaflets)
    found = find_problems(project, read_fonts(project.root / "templates"), locales)
    today = date.today()
    late = [*find_overdue(project.leaflets.values(), today), *find_future_signoffs(project, project.languages, today)]
    problems = select_problems(project, sort_problems([*found, *late]), locales, topics)
    if leaflets or prints:
        tags = locales if prints else ()  # of what is not asked for by name only what is begun
        jobs = list_jobs(project, leaflets, tags, (), tuple(PAPERS)[:1], prints)
        jobs = tuple(job for job in jobs if job.locale in (locales or project.languages))
        problems = sort_problems(problem for job in jobs for problem in find_own(project, job, problems))
    problems = tuple(each for each in problems if each.id not in WAITING or each.severity is not Severity.NOTE)
    print_found(problems, choose_lines())
    for line in describe_reading(project, locales) if not (topics or leaflets or prints) else ():  # they are of whole leaflets
        click.echo(line)
    languages = [project.languages[tag] for tag in locales or project.languages]
    if waived := sum(len(found) for each in languages for found in list_waived(project, each).values()):
        click.echo(f"waived: {waived} (translations/*/waivers.yaml says why)")
    click.echo(count_problems(problems))
    if has_errors(problems):
        ctx.exit(1)


@click.command("list", cls=HintingCommand)
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Show the leaflets and editions, and how far each language is.

    That is also which sheets and leaflets it has the words of.
    """
    project = open_project(ctx)
    for leaflet in project.leaflets.values():
        click.echo(f"{leaflet.name:12} version {leaflet.version}, issued {leaflet.issued}, check again by {leaflet.review_by}")
    click.echo()
    for edition in project.editions.values():
        click.echo(f"{edition.name:12} {' and '.join(edition.prints):18} {edition.purpose}")
    click.echo(f"\n{'tag':8} {'direction':9} {'done':>5} {'words to do':>12}  {'status':15} {'has the words of':22} language")
    for tag in project.languages:
        progress, status, ready = sum_up_language(project, tag)
        named = f"{native_name(tag)} ({english_name(tag)})"
        click.echo(f"{tag:8} {direction(tag):9} {progress.percent:4}% {progress.todo:12,}  {status:15} {ready:22} {named}")
    if unreadable := find_unreadable(project, *project.languages):
        print_problems(unreadable)
        ctx.exit(1)


@click.command(cls=HintingCommand)
@click.argument("id")
def explain(id: str) -> None:
    """Say what a check looks at, why it matters, and where the rule comes from.

    ID stands in [brackets] at the end of a problem's line. `leaflets explain all` lists every one.
    """
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


@click.command(cls=HintingCommand)
@click.argument("noun", type=click.Choice((*SHAPES, "translation")))
@click.option("--topic", help="With translation: the topic whose names are completed.")
@click.pass_context
def schema(ctx: click.Context, noun: str, topic: str | None) -> None:
    """Print the JSON Schema of a kind of file, for an editor to complete from.

    That of a translation has the names of one topic, each with its English.
    """
    if (noun == "translation") != bool(topic):
        raise click.UsageError("`leaflets schema translation` needs --topic, and no other kind takes it")
    if topic:
        project = open_project(ctx)
        check_names(project, "topic", [topic], project.topics)
        tree = make_translation_schema(project.topics[topic])
    else:
        tree = SHAPES[noun].model_json_schema(by_alias=True)
    click.echo(json.dumps(tree, ensure_ascii=False, indent=1))


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
        if stale := path.read_bytes() != fresh:
            click.echo(f"{path} is not fresh: run leaflets extract", err=True)
        ctx.exit(1 if orphans or stale else 0)
    write_file(path, fresh)
    click.echo(f"wrote {path}")
