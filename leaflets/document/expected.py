"""What the page of an edition must hold, counted from the content and not from the page.

Takes Documents and an `Edition`; gives `Expected`, for `verify` to hold a finished PDF or web page against, and what both of
them need for that: the rules, the blocks of text of HTML, and the comparison of structure.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from leaflets.document.compose import CODE_MESSAGE, Document
from leaflets.document.credits import list_credits, tell_sources
from leaflets.document.numbering import Passage, list_passage_words, list_passages
from leaflets.document.parts import Part
from leaflets.languages.runs import join_runs
from leaflets.model import Edition, EditionLanguages
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
    """Every text that must stand on the page as a block of its own, the numbers of headings and list items, and the alts."""

    words: tuple[str, ...]
    headings: int
    items: int
    alts: tuple[str, ...]


def list_expected(edition: Edition, document: Document, english: Document | None) -> Expected:
    """Count what an edition must hold. `english` is there for the editions that print it."""
    if not english:
        return expect_leaflet(document, edition)
    own, other = list_passages(document), list_passages(english)
    if edition.languages is EditionLanguages.BOTH:
        return expect_bilingual(document, english, own, other, edition)
    return expect_clinician(document, english, other)


def expect_leaflet(document: Document, edition: Edition) -> Expected:
    """The title and the sources have a heading each; a row of a stacked table has one. A screen has no use for a QR code."""
    stacked = edition.stacked
    parts = tuple(document.parts(edition.screen))
    rows = sum(len(part.rows) for part in parts) if stacked else 0
    headings = 2 + len(document.sections) + len(document.inserts) + sum(bool(part.heading) + len(part.groups) for part in parts)
    return Expected(
        words=(*list_leaflet_words(document, stacked), list_sources(document, edition)),
        headings=headings + rows,
        items=sum(len(part.entries) for part in parts if part.kind not in ("text", "note")),
        alts=(*(() if edition.screen else list_code_alts(document, document)), *list_alts(parts)),
    )


def expect_bilingual(
    document: Document, english: Document, own: tuple[Passage, ...], other: tuple[Passage, ...], edition: Edition
) -> Expected:
    headings, items = count_paragraphs(own)
    return Expected(
        words=(
            *(join_runs(document.title), join_runs(english.title), *list_passage_words(own), *list_passage_words(other)),
            *(list_sources(document, edition), *list_signed(document, document), *list_signed(english, english)),
        ),
        headings=2 + 2 * headings,
        items=2 * items,
        alts=(*list_code_alts(document, document), *list_alts(each.part for each in own if each.part)),
    )


def expect_clinician(document: Document, english: Document, other: tuple[Passage, ...]) -> Expected:
    headings, items = count_paragraphs(other)
    titles = [section.title for section in (*document.sections, *document.inserts)]
    asked = [section for section in (document.teach_back, english.teach_back) if section]
    parts = [part for each in asked for part in each.parts]
    questions = [each.title for each in asked] + [one.words for part in parts for one in (*part.leads, *part.entries)]
    signed = [f"English: {line}" for line in list_signed(english, english)]
    if document.locale != english.locale:
        signed += [f"{document.english_language}: {line}" for line in list_signed(document, english)]
    return Expected(
        words=(
            join_runs(english.title),
            *map(join_runs, titles),
            *list_passage_words(other),
            *map(join_runs, questions),
            *signed,
        ),
        headings=2 + headings + bool(english.teach_back),
        items=items,
        alts=list_code_alts(document, english),
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


def count_paragraphs(passages: tuple[Passage, ...]) -> tuple[int, int]:
    """Count headings, and numbered paragraphs."""
    found = [paragraph for passage in passages for paragraph in passage.paragraphs]
    return sum(bool(each.heading) for each in found), sum(bool(each.number) for each in found)


def list_leaflet_words(document: Document, stacked: bool) -> Iterator[str]:
    """Yield every text that a leaflet in one language prints; the rows of a stacked table need no head over their own heads."""
    yield join_runs(document.title)
    for section in (*document.sections, *document.inserts):
        yield join_runs(section.title)
    for part in document.parts(screen=False):
        if part.heading:
            yield join_runs(part.heading)
        for group in part.groups:
            yield join_runs(group.heading)
        for entry in (*part.leads, *part.entries):
            yield join_runs(entry.term) + (" " if entry.term else "") + join_runs(entry.words)
        for row in (part.columns[1:] if stacked and part.rows else part.columns, *part.rows):
            yield from map(join_runs, row)
    yield from list_signed(document, document)


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
    return " ".join(unicodedata.normalize("NFC", text.translate({0xAD: None, 0x200B: None, 0x2060: None})).split())


def verify_structure(expected: Expected, headings: int, items: int, alts: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """Compare the headings and list items of a finished page, and what its figures say, with what is expected."""
    for name, wanted, found in (("headings", expected.headings, headings), ("list items", expected.items, items)):
        if wanted != found:
            yield STRUCTURE_LOST.at(place, f"{found} {name}, not {wanted}", "Mend the template.")
    meant = tuple(map(tidy, expected.alts))
    if alts != meant:
        yield ALT_LOST.at(place, f"the figures say {list(alts)}, not {list(meant)}", "Mend the template.")
