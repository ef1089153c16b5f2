"""What stands before the panels of a leaflet, told from its words before it is laid out once.

Takes the document of a leaflet, an `Edition`, a paper and the pinned fonts; gives the document with its sections in order. The
box of an emergency stands whole on a page. Where the page before it has room, sections that follow the panels come first: which
these are differs from language to language, since some words take half as much room again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leaflets.document.compose import Document, Section
from leaflets.document.halves import PartRow, halve_list, pair_parts
from leaflets.document.html import PAGE_MESSAGE
from leaflets.document.parts import Part, Runs
from leaflets.edition import PAPERS, POINTS, Edition
from leaflets.languages.fonts import Fonts, Typography
from leaflets.languages.runs import Run
from leaflets.languages.widths import Faces, count_lines
from leaflets.model import Level
from leaflets.pdf.spread import BLANK, BODY, BULLET, FOREIGN, mark_runs

HALF, GAP = 0.49, 1.0
"""The share of a page's width that a half has, and the gap below an entry in millimetres, as `two-columns.css` has them."""
HEADING = 1.6
"""The lines that a heading takes with the space around it."""
HEADING_LINE = 0.9
"""The line of the title as a share of that of text."""
FIGURE = 41.0
"""The height of a drawing with its key in half a page, in millimetres."""
OPENING, TITLE = 26.0, 21.0
"""What stands above the first words beside the title, in millimetres, such as the notice of a draft; and its size in points."""
PANEL = 2.5
"""The lines that the head of a panel takes, with its border."""
TILE = 15.0
"""The width of a drawing that stands beside words, which is also their least height."""
TITLE_WIDTH = 112.0
"""The width of the title, beside the clinic's box."""
SECOND_LINE = 2.0
"""What a second line of the foot takes, beyond the room that is there below it, in millimetres."""
APART = 8.0
"""What stays empty before the number of a page, in millimetres."""
DOUBTS = 0.0, 0.04, 0.08
"""By how much of it an estimate may be too short."""


def order_sections(document: Document, edition: Edition, paper: str, fonts: Fonts) -> Document:
    """Let what follows the panels stand before them on the first page, so that the box of an emergency begins the second."""
    sections = document.sections
    found = [number for number, section in enumerate(sections) if any(part.level == Level.EMERGENCY for part in section.parts)]
    if edition.stacked or not found:
        return document
    flow = Flow(document, edition, paper, fonts)
    at = found[0]
    before, panels = list(sections[:at]), sections[at]
    for section in sections[at + 1 : -1]:
        if flow.fits((*before, section), panels):
            before.append(section)
    return replace(document, sections=(*before, panels, *(section for section in sections[at + 1 :] if section not in before)))


@dataclass(frozen=True)
class Flow:
    """The pages of a leaflet in one language; all lengths are in millimetres."""

    document: Document
    edition: Edition
    paper: str
    fonts: Fonts

    @property
    def width(self) -> float:
        return PAPERS[self.paper][0] - 2 * self.edition.margin

    @property
    def length(self) -> float:
        return PAPERS[self.paper][1] - self.edition.head - self.edition.foot

    @property
    def typography(self) -> Typography:
        found = self.fonts.typography(self.document.locale)
        if not found:  # the check no-typography runs before
            raise ValueError(f"no fonts are set for {self.document.locale}")
        return found

    def lines(self, words: Runs, width: float) -> float:
        """Measure how high words stand in a column."""
        own, foreign = (
            (self.fonts.paths(families, 400), self.fonts.paths(families, 700)) for families in (self.typography.families, FOREIGN)
        )
        faces: Faces = (own, foreign)
        size = BODY / POINTS
        return count_lines(mark_runs(words, self.document.locale), width / size, BLANK / size, faces) * self.line

    @property
    def line(self) -> float:
        """The height of a line. About all lines whose strokes reach out stand open, set lower by patches/leading.py."""
        typography = self.typography
        return (typography.line_height if typography.rise else typography.close) * BODY / POINTS

    def measure_part(self, part: Part, width: float) -> float:
        """Measure what stands in a column."""
        found = HEADING * self.line * (bool(part.heading) + sum(bool(group.heading) for group in part.groups))
        if part.alt and not (part.entries and part.entries[0].icon):
            return found + FIGURE
        return found + sum(self.lines(entry.words, width - BULLET) + GAP for entry in (*part.leads, *part.entries))

    def measure_row(self, row: PartRow) -> float:
        """Measure what no page can end inside of: halves, or what has the whole width."""
        if len(row) > 1:
            return max(sum(self.measure_part(part, HALF * self.width) for part in half) for half in row)
        return sum(self.measure_broad(part) for part in row[0])

    def measure_broad(self, part: Part) -> float:
        heading = HEADING * self.line * bool(part.heading)
        if part.level:
            return PANEL * self.line + self.measure_halves(part)
        if part.groups:
            return heading + self.measure_halves(part)
        if any(entry.icon for entry in part.entries):
            width = (self.width / len(part.entries) if len(part.entries) > 1 else self.typography.measure + TILE) - TILE
            return heading + max(TILE, *(self.lines(entry.words, width) for entry in part.entries)) + GAP
        return self.measure_part(part, self.typography.measure)

    def measure_halves(self, part: Part) -> float:
        """Measure a list in groups, whose entries stand in two halves below its heading."""
        width = HALF * self.width - BULLET
        return max(
            sum(
                HEADING * self.line * bool(group.heading) + sum(self.lines(entry.words, width) + GAP for entry in group.entries)
                for group in half
            )
            for half in halve_list(part)
        )

    def list_heights(self, section: Section) -> list[float]:
        """List the heights of what no page can end inside of; the heading of a section belongs to its first row."""
        rows = [self.measure_row(row) for row in pair_parts(section.parts)]
        return [rows[0] + HEADING * self.line, *rows[1:]] if rows else []

    def fit_foot(self) -> float:
        """Take back the room below a page that was kept for a second line of its foot, where all of it stands in one."""
        text, said = self.document, self.document.messages
        words = (
            f"{text.name}-{text.locale} · {said['Version {version}'].format(version=text.version)} ·"
            f" {text.native_language} / {text.english_language} · {said['Issued {date}'].format(date=text.issued)}"
            f" {said[PAGE_MESSAGE].format(page=10, pages=10)}"
        )
        lines = self.lines((Run(words),), (self.width - APART) * BODY / self.edition.least) / self.line
        return self.edition.foot - SECOND_LINE * (lines < 2 and not self.edition.stacked)

    def measure_opening(self) -> float:
        """Measure the title, what stands beside and below it, and the key points."""
        size = TITLE / BODY
        title = self.lines(self.document.title, TITLE_WIDTH / size) * size * HEADING_LINE
        rise = 1.3 * self.typography.rise * TITLE / POINTS
        return OPENING + title + rise + sum(self.measure_part(part, 0.7 * self.width) for part in self.document.cover.parts)

    def fits(self, before: Iterable[Section], panels: Section) -> bool:
        """Whether sections end on the first page, and the box of an emergency on the second, whatever is in doubt."""
        heights = [height for section in before for height in self.list_heights(section)]
        box = self.list_heights(panels)[0]
        return self.ends_on(heights) == 1 and all(self.ends_on([*heights, box], doubt) <= 2 for doubt in DOUBTS)

    def ends_on(self, heights: Iterable[float], doubt: float = 0.0) -> int:
        """Number the page on which the last of some rows ends, if each may be higher than it was measured."""
        page, reached = 1, self.measure_opening()
        for height in heights:
            taken = height * (1 + doubt)
            page, reached = (page + 1, taken) if reached + taken > self.length else (page, reached + taken)
        return page
