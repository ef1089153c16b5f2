"""What a reader would see to be wrong with a page.

Takes `PageLayout`s; gives the problems that can be seen in them, before anything is written.
"""

from collections.abc import Iterator

from leaflets.edition import Edition
from leaflets.pdf.boxes import TOLERANCE, Area, Line, PageLayout, Piece
from leaflets.pdf.strokes import measure_depth
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.svg import LEAST_CONTRAST, measure_contrast

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
    "A heading has text below it in its column, or beside it.",
    "A heading alone at the foot of a page announces what the reader has to look for.",
)
NEAR_EMPTY_PAGE = Rule(
    "near-empty-page",
    Severity.WARNING,
    "Every page is at least 60 per cent full, but for the last.",
    "A void in the middle looks like the end: who sees it reads no further.",
)
SMALL_TEXT = Rule(
    "small-text",
    ERROR,
    "Text is as large as its edition promises: in the standard one 12 pt, and 9 pt for notices, sources and margins.",
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
LONG_LINE = Rule(
    "long-line",
    ERROR,
    "A line has at most 70 characters (35 where they are wide).",
    "On the way back from the end of a long line the eye lands on the wrong one.",
    "RNIB Clear Print; WCAG 2.2, 1.4.8",
)
LONE_LINE = Rule(
    "lone-line",
    ERROR,
    "A paragraph that goes on in the next column or page has two lines at least on each side.",
    "A single line is overlooked, or read as the end of something else.",
)
LONE_ROW = Rule(
    "lone-row",
    ERROR,
    "A table that goes on over the page has two rows at least on each side.",
    "A single row under its heads, or without its table, is read as something of its own.",
)
TORN_WORD = Rule(
    "torn-word",
    ERROR,
    "No line ends inside a word, where spaces part words, but at a hyphen that the translator put there.",
    "Half a word is another word, or none.",
)
NEAR_EDGE = Rule(
    "near-edge",
    ERROR,
    "No stroke of a letter comes nearer than 5 mm to the upper or lower edge of the paper.",
    "Office printers leave an edge of about 4 mm blank: the word DRAFT, or half a letter of the title, would be cut off.",
)
TOUCHING_LINES = Rule(
    "touching-lines",
    ERROR,
    "The strokes of a line stay clear of those of the line below it.",
    "In Nastaliq a dot that lies on the line above is read as one of its letters, and makes another word.",
)
LATE_ALERT = Rule(
    "late-alert",
    ERROR,
    "The emergency box begins on one of the first pages, as many as its edition says, and stands whole on one, if it fits.",
    "Whoever needs it has no time to turn pages.",
    "EMA readability guideline (2009); PIF TICK",
)
LEAST_FILL = 0.6
LONGEST_LINE = 70
SAME_ROW = 0.9
"""Words whose baselines are nearer than this stand in one line, in font sizes: such as a number beside Nastaliq."""
TOUCHING = 0.2
"""How far strokes lie over each other before they are said to meet, in points: less than their outlines are measured by."""
LEAST_EDGE = 14.17
"""5 mm, in points."""


def verify_layout(pages: tuple[PageLayout, ...], file: str, edition: Edition) -> Iterator[Problem]:
    """Find what a reader would see to be wrong."""
    place = Place(file)
    yield from verify_pieces(LONE_LINE, [page.paragraphs for page in pages], place)
    yield from verify_pieces(LONE_ROW, [page.tables for page in pages], place)
    for number in find_near_empty(pages, edition):
        message = f"page {number} is {pages[number - 1].fill:.0%} full"
        yield NEAR_EMPTY_PAGE.at(place, message, "Shorten the words a little, or divide what stands whole on the next page.")
    for number, page in enumerate(pages, start=1):
        begins = page.emergency and not any(before.emergency for before in pages[: number - 1])
        if begins and number > edition.alert_page:
            yield LATE_ALERT.at(place, f"page {number}: the emergency box begins here", "Shorten what stands before it.")
        yield from verify_lines(page, number, place, edition)
        for heading in page.headings:
            if not has_text(page, heading):
                message = f'page {number}: nothing stands below the heading "{heading.words}"'
                yield ORPHAN_HEADING.at(place, message, "Keep it with its text.")


def has_text(page: PageLayout, heading: Area) -> bool:
    """Whether something stands below a heading, in its column, or beside one that has its place there."""
    reach = heading.top if heading.beside else heading.bottom
    below: list[Line | Area] = [line for line in page.lines if line.top > reach - TOLERANCE]
    below += [frame for frame in page.frames if frame.bottom > reach + TOLERANCE]
    return any((overlap(each, heading) > TOLERANCE) is not heading.beside for each in below)


def find_near_empty(pages: tuple[PageLayout, ...], edition: Edition) -> Iterator[int]:
    """Number the pages that end in a void, though the leaflet goes on. An edition may expect such."""
    return (number for number, page in enumerate(pages[:-1], start=1) if page.fill < LEAST_FILL and not edition.sparse)


def verify_lines(page: PageLayout, number: int, place: Place, edition: Edition) -> Iterator[Problem]:
    for line in page.lines:
        beside = line.left < page.left - TOLERANCE or line.right > page.right + TOLERANCE
        if beside or line.bottom > page.bottom + TOLERANCE or line.clipped:
            yield OUTSIDE_PAGE.at(place, f'page {number}: "{line.words}" is cut off', "Give it room, or let it break.")
    for word in page.torn:
        yield TORN_WORD.at(place, f'page {number}: a line ends inside "{word}"', "Use shorter words, or set it wider.")
    for words, width in page.widths:
        if width > LONGEST_LINE:
            yield LONG_LINE.at(place, f'page {number}: {width} characters in one line: "{words}"', "Set it narrower.")
    ordered = sorted(page.lines, key=lambda line: (line.top, line.left))
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.top >= line.bottom - TOLERANCE:
                break
            if overlap(line, other) > 2 * TOLERANCE and line.words != other.words:
                yield TEXT_OVERLAP.at(place, f'page {number}: "{other.words}" lies on "{line.words}"', "Give them room.")
    for line, other in find_touching(page.lines):
        said = f'page {number}: "{other.words.strip()}" touches "{line.words.strip()}" above it'
        yield TOUCHING_LINES.at(place, said, "Set the lines farther apart.")
    drawn = (*page.margin_lines, *page.lines)
    near = [line for line in drawn if min(line.ink_top, page.height - line.ink_bottom) < LEAST_EDGE]
    if near:
        said = f'page {number}: "{near[0].words.strip()}" is too near to the edge'
        yield NEAR_EDGE.at(place, said, "Give the margin more room.")
    for line in (*page.lines, *page.margin_lines):
        least = edition.least if line.small_print or line in page.margin_lines else edition.body
        if line.size < least - 0.01:
            said = f'page {number}: "{line.words}" is {line.size:.1f} pt'
            yield SMALL_TEXT.at(place, said, f"Set it in {least:g} pt at least.")
        contrast = measure_contrast(line.colour, line.ground)
        if contrast < LEAST_CONTRAST:
            yield LOW_CONTRAST.at(place, f'page {number}: "{line.words}" has a contrast of {contrast}', "Use a darker colour.")


def find_touching(lines: tuple[Line, ...]) -> Iterator[tuple[Line, Line]]:
    """Find lines whose strokes meet, each with the one that it lies on. What stands beside each other is one line."""
    ordered = sorted(lines, key=lambda line: line.bottom)
    for index, other in enumerate(ordered):
        for line in ordered[:index]:
            row = other.bottom - line.bottom < SAME_ROW * min(line.size, other.size)
            if not row and other.ink_top < line.ink_bottom and measure_depth(line.ink, other.ink) > TOUCHING:
                yield line, other


def verify_pieces(rule: Rule, pages: list[tuple[Piece, ...]], place: Place) -> Iterator[Problem]:
    """Find what is broken so that one line or row stands alone."""
    found: dict[int, list[tuple[int, Piece]]] = {}
    for number, pieces in enumerate(pages, start=1):
        for piece in pieces:
            found.setdefault(piece.element, []).append((number, piece))
    for parts in found.values():
        for number, piece in parts if len(parts) > 1 else ():
            if piece.size < 2:
                yield rule.at(place, f'page {number}: "{piece.words}" stands alone', "Keep two together.")


def overlap(one: Line | Area, other: Line | Area) -> float:
    """How far two things stand above each other, in points of width."""
    return min(one.right, other.right) - max(one.left, other.left)
