"""What a finished PDF really holds.

Takes the bytes of a PDF; gives `PdfFacts`, read from the file itself, and the problems found by holding them against the
HTML and the Document that it was made from. Nothing is written to output/ before this passed.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from leaflets.compose import Document
from leaflets.fonts import Fonts
from leaflets.locales import join_runs
from leaflets.problems import Place, Problem, Rule, Severity

ERROR = Severity.ERROR
TEXT_LOST = Rule(
    "text-lost",
    ERROR,
    "The structure tree of the PDF gives back the words of the leaflet, in order.",
    "It is what a screen reader speaks; on paper it proves that no word was dropped, doubled or moved.",
    "ISO 14289-1 (PDF/UA-1), 7.1; https://github.com/Kozea/WeasyPrint/issues/2841",
)
MISSING_GLYPH = Rule(
    "missing-glyph",
    ERROR,
    "Every glyph drawn is a real one.",
    "A box where a letter should be: extracted text looks perfect while the page shows tofu.",
    "ISO 14289-1, 7.21.8",
)
DOTTED_CIRCLE = Rule(
    "dotted-circle",
    ERROR,
    "No mark stands on a dotted circle.",
    "The shaper draws one where a vowel sign has no letter to stand on: the word is misspelt.",
)
FOREIGN_FONT = Rule(
    "foreign-font",
    ERROR,
    "Only the fonts of the language are embedded.",
    "Another font means a silent fallback: a Japanese form of a Chinese character, or a letter from nowhere.",
)
UNTAGGED_TEXT = Rule(
    "untagged-text", ERROR, "All text is tagged or an artifact.", "Untagged text is not read aloud.", "ISO 14289-1, 7.1"
)
WRONG_METADATA = Rule(
    "wrong-metadata",
    ERROR,
    "The PDF names its language, title and both standards, and holds nothing active.",
    "A wrong language is read aloud in the wrong voice; scripts and attachments have no place in a leaflet.",
    "ISO 14289-1, 7.2; ISO 19005-2, 6.5",
)
MISSING_MARGIN = Rule(
    "missing-margin",
    ERROR,
    "Every page carries the leaflet's id and version, and every page of a draft says so.",
    "Pages get separated; a page without its notice is handed out as if it had been checked.",
)
PAGE_BUDGET = Rule(
    "page-budget",
    ERROR,
    "A leaflet keeps to its page budget on A4.",
    "A longer leaflet is not read to its end.",
    "EMA readability guideline (2009): templates that grow drive type down and readers away",
)
BLOCK_TAGS = ("h1", "h2", "h3", "p", "li", "th", "td", "title")
BLOCK_ROLES = ("/P", "/H1", "/H2", "/H3", "/LI", "/TD", "/TH")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What was read from a PDF. `texts` are the blocks of the structure tree, `margins` the artifacts, page by page."""

    pages: int
    language: str
    title: str
    texts: tuple[str, ...]
    margins: tuple[str, ...]
    untagged: tuple[str, ...]
    languages: frozenset[str]
    fonts: frozenset[str]
    notdef: int
    dotted_circles: int
    variants: frozenset[str]
    active: frozenset[str] = frozenset()


@dataclass
class Marked:
    """The text of one piece of marked content."""

    text: str = ""
    actual: str | None = None


@dataclass
class PageText:
    """What a page's content stream shows: tagged text by MCID, artifacts, and text that is neither."""

    marked: dict[int, Marked] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    untagged: list[str] = field(default_factory=list)
    notdef: int = 0
    dotted: int = 0


@dataclass(frozen=True)
class PdfFont:
    """An embedded font: what its glyph ids mean as text, how many it has, and which one is the dotted circle."""

    name: str
    to_unicode: Mapping[int, str]
    glyphs: int
    dotted_circle: int | None


def read_pdf_facts(data: bytes) -> PdfFacts:
    """Read a PDF. Raises pikepdf.PdfError for bytes that are none."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts: dict[Any, PdfFont] = {}
        pages = {page.obj.objgen: read_page(page, fonts) for page in pdf.pages}
        walk = TreeWalk(pages)
        walk.read(pdf.Root.StructTreeRoot.K, None)
        xmp = bytes(pdf.Root.Metadata.read_bytes())
        return PdfFacts(
            pages=len(pdf.pages),
            language=str(pdf.Root.get("/Lang", "")),
            title=str(pdf.docinfo.get("/Title", "")) if pdf.Root.ViewerPreferences.DisplayDocTitle else "",
            texts=tuple(text for text in map(tidy, walk.blocks) if text),
            margins=tuple(tidy("".join(page.artifacts)) for page in pages.values()),
            untagged=tuple(text for page in pages.values() for text in page.untagged if text.strip())
            + tuple(mark.text for key, mark in walk.unread() if mark.text.strip()),
            languages=frozenset(walk.languages),
            fonts=frozenset(font.name for font in fonts.values()),
            notdef=sum(page.notdef for page in pages.values()),
            dotted_circles=sum(page.dotted for page in pages.values()),
            variants=frozenset(
                name
                for name, mark in (("PDF/UA-1", b"<pdfuaid:part>1<"), ("PDF/A-2", b"<pdfaid:part>2<"))
                if mark in xmp or mark.replace(b"<pdf", b"pdf").replace(b">", b'="').replace(b"<", b'"') in xmp
            ),
            active=frozenset(find_active(pdf)),
        )


def find_active(pdf: pikepdf.Pdf) -> Iterator[str]:
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in pdf.Root:
            yield key
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in pdf.Root.get("/Names", Dictionary()):
            yield key
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if "/URI" in annotation.get("/A", Dictionary()):
                yield str(annotation.A.URI)


def read_font(font: Any) -> PdfFont:
    """Read a composite font; WeasyPrint embeds no other kind."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    with TTFont(io.BytesIO(program.read_bytes()), lazy=True) as loaded:
        glyphs = int(loaded["maxp"].numGlyphs)
    texts = read_to_unicode(font.ToUnicode.read_bytes().decode("latin-1"))
    name = str(font.BaseFont).removeprefix("/").partition("+")[2]
    return PdfFont(name, texts, glyphs, next((glyph for glyph, text in texts.items() if text == "\u25cc"), None))


def read_to_unicode(cmap: str) -> dict[int, str]:
    """Read a ToUnicode CMap; WeasyPrint writes bfchar blocks only."""

    def decode(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be", "replace")

    return {
        int(glyph, 16): decode(text)
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S)
        for glyph, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block)
    }


def read_page(page: pikepdf.Page, fonts: dict[Any, PdfFont]) -> PageText:
    """Read the text operators of a page and what marked content they stand in."""
    found = PageText()
    named = page.get("/Resources", Dictionary()).get("/Font", Dictionary())
    stack: list[Marked | str] = []
    font: PdfFont | None = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                reference = named[str(operands[0])]
                if reference.objgen not in fonts:
                    fonts[reference.objgen] = read_font(reference)
                font = fonts[reference.objgen]
            case "BDC" | "BMC":
                stack.append(open_content(operands, found))
            case "EMC":
                stack.pop()
            case "Tj" | "TJ":
                strings = operands[0] if str(operator) == "TJ" else operands
                shown = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
                assert font is not None
                show_text(found, stack, font, shown)
    return found


def open_content(operands: Any, found: PageText) -> Marked | str:
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Dictionary) and "/MCID" in properties:
        mark = Marked(actual=str(properties.ActualText) if "/ActualText" in properties else None)
        found.marked[int(properties.MCID)] = mark
        return mark
    return "artifact" if operands[0] == Name.Artifact else "other"


def show_text(found: PageText, stack: list[Marked | str], font: PdfFont, shown: bytes) -> None:
    glyphs = [int.from_bytes(shown[i : i + 2], "big") for i in range(0, len(shown), 2)]
    found.notdef += sum(glyph == 0 or glyph >= font.glyphs for glyph in glyphs)
    found.dotted += sum(glyph == font.dotted_circle for glyph in glyphs)
    text = "".join(font.to_unicode.get(glyph, "\ufffd") for glyph in glyphs)
    for content in reversed(stack):
        if isinstance(content, Marked):
            content.text += text
            return
        if content == "artifact":
            found.artifacts.append(text)
            return
    found.untagged.append(text)


class TreeWalk:
    """Reads the structure tree in order, and remembers which marked content it met."""

    def __init__(self, pages: Mapping[Any, PageText]) -> None:
        self.pages = pages
        self.met: set[tuple[Any, int]] = set()
        self.blocks: list[str] = [""]
        self.languages: set[str] = set()
        self.table_head: list[str] = []

    def read(self, element: Any, page: Any) -> None:
        if isinstance(element, int):
            mark = self.pages[page].marked.get(element)
            self.met.add((page, element))
            if mark:
                self.blocks[-1] += mark.text if mark.actual is None else mark.actual
            return
        if isinstance(element, Array):
            for kid in element:
                self.read(kid, page)
            return
        page = element.Pg.objgen if "/Pg" in element else page
        if "/Lang" in element:
            self.languages.add(str(element.Lang))
        block = str(element.get("/S", "")) in BLOCK_ROLES
        if block:
            self.blocks.append("")
        before, start = self.blocks[-1], len(self.blocks)
        if "/K" in element:
            self.read(element.K, page)
        if element.get("/S") == Name.THead:  # said again where a table goes on over the page
            head = [text for text in self.blocks[start:] if text]
            if head == self.table_head:
                del self.blocks[start:]
                self.blocks.append("")
            self.table_head = head
        if element.get("/S") == Name.Lbl:  # a bullet or number that the page made, not a word of the text
            self.blocks[-1] = before
        elif "/ActualText" in element:
            self.blocks[-1] = before + str(element.ActualText)
        if block:
            self.blocks.append("")

    def unread(self) -> Iterator[tuple[Any, Marked]]:
        for page, text in self.pages.items():
            for mcid, mark in text.marked.items():
                if (page, mcid) not in self.met:
                    yield page, mark


def tidy(text: str) -> str:
    """Compare words, not line breaks: fold white space, drop what only steers line breaking."""
    return " ".join(unicodedata.normalize("NFC", text.translate({0xAD: None, 0x200B: None, 0x2060: None})).split())


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


def list_document_words(document: Document) -> Iterator[str]:
    """Yield every text that a Document wants printed, each as one block or the head of one."""
    yield join_runs(document.title)
    for section in (document.cover, *document.sections):
        if section is not document.cover:
            yield join_runs(section.title)
    for part in document.parts():
        if part.heading:
            yield join_runs(part.heading)
        for entry in part.entries:
            yield join_runs(entry.term) + (" " if entry.term else "") + join_runs(entry.words)
        for row in (part.columns, *part.rows):
            yield from map(join_runs, row)


def verify_pdf(facts: PdfFacts, html: str, document: Document, fonts: Fonts, budget: int, name: str) -> Iterator[Problem]:
    """Hold the facts of a PDF against what it was made from. `budget` is in pages; 0 means none on this paper."""
    place = Place(name)
    yield from verify_text(facts, html, document, place)
    if facts.notdef:
        yield MISSING_GLYPH.at(place, f"{facts.notdef} glyphs are drawn as empty boxes", "Pin a font that has them.")
    if facts.dotted_circles:
        yield DOTTED_CIRCLE.at(place, f"{facts.dotted_circles} dotted circles are drawn", "Correct the order of the marks.")
    typography = fonts.typography(document.locale)
    families = [family.replace(" ", "-") for family in (*(typography.families if typography else ()), "Noto Sans")]
    for font in sorted(facts.fonts):
        if not any(font in (family, f"{family}-Bold") for family in families):
            yield FOREIGN_FONT.at(place, f"the font {font} was used", f"Only {', '.join(families)} belong to {document.locale}.")
    yield from verify_metadata(facts, document, place)
    yield from verify_margins(facts, document, place)
    if budget and facts.pages > budget:
        yield PAGE_BUDGET.at(
            place, f"{facts.pages} pages, more than the {budget} of its budget", "Shorten it, or raise `pages:`."
        )


def verify_text(facts: PdfFacts, html: str, document: Document, place: Place) -> Iterator[Problem]:
    expected = read_html_blocks(html)
    for number, (wanted, found) in enumerate(zip(expected, facts.texts, strict=False)):
        if wanted != found:
            yield TEXT_LOST.at(place, f'block {number + 1} reads "{found}", not "{wanted}"', "This is a fault of the tool.")
            return
    if len(expected) != len(facts.texts):
        yield TEXT_LOST.at(place, f"{len(facts.texts)} blocks of text, not {len(expected)}", "This is a fault of the tool.")
    printed = set(facts.texts)
    for words in list_document_words(document):
        if tidy(words) not in printed:
            yield TEXT_LOST.at(place, f'"{words}" is not on the page', "Mend the template.")
    for text in facts.untagged:
        yield UNTAGGED_TEXT.at(place, f'"{text}" is outside the structure tree', "Mend the template.")


def verify_metadata(facts: PdfFacts, document: Document, place: Place) -> Iterator[Problem]:
    if facts.language != document.locale:
        yield WRONG_METADATA.at(place, f'the language is "{facts.language}", not "{document.locale}"')
    if join_runs(document.title) not in facts.title:
        yield WRONG_METADATA.at(place, f'the title is "{facts.title}"')
    for variant in sorted({"PDF/UA-1", "PDF/A-2"} - facts.variants):
        yield WRONG_METADATA.at(place, f"the file does not claim {variant}")
    for active in sorted(facts.active):
        yield WRONG_METADATA.at(place, f"the file holds {active}")
    if document.english_title and "en" not in facts.languages:
        yield WRONG_METADATA.at(place, "the English words are not marked as English")


def verify_margins(facts: PdfFacts, document: Document, place: Place) -> Iterator[Problem]:
    """Check the page margins by their Latin words; the glyphs of other scripts read back wrongly there."""
    for number, margin in enumerate(facts.margins, start=1):
        squeezed = margin.replace(" ", "")
        wanted = [f"{document.name}-{document.locale}", document.version]
        if number > 1:
            wanted += [notice.words for notice in document.notices if notice.locale == "en"]
        for words in wanted:
            if words.replace(" ", "") not in squeezed:
                yield MISSING_MARGIN.at(place, f'page {number} does not carry "{words}"', "Mend the template.")
