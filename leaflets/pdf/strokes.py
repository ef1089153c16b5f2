"""Where the strokes of letters are drawn: boxes around glyphs, and the glyphs themselves, cut into narrow columns.

Takes a run of text of WeasyPrint; gives a `Glyph` for each that is drawn, as Pango shapes it. The box around one that runs aslant
holds far more than its strokes: only these tell whether two lines meet. An outline is traced only when it is asked for, and once
for each font and size. All lengths are in points.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from math import ceil, dist, floor
from typing import Any

import uharfbuzz
from fontTools.misc.bezierTools import cubicPointAtT, linePointAtT, quadraticPointAtT
from fontTools.pens.recordingPen import RecordingPen

COLUMN = 0.25
"""How wide a column is: what is nearer than this runs together on paper."""
CLEAR = 0.25
"""How far strokes of two lines are set apart that would meet."""
PX = 0.75
"""One CSS pixel."""

LOCATE: Mapping[str, Callable[..., tuple[float, float]]] = {
    "lineTo": linePointAtT,
    "qCurveTo": quadraticPointAtT,
    "curveTo": cubicPointAtT,
}
"""What gives a point of each kind of line that HarfBuzz draws, from where it begins."""

Columns = Mapping[int, tuple[float, float]]
"""The highest and the lowest point in each column that has strokes, downward from the baseline; columns count from the origin."""
Point = tuple[float, float]
Outline = Iterable[tuple[str, tuple[Point, ...]]]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on a page: the box around it, its origin, and a function that gives its columns."""

    left: float
    right: float
    top: float
    bottom: float
    origin: float
    baseline: float
    trace: Callable[[], Columns]

    def move(self, across: float, down: float) -> "Glyph":
        sides = (self.left + across, self.right + across, self.top + down, self.bottom + down)
        return Glyph(*sides, self.origin + across, self.baseline + down, self.trace)


def read_glyphs(box: Any, left: float, baseline: float) -> Iterator[Glyph]:
    """Yield each glyph of a run of text (weasyprint TextBox) that begins at `left`."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango

    layout = box.pango_layout
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    unit, size = FROM_UNITS * PX, box.style["font_size"] * PX
    run = line.runs
    while run != ffi.NULL:
        string, font = run.data.glyphs, run.data.item.analysis.font
        face = int(ffi.cast("uintptr_t", harfbuzz.hb_font_get_face(pango.pango_font_get_hb_font(font))))
        extents = known_extents(face, size)
        for each in string.glyphs[0 : string.num_glyphs]:
            number, place = each.glyph, each.geometry
            if number not in extents:
                ink = ffi.new("PangoRectangle *")
                pango.pango_font_get_glyph_extents(font, number, ink, ffi.NULL)
                extents[number] = (ink.x * unit, ink.y * unit, ink.width * unit, ink.height * unit)
            x, y, width, height = extents[number]
            if width and height:
                origin, level = left + place.x_offset * unit, baseline + place.y_offset * unit
                sides = (origin + x, origin + x + width, level + y, level + y + height)
                yield Glyph(*sides, origin, level, partial(trace_glyph, face, number, size))
            left += place.width * unit
        run = run.next
    layout.deactivate()


def measure_depth(upper: Sequence[Glyph], lower: Sequence[Glyph]) -> float:
    """How far a line reaches below the upper edge of the line below it, where that is most; 0 or less if they are clear."""
    top, bottom = min((glyph.top for glyph in lower), default=0.0), max((glyph.bottom for glyph in upper), default=0.0)
    low, high = [glyph for glyph in upper if glyph.bottom > top], [glyph for glyph in lower if glyph.top < bottom]
    return max((measure_crossing(one, two) for one in low for two in high), default=0.0)


def measure_crossing(upper: Glyph, lower: Glyph) -> float:
    """Measure that for two glyphs.

    They are compared column by column only if their boxes lie over each other.
    """
    depth = upper.bottom - lower.top
    if depth <= 0 or min(upper.right, lower.right) <= max(upper.left, lower.left):
        return min(depth, 0.0)
    below, shift = lower.trace(), round((upper.origin - lower.origin) / COLUMN)
    down = upper.baseline - lower.baseline
    depths = (down + low - below[column + shift][0] for column, (_, low) in upper.trace().items() if column + shift in below)
    return max(depths, default=0.0)


@cache
def known_extents(face: int, size: float) -> dict[int, tuple[float, float, float, float]]:
    """Keep where the strokes of glyphs begin, to the right and downward, and how wide and high they are."""
    open_face(face)
    return {}


@cache
def open_face(address: int) -> uharfbuzz.Font:
    """Open a font that Pango holds (hb_face_t). It is kept there, so that no other font comes to stand at its address."""
    from weasyprint.text.ffi import ffi, harfbuzz
    from weasyprint.text.fonts import get_hb_object_data

    face = harfbuzz.hb_face_reference(ffi.cast("hb_face_t *", address))
    return uharfbuzz.Font(uharfbuzz.Face(bytes(get_hb_object_data(face))))


@cache
def trace_glyph(face: int, number: int, size: float) -> Columns:
    """Cut a glyph of a font size into columns."""
    font, pen = open_face(face), RecordingPen()
    font.draw_glyph_with_pen(number, pen)
    return cut_outline(pen.value, size / font.face.upem)


def cut_outline(steps: Outline, scale: float) -> Columns:
    """Follow an outline in steps of half a column, and keep the highest and lowest point in each."""
    columns: dict[int, Point] = {}
    here: Point = (0, 0)
    for name, points in steps:
        if locate := LOCATE.get(name):
            length = sum(dist(*pair) for pair in pairwise((here, *points))) * scale
            count = ceil(2 * length / COLUMN) or 1
            for step in range(count + 1):
                across, up = locate(here, *points, step / count)
                column, down = floor(across * scale / COLUMN), -up * scale
                high, low = columns.get(column, (down, down))
                columns[column] = (min(high, down), max(low, down))
        here = points[-1] if points else here
    return columns
