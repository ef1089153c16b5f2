"""How the pages of a leaflet are laid out.

Takes WeasyPrint's rendered document; gives `PageLayout`s: every run of text with its place, size and colours, every heading,
pieces of paragraphs and tables, and the area that the page may fill. It reads what WeasyPrint keeps to itself, and replaces
nothing of it. All lengths are in points from the upper left corner of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fontTools import unicodedata as scripts

from leaflets.languages.breaks import UNSEEN
from leaflets.languages.widths import measure_width
from leaflets.pdf.strokes import PX, Glyph, read_glyphs
from leaflets.svg import Colour

WITHIN_WORDS = {"Hani", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr"}
"""Scripts of which a word may go on in the next line: those without spaces, and Hangul where a word is too long for one."""
SMALL_PRINT = {"sources", "draft", "clinic", "running-head", "running-foot"}
"""Classes of what is not read as body text: 9 pt will do."""
TOLERANCE = 0.5
HANGING_SPACE = 0.35
"""At most how wide a space is, in font sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line.

    `top` and `bottom` bound what a reader takes for the line: from cap height to baseline. `ink_top` and `ink_bottom` bound what
    is drawn of it, each glyph by itself in `ink`: in Nastaliq a stroke may rise three times as high.
    """

    words: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    small_print: bool
    clipped: bool
    colour: Colour
    ground: Colour
    ink_top: float
    ink_bottom: float
    ink: tuple[Glyph, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Where a heading or a table stands; `words` are those of a heading, which may stand `beside` its text."""

    left: float
    right: float
    top: float
    bottom: float
    words: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a paragraph or table that stands on one page or in one column.

    `element` tells the parts of one apart from those of another; `size` is the number of its lines or body rows.
    """

    element: int
    words: str
    size: int


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: its area inside the margins, its height, and what is on it: runs of text, headings, paragraphs and tables.

    `frames` are where the tables stand, which may be empty to write in. `emergency` says whether the most urgent box stands on
    the page, whole or in part; `widths` has the words of each line and how
    many characters wide it is, where one of Han or kana counts as two; `torn` are the words that a line ends inside of.
    """

    left: float
    right: float
    top: float
    bottom: float
    height: float
    lines: tuple[Line, ...]
    margin_lines: tuple[Line, ...]
    headings: tuple[Area, ...]
    paragraphs: tuple[Piece, ...]
    tables: tuple[Piece, ...]
    frames: tuple[Area, ...]
    widths: tuple[tuple[str, int], ...]
    emergency: bool = False
    torn: tuple[str, ...] = ()

    @property
    def fill(self) -> float:
        """How far down the page its text and tables reach, from 0 to 1."""
        bottoms = [line.bottom for line in self.lines] + [frame.bottom for frame in self.frames]
        reached = max(bottoms, default=self.top)
        return (reached - self.top) / (self.bottom - self.top)


def read_layout(document: Any) -> tuple[PageLayout, ...]:
    """Read the boxes of a rendered document (weasyprint.Document)."""
    return tuple(read_page_layout(page._page_box) for page in document.pages)


def read_page_layout(page: Any) -> PageLayout:
    from weasyprint.formatting_structure import boxes

    reader = BoxReader()
    margins = BoxReader()
    for child in page.children:
        (margins if isinstance(child, boxes.MarginBox) else reader).read(child, Context())
    return PageLayout(
        left=page.content_box_x() * PX,
        right=(page.content_box_x() + page.width) * PX,
        top=page.content_box_y() * PX,
        bottom=(page.content_box_y() + page.height) * PX,
        height=page.margin_height() * PX,
        lines=tuple(reader.lines),
        margin_lines=tuple(margins.lines),
        headings=tuple(reader.headings),
        paragraphs=tuple(reader.paragraphs),
        tables=tuple(reader.tables),
        frames=tuple(reader.frames),
        widths=tuple(reader.widths),
        emergency=reader.emergency,
        torn=tuple(reader.torn),
    )


@dataclass(frozen=True, slots=True)
class Context:
    """What a box inherits for our purpose: its ground, whether it is small print, and the edges that clip it."""

    ground: Colour = (1.0, 1.0, 1.0)
    small_print: bool = False
    beside: bool = False
    clip: tuple[float, float, float, float] | None = None


class BoxReader:
    """Walks a tree of boxes and collects its lines, headings, and pieces of paragraphs and tables."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.headings: list[Area] = []
        self.paragraphs: list[Piece] = []
        self.tables: list[Piece] = []
        self.frames: list[Area] = []
        self.widths: list[tuple[str, int]] = []
        self.torn: list[str] = []
        self.emergency = False

    def read(self, box: Any, context: Context) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            if box.text.strip():
                self.lines.append(read_line(box, context))
            return
        classes = set((box.element.get("class") or "").split()) if box.element is not None else set()
        context = enter_box(box, context, classes)
        self.emergency = self.emergency or "emergency" in classes
        if box.element_tag in ("h1", "h2", "h3", "h4") and isinstance(box, boxes.BlockBox):
            self.headings.append(read_area(box, read_box_words(box), context.beside))
        elif isinstance(box, boxes.TableBox):
            self.frames.append(read_area(box))
            bodies = [group for group in box.children if not (group.is_header or group.is_footer)]
            self.tables.append(Piece(id(box.element), read_box_words(box)[:60], sum(len(group.children) for group in bodies)))
        if isinstance(box, boxes.BlockContainerBox):
            lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
            rows = [(row, words) for row in lines if (words := read_box_words(row)).strip()]
            self.torn += find_torn_words([read_box_words(row, whole=True) for row, _ in rows])
            if rows and box.element_tag in ("p", "li"):
                self.paragraphs.append(Piece(id(box.element), rows[0][1][:60], len(rows)))
                self.widths += [(words, measure_width(words.strip())) for _, words in rows]
        for child in getattr(box, "children", ()):
            self.read(child, context)


def read_area(box: Any, words: str = "", beside: bool = False) -> Area:
    left, bottom = box.content_box_x() * PX, (box.position_y + box.margin_height()) * PX
    return Area(left, left + box.width * PX, box.content_box_y() * PX, bottom, words, beside)


def read_box_words(box: Any, whole: bool = False) -> str:
    """The words in a box; `whole` lines have the spaces at their ends too, as patches/actual_text.py keeps them."""
    from weasyprint.formatting_structure import boxes

    found = [each for each in box.descendants() if isinstance(each, boxes.TextBox)]
    return "".join(getattr(each, "source_text", each.text) if whole else each.text.translate(UNSEEN) for each in found)


def find_torn_words(lines: list[str]) -> Iterator[str]:
    """Find where a line ends between two letters of one word, in scripts that part words by spaces.

    >>> list(find_torn_words(["aparecen aproximadament", "e a los "])), list(find_torn_words(["别停", "药"]))
    (['aproximadament|e'], [])
    """
    for line, rest in pairwise(lines):
        ends = line[-1:] + rest[:1]
        if len(ends) == 2 and ends.isalpha() and not {scripts.script(char) for char in ends} & WITHIN_WORDS:
            yield f"{line.split()[-1]}|{rest.split()[0]}"


def enter_box(box: Any, context: Context, classes: set[str]) -> Context:
    """Take over what a box changes for what is inside it."""
    style = box.style
    ground = read_colour(style["background_color"], context.ground)
    clip = context.clip
    if style["overflow"] != "visible" and box.element is not None:
        left, top = box.content_box_x() * PX, box.content_box_y() * PX
        clip = (left, top, left + box.width * PX, top + box.height * PX)
    return Context(ground, context.small_print or bool(classes & SMALL_PRINT), context.beside or "beside" in classes, clip)


def read_line(box: Any, context: Context) -> Line:
    size = box.style["font_size"] * PX
    left, right = box.position_x * PX, (box.position_x + box.width) * PX
    if box.text.endswith(" "):  # a space at the end of a line hangs over its edge, and nothing is lost
        hanging = min(HANGING_SPACE * size, right - left)
        left, right = (left + hanging, right) if box.style["direction"] == "rtl" else (left, right - hanging)
    baseline = (box.position_y + box.baseline) * PX
    top = baseline - 0.65 * size
    clip = context.clip
    clipped = clip is not None and (left < clip[0] - TOLERANCE or right > clip[2] + TOLERANCE or baseline > clip[3] + TOLERANCE)
    colour = read_colour(box.style["color"], context.ground)
    ink = tuple(read_glyphs(box, box.position_x * PX, baseline))
    return Line(
        *(box.text.translate(UNSEEN), left, right, top, baseline, size, context.small_print, clipped, colour, context.ground),
        *(min((each.top for each in ink), default=top), max((each.bottom for each in ink), default=baseline), ink),
    )


def read_colour(colour: Any, ground: Colour) -> Colour:
    """Lay a colour of WeasyPrint over its ground."""
    if colour == "currentcolor" or colour.alpha == 0:
        return ground
    red, green, blue = (
        channel * colour.alpha + below * (1 - colour.alpha)
        for channel, below in zip(colour.to("srgb").coordinates, ground, strict=True)
    )
    return (red, green, blue)
