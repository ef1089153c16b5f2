"""The commands of those who read a language and answer for it: review, sign, waive.

Takes words from the command line; gives what is to be read, or one more line in translations/<locale>/.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from leaflets.build.jobs import check_languages, check_names, check_translations
from leaflets.checks.run import find_problems
from leaflets.cli.folder import open_own_project, open_project
from leaflets.content.project import Project, find_broken
from leaflets.content.signoffs import END, RECORD, Role, append_signoff, append_withdrawal, write_end
from leaflets.content.strict_yaml import read_yaml
from leaflets.content.waivers import format_waivers, parse_waivers
from leaflets.files import hold_folder, write_file, write_files
from leaflets.languages.fonts import read_fonts
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import RULES, LeafletsError, Place, Problem
from leaflets.review.proofs import Asked, count_texts, digest_proofs, format_proofs, list_proofs, render_proofs, say_next
from leaflets.review.sign import CHANGED_SINCE_READ, Signature, sign_proofs, withdraw_signoff
from leaflets.review.waive import add_waiver, remove_waiver
from leaflets.translation.outline import OUTLINES
from leaflets.translation.units import LABELS, TERMS, list_source, list_words

EMPTY = hashlib.sha256().hexdigest()
"""Of a record that is not there yet."""
ROLES = ("translator", "reviser", "clinician")
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
@click.option("--role", type=click.Choice(ROLES), help="Leave out what this role has signed already, as it stands.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to print or open: FILE.html.")
@click.pass_context
def review(
    ctx: click.Context,
    tag: str,
    leaflets: tuple[str, ...],
    topics: tuple[str, ...],
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
    asked = ask(project, tag, leaflets, topics, role)
    problems = find_all(project)
    proofs = list_proofs(project, asked, problems)
    if output is None:
        for line in format_proofs(asked, proofs):
            click.echo(line)
        return
    templates = project.root / "templates"
    write_file(output, render_proofs(asked, proofs, templates, read_fonts(templates)).encode())
    click.echo(f"wrote {output}: {count_texts(proofs)}, digest {digest_proofs(proofs)}")
    click.echo(say_next(asked, proofs) if proofs else "")


def ask(project: Project, tag: str, leaflets: tuple[str, ...], topics: tuple[str, ...], role: str | None) -> Asked:
    """Read a selection of units. Raises LeafletsError for what is not there, or for a file that cannot be read."""
    check_languages(project, (tag,), project.languages)
    check_names(project, "leaflet", leaflets, project.leaflets)
    groups = (*project.topics, TERMS, LABELS, *([OUTLINES] if tag == SOURCE_LOCALE else []))
    check_names(project, "topic", topics, groups)
    if broken := find_broken(project, tag):
        raise LeafletsError(broken)
    return Asked(tag, leaflets, topics, Role(role) if role else None)


def find_all(project: Project) -> tuple[Problem, ...]:
    return find_problems(project, read_fonts(project.root / "templates"))


@click.command()
@click.argument("tag")
@click.option("--role", type=click.Choice(ROLES), help="As what you sign.")
@click.option("--name", required=True, help="Who you are, as the leaflet shall print it.")
@click.option("--qualification", default="", help='Such as "rheumatologist"; printed behind the name.')
@leaflet_option
@topic_option
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
    read: str | None,
    revoke: str | None,
    reason: str,
) -> None:
    """Sign the words of language TAG that you read with `leaflets review`, with the same --leaflet and --topic.

    They are signed as they stand: a sign-off lapses by itself when the words or their English change. Reviser and clinician are
    two people, and neither of them is the translator. Nothing is ever taken out of the record; --revoke adds to it.
    """
    project = open_own_project(ctx)
    asked = ask(project, tag, leaflets, topics, role)
    name, qualification = name.strip(), qualification.strip()
    today = datetime.now(UTC).date()  # one day for all who sign, wherever they are: days run forward in a record
    if revoke is not None:
        withdrawal = withdraw_signoff(project, tag, revoke, name, reason.strip(), today)
        add_line(project, tag, lambda data: append_withdrawal(data, withdrawal, tag))
        click.echo(f"{tag}: withdrew sign-off {withdrawal.revokes[:12]}; it stays on record, and counts for nothing")
        return
    if role is None or read is None:
        raise click.UsageError("--role and --read are needed; the end of `leaflets review` says what to type")
    signature = Signature(Role(role), name, qualification, today)
    characters = read_fonts(project.root / "templates").characters(tag)
    signoff = sign_proofs(project, asked, find_all(project), read, signature, characters)
    add_line(project, tag, lambda data: append_signoff(data, signoff, tag))
    click.echo(f"{tag}: {name} signed {len(signoff.units)} texts as {role}")


def add_line(project: Project, tag: str, append: Callable[[bytes], bytes]) -> None:
    """Add to the record of sign-offs of a language. Raises LeafletsError, and writes nothing, as `hold_record` does."""
    folder = f"translations/{tag}"
    with hold_record(project, f"{folder}/{RECORD}") as data:
        new = append(data)
        write_files(project.root, {f"{folder}/{RECORD}": new, f"{folder}/{END}": write_end(new.decode())})


@contextmanager
def hold_record(project: Project, name: str) -> Iterator[bytes]:
    """Keep others from writing a record, by its path below the root, while it is written; gives its bytes.

    Raises LeafletsError where somebody wrote it since the project was read: what may be signed or waived depends on what stands
    there, and the checks in between take seconds.
    """
    path = project.root / name
    with hold_folder(path.parent):
        data = path.read_bytes() if path.exists() else b""
        if project.hashes.get(name, EMPTY) != hashlib.sha256(data).hexdigest():
            message = "somebody else wrote this record at the same time; yours is not written"
            raise LeafletsError([CHANGED_SINCE_READ.at(Place(name), message, "Give the same command again.")])
        yield data


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
    name = f"translations/{tag}/waivers.yaml"
    if project.broken(name):
        raise LeafletsError(problem for problem in project.problems if problem.place.path == name)
    waivers = remove_waiver(project, tag, unit, check) if remove else add_waiver(project, tag, unit, check, reason)
    with hold_record(project, name):
        if waivers:
            data = format_waivers(waivers).encode()
            parse_waivers(read_yaml(data, name))
            write_file(project.root / name, data)
        else:
            (project.root / name).unlink()
    click.echo(f"{name}: {unit} {'is held to' if remove else 'is excused from'} {check}")
