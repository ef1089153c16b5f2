"""The front desk of what was built.

Takes a `Project`, the manifest's entries and perhaps a `Clinic`; gives a `Desk`, and the files that show it: index.html and
the thumbnails. What is found although it is spelled otherwise is decided in templates/site/index.js.
"""

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from leaflets.build.called import find_audience, read_synonyms
from leaflets.build.jobs import SCREEN, Job, choose_prints, is_known, name_job
from leaflets.build.manifest import BuiltFile
from leaflets.build.site.names import list_absent, list_country_names, list_language_names
from leaflets.content.project import Project
from leaflets.document.compose import STATUS_MESSAGES
from leaflets.document.html import open_templates
from leaflets.edition import PAPERS, Edition
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import direction, english_name, format_date, native_name, sorting_name
from leaflets.languages.tags import read_aliases
from leaflets.model import SOURCE_LOCALE, Leaflet, Status
from leaflets.profile import Clinic
from leaflets.web.page import dial, embed_fonts
from leaflets.web.reader import read_web_facts

THUMBNAILS = "thumbnails"
"""The folder of the thumbnails, below the output folder."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A sheet, leaflet or insert in one edition: its copies, the best paper first, and its thumbnail, if it has one."""

    what: str
    edition: Edition
    copies: tuple[BuiltFile, ...]
    thumbnail: str

    @property
    def pages(self) -> int:
        return self.copies[0].pages

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the thumbnail in pixels, so that nothing moves when it comes; a folded sheet lies on its side."""
        width, length = PAPERS[self.copies[0].paper]
        return WIDTH, round(WIDTH * (width / length if self.edition.folded else length / width))


@dataclass(frozen=True, slots=True)
class IssueDay:
    """A day as written, and as ISO 8601."""

    words: str
    iso: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One leaflet in one language, in every edition. Its files may differ in age: the least of each fact counts.

    `words` are what it is found by, beside its titles.
    """

    name: str
    english_title: str
    title: str
    audience: str
    words: tuple[str, ...]
    status: str
    draft: bool
    versions: str
    issued: IssueDay
    review_by: IssueDay
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language and its leaflets.

    `names` is how people call it, in every language of the project, and `countries` where it is read.
    """

    tag: str
    direction: str
    native: str
    english: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What the search knows beside the page: languages that are not there, with their names, and the word meant by another."""

    absent: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the front desk can hand out. `cards` are the papers on which one points to a language.

    `stopped` says which leaflets the last build could not make: title, language and editions.
    `colour` and `tint` are the clinic's (#rrggbb), which were seen to stand out, and `interpreter` is its number to call for one;
    empty for none.
    """

    clinic: str
    colour: str
    tint: str
    draft: bool
    cards: tuple[str, ...]
    tongues: tuple[Tongue, ...]
    stopped: tuple[str, ...]
    interpreter: str
    search: SearchWords


def list_site_files(
    project: Project,
    entries: Iterable[BuiltFile],
    clinic: Clinic | None,
    read: Callable[[str], bytes],
    drawn: Collection[str] = (),
    cards: tuple[str, ...] = (),
    stopped: Iterable[Job] = (),
) -> dict[str, bytes]:
    """Make the desk's files, by their path below the output folder.

    `stopped` are the jobs that the last build could not do, `read` gives a built file by its path, `drawn` are thumbnails that
    lie there and are not drawn again, and `cards` the papers of the card to point at.
    """
    desk = make_desk(project, entries, clinic, cards, stopped)
    offers = [offer for tongue in desk.tongues for shelf in tongue.shelves for offer in shelf.offers]
    missing = {offer.thumbnail: offer.copies[0].path for offer in offers if offer.thumbnail and offer.thumbnail not in drawn}
    return {"index.html": render_desk(desk, project.root / "templates").encode()} | {
        name: draw_thumbnail(read(path)) for name, path in missing.items()
    }


def render_desk(desk: Desk, templates: Path) -> str:
    """Render the page, with the letters of its languages: a clinic's computer need not have fonts for them."""
    render = partial(open_templates(templates).get_template("site/index.html").render, desk=desk, screen=SCREEN, dial=dial)
    return embed_fonts(render, read_web_facts(render(faces=(), typesets=())), SOURCE_LOCALE, read_fonts(templates))


def make_desk(
    project: Project,
    entries: Iterable[BuiltFile],
    clinic: Clinic | None,
    cards: tuple[str, ...] = (),
    stopped: Iterable[Job] = (),
) -> Desk:
    """Sort the files to hand out by language (in the order of the English names), leaflet, edition, print and paper.

    Files of a leaflet, language or edition that the project no longer has are left out, as are the single pages of a booklet.
    """
    shown = [entry for entry in entries if is_handed_out(project, entry)]
    papers = list(dict.fromkeys((clinic.paper if clinic and clinic.paper else next(iter(PAPERS)), *PAPERS, SCREEN)))
    editions, leaflets = list(project.editions), list(project.leaflets)
    shown.sort(
        key=lambda each: (
            sorting_name(each.locale),
            each.locale,
            leaflets.index(each.leaflet),
            editions.index(each.edition),
            choose_prints(project, each.leaflet, each.edition).index(each.print),
            papers.index(each.paper),
        )
    )
    aliases = read_aliases(project.root / "templates")
    tags = {entry.locale for entry in shown}
    tongues = tuple(
        Tongue(
            tag,
            direction(tag),
            native_name(tag),
            sorting_name(tag),
            list_language_names(tag, project.languages, aliases, tags),
            list_country_names(tag),
            tuple(make_shelf(project, tuple(files)) for _, files in groupby(found, key=lambda each: each.leaflet)),
        )
        for tag, found in groupby(shown, key=lambda each: each.locale)
    )
    name, colour, tint = (clinic.name, clinic.colour, clinic.tint) if clinic else ("", "", "")
    draft = any(entry.draft for entry in shown)
    words = SearchWords(
        list_absent(tags, aliases),
        {typed: word for word, found in read_synonyms(project.root / "templates").items() for typed in found},
    )
    interpreter = clinic.interpreter_phone if clinic else ""
    return Desk(name, colour, tint, draft, cards, tongues, tuple(list_stopped(project, stopped)), interpreter, words)


def list_stopped(project: Project, jobs: Iterable[Job]) -> Iterator[str]:
    """Say in English which leaflets could not be made, a line for each leaflet and language."""
    editions = list(project.editions)
    ordered = sorted(
        jobs,
        key=lambda job: (
            english_name(job.locale),
            job.leaflet,
            editions.index(job.edition),
            choose_prints(project, job.leaflet, job.edition).index(job.print),
        ),
    )
    for (locale, name), found in groupby(ordered, key=lambda job: (job.locale, job.leaflet)):
        titles = ", ".join(dict.fromkeys(project.editions[job.edition].title_of(job.print) for job in found))
        yield f"{project.title(name)}, {english_name(locale)}: {titles}"


def is_handed_out(project: Project, entry: BuiltFile) -> bool:
    return is_known(project, entry) and entry.path == name_job(entry).path(entry.draft)


def name_thumbnail(entry: BuiltFile) -> str:
    """Name the thumbnail of a file after what the file holds, so that a new file gets a new one.

    A file for the screen has none.
    """
    return "" if entry.paper == SCREEN else f"{THUMBNAILS}/{entry.sha256[:16]}.png"


def make_shelf(project: Project, entries: tuple[BuiltFile, ...]) -> Shelf:
    leaflet = project.leaflets[entries[0].leaflet]
    locale = entries[0].locale
    grouped = [tuple(copies) for _, copies in groupby(entries, key=lambda each: (each.edition, each.print))]
    return Shelf(
        name=leaflet.name,
        english_title=project.topics[leaflet.cover].title.words,
        title="" if locale == SOURCE_LOCALE else entries[0].title,
        audience=find_audience(project, leaflet),
        words=list_topic_titles(project, leaflet, locale),
        status=STATUS_MESSAGES[min((Status(each.status) for each in entries), key=lambda status: status.rank)],
        draft=any(each.draft for each in entries),
        versions=", ".join(sorted({each.version for each in entries})),
        issued=make_day(min(each.issued for each in entries)),
        review_by=make_day(min(each.review_by for each in entries)),
        offers=tuple(make_offer(project, found) for found in grouped),
    )


def make_offer(project: Project, copies: tuple[BuiltFile, ...]) -> Offer:
    first = copies[0]
    return Offer(first.print, project.editions[first.edition], copies, name_thumbnail(first))


def make_day(iso: str) -> IssueDay:
    return IssueDay(format_date(date.fromisoformat(iso), SOURCE_LOCALE), iso)


def list_topic_titles(project: Project, leaflet: Leaflet, locale: str) -> tuple[str, ...]:
    """What a leaflet is about, in English and in the reader's language."""
    topics = [project.topics[name] for name in leaflet.printed]
    words = project.languages[locale].words
    titles = ((topic.title, words.get(f"{topic.name}.title", topic.title)) for topic in topics)
    return tuple(dict.fromkeys(str(text) for pair in titles for text in pair))


WIDTH = 180
"""In pixels."""
COLOURS = 16
"""Four bits a pixel: page 1 of the adult leaflet takes 7 kB so, 27 kB in full colour, and no less in greys."""


def is_thumbnail(path: Path) -> bool:
    """Whether a thumbnail is whole; one that is not is drawn again."""
    try:
        with Image.open(path) as image:
            image.verify()
    except (OSError, SyntaxError):
        return False
    return True


def draw_thumbnail(data: bytes) -> bytes:
    """Draw page 1 of a PDF, WIDTH pixels wide. The same PDF gives the same bytes."""
    with closing(PdfDocument(data)) as pdf, closing(pdf[0]) as page:
        image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
