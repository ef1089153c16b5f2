"""A leaflet as one web page that needs nothing else.

Takes a `Document`, the drawings and the pinned fonts; gives HTML with its style, drawings and fonts inside, and the problems of a
page that does not hold what it must.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from leaflets.document.compose import Document, mark
from leaflets.document.expected import (
    MISSING_GLYPH,
    STRUCTURE_LOST,
    TEXT_DIFFERS,
    WRONG_METADATA,
    Expected,
    read_html_blocks,
    tidy,
    verify_structure,
)
from leaflets.document.html import list_names, open_templates
from leaflets.document.screen import arrange_screen
from leaflets.edition import Edition, Print
from leaflets.languages.fonts import Fonts
from leaflets.languages.locales import direction, native_name
from leaflets.languages.runs import join_runs
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.svg import mirror_picture, paint_furniture
from leaflets.web.reader import WebFacts, read_web_facts
from leaflets.web.subset import Face, assign_characters, cut_faces, find_missing

REACHES_OUT = Rule(
    "reaches-out",
    Severity.ERROR,
    "A web page runs no script and loads nothing from outside itself.",
    "It must open on a phone without a network, from a stick or a mail, and nobody may learn who reads it.",
    "https://www.w3.org/TR/CSP3/",
)
MISSING_NOTICE = Rule(
    "missing-notice",
    Severity.ERROR,
    "The web page of a draft says so at its top, in the language of the patient and in English.",
    "A page that is passed from phone to phone is taken for one that was checked.",
)
PRINT_MESSAGES = {
    # Translators: On the web page of a leaflet: opens the file to print.
    "standard": mark("Print this leaflet (PDF)"),
    # Translators: On the web page of a leaflet: opens the file with large letters, for readers with low vision.
    "large-print": mark("In large print (PDF)"),
    # Translators: On the web page of a leaflet: opens the file with both languages side by side.
    "bilingual": mark("With English beside it (PDF)"),
}
"""The editions to print that the page of a leaflet offers, and their words there."""
LEAST_LINE = 1.5
"""Line height on a screen, as a multiple of the font size: at least what WCAG 2.2, 1.4.12, asks a page to bear."""
DRAWING_SAFE = " =:/,;.()!*-_~+@?[]{}|"
"""What stays as it is in the data: URI of a drawing. Quotes, brackets and signs that end a URL or an attribute do not."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """How a language is set on a web page: font families that the page brings, in order, and line height."""

    locale: str
    families: tuple[str, ...]
    line_height: float


def write_data_uri(data: bytes, mime: str) -> str:
    """Write a picture as an address that holds it whole.

    >>> write_data_uri(b'<svg a="#b"/>', "image/svg+xml")
    'data:image/svg+xml,%3Csvg a=%22%23b%22/%3E'
    """
    return f"data:{mime},{quote(data, safe=DRAWING_SAFE if mime.endswith('xml') else '')}"


def inline_pictures(pictures: Mapping[str, str], flow: str) -> Callable[[str], str]:
    """Give what turns the name of a drawing into its data: URI; drawings run with the reading."""

    def picture(name: str) -> str:
        svg = pictures[name]
        return write_data_uri((mirror_picture(svg) if flow == "rtl" else svg).encode(), "image/svg+xml")

    return picture


def embed_fonts(render: Callable[..., str], facts: WebFacts, own: str, fonts: Fonts) -> str:
    """Render a page again with the parts of fonts that its first rendering was found to need."""
    faces, families = cut_letters(facts.characters, own, fonts)
    return render(faces=faces, typesets=list_typesets(facts, families, fonts))


def cut_letters(
    characters: Mapping[str, Iterable[int]], own: str, fonts: Fonts, weights: Collection[int] = (400, 700)
) -> tuple[tuple[Face, ...], frozenset[str]]:
    """Cut what one page, or several that share it, need out of the pinned fonts; also names the families of it."""
    needed = {font: points for font, points in assign_characters(characters, own, fonts).items() if font.weight in weights}
    return cut_faces(needed), frozenset(font.family for font in needed)


def list_typesets(facts: WebFacts, embedded: Collection[str], fonts: Fonts) -> tuple[Typeset, ...]:
    """Say how each language of a page is set, of the families that the page brings along."""
    return tuple(
        Typeset(
            tag, tuple(family for family in typography.families if family in embedded), max(LEAST_LINE, typography.line_height)
        )
        for tag in sorted(facts.characters)
        if (typography := fonts.typography(tag))
    )


def render_web(
    document: Document,
    edition: Edition,
    templates: Path,
    pictures: Mapping[str, str],
    fonts: Fonts,
    siblings: Mapping[str, str],
    prints: tuple[tuple[str, str], ...],
    every: tuple[tuple[str, str], ...] = (),
    what: str = Print.LEAFLET,
) -> str:
    """Render the web page of a leaflet, or that of a language which has the words of its sheet and no more.

    `siblings` has the relative paths of its other languages, `prints` the files to print as (message, relative path), and `every`
    those that will come as well: their letters are brought along from the beginning, since to cut a large font takes seconds.
    """
    logo = document.clinic.logo if document.clinic else None
    painted = paint_furniture(pictures, document.clinic.colour if document.clinic else "")
    document = arrange_screen(document, what)
    names = list_names(document, document, edition) | {
        "picture": inline_pictures({**pictures, **painted}, document.direction),
        "logo": write_data_uri(logo.data, logo.mime) if logo else "",
        "siblings": siblings,
        "dial": dial,
        "direction": direction,
        "native_name": native_name,
    }
    template = open_templates(templates).get_template(edition.template)

    def render(**more: object) -> str:
        return template.render(names, **({"prints": prints} | more))

    return embed_fonts(render, read_web_facts(render(faces=(), typesets=(), prints=every or prints)), document.locale, fonts)


def dial(number: str) -> str:
    """Write a phone number as a telephone dials it (RFC 3966); an extension is left to the caller.

    >>> dial("+44 20 7946 0000"), dial("(020) 7946-0000 ext. 12")
    ('+442079460000', '02079460000')
    """
    main = number.partition("x")[0]
    return "".join(char for char in main if char in "+0123456789")


def verify_web(html: str, document: Document, expected: Expected, fonts: Fonts, file: str) -> Iterator[Problem]:
    """Hold a web page against what it was made from."""
    place = Place(file)
    facts = read_web_facts(html)
    alts = tuple(alt for alt in facts.alts if alt)
    shown = set(read_html_blocks(html))
    for words in expected.words:
        if words and tidy(words) not in shown:
            yield TEXT_DIFFERS.at(place, f'"{words}" is not on the page', "Mend the template.")
    yield from verify_structure(expected, len(facts.headings), facts.items, alts, place)
    for before, level in zip((0, *facts.headings), facts.headings, strict=False):
        if level > before + 1 or (level == 1) != (before == 0):
            yield STRUCTURE_LOST.at(place, f"a heading of level {level} after one of level {before}", "Mend the template.")
    for missing in sorted(find_missing(facts.characters, fonts)):
        yield MISSING_GLYPH.at(place, f"no font of the page has U+{missing:04X}", "Pin a font that has it.")
    if (facts.locale, facts.direction) != (document.locale, document.direction):
        yield WRONG_METADATA.at(place, f'the language is "{facts.locale}" ({facts.direction}), not "{document.locale}"')
    if tidy(join_runs(document.title)) not in facts.title:
        yield WRONG_METADATA.at(place, f'the title is "{facts.title}"')
    for notice in document.notices:
        if (notice.locale, notice.direction, tidy(notice.words)) not in facts.paragraphs:
            yield MISSING_NOTICE.at(place, f'"{notice.words}" is not on the page as {notice.locale}', "Mend the template.")
    for found in facts.outward:
        yield REACHES_OUT.at(place, f"the page has {found}", "Take it out of the template.")
