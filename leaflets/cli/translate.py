"""The commands for translators: to begin a language or take it away, to see how far it is, and to put on record what is done.

Takes words from the command line; gives lines and an exit code.
"""

import json
from collections import Counter
from collections.abc import Mapping

import click

from leaflets.build.jobs import check_languages, check_translations
from leaflets.checks.run import find_problems
from leaflets.cli.options import HintingCommand, open_own_project, open_project, origin_option
from leaflets.cli.terminal import print_problems, print_program
from leaflets.content.project import find_unreadable
from leaflets.content.provenance import Origin, Record, diff_words
from leaflets.files import remove_files, write_file
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import english_name
from leaflets.languages.tags import explain_region, is_named, name_tag
from leaflets.problems import count_names
from leaflets.translation.progress import format_report, make_tree, report_language
from leaflets.translation.start import describe_language, order_files, plan_removal, start_language
from leaflets.translation.structure import compare_structure, list_structure
from leaflets.translation.units import ON_SHEET, list_recorded
from leaflets.translation.write import record_languages

SHEET_FIRST = """
The sheet first: {texts} texts, {words:,} words, marked "{mark}" in content/topics. With these each leaflet has a sheet to hand
out, in every edition of it. The {rest:,} other words make the leaflets."""
NEXT = """
What to do next:
  1. content/terms/{tag}.yaml: the fixed word for each medical term. First, since the sentences use them.
  2. content/markers/{tag}.yaml: your words for not, never, must, may, so that a lost one is noticed.
  3. content/topics/{tag}/: the sentences, in this order: {topics}.
  4. translations/{tag}/LC_MESSAGES/messages.po: the page's own words, such as "Page {{page}} of {{pages}}".

Put the words in whichever way you like:
  - into these files, with any text editor: behind each colon, under the English
  - with Poedit or another program for PO or XLIFF files: leaflets translate export {tag} --format po
  - in a spreadsheet: leaflets translate export {tag} --format xlsx
  - in the browser: leaflets serve --translate {tag}
docs/translating.md shows each of them.

  leaflets status {tag}            how far you are
  leaflets check --locale {tag}    what is missing or wrong, with file and line; --print sheet: of the sheets alone
  leaflets translate remove {tag}  take it away again, as long as nobody has written into it

A sheet or a leaflet is made in {name} once all of its own words are there. Until then `leaflets build` says so, and makes
the others."""


@click.command("start")
@click.argument("tag")
@click.pass_context
def start(ctx: click.Context, tag: str) -> None:
    """Make the files of a language to fill in, with the English above each place.

    TAG is short, such as sw or pt-BR. For a language that is there already, what the English has gained since is added, and
    nothing else is changed.
    """
    project = open_own_project(ctx)
    begun = start_language(project, read_fonts(project.root / "templates"), tag)
    known = tag in project.languages
    for file, data in begun.files.items():
        write_file(project.root / file, data)
    for file in begun.files:
        number = begun.places[file]
        if not number:
            click.echo(f"{file}: the English above each place is that of now")
            continue
        kind = "list" if file.startswith("content/markers/") else "text"
        sheet = f", {begun.sheet[file]} of them on the sheet" if begun.sheet[file] else ""
        click.echo(f"{'added to' if known else 'made'} {file} ({number} {kind}{'s' if number > 1 else ''} to fill in{sheet})")
    if not begun.files:
        click.echo(f"{tag} has a place for every text of the English already. How far it is: leaflets status {tag}")
        return
    if not any(begun.places.values()):
        return
    total = begun.sheet_words + begun.other_words
    click.echo(f"\n{name_tag(tag)}: {describe_language(tag)}; {total:,} English words to translate")
    if begun.sheet_words:
        texts = sum(begun.sheet.values())
        click.echo(SHEET_FIRST.format(texts=texts, words=begun.sheet_words, rest=begun.other_words, mark=ON_SHEET))
    topics = [file.rpartition("/")[2].removesuffix(".yaml") for file in order_files(project, tag) if "/topics/" in file]
    click.echo(NEXT.format(tag=tag, topics=", ".join(topics), name=english_name(tag)))
    if not known and (why := explain_region(tag, project.languages)):
        plain = tag.rpartition("-")[0]
        begin = "" if plain in project.languages else f"; leaflets translate start {plain}"
        ask = "" if is_named(tag) else f"Is {tag} what you mean? "
        click.echo(f"\n{ask}{why} To go back: leaflets translate remove {tag}{begin}")
    print_program(usage=True)


@click.command("remove")
@click.argument("tag")
@click.pass_context
def remove(ctx: click.Context, tag: str) -> None:
    """Take away a language that was begun by mistake.

    Only if nobody has written anything into its files; else nothing is deleted, and it is said where somebody wrote.
    """
    project = open_own_project(ctx)
    check_translations(project, (tag,))
    files = plan_removal(project, tag)
    remove_files(project.root, files)
    for file in files:
        click.echo(f"deleted {file}")


@click.command()
@click.argument("tag", required=False)
@click.option("--json", "as_json", is_flag=True, help="As data for another program.")
@click.pass_context
def status(ctx: click.Context, tag: str | None, as_json: bool) -> None:
    """Show how far a language is, in all and for each sheet and leaflet, and what changed in the English since.

    Left out, TAG means every language. "Missing" has no words; "stale" was made from another English; the others have words, and
    say who stands for them: nobody yet (draft), the translator, a reviser, a clinician. "Wrong" are those of them with an error.
    A sheet or a leaflet is made when nothing of it is missing, stale or wrong.
    """
    project = open_project(ctx)
    check_languages(project, (tag,) if tag else (), project.languages)
    tags = (tag,) if tag else tuple(project.languages)
    problems = find_problems(project, read_fonts(project.root / "templates"), tags)
    reports = [report_language(project, each, problems) for each in tags]
    if as_json:
        click.echo(json.dumps({"languages": list(map(make_tree, reports))}, ensure_ascii=False, indent=1))
    for report in reports if not as_json else ():
        for line in format_report(report):
            click.echo(line)
        click.echo()
    if unreadable := find_unreadable(project, *tags):
        print_problems(unreadable)
        ctx.exit(1)


@click.command(cls=HintingCommand)
@click.argument("tags", metavar="TAG ...", nargs=-1, required=True)
@click.option(
    "--unchanged", is_flag=True, help="Also where the English changed and the translation did not: it is right as it is."
)
@origin_option
@click.pass_context
def record(ctx: click.Context, tags: tuple[str, ...], unchanged: bool, origin: str | None) -> None:
    """Record that the translation which stands now was made from the English that stands now, and for whom each text is.

    Run it after translating or mending: only then can a later change of the English be noticed. A sentence whose English changed
    stays stale until its words change as well, or --unchanged says that they need not. For en, what is recorded is for whom each
    text is, how urgent and when: what the English itself says of its words.

    Without --origin new words count as made by whoever made all others of the language, or else by a machine. With --unchanged
    it is said of every text.
    """
    project = open_own_project(ctx)
    check_languages(project, tags, project.languages)
    source = list_recorded(project)
    for tag in dict.fromkeys(tags):
        language = project.languages[tag]
        for name, said in compare_structure(language.structure, list_structure(project, tag)):
            click.echo(f"{tag}: {name}: {said}; it is recorded as it stands now")
    for tag, records in record_languages(project, tags, unchanged, Origin(origin) if origin else None).items():
        known = project.languages[tag].records
        changed = sum(known.get(unit) != each for unit, each in records.items())
        click.echo(f"{tag}: {len(records)} texts recorded, {changed} of them new or changed{say_origins(records)}")
        for unit, each in records.items():
            old = known.get(unit, each)
            if old.source != each.source:
                click.echo(f"{unit} says this English now: {diff_words(old.source, each.source)}")
        if stale := [unit for unit, each in records.items() if each.source != source[unit].words]:
            click.echo(
                f"{len(stale)} stay stale, since their words did not change: {count_names(stale)}."
                f" If they are right as they are: leaflets record {tag} --unchanged"
            )


def say_origins(records: Mapping[str, Record]) -> str:
    """Say how many texts count as made by whom.

    >>> say_origins({"signs.title": Record("Signs", "0" * 64)})
    '; made by a machine: 1'
    """
    counted = Counter(record.origin for record in records.values())
    names = {Origin.MACHINE: "a machine", Origin.PERSON: "a person", Origin.TOOL: "a tool"}
    return "".join(f"; made by {name}: {counted[origin]}" for origin, name in names.items() if counted[origin])
