"""The pages that say if a version of a leaflet is still current: what the QR code on paper opens.

Takes a checked `Project`, which leaflets were built, and which pages were there before; gives each page's HTML by its path below
the output folder. A version keeps its page for good, since somebody may hold that paper: also while there is no file to open, and
when its leaflet or language is gone.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document, mark, name_check_page
from leaflets.document.html import open_templates, speak
from leaflets.edition import EditionLanguages, Print
from leaflets.languages.fonts import Fonts, read_fonts
from leaflets.languages.locales import format_date
from leaflets.languages.runs import join_runs, text_direction
from leaflets.model import SOURCE_LOCALE, Leaflet
from leaflets.profile import Clinic
from leaflets.translation.units import find_print
from leaflets.web.page import cut_letters, dial, list_typesets
from leaflets.web.reader import read_web_facts

# Translators: On the web page that the QR code on paper opens.
NEWEST_MESSAGE = mark("Yes. This is the newest version.")
# Translators: On the web page that the QR code on paper opens.
OLDER_MESSAGE = mark("No. There is a newer version. Please use that one.")
TEMPLATE, GONE = "current.html", "site/gone.html"
VERSION = r"(\d+\.\d+\.\d+)"


@dataclass(frozen=True, slots=True)
class Page:
    """One of these pages before it is rendered.

    `version` may be on paper somewhere, `day` is when it was issued, if anybody remembers, and `file` is the path of the file to
    open, empty where there is none.
    """

    path: str
    document: Document
    english: Document
    version: str
    day: date | None
    file: str


def list_current_pages(
    project: Project,
    newest: Mapping[tuple[str, str], str],
    clinic: Clinic | None,
    old_paths: Collection[str],
    sheets: Collection[tuple[str, str]] = (),
) -> dict[str, str]:
    """Write the page of every version of some leaflets; `newest` has the path of the file to open, by (leaflet, locale).

    `old_paths` are the pages that stand in the output folder; a version among them that the leaflet does not remember is older.
    They are written anew as well, but for those of a leaflet that lacks words now: its old page stays as it is. Of the `sheets`
    the file to open is a sheet, and there may be no words for more.
    """
    keys = [(name, tag) for name in project.leaflets for tag in project.languages if (name, tag) not in newest]
    lost = {key: paths for key in keys if (paths := find_versions(project.leaflets[key[0]], key[1], old_paths))}
    left = {key: what for key in lost if (what := find_print(project, *key))}
    kept = {path for key, paths in lost.items() if key not in left for path in paths.values()}
    fonts = read_fonts(project.root / "templates")
    prints = left | {each: Print.SHEET if each in sheets else Print.LEAFLET for each in newest}
    newest = {**dict.fromkeys(left, ""), **newest}
    documents = {
        (name, tag, what): make_document(project, name, tag, EditionLanguages.OWN, clinic, what)
        for name, tag, what in {(name, each, prints[name, tag]) for name, tag in newest for each in (tag, SOURCE_LOCALE)}
    }
    found: dict[str, str] = {}
    for locale in sorted({locale for _, locale in newest}):
        pages = [
            page
            for (name, tag), path in sorted(newest.items())
            if tag == locale
            for own, english in [[documents[name, each, prints[name, tag]] for each in (tag, SOURCE_LOCALE)]]
            for page in list_pages(project.leaflets[name], own, english, path, old_paths)
        ]
        found |= render_pages(project, pages, locale, fonts)
    template = open_templates(project.root / "templates").get_template(GONE)
    gone = template.render(clinic=clinic, dial=dial)
    handed_out = {path for path in old_paths if re.fullmatch(rf"v/.+-{VERSION}\.html", path)}
    return found | dict.fromkeys(handed_out - found.keys() - kept, gone)


def find_versions(leaflet: Leaflet, locale: str, paths: Collection[str]) -> dict[str, str]:
    """Find the pages of one leaflet in one language among some, by version."""
    pattern = re.escape(name_page(leaflet, locale, "VERSION")).replace("VERSION", VERSION)
    return {found[1]: path for path in paths if (found := re.fullmatch(pattern, path))}


def list_pages(leaflet: Leaflet, document: Document, english: Document, file: str, old_paths: Collection[str]) -> Iterator[Page]:
    """List the pages of one leaflet in one language."""
    for version, day in list_versions(leaflet, document.locale, old_paths).items():
        yield Page(name_page(leaflet, document.locale, version), document, english, version, day, file)


def name_page(leaflet: Leaflet, locale: str, version: str) -> str:
    """Name a page below the output folder, where its QR code looks for it."""
    return name_check_page("", leaflet, locale, version).removeprefix("/")


def list_versions(leaflet: Leaflet, locale: str, old_paths: Collection[str]) -> Mapping[str, date | None]:
    """List the versions of a leaflet with their days: this one, those that it remembers, and those of pages made before."""
    forgotten: dict[str, date | None] = dict.fromkeys(find_versions(leaflet, locale, old_paths))
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
            file=page.file and f"../{page.file}",
            format_date=format_date,
            say=speak(page.document),
            say_english=speak(page.english),
            plain=join_runs,
            flow=text_direction,
            dial=dial,
        )
    )
