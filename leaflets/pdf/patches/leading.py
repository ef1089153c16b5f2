"""How far a line stands below the one above it.

Lines as far apart as their deepest and their highest stroke need would take half as much paper again in Nastaliq, and few of them
meet. So lines stand closer, and one that would touch the line above is set lower, by as much as it lacks. So it is in any script
where a page that is full sets its lines closer than those of their language.
"""

from typing import Any

import weasyprint.layout.inline

from leaflets.pdf.strokes import CLEAR, PX, Glyph, measure_depth, read_glyphs

Key = tuple[tuple[Any, ...], ...]
"""What is printed in a line: its texts, each with its style and its place in the line."""


class Leading:
    """What is known of the lines of a document (weasyprint LayoutContext).

    Columns and pages are laid out several times till they hold. What was measured once is kept, and of each line the last place.
    """

    def __init__(self, context: Any) -> None:
        self.context = context
        self.page = 0
        self.lines: dict[Key, Any] = {}
        self.inks: dict[Key, tuple[list[Any], list[Glyph]]] = {}
        self.lacks: dict[tuple[Key, Key, float, float], float] = {}

    def find_lack(self, line: Any) -> float:
        """How much lower a line has to stand than where it is, in CSS pixels, to be clear of those of its page above it."""
        if self.page != self.context.current_page:
            self.page, self.lines = self.context.current_page, {}
        key = self.read(line)
        self.lines.pop(key, None)
        reach = 2 * line.height  # no stroke rises higher
        near = (above for above in self.lines.values() if -1 <= line.position_y - above.position_y - above.height < reach)
        lack = max((self.measure(above, line) for above in near), default=0.0)
        self.lines[key] = line
        return lack

    def measure(self, above: Any, line: Any) -> float:
        across, down = line.position_x - above.position_x, line.position_y - above.position_y
        key = (self.read(above), self.read(line), round(across, 2), round(down, 2))
        if key not in self.lacks:
            (_, upper), (_, lower) = self.inks[key[0]], self.inks[key[1]]
            depth = measure_depth(upper, [glyph.move(across * PX, down * PX) for glyph in lower])
            self.lacks[key] = (depth + CLEAR) / PX if depth > 0 else 0.0
        return self.lacks[key]

    def read(self, line: Any) -> Key:
        """Read the strokes of a line, from its corner on, unless they are known."""
        from weasyprint.formatting_structure.boxes import TextBox

        left, top = line.position_x, line.position_y
        texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.text.strip()]
        places = [(box.position_x - left, box.position_y + box.baseline - top) for box in texts]
        key = tuple((box.text, id(box.style), round(x, 2), round(y, 2)) for box, (x, y) in zip(texts, places, strict=True))
        if key not in self.inks:
            ink = [glyph for box, (x, y) in zip(texts, places, strict=True) for glyph in read_glyphs(box, x * PX, y * PX)]
            self.inks[key] = ([box.style for box in texts], ink)  # a style that is kept shares its id with no other
        return key


def is_close(style: Any) -> bool:
    """Whether lines may meet: they stand closer than `--own-line` (in font sizes), or strokes reach out of them (`--rise`)."""
    (rise, own), height = (sum(token.value for token in style[name]) for name in ("__rise", "__own_line")), style["line_height"]
    return rise > 0 or (isinstance(height, float) and height < own)


def part_lines() -> None:
    """Keep strokes of a line off the line above it, where the styles say that the two may meet."""
    lay_out = weasyprint.layout.inline.get_next_linebox
    known: list[Leading] = []

    def get_next_linebox(context: Any, linebox: Any, position_y: Any, *rest: Any) -> Any:
        line, resume_at = lay_out(context, linebox, position_y, *rest)
        marker = (linebox.element_tag or "").endswith("::marker")  # a bullet or number is laid out apart from its line
        if line is None or marker or not is_close(linebox.style):
            return line, resume_at
        if not known or known[0].context is not context:
            known[:] = [Leading(context)]
        if lack := known[0].find_lack(line):
            line.translate(0, lack)
            absolute_boxes = rest[3]
            for box in absolute_boxes[-1:]:
                if box.is_outside_marker and abs(box.position_y - position_y) < 1:
                    box.translate(0, lack)
        return line, resume_at

    weasyprint.layout.inline.get_next_linebox = get_next_linebox
