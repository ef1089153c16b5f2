"""The pages that say if a version of a leaflet is still current: what the QR code on paper opens.

Takes a checked `Project`, which leaflets were built, and which pages were there before; gives each page's HTML by its path below
the output folder. A version keeps its page for as long as somebody may hold that paper.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document, mark, name_check_page
from leaflets.document.html import open_templates, speak
from leaflets.languages.fonts import Fonts, read_fonts
from leaflets.languages.locales import format_date
from leaflets.languages.runs import join_runs, text_direction
from leaflets.model import SOURCE_LOCALE, Clinic, EditionLanguages, Leaflet
from leaflets.web.page import cut_letters, dial, list_typesets
from leaflets.web.reader import read_web_facts

# Translators: On the web page that the QR code on paper opens.
NEWEST_MESSAGE = mark("Yes. This is the newest version.")
# Translators: On the web page that the QR code on paper opens.
OLDER_MESSAGE = mark("No. There is a newer version. Please use that one.")
TEMPLATE = "current.html"
VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class IssuedVersion:
    """A version of a leaflet that may be on paper somewhere; `issued` is empty where nobody remembers the day."""

    version: str
    newest: bool
    issued: str = ""
    english_issued: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One of these pages before it is rendered; `newest` is the path of the leaflet's file to open."""

    path: str
    document: Document
    english: Document
    release: IssuedVersion
    newest: str


def list_current_pages(
    project: Project, newest: Mapping[tuple[str, str], str], clinic: Clinic | None, old_paths: Collection[str]
) -> dict[str, str]:
    """Write the page of every version of some leaflets; `newest` has the path of the file to open, by (leaflet, locale).

    `old_paths` are the pages that stand in the output folder; a version among them that the leaflet does not remember is older.
    """
    fonts = read_fonts(project.root / "templates")
    english = {name: make_own(project, name, SOURCE_LOCALE, clinic) for name in sorted({name for name, _ in newest})}
    found: dict[str, str] = {}
    for locale in sorted({locale for _, locale in newest}):
        pages = [
            page
            for (name, tag), path in sorted(newest.items())
            if tag == locale
            for page in list_pages(project, english[name], tag, path, clinic, old_paths)
        ]
        found |= render_pages(project, pages, locale, fonts)
    return found


def make_own(project: Project, name: str, locale: str, clinic: Clinic | None) -> Document:
    return make_document(project, name, locale, EditionLanguages.OWN, clinic)


def list_pages(
    project: Project, english: Document, locale: str, newest: str, clinic: Clinic | None, old_paths: Collection[str]
) -> Iterator[Page]:
    """List the pages of one leaflet, given in English, in one language."""
    leaflet = project.leaflets[english.name]
    document = english if locale == SOURCE_LOCALE else make_own(project, leaflet.name, locale, clinic)
    for release in list_releases(leaflet, document, english, old_paths):
        yield Page(name_page(leaflet, locale, release.version), document, english, release, newest)


def name_page(leaflet: Leaflet, locale: str, version: str) -> str:
    """Name a page below the output folder, where its QR code looks for it."""
    return name_check_page("", leaflet, locale, version).removeprefix("/")


def list_releases(leaflet: Leaflet, document: Document, english: Document, old_paths: Collection[str]) -> Iterator[IssuedVersion]:
    """List the versions of a leaflet: this one, the earlier ones that it remembers, and those of pages made before."""
    yield IssuedVersion(leaflet.version, True, document.issued, english.issued)
    for version, day in sorted(leaflet.history.items()):
        yield IssuedVersion(version, False, format_date(day, document.locale), format_date(day, SOURCE_LOCALE))
    before, after = name_page(leaflet, document.locale, "\n").split("\n")
    for path in sorted(old_paths):
        version = path.removeprefix(before).removesuffix(after)
        known = version == leaflet.version or version in leaflet.history
        if path == before + version + after and VERSION.fullmatch(version) and not known:
            yield IssuedVersion(version, False)


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
    return (
        open_templates(project.root / "templates")
        .get_template(TEMPLATE)
        .render(
            {"faces": (), "typesets": ()},
            **fonts,
            document=page.document,
            english=page.english,
            release=page.release,
            answer=NEWEST_MESSAGE if page.release.newest else OLDER_MESSAGE,
            newest=f"../{page.newest}",
            say=speak(page.document),
            say_english=speak(page.english),
            plain=join_runs,
            flow=text_direction,
            dial=dial,
        )
    )
