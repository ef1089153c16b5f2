"""The commands of those who read a language and answer for it: review, sign, waive.

Takes words from the command line; prints what is to be read, or what was written.
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from leaflets.build.jobs import check_languages, check_names, check_translations
from leaflets.checks.run import find_problems
from leaflets.cli.options import open_own_project, open_project, print_option
from leaflets.content.project import Project
from leaflets.content.signoffs import Role, SignOff
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import RULES
from leaflets.review.proofs import Asked, count_texts, digest_proofs, format_proofs, list_proofs, render_proofs, say_next
from leaflets.review.sign import sign_proofs, withdraw_signoff
from leaflets.review.waive import waive_problem
from leaflets.translation.outline import OUTLINES
from leaflets.translation.units import LABELS, TERMS, check_readable, list_source, list_words

ROLES = tuple(map(str, Role))
leaflet_option = click.option(
    "--leaflet", "leaflets", multiple=True, help="Only what this leaflet is made from; may be repeated."
)
topic_option = click.option(
    "--topic",
    "topics",
    multiple=True,
    help="Only this topic, or terms, labels (the page's own words), outlines (of English); may be repeated.",
)


@click.command()
@click.argument("tag")
@leaflet_option
@topic_option
@print_option
@click.option("--role", type=click.Choice(ROLES), help="Leave out what this role has signed already, as it stands.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to print or open: FILE.html.")
@click.pass_context
def review(
    ctx: click.Context,
    tag: str,
    leaflets: tuple[str, ...],
    topics: tuple[str, ...],
    prints: tuple[str, ...],
    role: str | None,
    output: Path | None,
) -> None:
    """Show the words of language TAG beside their English, to read before they are signed.

    Each text comes with what was signed of it before, word by word, what the checks find, and who signed it. At the end stands
    a digest of exactly what was shown, and the command that signs it. English itself is reviewed with TAG en.
    """
    if output and output.suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"the page is HTML, which a browser opens and prints: --output {output.with_suffix('.html')}")
    project = open_project(ctx)
    asked = ask(project, tag, leaflets, topics, prints, role)
    templates = project.root / "templates"
    fonts = read_fonts(templates)
    proofs = list_proofs(project, asked, find_problems(project, fonts, (tag,)))
    readings = project.languages[tag].readings
    if output is None:
        for line in format_proofs(asked, proofs, readings):
            click.echo(line)
        return
    write_file(output, render_proofs(asked, proofs, readings, templates, fonts).encode())
    click.echo(f"wrote {output}: {count_texts(proofs)}, digest {digest_proofs(proofs)}")
    click.echo(say_next(asked, proofs) if proofs else "")


def ask(
    project: Project, tag: str, leaflets: tuple[str, ...], topics: tuple[str, ...], prints: tuple[str, ...], role: str | None
) -> Asked:
    """Read a selection of units. Raises LeafletsError for what is not there, or for a file that cannot be read."""
    check_languages(project, (tag,), project.languages)
    check_names(project, "leaflet", leaflets, project.leaflets)
    outlines = (OUTLINES,) if tag == SOURCE_LOCALE else ()
    check_names(project, "topic", topics, (*project.topics, TERMS, LABELS, *outlines))
    check_readable(project, tag)
    return Asked(tag, leaflets, topics, Role(role) if role else None, prints)


@click.command()
@click.argument("tag")
@click.option("--role", type=click.Choice(ROLES), help="As what you sign.")
@click.option("--name", required=True, help="Who you are, as the leaflet shall print it.")
@click.option("--qualification", default="", help='Such as "rheumatologist"; printed behind the name.')
@leaflet_option
@topic_option
@print_option
@click.option("--read", metavar="DIGEST", help="What stands at the end of the review that you read.")
@click.option("--revoke", metavar="SIGN-OFF", help="Withdraw a sign-off instead; its number stands in the review.")
@click.option("--reason", default="", help="Why it is withdrawn.")
@click.pass_context
def sign(
    ctx: click.Context,
    tag: str,
    role: str | None,
    name: str,
    qualification: str,
    leaflets: tuple[str, ...],
    topics: tuple[str, ...],
    prints: tuple[str, ...],
    read: str | None,
    revoke: str | None,
    reason: str,
) -> None:
    """Sign the words of language TAG that you read with `leaflets review`, with the same --leaflet, --print and --topic.

    They are signed as they stand: a sign-off lapses by itself when the words or their English change. Reviser and clinician are
    two people, and neither of them is the translator. Nothing is ever taken out of the record; --revoke adds to it.
    """
    project = open_own_project(ctx)
    asked = ask(project, tag, leaflets, topics, prints, role)
    name, qualification = name.strip(), qualification.strip()
    today = datetime.now(UTC).date()  # one day for all who sign, wherever they are: days run forward in a record
    if revoke is not None:
        seal = withdraw_signoff(project, tag, revoke, name, reason.strip(), today)
        click.echo(f"{tag}: withdrew sign-off {seal[:12]}; it stays on record, and counts for nothing")
        return
    if role is None or read is None:
        raise click.UsageError("--role and --read are needed; the end of `leaflets review` says what to type")
    signoff = sign_proofs(project, asked, read, SignOff(Role(role), name, today, {}, qualification))
    click.echo(f"{tag}: {name} signed {len(signoff.units)} texts as {role}")


@click.command()
@click.argument("tag")
@click.argument("unit")
@click.argument("check")
@click.option("--reason", default="", help="Why it is right as it is; kept with the waiver.")
@click.option("--remove", is_flag=True, help="Take a waiver back.")
@click.pass_context
def waive(ctx: click.Context, tag: str, unit: str, check: str, reason: str, remove: bool) -> None:
    """Say that a problem which CHECK finds in UNIT of language TAG is none.

    UNIT is the file and line at the beginning of the problem, or an id such as signs.lumps.hard, as `leaflets review` shows it.
    CHECK stands in [brackets] at the end of the problem. Only checks that compare words with their English can be waived. The
    waiver holds as long as both stay as they are.
    """
    project = open_own_project(ctx)
    check_translations(project, (tag,))
    unit = next((id for id, text in list_words(project, tag).items() if str(text.place) == unit), unit)
    if not remove:  # a waiver of what is no more must still be taken back
        check_names(project, "text", (unit,), list_source(project))
        check_names(project, "check", (check,), RULES)
    name = waive_problem(project, tag, unit, check, None if remove else reason)
    click.echo(f"{name}: {unit} {'is held to' if remove else 'is excused from'} {check}")
