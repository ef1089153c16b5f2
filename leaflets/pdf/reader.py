"""What a PDF really holds.

Takes the bytes of a PDF; gives `PdfFacts`, read from the file itself: the text of its structure tree in reading order, what
stands in its margins, its glyphs, fonts and metadata. It knows nothing of leaflets.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from leaflets.document.expected import tidy

HEADING_ROLES = ("/H1", "/H2", "/H3", "/H4")
BLOCK_ROLES = ("/P", *HEADING_ROLES, "/LI", "/TD", "/TH")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What was read from a PDF.

    `texts` are the blocks of the structure tree, `margins` the artifacts, page by page; `headings` and `items` count the
    headings and list items of the tree, and `alts` are what its figures say instead of a picture.
    """

    pages: int
    language: str
    title: str
    texts: tuple[str, ...]
    headings: int
    items: int
    alts: tuple[str, ...]
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
    """An embedded font: what its codes mean as text, how many glyphs it has, and which one is the dotted circle.

    `drawn` has the glyph id of each code, two bytes each; a code is the id itself where it is empty.
    """

    name: str
    to_unicode: Mapping[int, str]
    glyphs: int
    dotted_circle: int | None
    drawn: bytes = b""

    def find_glyph(self, code: int) -> int:
        return int.from_bytes(self.drawn[2 * code : 2 * code + 2], "big") if self.drawn else code


FindGlyph = Callable[[str], int | None]
"""Gives the glyph id of a character in a font, by the name that a PDF gives the font; nothing where the font has none."""


def read_pdf_facts(data: bytes, find_dotted_circle: FindGlyph = lambda _: None) -> PdfFacts:
    """Read a PDF.

    `find_dotted_circle` finds U+25CC: no text behind such a glyph tells that it was drawn. Raises pikepdf.PdfError for bytes
    that are no PDF, and for text without a font.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts: dict[Any, PdfFont] = {}
        pages = {page.obj.objgen: read_page(page, fonts, find_dotted_circle) for page in pdf.pages}
        walk = TreeWalk(pages)
        walk.read(pdf.Root.StructTreeRoot.K, None)
        loose = (text for page in pages.values() for text in page.untagged)
        marked = ((key, mcid, mark) for key, page in pages.items() for mcid, mark in page.marked.items())
        unread = (mark.text for key, mcid, mark in marked if (key, mcid) not in walk.met)
        xmp = bytes(pdf.Root.Metadata.read_bytes())
        return PdfFacts(
            pages=len(pdf.pages),
            language=str(pdf.Root.get("/Lang", "")),
            title=str(pdf.docinfo.get("/Title", "")) if pdf.Root.ViewerPreferences.DisplayDocTitle else "",
            texts=tuple(text for text in map(tidy, walk.blocks) if text),
            headings=sum(walk.roles[role] for role in HEADING_ROLES),
            items=walk.roles["/LI"],
            alts=tuple(walk.alts),
            margins=tuple(tidy("".join(page.artifacts)) for page in pages.values()),
            untagged=tuple(text for text in (*loose, *unread) if text.strip()),
            languages=frozenset(walk.languages),
            fonts=frozenset(font.name for font in fonts.values()),
            notdef=sum(page.notdef for page in pages.values()),
            dotted_circles=sum(page.dotted for page in pages.values()),
            variants=frozenset(
                name
                for name, part in (("PDF/UA-1", rb'pdfuaid:part(>1<|="1")'), ("PDF/A-2", rb'pdfaid:part(>2<|="2")'))
                if re.search(part, xmp)
            ),
            active=frozenset(find_active(pdf)),
        )


def find_active(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from (key for key in ("/OpenAction", "/AA", "/AcroForm") if key in pdf.Root)
    yield from (key for key in ("/JavaScript", "/EmbeddedFiles") if key in pdf.Root.get("/Names", Dictionary()))
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if "/URI" in annotation.get("/A", Dictionary()):
                yield str(annotation.A.URI)


def read_font(font: Any, find_dotted_circle: FindGlyph) -> PdfFont:
    """Read a composite font; WeasyPrint embeds no other kind."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    with TTFont(io.BytesIO(program.read_bytes()), lazy=True) as loaded:
        glyphs = int(loaded["maxp"].numGlyphs)
    texts = read_to_unicode(font.ToUnicode.read_bytes().decode("latin-1"))
    name = str(font.BaseFont).removeprefix("/").partition("+")[2]
    table = font.DescendantFonts[0].get("/CIDToGIDMap")
    drawn = table.read_bytes() if isinstance(table, pikepdf.Stream) else b""
    return PdfFont(name, texts, glyphs, find_dotted_circle(name), drawn)


def read_to_unicode(cmap: str) -> dict[int, str]:
    """Read a ToUnicode CMap; WeasyPrint writes bfchar blocks only."""
    return {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be", "replace")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S)
        for glyph, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block)
    }


def read_page(page: pikepdf.Page, fonts: dict[Any, PdfFont], find_dotted_circle: FindGlyph) -> PageText:
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
                    fonts[reference.objgen] = read_font(reference, find_dotted_circle)
                font = fonts[reference.objgen]
            case "BDC" | "BMC":
                stack.append(open_content(operands, found))
            case "EMC":
                stack.pop()
            case "Tj" | "TJ":
                strings = operands[0] if str(operator) == "TJ" else operands
                shown = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
                if font is None:
                    raise pikepdf.PdfError("text is shown before a font is set")
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
    codes = [int.from_bytes(shown[i : i + 2], "big") for i in range(0, len(shown), 2)]
    glyphs = [font.find_glyph(code) for code in codes]
    found.notdef += sum(glyph == 0 or glyph >= font.glyphs for glyph in glyphs)
    found.dotted += sum(glyph == font.dotted_circle for glyph in glyphs)
    text = "".join(font.to_unicode.get(code, "\ufffd") for code in codes)
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
        self.roles: Counter[str] = Counter()
        self.alts: list[str] = []
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
        role = str(element.get("/S", ""))
        self.roles[role] += 1
        if role == "/Figure":
            self.alts.append(tidy(str(element.get("/Alt", ""))))
        block = role in BLOCK_ROLES
        if block:
            self.blocks.append("")
        before, start = self.blocks[-1], len(self.blocks)
        if "/K" in element:
            self.read(element.K, page)
        if role == "/THead":  # said again where a table goes on over the page
            head = [text for text in self.blocks[start:] if text]
            if head == self.table_head:
                del self.blocks[start:]
                self.blocks.append("")
            self.table_head = head
        if role == "/Lbl":  # a bullet or number that the page made, not a word of the text
            self.blocks[-1] = before
        elif "/ActualText" in element:
            self.blocks[-1] = before + str(element.ActualText)
        if block:
            self.blocks.append("")
