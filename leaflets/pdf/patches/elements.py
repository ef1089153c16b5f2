"""The one way in which patches change the elements of the structure tree."""

from collections.abc import Callable, Iterator
from typing import Any

import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

Change = Callable[[Any, Any, Any, Any], bool]


def change_elements(change: Change) -> None:
    """Call `change(box, parent, pdf, element)` with each element that is built for an HTML element, pseudo-elements left out.

    An element for which it gives False stays out of the tree.
    """
    build = weasyprint.pdf.tags._build_box_tree

    def build_box_tree(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        own = real.element is not None and not isinstance(real, boxes.PageBox) and "::" not in (real.element_tag or "")
        for element in build(box, parent, pdf, *rest):
            if not own or change(real, parent, pdf, element):
                yield element

    weasyprint.pdf.tags._build_box_tree = build_box_tree
