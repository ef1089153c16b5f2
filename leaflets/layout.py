"""How the pages of a leaflet are laid out.

Takes WeasyPrint's rendered document; gives `PageLayout`s: every run of text with its place, size and colours, every heading,
and the area that the page may fill. All lengths are in points from the upper left corner of the page. Then the problems that
can be seen in them, before anything is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leaflets.problems import Place, Problem, Rule, Severity

ERROR = Severity.ERROR
OUTSIDE_PAGE = Rule(
    "outside-page",
    ERROR,
    "All text lies inside the page's margins and inside the box that holds it.",
    "Words that run off the paper or under an edge are lost, and nobody misses them.",
)
TEXT_OVERLAP = Rule("text-overlap", ERROR, "No two lines of text lie on each other.", "Neither of them can be read.")
ORPHAN_HEADING = Rule(
    "orphan-heading",
    ERROR,
    "A heading has text below it in its column.",
    "A heading alone at the foot of a page announces what the reader has to look for.",
)
NEAR_EMPTY_PAGE = Rule(
    "near-empty-page",
    Severity.WARNING,
    "The last page is at least a third full, and no page is blank.",
    "A sheet with two lines is left in the printer, and what it says with it.",
)
SMALL_TEXT = Rule(
    "small-text",
    ERROR,
    "Text is at least 12 pt, and notices, sources and page margins at least 9 pt.",
    "Many readers are tired, old or read in poor light.",
    "RNIB Clear Print; EMA readability guideline (2009)",
)
LOW_CONTRAST = Rule(
    "low-contrast",
    ERROR,
    "Text stands out from its ground by at least 4.5 to 1.",
    "Pale text vanishes on a tired printer and for tired eyes.",
    "https://www.w3.org/TR/WCAG22/#contrast-minimum",
)
BODY_SIZE, LEAST_SIZE, LEAST_CONTRAST, LEAST_FILL = 12.0, 9.0, 4.5, 1 / 3
SMALL_PRINT = {"sources", "draft", "clinic", "running-head", "running-foot"}
"""Classes of what is not read as body text: 9 pt will do."""
TOLERANCE = 0.5
PX = 0.75
"""One CSS pixel in points."""

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line. `top` and `bottom` bound what a reader takes for the line: from cap height to baseline."""

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


@dataclass(frozen=True, slots=True)
class Heading:
    words: str
    left: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: its area inside the margins, the lines in it, the lines in its margins, and its headings."""

    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[Line, ...]
    margin_lines: tuple[Line, ...]
    headings: tuple[Heading, ...]

    @property
    def fill(self) -> float:
        """How far down the page its text reaches, from 0 to 1."""
        return max((line.bottom - self.top for line in self.lines), default=0.0) / (self.bottom - self.top)


def read_layout(document: Any) -> tuple[PageLayout, ...]:
    """Read the boxes of a rendered document (weasyprint.Document)."""
    return tuple(read_page(page._page_box) for page in document.pages)


def read_page(page: Any) -> PageLayout:
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
        lines=tuple(reader.lines),
        margin_lines=tuple(margins.lines),
        headings=tuple(reader.headings),
    )


@dataclass(frozen=True, slots=True)
class Context:
    """What a box inherits for our purpose: its ground, whether it is small print, and the edges that clip it."""

    ground: Colour = (1.0, 1.0, 1.0)
    small_print: bool = False
    clip: tuple[float, float, float, float] | None = None


class BoxReader:
    """Walks a tree of boxes and collects its lines and headings."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.headings: list[Heading] = []

    def read(self, box: Any, context: Context) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            if box.text.strip():
                self.lines.append(read_line(box, context))
            return
        context = enter_box(box, context)
        if box.element_tag in ("h1", "h2", "h3") and isinstance(box, boxes.BlockBox):
            words = "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox))
            left, bottom = box.content_box_x() * PX, (box.position_y + box.margin_height()) * PX
            self.headings.append(Heading(words, left, left + box.width * PX, bottom))
        for child in getattr(box, "children", ()):
            self.read(child, context)


def enter_box(box: Any, context: Context) -> Context:
    """Take over what a box changes for what is inside it."""
    style = box.style
    ground = read_colour(style["background_color"], context.ground)
    classes = set((box.element.get("class") or "").split()) if box.element is not None else set()
    clip = context.clip
    if style["overflow"] != "visible" and box.element is not None:
        left, top = box.content_box_x() * PX, box.content_box_y() * PX
        clip = (left, top, left + box.width * PX, top + box.height * PX)
    return Context(ground, context.small_print or bool(classes & SMALL_PRINT), clip)


def read_line(box: Any, context: Context) -> Line:
    size = box.style["font_size"] * PX
    left, right = box.position_x * PX, (box.position_x + box.width) * PX
    baseline = (box.position_y + box.baseline) * PX
    top = baseline - 0.65 * size
    clip = context.clip
    clipped = clip is not None and (left < clip[0] - TOLERANCE or right > clip[2] + TOLERANCE or baseline > clip[3] + TOLERANCE)
    colour = read_colour(box.style["color"], context.ground)
    return Line(box.text, left, right, top, baseline, size, context.small_print, clipped, colour, context.ground)


def read_colour(colour: Any, ground: Colour) -> Colour:
    """Lay a colour of WeasyPrint over its ground."""
    if colour == "currentcolor" or colour.alpha == 0:
        return ground
    red, green, blue = (
        channel * colour.alpha + below * (1 - colour.alpha)
        for channel, below in zip(colour.to("srgb").coordinates, ground, strict=True)
    )
    return (red, green, blue)


def measure_contrast(colour: Colour, ground: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21.

    >>> measure_contrast((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    21.0
    """

    def luminance(channels: Colour) -> float:
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


def verify_layout(pages: tuple[PageLayout, ...], file: str) -> Iterator[Problem]:
    """Find what a reader would see to be wrong."""
    place = Place(file)
    for number, page in enumerate(pages, start=1):
        yield from verify_lines(page, number, place)
        for heading in page.headings:
            if not any(overlap(line, heading) > TOLERANCE and line.top > heading.bottom - TOLERANCE for line in page.lines):
                message = f'page {number}: nothing stands below the heading "{heading.words}"'
                yield ORPHAN_HEADING.at(place, message, "Keep it with its text.")
        if page.fill < LEAST_FILL if number == len(pages) > 1 else not page.lines:
            message = f"page {number} is {page.fill:.0%} full"
            yield NEAR_EMPTY_PAGE.at(place, message, "Shorten the words a little, so that the page is not needed.")


def verify_lines(page: PageLayout, number: int, place: Place) -> Iterator[Problem]:
    for line in page.lines:
        outside = (
            line.left < page.left - TOLERANCE or line.right > page.right + TOLERANCE or line.bottom > page.bottom + TOLERANCE
        )
        if outside or line.clipped:
            yield OUTSIDE_PAGE.at(place, f'page {number}: "{line.words}" is cut off', "Give it room, or let it break.")
    ordered = sorted(page.lines, key=lambda line: (line.top, line.left))
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.top >= line.bottom - TOLERANCE:
                break
            if overlap(line, other) > 2 * TOLERANCE and line.words != other.words:
                yield TEXT_OVERLAP.at(place, f'page {number}: "{other.words}" lies on "{line.words}"', "Give them room.")
    for line in (*page.lines, *page.margin_lines):
        least = LEAST_SIZE if line.small_print or line in page.margin_lines else BODY_SIZE
        if line.size < least - 0.01:
            yield SMALL_TEXT.at(
                place, f'page {number}: "{line.words}" is {line.size:.1f} pt', f"Set it in {least:g} pt at least."
            )
        contrast = measure_contrast(line.colour, line.ground)
        if contrast < LEAST_CONTRAST:
            yield LOW_CONTRAST.at(place, f'page {number}: "{line.words}" has a contrast of {contrast}', "Use a darker colour.")


def overlap(one: Line, other: Line | Heading) -> float:
    """How far two things stand above each other, in points of width."""
    return min(one.right, other.right) - max(one.left, other.left)
