"""The pages that say if a version of a leaflet is still current: what the QR code on paper opens.

Takes a checked `Project`, which leaflets were built, and which pages were there before; gives each page's HTML by its path below
the output folder. A version keeps its page for as long as somebody may hold that paper.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document, mark, name_check_page
from leaflets.document.html import open_templates, speak
from leaflets.languages.fonts import Fonts, read_fonts
from leaflets.languages.locales import format_date
from leaflets.languages.runs import join_runs, text_direction
from leaflets.model import SOURCE_LOCALE, EditionLanguages, Leaflet
from leaflets.profile import Clinic
from leaflets.web.page import cut_letters, dial, list_typesets
from leaflets.web.reader import read_web_facts

# Translators: On the web page that the QR code on paper opens.
NEWEST_MESSAGE = mark("Yes. This is the newest version.")
# Translators: On the web page that the QR code on paper opens.
OLDER_MESSAGE = mark("No. There is a newer version. Please use that one.")
TEMPLATE = "current.html"
VERSION = r"(\d+\.\d+\.\d+)"


@dataclass(frozen=True, slots=True)
class Page:
    """One of these pages before it is rendered.

    `version` may be on paper somewhere, `day` is when it was issued, if anybody remembers, and `file` is the path of the file to
    open.
    """

    path: str
    document: Document
    english: Document
    version: str
    day: date | None
    file: str


def list_current_pages(
    project: Project, newest: Mapping[tuple[str, str], str], clinic: Clinic | None, old_paths: Collection[str]
) -> dict[str, str]:
    """Write the page of every version of some leaflets; `newest` has the path of the file to open, by (leaflet, locale).

    `old_paths` are the pages that stand in the output folder; a version among them that the leaflet does not remember is older.
    """
    fonts = read_fonts(project.root / "templates")
    documents = {
        (name, tag): make_document(project, name, tag, EditionLanguages.OWN, clinic)
        for name, tag in {*newest, *((name, SOURCE_LOCALE) for name, _ in newest)}
    }
    found: dict[str, str] = {}
    for locale in sorted({locale for _, locale in newest}):
        pages = [
            page
            for (name, tag), path in sorted(newest.items())
            if tag == locale
            for page in list_pages(project.leaflets[name], documents[name, tag], documents[name, SOURCE_LOCALE], path, old_paths)
        ]
        found |= render_pages(project, pages, locale, fonts)
    return found


def list_pages(leaflet: Leaflet, document: Document, english: Document, file: str, old_paths: Collection[str]) -> Iterator[Page]:
    """List the pages of one leaflet in one language."""
    for version, day in list_versions(leaflet, document.locale, old_paths).items():
        yield Page(name_page(leaflet, document.locale, version), document, english, version, day, file)


def name_page(leaflet: Leaflet, locale: str, version: str) -> str:
    """Name a page below the output folder, where its QR code looks for it."""
    return name_check_page("", leaflet, locale, version).removeprefix("/")


def list_versions(leaflet: Leaflet, locale: str, old_paths: Collection[str]) -> Mapping[str, date | None]:
    """List the versions of a leaflet with their days: this one, those that it remembers, and those of pages made before."""
    pattern = re.escape(name_page(leaflet, locale, "VERSION")).replace("VERSION", VERSION)
    forgotten = {found[1]: None for path in old_paths if (found := re.fullmatch(pattern, path))}
    return {**forgotten, **leaflet.history, leaflet.version: leaflet.issued}


def render_pages(project: Project, pages: Collection[Page], locale: str, fonts: Fonts) -> Mapping[str, str]:
    """Render the pages of one language; they share one part of its font, since what takes time is to cut it."""
    drafts = {page.path: read_web_facts(render_page(project, page)) for page in pages}
    characters: dict[str, frozenset[int]] = {}
    for facts in drafts.values():
        characters |= {tag: characters.get(tag, frozenset()) | points for tag, points in facts.characters.items()}
    faces, families = cut_letters(characters, locale, fonts, weights=(400,))
    return {
        page.path: render_page(project, page, faces=faces, typesets=list_typesets(drafts[page.path], families, fonts))
        for page in pages
    }


def render_page(project: Project, page: Page, **fonts: object) -> str:
    newest = page.version == page.document.version
    return (
        open_templates(project.root / "templates")
        .get_template(TEMPLATE)
        .render(
            {"faces": (), "typesets": ()},
            **fonts,
            document=page.document,
            english=page.english,
            version=page.version,
            newest=newest,
            answer=NEWEST_MESSAGE if newest else OLDER_MESSAGE,
            day=page.day,
            file=f"../{page.file}",
            format_date=format_date,
            say=speak(page.document),
            say_english=speak(page.english),
            plain=join_runs,
            flow=text_direction,
            dial=dial,
        )
    )
