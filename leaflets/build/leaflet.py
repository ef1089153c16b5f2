"""One leaflet, made in memory.

Takes a checked `Project` and a `Job`; gives the bytes of its files with their manifest entries, and the problems that were found
on the way: localize, compose, render, write, verify.
"""

import hashlib
import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import segno

from leaflets.build.jobs import Job, Links, list_jobs
from leaflets.build.manifest import BuiltFile
from leaflets.checks.sheet import count_columns, name_greatest
from leaflets.content.clinic_words import speak_to
from leaflets.content.countries import SupportGroup
from leaflets.content.narrow import fit_conditions, narrow_print, select_sheet
from leaflets.content.project import Project
from leaflets.content.signoffs import least_status, list_signers
from leaflets.document.compose import Document, compose_document, cut_insert, share_draft
from leaflets.document.expected import list_expected
from leaflets.document.html import PAGE_MESSAGE, render_counter, render_html
from leaflets.edition import PAPERS, POINTS, Edition, EditionLanguages, Print
from leaflets.languages.fonts import Fonts, Typography, read_fonts
from leaflets.languages.locales import direction, is_pseudo
from leaflets.languages.runs import join_runs
from leaflets.model import SOURCE_LOCALE, Status, list_units
from leaflets.pdf.engine import Engine
from leaflets.pdf.flow import Flow, order_sections
from leaflets.pdf.imposition import impose_booklet, verify_booklet
from leaflets.pdf.page_checks import LATE_ALERT
from leaflets.pdf.reader import read_pdf_facts
from leaflets.pdf.spread import arrange_sheet
from leaflets.pdf.verify import PAGE_BUDGET, verify_pdf
from leaflets.problems import Place, Problem
from leaflets.profile import Clinic
from leaflets.svg import paint_furniture
from leaflets.translation.localize import localize_topic
from leaflets.translation.units import list_words, pick_printed, survey_language
from leaflets.web.page import PRINT_MESSAGES, render_web, verify_web


@dataclass(frozen=True, slots=True)
class Made:
    """A file and its manifest entry."""

    data: bytes
    entry: BuiltFile


def make_document(
    project: Project,
    name: str,
    locale: str,
    languages: EditionLanguages,
    clinic: Clinic | None,
    what: Print = Print.LEAFLET,
) -> Document:
    """Localize and compose what is printed of a leaflet in one language. The project was checked before."""
    leaflet, language = project.leaflets[name], project.languages[locale]
    asked = languages is EditionLanguages.SOURCE
    read = {topic: project.topics[topic] for topic in (leaflet.read if asked else leaflet.printed) if topic in project.topics}
    source = narrow_print(leaflet, what, fit_conditions(read, clinic))
    translated = locale != SOURCE_LOCALE
    topics = {key: localize_topic(topic, language.words) if translated else topic for key, topic in source.items()}
    units = pick_printed(project, name, what, survey_language(project, locale), asked)
    return compose_document(
        leaflet,
        locale,
        topics,
        source[leaflet.cover].title.words if translated else "",
        language.terms,
        language.messages,
        project.references,
        project.pictures,
        least_status(unit.status for unit in units),
        clinic and speak_to(clinic, locale, read_fonts(project.root / "templates").characters(locale)),
        list_signers(language.signoffs, {unit.id: unit.reading for unit in units if unit.words}),
        list_support_groups(project, name, clinic),
        tuple(language.markers.measures.items()) if language.markers else (),
    )


def list_support_groups(project: Project, leaflet: str, clinic: Clinic | None) -> tuple[SupportGroup, ...]:
    """List the support groups of a clinic's country that a leaflet names."""
    country = clinic.country if clinic else ""
    ours = (each for each in project.countries.groups if country in each.countries)
    return tuple(each for each in ours if not each.audiences or leaflet in each.audiences)


def make_documents(project: Project, job: Job, clinic: Clinic | None) -> tuple[Document, Document]:
    """Make the document of a job, a draft where its English is one, and that English."""
    languages = project.editions[job.edition].languages
    english = make_document(project, job.leaflet, SOURCE_LOCALE, languages, clinic, job.rests)
    translated = job.locale != SOURCE_LOCALE
    own = make_document(project, job.leaflet, job.locale, languages, clinic, job.rests) if translated else english
    return share_draft(own, english), english


def draw_code(url: str) -> bytes:
    """Draw a QR code as SVG (ISO/IEC 18004; error correction M, for paper that is folded and copied), with its quiet zone."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue()


def list_own_pictures(document: Document, pictures: Mapping[str, str], gray: bool) -> dict[str, tuple[bytes, str]]:
    """The pictures of one leaflet alone: the clinic's logo, what is drawn in its colour, and the code."""
    logo = document.clinic.logo if document.clinic else None
    colour = document.clinic.colour if document.clinic and not gray else ""
    painted = {f"{name}.svg": (svg.encode(), "image/svg+xml") for name, svg in paint_furniture(pictures, colour).items()}
    found = painted | ({"logo": (logo.data, logo.mime)} if logo else {})
    return found | ({"check.svg": (draw_code(document.check_url), "image/svg+xml")} if document.check_url else {})


def make_leaflet(
    project: Project, job: Job, engine: Engine, clinic: Clinic | None, links: Mapping[Job, str] = {}
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    """Make the files of one job; `links` are what a web page leads to."""
    if project.editions[job.edition].screen:
        return make_screen(project, job, engine.fonts, clinic, links)
    return make_printed(project, job, engine, clinic)


def make_screen(
    project: Project, job: Job, fonts: Fonts, clinic: Clinic | None, links: Links
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    """Make the web page of a leaflet, which leads to some files and to nothing else."""
    edition = project.editions[job.edition]
    document, _ = make_documents(project, job, clinic)
    path = job.path(document.draft)
    others = {link.locale: f"../{there}" for link, there in links.items() if link.locale != job.locale}
    known = {link: link.path(document.draft) for link in list_links(project, job, clinic)}
    prints, every = list_prints(links), list_prints(known)
    templates = project.root / "templates"
    html = render_web(document, edition, templates, project.pictures, fonts, others, prints, every, job.print)
    expected = list_expected(edition, document, None, job.print)
    problems = (*document.problems, *verify_web(html, document, expected, fonts, path))
    data = html.encode()
    entry = describe_file(job, document, document.status, path, data, 1)
    return (Made(data, replace(entry, links=tuple(links.values()))),), problems


def list_links(project: Project, job: Job, clinic: Clinic | None) -> tuple[Job, ...]:
    """List the jobs whose files a web page leads to once they are there: its other languages, then what there is to print."""
    paper = (clinic.paper if clinic else "") or next(iter(PAPERS))
    tags = [tag for tag in project.languages if tag != job.locale and not is_pseudo(tag)]
    others = list_jobs(project, (job.leaflet,), tags, (job.edition,), ()) if tags else ()
    names = [name for name in PRINT_MESSAGES if name in project.editions]
    prints = (Print.SHEET,) if job.print == Print.SHEET else tuple(Print)
    planned = list_jobs(project, (job.leaflet,), (job.locale,), names, (paper,), prints) if names else ()
    found = {each.edition: each for each in sorted(planned, key=lambda each: each.print == Print.LEAFLET)}
    return (*others, *(found[name] for name in names if name in found))


def list_prints(links: Links) -> tuple[tuple[str, str], ...]:
    """List the files to print of a leaflet among those that its web page leads to, as (message, path from the page)."""
    return tuple(
        (PRINT_MESSAGES[link.edition], posixpath.relpath(path, link.locale))
        for link, path in links.items()
        if link.edition in PRINT_MESSAGES
    )


def make_printed(
    project: Project, job: Job, engine: Engine, clinic: Clinic | None
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    """Make the PDF files of one job: one, or a booklet and its single pages."""
    edition = project.editions[job.edition].fit(job.print)
    whole, source = make_documents(project, job, clinic)
    document = whole if job.print in (Print.SHEET, Print.LEAFLET) else cut_insert(whole, source, job.print)
    english = (
        replace(source, signers=() if document.draft else source.signers)
        if edition.languages is not EditionLanguages.OWN
        else None
    )
    page = english if english and edition.languages is EditionLanguages.SOURCE else document
    if job.print == Print.SHEET:
        edition = replace(edition, foot=fit_foot(edition, engine.fonts.typography(document.locale)))
        document, *others = arrange_sheet((document, *([english] if english else [])), edition, job.paper, engine.fonts)
        english = next(iter(others), None)
        page = document
    else:
        edition = replace(edition, head=fit_head(edition.head, len(document.notices)))
        if edition.template == "leaflet.html":
            edition = replace(edition, foot=Flow(document, edition, job.paper, engine.fonts).fit_foot())
            document = order_sections(document, edition, job.paper, engine.fonts)
            page = page if english else document
    html = render_html(document, edition, project.root / "templates", english)
    counter = render_counter(page.messages[PAGE_MESSAGE])
    path = job.path(document.draft, pages=edition.folded)
    languages = tuple(dict.fromkeys((page.locale, document.locale)))
    own = list_own_pictures(document, project.pictures, edition.gray)
    data, complaints = engine.write_pdf(html, languages, edition, job.paper, counter, path, own)
    facts = read_pdf_facts(data, engine.fonts.find_dotted_circle)
    expected = list_expected(edition, document, english, job.print)
    if job.print == Print.SHEET:
        late = any(each.id == LATE_ALERT.id for each in complaints)
        complaints = (*complaints, *find_long_sheet(project, job, facts.pages, late))
    # A budget is there to keep words short; a clinic's box, or English that was made longer on purpose, is not their fault.
    free = clinic or is_pseudo(job.locale) or job.print == Print.SHEET
    limit = 0 if free else find_budget(project, job, engine.fonts, page.locale)
    unfit = dict.fromkeys(problem for each in (document, english) if each for problem in each.problems)
    problems = (*unfit, *complaints, *verify_pdf(facts, html, document, page, expected, engine.fonts, limit, path))
    files = [(path, data)]
    if edition.folded:
        folded, flow = job.path(document.draft), direction(page.locale)
        files.insert(0, (folded, impose_booklet(data, flow, *PAPERS[job.paper])))
        problems = (*problems, *verify_booklet(files[0][1], data, flow, folded))
    status = least_status(each.status for each in (document, english) if each)
    made = (Made(each, describe_file(job, whole, status, name, each, facts.pages)) for name, each in files)
    return tuple(made), problems


def find_budget(project: Project, job: Job, fonts: Fonts, tag: str) -> float:
    """Find how many pages a job may have in the language that its pages speak; 0 means any number, as on other papers than A4.

    A sheet, an insert and a clinician's page have their sides on any paper.
    """
    edition = project.editions[job.edition]
    if job.print != Print.LEAFLET or edition.languages is EditionLanguages.SOURCE:
        return edition.sides
    typography = fonts.typography(tag)
    breadth = typography.breadth if typography else 1.0
    return project.leaflets[job.leaflet].pages * edition.budget * breadth if job.paper == "a4" else 0


def find_long_sheet(project: Project, job: Job, pages: int, late: bool) -> Iterator[Problem]:
    """Refuse a sheet with more pages than its sides, and name the longest texts of the side that is too long.

    That is the front where the emergency box comes late.
    """
    leaflet, sides = project.leaflets[job.leaflet], project.editions[job.edition].sides
    if pages > sides and not is_pseudo(job.locale):
        words = list_words(project, job.locale)
        side = select_sheet(leaflet, project.topics)[0 if late else 1]
        units = (unit for topic in side for unit, _ in list_units(topic) if not unit.endswith((".title", ".alt")))
        longest = name_greatest({unit: count_columns(words[unit].words) for unit in units if unit in words})
        said = f"{pages} pages, more than the {sides} of its sheet; the longest texts are {longest}"
        yield PAGE_BUDGET.at(Place(job.path(draft=True)), said, "Say these in fewer words.")


def fit_head(head: float, notices: int) -> float:
    """Take back the room above a page, in millimetres, that was kept for two draft notices, where there are fewer.

    >>> fit_head(37, 2), fit_head(37, 1), fit_head(37, 0)
    (37.0, 23.125, 12)
    """
    return max(12, head * (0.25 + 0.375 * min(notices, 2)))


def fit_foot(edition: Edition, typography: Typography | None) -> float:
    """Give the draft notice and what the file is room below a page, in millimetres: two lines, or four where they are large."""
    height, drop = (typography.line_height, typography.drop) if typography else (1.0, 0.0)
    lines = 2 if edition.least < edition.body / 1.3 else 4
    return edition.foot + (lines * max(1.2, 0.8 * height) + drop) * edition.least / POINTS


def describe_file(job: Job, document: Document, status: Status, path: str, data: bytes, pages: int) -> BuiltFile:
    return BuiltFile(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        sha1=hashlib.sha1(data, usedforsecurity=False).hexdigest(),
        bytes=len(data),
        pages=pages,
        leaflet=job.leaflet,
        locale=job.locale,
        print=job.print,
        edition=job.edition,
        paper=job.paper,
        title=join_runs(document.title),
        version=document.version,
        issued=document.issued_iso,
        review_by=document.review_by_iso,
        status=str(status),
        draft=document.draft,
        clinic=document.clinic.key if document.clinic else "",
    )
