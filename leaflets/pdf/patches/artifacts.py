"""What stands in the page margins.

WeasyPrint tags it, but leaves it out of the structure tree (Kozea/WeasyPrint#1836): a reader that goes by the page says "Page 3
of 8" in the middle of a sentence. It becomes an artifact.
"""

from contextlib import AbstractContextManager
from typing import Any

import weasyprint.document
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes


def apply() -> None:
    draw = weasyprint.document.draw_page
    mark = weasyprint.pdf.stream.Stream.marked
    build = weasyprint.pdf.tags._build_box_tree

    def draw_page(page: Any, stream: Any) -> Any:
        margins = [child for child in page.children if isinstance(child, boxes.MarginBox)]
        stream.artifacts = {id(box) for margin in margins for box in (margin, *margin.descendants(placeholders=True))}
        return draw(page, stream)

    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        marking: AbstractContextManager[None] = stream.artifact() if id(box) in stream.artifacts else mark(stream, box, tag)
        return marking

    def build_box_tree(box: Any, *rest: Any) -> Any:
        return () if isinstance(box, boxes.MarginBox) else build(box, *rest)

    weasyprint.document.draw_page = draw_page
    weasyprint.pdf.stream.Stream.marked = marked
    weasyprint.pdf.tags._build_box_tree = build_box_tree
