"""An output folder for the front desk, with a page of paper for each leaflet instead of the real one."""

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from pypdfium2 import PdfDocument

from leaflets.build.jobs import SCREEN, Job, list_jobs
from leaflets.build.manifest import BuiltFile
from leaflets.build.site.front_desk import list_site_files
from leaflets.content.project import Project, load_project
from leaflets.edition import PAPERS, Edition, Print
from leaflets.profile import Clinic
from tests.support.projects import ROOT, pin_issue

CLINIC = Clinic("Example Clinic", "020 7946 0000", "112", paper="letter")
FEW = ("ar", "zh-Hans", "en", "ka", "hi", "es", "ur")
"""Languages with more than sheets, in the order of their English names."""
FAKED = ("he", "ml", "nl")
"""Languages that are not there."""
WEB = Edition("web", "On a screen", "for a phone, or to listen to", "leaflet.html", (), order=99, screen=True)


@cache
def load_whole_project() -> Project:
    """The real project, with an edition for screens."""
    project = pin_issue(load_project(ROOT))
    paper = {name: edition for name, edition in project.editions.items() if not edition.screen}
    return replace(project, editions={**paper, WEB.name: WEB})


@cache
def load_desk_project() -> Project:
    """The same in few languages."""
    project = load_whole_project()
    return replace(project, languages={tag: each for tag, each in project.languages.items() if tag in FEW})


@cache
def make_paper(number: int, paper: str) -> bytes:
    """A PDF of one empty page. Another number gives another file."""
    width, height = PAPERS[paper]
    pdf = PdfDocument.new()
    pdf.new_page(width / 25.4 * 72 + number / 100, height / 25.4 * 72)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()


def make_copy(project: Project, job: Job, number: int = 0) -> tuple[bytes, BuiltFile]:
    """A file and its manifest entry, as a build makes them."""
    leaflet = project.leaflets[job.leaflet]
    data = f"<!doctype html><title>{job}</title>".encode() if job.paper == SCREEN else make_paper(number, job.paper)
    cover = f"{leaflet.cover}.title"
    words = project.languages[job.locale].words
    return data, BuiltFile(
        path=job.path(draft=True),
        sha256=hashlib.sha256(data).hexdigest(),
        sha1=hashlib.sha1(data).hexdigest(),
        bytes=len(data),
        pages=0 if job.paper == SCREEN else 6,
        leaflet=job.leaflet,
        locale=job.locale,
        print=job.print,
        edition=job.edition,
        paper=job.paper,
        title=str(words.get(cover, project.units[cover])),
        version=leaflet.version,
        issued=leaflet.issued.isoformat(),
        review_by=leaflet.review_by.isoformat(),
        status="machine-draft",
        draft=True,
        clinic="",
        inputs="",
    )


def make_copies(project: Project) -> dict[str, tuple[bytes, BuiltFile]]:
    """Every leaflet in every language and edition on every paper, by its path."""
    made = (make_copy(project, job, number) for number, job in enumerate(list_jobs(project, (), (), (), ())))
    return {entry.path: (data, entry) for data, entry in made}


def add_languages(project: Project, tags: Iterable[str]) -> Project:
    """Add languages with the words of one that is there."""
    more = {tag: replace(project.languages["es"], tag=tag) for tag in tags}
    return replace(project, languages={**project.languages, **more})


def write_sheets(output: Path) -> None:
    """Write the front desk alone, of one leaflet in every language."""
    project = load_whole_project()
    jobs = [Job(tag, "adult", "standard", "a4", Print.SHEET) for tag in project.languages]
    copies = {job.path(draft=True): make_copy(project, job) for job in jobs}
    files = list_site_files(project, [entry for _, entry in copies.values()], CLINIC, lambda path: copies[path][0])
    for path, data in files.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)


def write_desk(
    output: Path, clinic: Clinic | None = CLINIC, change: Callable[[BuiltFile], BuiltFile] = lambda entry: entry
) -> None:
    """Write the front desk and all that it links to."""
    project = load_desk_project()
    copies = make_copies(project)
    entries = [change(entry) for _, entry in copies.values()]
    files = list_site_files(project, entries, clinic, lambda path: copies[path][0], cards=tuple(PAPERS))
    cards = {f"card-{paper}.pdf": make_paper(0, paper) for paper in PAPERS}
    for path, data in (files | cards | {path: data for path, (data, _) in copies.items()}).items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)
