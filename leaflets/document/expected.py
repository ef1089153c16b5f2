"""What the page of an edition must hold, counted from the content and not from the page.

Takes Documents and an `Edition`; gives `Expected`, for `verify` to hold a finished PDF or web page against, and what both of
them need for that: the rules, the blocks of text of HTML, and the comparison of structure.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from leaflets.document.compose import CODE_MESSAGE, Document, Notice
from leaflets.document.credits import list_credits, tell_sources
from leaflets.document.halves import split_panel
from leaflets.document.numbering import list_passages, write_passage
from leaflets.document.parts import Part
from leaflets.document.screen import arrange_screen
from leaflets.edition import Edition, Print
from leaflets.languages.breaks import UNSEEN
from leaflets.languages.runs import join_runs
from leaflets.problems import Place, Problem, Rule, Severity

TEXT_DIFFERS = Rule(
    "text-differs",
    Severity.ERROR,
    "The structure tree of the PDF, or the web page, gives back the words of the leaflet, in order.",
    "It is what a screen reader speaks; on paper it proves that no word was dropped, doubled or moved.",
    "ISO 14289-1 (PDF/UA-1), 7.1; https://github.com/Kozea/WeasyPrint/issues/2841",
)
STRUCTURE_LOST = Rule(
    "structure-lost",
    Severity.ERROR,
    "The file has as many headings and list items as the content.",
    "A heading that became a line of text is not found by those who jump from heading to heading.",
    "ISO 14289-1, 7.4, 7.6",
)
ALT_LOST = Rule(
    "alt-lost",
    Severity.ERROR,
    "Every figure of the file says what it shows, in the words of the content.",
    "A picture without words does not exist for those who cannot see it.",
    "ISO 14289-1, 7.3; WCAG 2.2, 1.1.1",
)
MISSING_GLYPH = Rule(
    "missing-glyph",
    Severity.ERROR,
    "Every glyph drawn is a real one.",
    "A box where a letter should be: extracted text looks perfect while the page shows tofu.",
    "ISO 14289-1, 7.21.8",
)
WRONG_METADATA = Rule(
    "wrong-metadata",
    Severity.ERROR,
    "The file names its language and title, and a PDF both standards; it holds nothing active.",
    "A wrong language is read aloud in the wrong voice; scripts and attachments have no place in a leaflet.",
    "ISO 14289-1, 7.2; ISO 19005-2, 6.5",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """Every text that must stand on the page as a block of its own, the numbers of headings and list items, and the alts.

    `notice` are the English words by which the margin of every page but the first says that it is a draft.
    """

    words: tuple[str, ...]
    headings: int
    items: int
    alts: tuple[str, ...]
    notice: str = ""


def list_expected(edition: Edition, document: Document, english: Document | None, what: str = Print.LEAFLET) -> Expected:
    """Count what an edition must hold of what it prints. `english` is there for the editions that print it."""
    if edition.screen:
        return expect_screen(edition, document, what)
    if what == Print.SHEET:
        return expect_sheet(edition, document, english)
    if what != Print.LEAFLET:
        expected = expect_insert(edition, document)
    else:
        expected = expect_clinician(document, english) if english else expect_leaflet(document, edition)
    return replace(expected, notice=find_english(document).words if document.draft else "")


def find_english(document: Document) -> Notice:
    """Find the English notice of a draft: the last."""
    return document.notices[-1]


def expect_sheet(edition: Edition, document: Document, english: Document | None) -> Expected:
    """Count what a sheet must hold: both sides in one language, or each side in one and then in English."""
    texts = (document, english) if english else (document,)
    sides = [(text, side) for side in ("front", "back") for text in texts]
    alts: list[str] = []
    for text, side in sides:
        alts += list_code_alts(text, text) if side == "front" else ()
        alts += list_alts(part for section in getattr(text, side) for part in section.parts)
    sections = [section for text, side in sides for section in getattr(text, side)]
    parts = tuple(part for section in sections for part in section.parts)
    titles = [section.title for section in sections if section.title]
    return Expected(
        words=(
            *(join_runs(title) for title in (*(text.title for text in texts), *titles)),
            *list_part_words(parts, edition.stacked),
            *(line for text in texts for line in list_signed(text, text)),
        ),
        headings=len(texts) + len(titles) + count_headings(parts, edition.stacked),
        items=count_items(parts),
        alts=tuple(alts),
        notice=find_english(document).short if document.draft else "",
    )


def count_headings(parts: Iterable[Part], stacked: bool) -> int:
    """Count the headings of parts; a row of a stacked table has one."""
    return sum(bool(part.heading) + len(part.groups) + (len(part.rows) if stacked else 0) for part in parts)


def count_items(parts: Iterable[Part]) -> int:
    return sum(len(part.entries) for part in parts if part.kind not in ("text", "note"))


def expect_insert(edition: Edition, document: Document) -> Expected:
    """Count what an insert must hold, which is a document of its own."""
    parts = tuple(part for section in document.inserts for part in section.parts)
    return Expected(
        words=(join_runs(document.title), *list_part_words(parts, edition.stacked), *list_signed(document, document)),
        headings=1 + count_headings(parts, edition.stacked),
        items=count_items(parts),
        alts=(*list_code_alts(document, document), *list_alts(parts)),
    )


def expect_leaflet(document: Document, edition: Edition) -> Expected:
    """The title and the sources have a heading each."""
    parts = tuple(document.parts(screen=False))
    if not edition.stacked:
        parts = tuple(piece for part in parts for piece in split_panel(part))
    return Expected(
        words=(
            *(join_runs(title) for title in (document.title, *(section.title for section in document.sections))),
            *list_part_words(parts, edition.stacked),
            *list_signed(document, document),
            list_sources(document, edition),
        ),
        headings=2 + len(document.sections) + count_headings(parts, edition.stacked),
        items=count_items(parts),
        alts=(*list_code_alts(document, document), *list_alts(parts)),
    )


def expect_screen(edition: Edition, document: Document, what: str) -> Expected:
    """Count what a web page must hold: all words of the sheet and the leaflet, whichever says them. A QR code is of no use."""
    page = arrange_screen(document, what)
    sections = (page.cover, *page.front, *page.sections, *page.inserts)
    parts = tuple(part for section in sections for part in section.parts)
    titles = [section.title for section in sections[1:] if section.title]
    meant = (*document.sheet_parts(), *(document.parts(screen=True) if what != Print.SHEET else page.cover.parts))
    return Expected(
        words=(
            *(join_runs(title) for title in (document.title, *titles)),
            *list_part_words(meant, edition.stacked),
            *list_signed(document, document),
            list_sources(document, edition),
        ),
        headings=2 + len(titles) + count_headings(parts, edition.stacked),
        items=count_items(parts),
        alts=tuple(list_alts(parts)),
    )


def expect_clinician(document: Document, english: Document) -> Expected:
    """Count what a clinician's page must hold: the sheet in English, and questions in both languages."""
    passages = list_passages(english)
    titles = [passage.title for passage in passages if passage.title]
    asked = [text.teach_back for text in (document, english) if text.teach_back]
    parts = [part for each in asked for part in each.parts]
    questions = [each.title for each in asked] + [one.words for part in parts for one in (*part.leads, *part.entries)]
    told = [f"English: {line}" for line in list_signed(english, english)]
    if document.locale != english.locale:
        told.append(f"{join_runs(document.title)} ({document.native_language})")
        told += (f"{document.english_language}: {line}" for line in list_signed(document, english))
    return Expected(
        words=(
            *map(join_runs, (english.title, *titles, *questions)),
            *map(write_passage, passages),
            *told,
        ),
        headings=1 + len(titles) + bool(english.teach_back),
        items=0,
        alts=(),
    )


def list_code_alts(document: Document, page: Document) -> tuple[str, ...]:
    return (page.messages[CODE_MESSAGE],) if document.check_url else ()


def list_alts(parts: Iterable[Part]) -> Iterator[str]:
    """Yield what each picture of parts shows, in words."""
    return (join_runs(part.alt) for part in parts if part.alt)


def list_sources(document: Document, edition: Edition) -> str:
    """Say what a page tells of the sources: all on a screen; on paper one line, with the address where all of them stand."""
    if edition.screen:
        return f"{'; '.join(document.sources)}."
    return f"{join_runs(tell_sources(document))} {document.sources_address}".rstrip()


def list_signed(document: Document, page: Document) -> Iterator[str]:
    """Yield the line that says who signed a document, if there is one."""
    if document.signers:
        yield " · ".join(map(join_runs, list_credits(document, page)))


def list_part_words(parts: Iterable[Part], stacked: bool) -> Iterator[str]:
    """Yield every text of parts; the rows of a stacked table need no head over their own heads."""
    for part in parts:
        if part.heading:
            yield join_runs(part.heading)
        for group in part.groups:
            yield join_runs(group.heading)
        for entry in (*part.leads, *part.entries):
            yield join_runs(entry.term) + (" " if entry.term else "") + join_runs(entry.words)
        for row in (part.columns[1:] if stacked and part.rows else part.columns, *part.rows):
            yield from map(join_runs, row)


BLOCK_TAGS = ("h1", "h2", "h3", "h4", "p", "li", "th", "td", "title")


class BlockReader(HTMLParser):
    """Collects the text of each block of the page's <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.inside = self.inside or tag == "main"
        if tag in BLOCK_TAGS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data


def read_html_blocks(html: str) -> tuple[str, ...]:
    """List the blocks of text of a page, as its author wrote them.

    >>> read_html_blocks("<main><h1>a</h1><p>b <b>c</b></p></main>")
    ('a', 'b c')
    """
    reader = BlockReader()
    reader.feed(html)
    return tuple(text for text in map(tidy, reader.blocks) if text)


def tidy(text: str) -> str:
    """Compare words, not line breaks: fold white space, drop what only steers line breaking."""
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


def verify_structure(expected: Expected, headings: int, items: int, alts: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """Compare the headings and list items of a finished page, and what its figures say, with what is expected."""
    for name, wanted, found in (("headings", expected.headings, headings), ("list items", expected.items, items)):
        if wanted != found:
            yield STRUCTURE_LOST.at(place, f"{found} {name}, not {wanted}", "Mend the template.")
    meant = tuple(map(tidy, expected.alts))
    if alts != meant:
        yield ALT_LOST.at(place, f"the figures say {list(alts)}, not {list(meant)}", "Mend the template.")
