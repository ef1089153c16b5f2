"""What lies beside the leaflets in the output folder.

Takes a `Project`, perhaps a `Clinic`, and the manifest's entries; writes the front desk with its thumbnails, the cards to point
at, the pages that say what is current, and what other systems read; removes what belongs to nothing any more.
"""

import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from leaflets.build.jobs import SCREEN, Job
from leaflets.build.manifest import BuiltFile
from leaflets.build.site.card import hash_card, list_card_tags, make_card, read_card_hash
from leaflets.build.site.catalog import format_catalog, make_catalog
from leaflets.build.site.fhir import RELEASES, format_bundle
from leaflets.build.site.front_desk import THUMBNAILS, is_handed_out, is_thumbnail, list_site_files, name_thumbnail
from leaflets.build.site.versions import list_current_pages
from leaflets.content.clinic_words import speak_to
from leaflets.content.project import Project
from leaflets.edition import PAPERS, Print
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.model import SOURCE_LOCALE
from leaflets.pdf.engine import Engine
from leaflets.problems import Problem, has_errors
from leaflets.profile import Clinic


def write_site(
    project: Project, clinic: Clinic | None, output: Path, entries: tuple[BuiltFile, ...], stopped: Iterable[Job] = ()
) -> list[Problem]:
    """Write all that lies beside the leaflets.

    `stopped` are the jobs that could not be done, which the front desk says. Gives what is wrong with the cards; one that has
    an error is not written.
    """

    def read(path: str) -> bytes:
        return (output / path).read_bytes()

    catalog = make_catalog(project, entries, clinic)
    write_file(output / "catalog.json", format_catalog(catalog).encode())
    for release in RELEASES:
        write_file(output / f"fhir-{release.lower()}.json", format_bundle(catalog, entries, release).encode())
    write_current_pages(project, clinic, output, entries)
    problems = write_cards(project, clinic, output, entries)
    cards = tuple(paper for paper in list_card_papers(clinic) if (output / f"card-{paper}.pdf").is_file())
    thumbnails = {f"{THUMBNAILS}/{path.name}": path for path in (output / THUMBNAILS).glob("*.png")}
    drawn = {name for name, path in thumbnails.items() if is_thumbnail(path)}
    found = list_site_files(project, entries, clinic, read, drawn, cards, stopped)
    for path, data in found.items():
        write_file(output / path, data)
    for path in thumbnails.keys() - set(map(name_thumbnail, entries)):
        (output / path).unlink()
    return problems


def write_current_pages(project: Project, clinic: Clinic | None, output: Path, entries: tuple[BuiltFile, ...]) -> None:
    """Write the pages that say if a version is current, for every leaflet and language that has a file, or had one."""
    old = {path.relative_to(output).as_posix() for path in output.glob("v/*.html")}
    newest = find_newest(project, entries)
    sheets = {each for each, entry in newest.items() if entry.print == Print.SHEET}
    found = list_current_pages(project, {each: entry.path for each, entry in newest.items()}, clinic, old, sheets)
    for path, html in found.items():
        write_file(output / path, html.encode())


def find_newest(project: Project, entries: Iterable[BuiltFile]) -> dict[tuple[str, str], BuiltFile]:
    """Find the file to open on a phone, by (leaflet, locale): the web page, else the sheet of the first edition there is."""
    editions = list(project.editions)
    known = sorted(filter(partial(is_handed_out, project), entries), key=lambda entry: entry.path, reverse=True)
    known.sort(key=lambda entry: (entry.paper == SCREEN, -editions.index(entry.edition), entry.print == Print.SHEET))
    return {(entry.leaflet, entry.locale): entry for entry in known}


def list_card_papers(clinic: Clinic | None) -> tuple[str, ...]:
    """Name the papers of the card: a clinic's own, else all."""
    return (clinic.paper,) if clinic and clinic.paper else tuple(PAPERS)


def write_cards(project: Project, clinic: Clinic | None, output: Path, entries: tuple[BuiltFile, ...]) -> list[Problem]:
    """Write the cards that are not there yet as they should be, and give what is wrong with them."""
    tags = list_card_tags(project, entries)
    clinic = clinic and speak_to(clinic, SOURCE_LOCALE, read_fonts(project.root / "templates").characters(SOURCE_LOCALE))
    draft, day = any(entry.draft for entry in entries), max((entry.issued for entry in entries), default="")
    wanted = hash_card(project, tags, clinic, draft, day)
    paths = {paper: output / f"card-{paper}.pdf" for paper in PAPERS}
    papers = list_card_papers(clinic) if tags else ()
    whole = all(paths[paper].is_file() and read_card_hash(paths[paper].read_bytes()) == wanted for paper in papers)
    for paper, path in paths.items():
        if not whole or paper not in papers:
            path.unlink(missing_ok=True)
    problems: list[Problem] = []
    if whole:
        return problems
    with tempfile.TemporaryDirectory(prefix="leaflets-") as scratch:
        engine = Engine(project.root / "templates", {}, Path(scratch))
        for paper in papers:
            data, found = make_card(project, tags, clinic, draft, day, paper, engine)
            problems += found
            if not has_errors(found):
                write_file(paths[paper], data)
    return problems
